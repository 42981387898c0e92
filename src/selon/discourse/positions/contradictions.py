"""Who contradicts whom: opposite agreement on one proposition, told apart by whose and when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from selon.records import Contradiction, ContradictionKind, Evidence, Position, content_id

_NOT_AFTER = date.max


@dataclass(frozen=True, slots=True)
class Stand:
    """Who made a statement, for whom, and when: ``actor`` and ``organisation`` are keys, empty when unknown."""

    statement: str
    actor: str
    organisation: str
    day: date | None
    utterance: str = ""


def contradictions(positions: Iterable[Position], stands: Mapping[str, Stand]) -> tuple[Contradiction, ...]:
    """The contradictions among positions, surest first; statements that ``stands`` lacks are left out.

    For each proposition and each two actors on opposite sides one pair, of the surest statement of each: a *conflict*,
    or a *dissent* when both speak for one organisation. For each actor on both sides a *change of position*: the surest
    statement of each side, the earlier first. Unknown speakers stand each for themselves. Confidence is the product.
    """
    sides: dict[str, dict[str, dict[int, Position]]] = {}
    for each in positions:
        stand = stands.get(each.statement)
        if stand is None or not each.agreement:
            continue
        actor = stand.actor or f"\0{stand.utterance or each.statement}"
        held = sides.setdefault(each.proposition, {}).setdefault(actor, {})
        known = held.get(each.agreement)
        if known is None or (-each.confidence, each.statement) < (-known.confidence, known.statement):
            held[each.agreement] = each
    found = [each for key in sorted(sides) for each in _of_proposition(sides[key], stands)]
    return tuple(sorted(found, key=lambda each: (-each.confidence, each.id)))


def _of_proposition(
    actors: Mapping[str, Mapping[int, Position]], stands: Mapping[str, Stand]
) -> Iterator[Contradiction]:
    names = sorted(actors)
    for name in names:
        if len(actors[name]) == 2 and not name.startswith("\0"):
            yield _contradiction(ContradictionKind.CHANGE, actors[name][1], actors[name][-1], stands)
    for holds in names:
        for denies in names:
            if holds == denies or 1 not in actors[holds] or -1 not in actors[denies]:
                continue
            # Who changed sides is shown against others from the side he is surest of.
            if _surest(actors[holds]) != 1 or _surest(actors[denies]) != -1:
                continue
            one, other = actors[holds][1], actors[denies][-1]
            yield _contradiction(_between(stands[one.statement], stands[other.statement]), one, other, stands)


def _surest(held: Mapping[int, Position]) -> int:
    return max(held, key=lambda sign: (held[sign].confidence, sign))


def _between(one: Stand, other: Stand) -> ContradictionKind:
    same = one.organisation and one.organisation == other.organisation
    return ContradictionKind.DISSENT if same else ContradictionKind.CONFLICT


def _contradiction(
    kind: ContradictionKind, holds: Position, denies: Position, stands: Mapping[str, Stand]
) -> Contradiction:
    pair: Sequence[Position] = sorted((holds, denies), key=lambda each: stands[each.statement].day or _NOT_AFTER)
    days = [stands[each.statement].day for each in pair]
    if days[0] is None or days[1] is None or days[0] == days[1]:
        pair = (holds, denies)
    return Contradiction(
        id=content_id("x", kind, holds.proposition, pair[0].statement, pair[1].statement),
        kind=kind,
        proposition=holds.proposition,
        first=pair[0].statement,
        second=pair[1].statement,
        confidence=round(holds.confidence * denies.confidence, 4),
        evidence=(Evidence("rule: opposite agreement", f"{holds.statement} +1, {denies.statement} -1"),),
    )
