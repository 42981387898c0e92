"""What two articles of one language share word for word, and what that makes them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from selon.matching.copies.passages import Run, shared_runs
from selon.matching.copies.records import Judged, Printed
from selon.offsets import Span
from selon.records import CopyKind, Evidence, SharedPassage

_CHANCE = 8
"""Fewer words in a row are everybody's: « le président de la République »."""
_PASSAGE = 18
"""Words outside quotation marks that make a shared stretch a passage: chance and stock phrases stay below."""
_ENOUGH = 25
_OF_ONE_OUTLET = 0.5
"""What two articles of one outlet must share to be one text: less is its own furniture and background, said again."""


def reuse(left: Printed, right: Printed) -> Judged | None:
    """What two articles of one language have in common; None where it is nothing.

    Words between quotation marks do not count as taken over: two outlets may quote the same words. Where too few other
    words are shared, or none in a row, the likeness is incidental; so it is between two articles of one outlet that do
    not share half of their words. Whether a copy is full is told later, by who came
    first.
    """
    runs = [run for run in shared_runs(left.words, right.words) if run.matched >= _CHANCE]
    if not runs:
        return None
    own = [_own(run, left) for run in runs]
    taken = [run for run, words in zip(runs, own, strict=True) if words >= _PASSAGE]
    counted = sum(words for words in own if words >= _PASSAGE)
    # Once something is taken over, the quotations beside it came along with it.
    covered = _covered(runs, left, right)
    furniture = _one_outlet(left, right) and max(covered) < _OF_ONE_OUTLET
    matched = sum(run.matched for run in runs)
    return Judged(
        left=left,
        right=right,
        kind=CopyKind.PARTIAL if counted >= _ENOUGH and not furniture else CopyKind.INCIDENTAL,
        score=round(counted / (counted + _ENOUGH), 4),
        passages=tuple(_passage(run, left, right) for run in runs),
        covered=covered,
        evidence=(
            Evidence("the same words", f"{matched} words in {len(runs)} passages, {sum(own)} outside quotation marks"),
            Evidence("longest passage", f"{max(run.matched for run in (taken or runs))} words"),
        ),
    )


def _one_outlet(left: Printed, right: Printed) -> bool:
    return bool(left.article.outlet) and left.article.outlet == right.article.outlet


def _own(run: Run, left: Printed) -> int:
    """The equal words of a run that stand outside quotation marks."""
    return sum(int(left.own[start : start + length].sum()) for start, _, length in run.same)


def _covered(runs: Sequence[Run], left: Printed, right: Printed) -> tuple[float, float]:
    ours: set[int] = set()
    theirs: set[int] = set()
    for run in runs:
        for start, begin, length in run.same:
            ours.update(range(start, start + length))
            theirs.update(range(begin, begin + length))
    return (
        round(len(ours) / len(left.words), 4) if len(left.words) else 0.0,
        round(len(theirs) / len(right.words), 4) if len(right.words) else 0.0,
    )


def _passage(run: Run, left: Printed, right: Printed) -> SharedPassage:
    longest = max(run.left_end - run.left, run.right_end - run.right)
    ours, theirs = int(left.words.ends[run.left_end - 1]), int(right.words.ends[run.right_end - 1])
    marks = _marks_behind(left.article.text[ours:], right.article.text[theirs:])
    return SharedPassage(
        derived=Span(int(left.words.starts[run.left]), ours + marks),
        origin=Span(int(right.words.starts[run.right]), theirs + marks),
        likeness=round(run.matched / longest, 3),
    )


def _marks_behind(ours: str, theirs: str) -> int:
    """How many characters behind the last word belong to both: its full stop, its closing mark."""
    shared = list(takewhile(lambda pair: pair[0] == pair[1] and not pair[0].isalnum(), zip(ours, theirs, strict=False)))
    return len("".join(mark for mark, _ in shared).partition("\n")[0].rstrip())
