import pytest

from evaluation.pairs import macro_f1
from evaluation.positions import AGAINST, SAME, counted


def test_pairs_are_counted_among_what_is_annotated():
    gold = {"a": ("p", 1), "b": ("p", -1), "c": ("q", 1)}
    held = {"a": ("x", 1), "b": ("x", -1), "c": ("x", 1), "z": ("x", -1)}
    counts = counted(gold, held)
    assert counts[SAME] == (1, 3, 1)  # a-b is right; a-c and b-c are not; z is not annotated
    assert counts[AGAINST] == (1, 2, 1)


def test_a_side_left_open_contradicts_nobody():
    gold = {"a": ("p", 0), "b": ("p", -1)}
    assert counted(gold, gold)[AGAINST] == (0, 0, 0)
    assert counted(gold, gold)[SAME].f1 == 1


def test_macro_f1():
    assert macro_f1([0, 1, 0, 1], [0, 1, 0, 1]) == 1
    assert macro_f1([0, 0, 1, 1], [0, 0, 0, 0]) == pytest.approx(1 / 3)
