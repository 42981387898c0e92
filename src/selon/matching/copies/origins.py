"""Copies out of pairs: for each article the one it has its passages from, and what only looks so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from selon.matching.copies.direction import Direction, agency_of, direction, is_agency
from selon.matching.copies.records import Judged, Printed
from selon.offsets import Span
from selon.records import Copy, CopyKind, Evidence, SharedPassage, content_id

_WHOLE, _MADE_OF = 0.9, 0.75
_MOSTLY = 0.8
_NEW = 150
"""So many characters of an article must come from an origin, and from none before it, for it to be one more origin."""


@dataclass(frozen=True, slots=True)
class _Taking:
    """A pair with the one that came later on the left."""

    pair: Judged
    direction: Direction

    @property
    def derived(self) -> Printed:
        return self.pair.left

    @property
    def origin(self) -> Printed:
        return self.pair.right


def copies_from(pairs: Iterable[Judged]) -> list[Copy]:
    """The copies among pairs of articles, by derived article, its best origin first.

    An article may have passages from several others. Each origin in turn, the one that explains most first, explains
    what it can; one that adds nothing to those before it is there because it, too, has them from there.
    """
    by_derived: dict[str, list[_Taking]] = defaultdict(list)
    for pair in pairs:
        taking = _taking(pair)
        by_derived[taking.derived.article.id].append(taking)
    return [copy for key in sorted(by_derived) for copy in _of_one(by_derived[key])]


def _of_one(takings: Sequence[_Taking]) -> list[Copy]:
    covered: list[Span] = []
    first, copies = "", []
    for taking in sorted(takings, key=_rank):
        kind, through = taking.pair.kind, ""
        if kind in (CopyKind.PARTIAL, CopyKind.TRANSLATED):
            spans = [passage.derived for passage in taking.pair.passages]
            if _wire(taking):
                kind = CopyKind.COMMON_SOURCE
            elif covered and _uncovered(spans, covered) < _NEW:
                kind, through = CopyKind.COMMON_SOURCE, first
            else:
                covered += spans
                first = first or taking.origin.article.id
        copies.append(_copy(taking, _graded(kind, taking.pair), through))
    return copies


def _taking(pair: Judged) -> _Taking:
    """The pair turned so that what came later is on the left; where nothing tells, the greater id."""
    told = direction(pair)
    keys = [_seen(each) for each in (pair.left, pair.right)]
    if told.weight > 0 or (not told.weight and keys[0] > keys[1]):
        return _Taking(pair, told)
    turned = [SharedPassage(each.origin, each.derived, each.likeness) for each in pair.passages]
    passages = tuple(sorted(turned, key=lambda each: (each.derived, each.origin)))
    flipped = replace(pair, left=pair.right, right=pair.left, passages=passages, covered=pair.covered[::-1])
    return _Taking(flipped, Direction(-told.weight, told.evidence))


def _seen(printed: Printed) -> tuple[str, str]:
    first = printed.article.published.first
    return first.isoformat() if first else "", printed.article.id


def _rank(taking: _Taking) -> tuple[bool, int, tuple[str, str]]:
    """Copies first; then what is mostly word for word, what explains more, what is earlier."""
    pair = taking.pair
    same = taking.derived.article.language == taking.origin.article.language
    mostly = same and pair.covered[0] >= _MOSTLY
    return (
        pair.kind not in (CopyKind.PARTIAL, CopyKind.TRANSLATED),
        -int((1.5 if mostly else pair.covered[0]) * 20),
        _seen(taking.origin),
    )


def _graded(kind: CopyKind, pair: Judged) -> CopyKind:
    whole = kind is CopyKind.PARTIAL and pair.covered[1] >= _WHOLE and pair.covered[0] >= _MADE_OF
    return CopyKind.FULL if whole else kind


def _wire(taking: _Taking) -> str:
    """The agency that the later article credits, where the earlier one isn't it: both have it from the wire."""
    agency = agency_of(taking.derived)
    return "" if is_agency(taking.origin.article.outlet) else agency


def _uncovered(spans: Sequence[Span], covered: Sequence[Span]) -> int:
    """How many characters of ``spans`` lie in none of ``covered``."""
    seen: set[int] = set()
    for span in spans:
        seen.update(range(span.start, span.end))
    for span in covered:
        seen.difference_update(range(span.start, span.end))
    return len(seen)


def _copy(taking: _Taking, kind: CopyKind, through: str) -> Copy:
    pair, derived, origin = taking.pair, taking.derived.article.id, taking.origin.article.id
    agency = taking.origin.article.outlet if is_agency(taking.origin.article.outlet) else ""
    same = bool(taking.derived.article.outlet) and taking.derived.article.outlet == taking.origin.article.outlet
    return Copy(
        id=content_id("c", derived, origin),
        derived=derived,
        origin=origin,
        kind=kind,
        passages=pair.passages,
        score=pair.score,
        direction=taking.direction.sure,
        evidence=(
            *pair.evidence,
            Evidence("taken over", f"{pair.covered[0]:.0%} of the later, {pair.covered[1]:.0%} of the earlier"),
            *((Evidence("the same outlet", taking.origin.article.outlet),) if same else ()),
        ),
        earliest=taking.direction.evidence,
        wire=agency_of(taking.derived) or agency_of(taking.origin) or agency,
        through=through,
    )
