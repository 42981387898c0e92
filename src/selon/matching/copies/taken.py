"""A pair turned so that who came later is known, without the texts: ready to be grouped by who came later."""

from __future__ import annotations

from dataclasses import dataclass

from selon.matching.copies.direction import Direction, agency_of, direction, is_agency
from selon.matching.copies.records import Judged, Printed
from selon.records import CopyKind, Evidence, SharedPassage


@dataclass(frozen=True, slots=True)
class Known:
    """What must be known of an article: ``seen`` sorts by day, then id; ``credited`` is the agency its page names."""

    id: str
    outlet: str
    seen: tuple[str, str]
    language: str
    agency: bool
    credited: str


@dataclass(frozen=True, slots=True)
class Taken:
    """What a later article shares with an earlier one; ``covered`` are the shares of the words of each, in order."""

    derived: Known
    origin: Known
    kind: CopyKind
    score: float
    passages: tuple[SharedPassage, ...]
    covered: tuple[float, float]
    evidence: tuple[Evidence, ...]
    direction: Direction


def taken(pair: Judged) -> Taken:
    """The pair with what came later first; where nothing tells, the greater id is taken to be later."""
    told = direction(pair)
    left, right = _known(pair.left), _known(pair.right)
    passages, covered = pair.passages, pair.covered
    if told.weight < 0 or (not told.weight and left.seen < right.seen):
        left, right, covered = right, left, covered[::-1]
        turned = [SharedPassage(each.origin, each.derived, each.likeness) for each in passages]
        passages = tuple(sorted(turned, key=lambda each: (each.derived, each.origin)))
        told = Direction(-told.weight, told.evidence)
    return Taken(left, right, pair.kind, pair.score, passages, covered, pair.evidence, told)


def _known(printed: Printed) -> Known:
    article = printed.article
    first = article.published.first
    return Known(
        id=article.id,
        outlet=article.outlet,
        seen=(first.isoformat() if first else "", article.id),
        language=article.language,
        agency=is_agency(article.outlet),
        credited=agency_of(printed),
    )
