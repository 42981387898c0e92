"""Pictures: every label to be read, signs shown without colour, nothing hidden, the same picture each time."""

import re
from datetime import datetime, timedelta
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selon.discourse.networks import Aggregation, Mode, NetworkOptions, coded, network, timeline
from selon.exports.pictures.layout import placed
from selon.exports.pictures.lettering import lines_of, width
from selon.exports.pictures.networks import network_picture
from selon.exports.pictures.png import png
from selon.exports.pictures.timelines import timeline_picture

SVG = "{http://www.w3.org/2000/svg}"


def made(actors=12, propositions=5, statements=80, **columns):
    chance = np.random.default_rng(5)
    return coded(
        {
            "actor": [f"Monsieur le maire de Ville-{each} & fils" for each in chance.integers(0, actors, statements)],
            "proposition": [
                f"La mesure {each} <coûte> trop cher" for each in chance.integers(0, propositions, statements)
            ],
            "agreement": (chance.random(statements) < 0.5).tolist(),
            "time": [datetime(2023, 1, 1) + timedelta(days=int(each)) for each in chance.integers(0, 500, statements)],
            **columns,
        }
    )


def words_of(picture):
    return [element.text for element in ElementTree.fromstring(picture).iter(f"{SVG}tspan")]


@given(st.integers(1, 25), st.integers(0, 2**32 - 1))
@settings(deadline=None, max_examples=30)
def test_no_two_boxes_overlap(size, seed):
    chance = np.random.default_rng(seed)
    weights = np.triu(chance.integers(-3, 4, (size, size)) * (chance.random((size, size)) < 0.3), 1).astype(float)
    boxes = chance.uniform(10, 120, (size, 2))
    points = placed(weights + weights.T, boxes)
    apart = np.abs(points[:, None] - points[None, :]) - (boxes[:, None] + boxes[None, :]) / 2
    clear = (apart > -1e-3).any(axis=2)
    clear |= np.eye(size, dtype=bool)
    assert clear.all()
    assert np.isfinite(points).all()


def test_friends_stand_nearer_than_opponents():
    weights = np.zeros((6, 6))
    weights[:3, :3] = weights[3:, 3:] = 2
    weights[:3, 3:] = weights[3:, :3] = -2
    np.fill_diagonal(weights, 0)
    points = placed(weights, np.full((6, 2), 10.0))
    distance = np.linalg.norm(points[:, None] - points[None, :], axis=2)
    assert distance[weights > 0].max() < distance[weights < 0].min()


@pytest.mark.parametrize("mode", list(Mode))
def test_a_network_shows_every_label_and_both_signs(mode):
    codes = made()
    found = network(codes, NetworkOptions(mode=mode, aggregation=Aggregation.SUBTRACT))
    picture = network_picture(found, "Qui est pour ?")
    told = " ".join(filter(None, words_of(picture)))
    tied = {label for tie in found.ties() for label in tie[:2]}
    alone = len({*found.rows, *found.columns} - tied)
    assert alone == 0 or f"{alone} without a tie are not shown" in told
    for label in tied:
        assert " ".join(lines_of(label, 13, 150 if label.startswith("M") else 165)) in told
    assert {"+", "−"} <= set(words_of(picture))
    assert "stroke-dasharray" in picture
    assert "Qui est pour ?" in told
    assert picture == network_picture(found, "Qui est pour ?")


def test_what_is_left_out_is_said():
    found = network(made(actors=40, statements=400), NetworkOptions(mode=Mode.ONE_MODE))
    told = " ".join(words_of(network_picture(found, most=10)))
    assert "10 of 40 nodes" in told
    assert "ties" in told
    assert network_picture(found, most=10).count("<circle") == 10


def test_an_empty_network_and_timeline_say_so():
    codes = coded({"actor": [], "proposition": [], "agreement": []})
    assert "No tie to show" in network_picture(network(codes, NetworkOptions()))
    assert "No dated statement" in timeline_picture(timeline(codes, NetworkOptions(), "proposition"))


def test_a_timeline_tells_agreement_up_and_disagreement_down():
    codes = made()
    picture = timeline_picture(timeline(codes, NetworkOptions(), "proposition"), "Quand ?")
    told = words_of(picture)
    totals = timeline(codes, NetworkOptions(), "proposition").totals
    assert {f"−{against}" for against, _ in totals} | {f"+{agree}" for _, agree in totals} <= set(told)
    assert "url(#against)" in picture
    assert {"2023-01", "2024-01"} <= set(told)


def test_a_timeline_without_agreement_has_one_colour_and_says_what_has_no_date():
    codes = made(statements=4, time=[datetime(2024, 1, 1), datetime(2024, 1, 2), None, None])
    picture = timeline_picture(timeline(codes, NetworkOptions(qualifier=""), "actor"))
    assert "−" not in picture
    assert any("2 without a date" in words for words in words_of(picture) if words)


@given(st.text(min_size=1, max_size=60), st.floats(30, 200))
def test_lines_keep_to_their_width(text, widest):
    lines = lines_of(text, 10, widest)
    assert len(lines) <= 3
    assert all(width(line, 10) <= widest or len(line) <= 2 for line in lines)
    if not any(line.endswith("…") for line in lines):
        assert re.sub(r"\s", "", "".join(lines)) == re.sub(r"\s", "", text)


def test_hostile_names_stay_text():
    codes = made(statements=2, actor=["</svg><script>alert(1)</script>", "\x1b[31m\ud800"], proposition=["x", "x"])
    picture = network_picture(network(codes, NetworkOptions(mode=Mode.ONE_MODE)))
    assert "<script" not in picture
    ElementTree.fromstring(picture.encode("utf-8"))


def test_a_png_is_twice_as_large():
    pytest.importorskip("resvg_py", reason="needs the extra `png`")
    picture = network_picture(network(made(), NetworkOptions(mode=Mode.ONE_MODE)))
    wide = int(re.search(r'width="(\d+)"', picture)[1])
    data = png(picture)
    assert data.startswith(b"\x89PNG")
    assert int.from_bytes(data[16:20], "big") == 2 * wide
