"""Coverage at a precision and calibration error, on answers small enough to count by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.coverage import Answer, answers, calibration_error, coverage, sure_of
from evaluation.measures import compare

RIGHT, WRONG = True, False


def made(*pairs: tuple[float, bool]) -> list[Answer]:
    return [Answer(confidence, right, wanted=True) for confidence, right in pairs]


def test_the_cut_is_the_lowest_at_which_precision_holds() -> None:
    found = made((0.9, RIGHT), (0.8, WRONG), (0.7, RIGHT), (0.6, RIGHT), (0.5, WRONG))
    assert coverage(found, 10, precision=0.75) == 0.4  # 1 of 1, 1 of 2, 2 of 3, 3 of 4, 3 of 5
    assert coverage(found, 10, precision=0.8) == 0.1
    assert coverage(found[1:2], 10) == 0.0
    assert coverage([], 0) == 0.0


def test_equals_enter_together() -> None:
    assert coverage(made((0.9, RIGHT), (0.9, WRONG)), 2) == 0.0
    assert coverage(made((0.9, WRONG), (0.9, RIGHT)), 2) == 0.0


def test_a_name_where_nobody_speaks_is_wrong_and_covers_nothing() -> None:
    found = [Answer(0.9, RIGHT, wanted=True), Answer(0.8, WRONG, wanted=False)]
    assert coverage(found, 1, precision=0.5) == 1.0
    assert coverage(found, 2, precision=0.5) == 0.5


def test_calibration_error_counts_how_far_off_each_bin_is() -> None:
    assert calibration_error(made((0.75, RIGHT), (0.75, RIGHT), (0.75, RIGHT), (0.75, WRONG))) == 0.0
    assert calibration_error(made((1.0, WRONG))) == 1.0
    assert calibration_error(made((0.95, RIGHT), (0.25, WRONG))) == pytest.approx((0.05 + 0.25) / 2)
    assert calibration_error([]) == 0.0


def test_answers_of_an_article() -> None:
    text = "Anne dit oui. On dit non. Paul dit peut-être."
    contents = [[9, 12], [21, 24], [35, 44]]
    keys, actors = ("a", None, "p"), [{"key": "a", "name": "Anne"}, {"key": "p", "name": "Paul"}]
    said = [{"content": [c], "speaker": key} for c, key in zip(contents, keys, strict=True)]
    gold = {"actors": actors, "quotations": said}
    told = {"quotations": [{"content": [c], "speaker": name, "confidence": 0.5}
                           for c, name in zip(contents, ("Anne", "Paul", None), strict=True)]}  # fmt: skip
    found, wanted = answers([compare(text, gold, told)])
    assert wanted == 2
    assert found == [Answer(0.5, RIGHT, wanted=True), Answer(0.5, WRONG, wanted=False)]


def test_sureness_end_to_end_counts_what_is_no_quotation_as_wrong() -> None:
    text = "Anne dit oui. Paul dit non. Il pleut."
    gold = {"actors": [{"key": "a", "name": "Anne"}], "quotations": [{"content": [[9, 12]], "speaker": "a"}]}
    told = {
        "quotations": [
            {"content": [[9, 12]], "speaker": "Paul", "confidence": 0.6, "quotation_confidence": 0.9},
            {"content": [[28, 36]], "speaker": None, "confidence": 0.1, "quotation_confidence": 0.4},
        ]
    }
    compared = [compare(text, gold, told)]
    assert sure_of(compared, speakers=False) == [Answer(0.9, RIGHT, wanted=True), Answer(0.4, WRONG, wanted=True)]
    assert sure_of(compared, speakers=True) == [Answer(0.6, WRONG, wanted=True)]


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans())), st.floats(0.05, 1))
def test_more_precision_never_covers_more(pairs: list[tuple[float, bool]], precision: float) -> None:
    found = made(*pairs)
    strict, loose = (coverage(found, len(found), at) for at in (precision, precision / 2))
    assert 0 <= strict <= loose <= 1
    assert 0 <= calibration_error(found) <= 1
