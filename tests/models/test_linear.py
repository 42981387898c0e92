"""The log-linear ranker and its calibration."""

from __future__ import annotations

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selon.errors import PackError
from selon.models.linear import LinearModel, read_linear

TABLE = {"bias": -1.0, "weights": {"a": 2.0, "b": -0.5}, "calibration": {"knots": [0.2, 0.8], "levels": [0.1, 0.9]}}
probabilities = st.floats(0, 1)


@st.composite
def calibrated_models(draw: st.DrawFn) -> LinearModel:
    knots = sorted(draw(st.lists(probabilities, min_size=1, max_size=8)))
    levels = sorted(draw(st.lists(probabilities, min_size=len(knots), max_size=len(knots))))
    return LinearModel(0.0, {}, knots, levels, "")


def model() -> LinearModel:
    return read_linear(json.dumps(TABLE).encode(), "here")


def test_a_score_is_the_bias_and_the_weights_of_known_features() -> None:
    assert model().score(["a", "b", "unknown"]) == pytest.approx(0.5)
    assert model().score([]) == -1.0


def test_the_best_candidate_wins_with_the_probability_that_one_is_right() -> None:
    index, probability = model().choose([["b"], ["a"], []])
    mass = math.exp(-1.5) + math.exp(1.0) + math.exp(-1.0)
    assert index == 1
    assert probability == pytest.approx(mass / (mass + 1))


def test_of_equals_the_first_wins() -> None:
    assert model().choose([["b"], ["a"], ["a", "unknown"]])[0] == 1


@given(st.lists(st.lists(st.sampled_from(["a", "b", "c"]), max_size=4), min_size=1, max_size=6))
def test_a_choice_is_a_candidate_and_its_probability_one(candidates: list[list[str]]) -> None:
    index, probability = model().choose(candidates)
    assert model().score(candidates[index]) == max(map(model().score, candidates))
    assert 0 < probability < 1


@given(st.floats(-1e4, 1e4), st.floats(-1e4, 1e4))
def test_huge_scores_do_not_overflow(one: float, other: float) -> None:
    _, probability = LinearModel(0.0, {"x": one, "y": other}, (), (), "").choose([["x"], ["y"]])
    assert 0 <= probability <= 1


@given(calibrated_models(), probabilities, probabilities)
def test_calibration_keeps_the_order_and_stays_between_its_levels(one: LinearModel, p: float, q: float) -> None:
    low, high = sorted([p, q])
    assert one.calibrated(low) <= one.calibrated(high) + 1e-12
    assert one.levels[0] - 1e-12 <= one.calibrated(p) <= one.levels[-1] + 1e-12


def test_calibration_is_straight_between_its_corners_and_flat_outside() -> None:
    assert [round(model().calibrated(raw), 6) for raw in (0.0, 0.2, 0.5, 0.8, 1.0)] == [0.1, 0.1, 0.5, 0.9, 0.9]


def test_a_model_without_corners_leaves_probabilities_as_they_are() -> None:
    assert LinearModel(0.0, {}, (), (), "").calibrated(0.37) == 0.37


def test_the_fingerprint_changes_with_the_bytes() -> None:
    data = json.dumps(TABLE).encode()
    assert read_linear(data, "here").fingerprint == model().fingerprint
    assert read_linear(data + b" ", "here").fingerprint != model().fingerprint


@pytest.mark.parametrize(
    "data", [b"", b"{", b"[]", b"\xff", b"null", b'{"bias": 1}', json.dumps({**TABLE, "weights": {"a": None}}).encode()]
)
def test_damage_is_a_pack_error_that_names_the_place(data: bytes) -> None:
    with pytest.raises(PackError, match="here"):
        read_linear(data, "here")
