"""Quotation marks are paired in linear time, whatever stands in the text."""

import time

import pytest

from selon.models.reader import marks
from selon.models.reader.marks import pair_marks


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("« a b » c", [(0, 3)]),
        ("a « b « c » d » e", [(1, 7), (3, 5)]),
        ("« a b ¶ c", [(0, 3)]),
        ("« a ¶ « b » c", [(0, 5)]),
        ('" a ¶ b "', [(0, 2), (4, 5)]),
        ("‘ a b ’", [(0, 3)]),
        ("a ' b", []),
    ],
)
def test_pairs(text, quotes):
    assert pair_marks(text.split()).quotes == quotes


def test_states():
    states = pair_marks([*"a«b“c”d»e»"]).states
    names = [marks.OUTSIDE, marks.OPENING, marks.INSIDE, marks.OPENING, marks.NESTED, marks.CLOSING, marks.INSIDE]
    assert states == [*names, marks.CLOSING, marks.OUTSIDE, marks.STRAY]


@pytest.mark.parametrize("pattern", ["«", "« “", "« a", "“ ‹ ‘ «", '" «'])
def test_time_is_linear_in_hostile_text(pattern):
    def seconds(size):
        words = pattern.split() * size
        start = time.process_time()
        pair_marks(words)
        return time.process_time() - start

    assert seconds(40_000) < 40 * max(seconds(4_000), 0.005)
