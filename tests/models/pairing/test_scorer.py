"""Thresholds over columns: what a pair's values add up to."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from selon.errors import PackError
from selon.models.linear import LinearModel
from selon.models.pairing import PairScorer, load_scorers
from selon.models.pairing import scorer as module

MODEL = LinearModel(-1.0, {"cosine>=0.5": 1.0, "cosine>=0.8": 2.0, "denied>=1": -3.0}, (), (), "")


def test_a_value_earns_every_threshold_that_it_reaches() -> None:
    chance = PairScorer(MODEL).chance({"cosine": np.array([0.4, 0.5, 0.9]), "denied": np.array([False, False, True])})
    assert np.allclose(np.log(chance / (1 - chance)), [-1.0, 0.0, -1.0])


def test_a_single_precision_value_reaches_the_threshold_it_stands_for() -> None:
    assert PairScorer(MODEL).chance({"cosine": np.array([0.8], dtype=np.float32)})[0] > 0.8


def test_unknown_columns_count_nothing_and_missing_ones_reach_nothing() -> None:
    assert PairScorer(MODEL).chance({"else": np.array([9.0])})[0] == pytest.approx(1 / (1 + np.e))


def test_what_a_pair_is_told_by_is_told_strongest_first() -> None:
    assert PairScorer(MODEL).told({"cosine": 0.9, "denied": 0.0}) == [("cosine", 3.0)]


@given(st.floats(-1, 1), st.floats(-1, 1))
def test_more_of_what_speaks_for_a_pair_never_makes_it_less_likely(one: float, other: float) -> None:
    low, high = PairScorer(MODEL).chance({"cosine": np.array(sorted((one, other)))})
    assert low <= high


def test_three_models_ship_for_utterances_and_more_likeness_never_speaks_against() -> None:
    scorers = load_scorers("utterances")
    assert len(scorers) == 3
    for each in scorers:
        assert all(
            weight >= 0 for name, weight in each.model.weights.items() if name.startswith(("cosine>", "covered"))
        )


def test_a_missing_model_says_so() -> None:
    module.load_scorers.cache_clear()
    with pytest.raises(PackError, match="damaged model"):
        load_scorers("nothing")
