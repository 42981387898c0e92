"""Copies out of pairs: for each article the one it has its passages from, and what only looks so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from selon.matching.copies.taken import Taken
from selon.offsets import Span
from selon.records import Copy, CopyKind, Evidence, content_id

_WHOLE, _MADE_OF = 0.9, 0.75
_MOSTLY = 0.8
_NEW = 150
"""So many characters of an article must come from an origin, and from none before it, for it to be one more origin."""
_COPIED = (CopyKind.PARTIAL, CopyKind.TRANSLATED)


def copies_from(takings: Iterable[Taken]) -> list[Copy]:
    """The copies among pairs of articles, by derived article, its best origin first: grouped by the article that took.

    An article may have passages from several others. Each origin in turn, the one that explains most first, explains
    what it can; one that adds nothing to those before it is there because it, too, has them from there.
    """
    by_derived: dict[str, list[Taken]] = defaultdict(list)
    for taking in takings:
        by_derived[taking.derived.id].append(taking)
    return [copy for key in sorted(by_derived) for copy in _of_one(by_derived[key])]


def _of_one(takings: Sequence[Taken]) -> list[Copy]:
    covered: list[Span] = []
    first, copies = "", []
    for taking in sorted(takings, key=_rank):
        kind, through = taking.kind, ""
        if kind in _COPIED:
            spans = [passage.derived for passage in taking.passages]
            if taking.derived.credited and not taking.origin.agency:
                kind = CopyKind.COMMON_SOURCE
            elif covered and _uncovered(spans, covered) < _NEW:
                kind, through = CopyKind.COMMON_SOURCE, first
            else:
                covered += spans
                first = first or taking.origin.id
        copies.append(_copy(taking, _graded(kind, taking), through))
    return copies


def _rank(taking: Taken) -> tuple[bool, int, tuple[str, str]]:
    """Copies first; then what is mostly word for word, what explains more, what is earlier."""
    mostly = taking.derived.language == taking.origin.language and taking.covered[0] >= _MOSTLY
    return (taking.kind not in _COPIED, -int((1.5 if mostly else taking.covered[0]) * 20), taking.origin.seen)


def _graded(kind: CopyKind, taking: Taken) -> CopyKind:
    """A part is the whole where nine tenths of the origin stand in the copy and are three quarters of it."""
    whole = kind is CopyKind.PARTIAL and taking.covered[1] >= _WHOLE and taking.covered[0] >= _MADE_OF
    return CopyKind.FULL if whole else kind


def _uncovered(spans: Sequence[Span], covered: Sequence[Span]) -> int:
    """How many characters of ``spans`` lie in none of ``covered``."""
    seen: set[int] = set()
    for span in spans:
        seen.update(range(span.start, span.end))
    for span in covered:
        seen.difference_update(range(span.start, span.end))
    return len(seen)


def _copy(taking: Taken, kind: CopyKind, through: str) -> Copy:
    derived, origin = taking.derived, taking.origin
    one_outlet = bool(derived.outlet) and derived.outlet == origin.outlet
    return Copy(
        id=content_id("c", derived.id, origin.id),
        derived=derived.id,
        origin=origin.id,
        kind=kind,
        passages=taking.passages,
        score=taking.score,
        direction=taking.direction.sure,
        evidence=(
            *taking.evidence,
            Evidence("taken over", f"{taking.covered[0]:.0%} of the later, {taking.covered[1]:.0%} of the earlier"),
            *((Evidence("the same outlet", origin.outlet),) if one_outlet else ()),
        ),
        earliest=taking.direction.evidence,
        wire=derived.credited or origin.credited or (origin.outlet if origin.agency else ""),
        through=through,
    )
