"""How far the speakers can be trusted: what a reader gets who keeps only the sure ones, and whether "sure" is true.

Coverage is measured with the annotated quotations given, calibration with them and end to end.

Coverage at 90 % precision. Each quotation for which the system names a speaker is an answer, right as the measure
``speaker`` judges it (a name where the gold says that nobody speaks is wrong). Answers are ranked by confidence, equals
entering together. Of all cuts at which at least 90 % of the answers above are right, coverage is the largest share of
the gold quotations *that have a speaker* which are answered above the cut.

Calibration error (expected calibration error, Naeini et al. 2015): the answers in ten bins of equal width by
confidence; the mean distance between a bin's confidence and its share of right answers, weighed by size.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

from evaluation.measures import Comparison, judge

PRECISION = 0.9
_BINS = 10


class Answer(NamedTuple):
    """A speaker that the system names; ``wanted``: whether the gold names one too."""

    confidence: float
    right: bool
    wanted: bool


def answers(comparisons: Iterable[Comparison]) -> tuple[list[Answer], int]:
    """The answers of some articles, and how many of their gold quotations have a speaker."""
    found, wanted = [], 0
    for comparison in comparisons:
        wanted += sum(each.readings[0].actor is not None for each in comparison.gold)
        for i, j in comparison.pairs:
            gold, told = comparison.gold[i], comparison.system[j]
            if told.record.get("speaker") is not None:
                right = judge(gold, told)["speaker"]
                named = gold.readings[0].actor is not None
                found.append(Answer(float(told.record.get("confidence") or 0.0), right, named))
    return found, wanted


def sure_of(comparisons: Iterable[Comparison], *, speakers: bool) -> list[Answer]:
    """The quotations that the system finds with how sure it is of each, end to end.

    Right is one that matches and has the right speaker; without ``speakers`` one that matches, by the confidence in the
    quotation alone.
    """
    found = []
    for comparison in comparisons:
        gold_of = {j: i for i, j in comparison.pairs}
        for j, told in enumerate(comparison.system):
            if speakers and told.record.get("speaker") is None:
                continue
            right = j in gold_of and (not speakers or judge(comparison.gold[gold_of[j]], told)["speaker"])
            confidence = told.record.get("confidence" if speakers else "quotation_confidence")
            found.append(Answer(float(confidence or 0.0), right, wanted=True))
    return found


def coverage(found: Sequence[Answer], wanted: int, precision: float = PRECISION) -> float:
    """Coverage at a precision, as above; 0 where no cut reaches it."""
    best = given = right = answered = 0
    ordered = sorted(found, key=lambda answer: -answer.confidence)
    for _, equals in groupby(ordered, key=lambda answer: answer.confidence):
        for answer in equals:
            given, right, answered = given + 1, right + answer.right, answered + answer.wanted
        if right >= precision * given:
            best = answered
    return best / wanted if wanted else 0.0


def calibration_error(found: Sequence[Answer]) -> float:
    """The expected calibration error, as above; 0 without answers."""
    bins: list[list[Answer]] = [[] for _ in range(_BINS)]
    for answer in found:
        bins[min(_BINS - 1, int(answer.confidence * _BINS))].append(answer)
    off = sum(abs(sum(answer.confidence - answer.right for answer in each)) for each in bins)
    return off / len(found) if found else 0.0
