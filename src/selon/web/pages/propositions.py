"""``/propositions``: what is claimed; ``/propositions/KEY``: who is for it and who against; ``/positions.json``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from selon.errors import NoSuchRecord
from selon.exports.columns import POSITION_COLUMNS, PROPOSITION_COLUMNS
from selon.store import Ledger
from selon.store.positions import contradiction_rows, position_rows
from selon.store.queries import Conditions, Filter, day_from, fetch, statement_conditions
from selon.web.finding import by_speaker
from selon.web.headings import said_when, with_actors
from selon.web.lists import MOST, Paged, PageNumber, Shape, Words, counted_up_to, paged, table_answer, total_of
from selon.web.rendering import page
from selon.web.tables import LedgerHere

router = APIRouter()

SHOWN = 40
"""How many positions a side of a proposition's page shows, the surest; the list of statements has all of them."""
PAIRS = 12
"""How many contradictions of a kind it shows."""
KINDS = ("conflict", "dissent", "change")
_SIDES = {"for": 1, "against": -1, "open": 0}
_ORDERS = {
    "position": "q.position, q.proposition",
    "most": 'q.holds + q.denies + q."open" DESC, q.position',
    "contested": "least(q.holds, q.denies) DESC, q.holds + q.denies DESC, q.position",
    "text": "q.text, q.proposition",
}
_CONTRADICTED = """
    SELECT proposition, count(*) AS number FROM contradictions WHERE proposition IN (SELECT unnest($keys)) GROUP BY 1"""
_PAIRS = """
    SELECT x.id FROM contradictions AS x WHERE x.proposition = $key AND x.kind = $kind
    ORDER BY x.confidence DESC, x.id LIMIT $most"""
_COUNTED = "SELECT kind, count(*) AS number FROM contradictions WHERE proposition = $key GROUP BY 1"


@dataclass(frozen=True, slots=True)
class PropositionFilters:
    """What the list of propositions can be narrowed to."""

    about: Words = ""
    origin: Literal["", "codebook", "suggested"] = ""
    sort: Literal["position", "most", "contested", "text"] = "position"


@dataclass(frozen=True, slots=True)
class PositionFilters:
    """What positions on a proposition can be narrowed to; ``least`` is how sure the machine must be."""

    speaker: Words = ""
    since: Words = ""
    until: Words = ""
    least: Annotated[float, Query(ge=0, le=1)] = 0.5
    by: Literal["", "machine", "person"] = ""


Filters = Annotated[PropositionFilters, Depends()]
Narrowed = Annotated[PositionFilters, Depends()]


@router.get("/propositions", include_in_schema=False)
def propositions(request: Request, ledger: LedgerHere, wanted: Filters, number: PageNumber = 1) -> Response:
    """The propositions that fit, a page of them."""
    conditions = _conditions(wanted)
    found = _filled(ledger, paged(ledger, _query(conditions, wanted), conditions.values, number))
    return page(
        request,
        "propositions.html.j2",
        found=found,
        total=total_of(ledger, found, conditions.sql("SELECT 1 FROM propositions AS q", ""), conditions.values),
        most=MOST,
        wanted=wanted,
        orders=list(_ORDERS),
        widest=max((row["holds"] + row["denies"] + row["open"] for row in found.rows), default=0),
    )


@router.get("/propositions.{shape}")
def propositions_table(
    request: Request, ledger: LedgerHere, shape: Shape, wanted: Filters, number: PageNumber = 1
) -> Response:
    """The same as a table: a proposition a row."""
    conditions = _conditions(wanted)
    found = _filled(ledger, paged(ledger, _query(conditions, wanted), conditions.values, number, MOST))
    return table_answer(request, found, PROPOSITION_COLUMNS, shape)


@router.get("/positions.{shape}")
def positions_table(
    request: Request,
    ledger: LedgerHere,
    shape: Shape,
    wanted: Narrowed,
    proposition: Annotated[str, Query(max_length=400)],
    number: PageNumber = 1,
) -> Response:
    """Who stands where on one proposition as a table: a position a row, those of people first, then the surest."""
    conditions = _narrowed(ledger, wanted, proposition)
    found = paged(ledger, _surest(conditions, wanted), conditions.values, number, MOST)
    rows = position_rows(ledger, proposition, [row["statement"] for row in found.rows])
    return table_answer(request, Paged(rows, number, MOST, found.more), POSITION_COLUMNS, shape)


@router.get("/propositions/{key:path}", include_in_schema=False)
def proposition(request: Request, ledger: LedgerHere, key: str, wanted: Narrowed) -> Response:
    """One proposition: who holds it, who denies it, who leaves it open, and who contradicts whom on it."""
    rows = fetch(ledger.cursor(), "SELECT * FROM propositions WHERE proposition = $key LIMIT 1", {"key": key})
    if not rows:
        raise NoSuchRecord(f"no proposition {key!r}", where=str(ledger.folder), next="look for it in the list")
    counts = fetch(ledger.cursor(), _COUNTED, {"key": key})
    return page(
        request,
        "proposition.html.j2",
        proposition=rows[0],
        wanted=wanted,
        sides=_sides(ledger, wanted, key),
        most=MOST,
        counts={row["kind"]: row["number"] for row in counts},
        contradictions=_pairs(ledger, key),
    )


def _sides(ledger: Ledger, wanted: PositionFilters, key: str) -> dict[str, dict[str, Any]]:
    """The surest positions of each side, whether there are more, and how many there are."""
    found: dict[str, Paged] = {}
    totals: dict[str, int] = {}
    for side, agreement in _SIDES.items():
        conditions = _narrowed(ledger, wanted, key)
        conditions.add("p.agreement = $agreement", agreement=agreement)
        found[side] = paged(ledger, _surest(conditions, wanted), conditions.values, 1, SHOWN)
        totals[side] = len(found[side].rows)
        if found[side].more:
            totals[side] = counted_up_to(ledger, conditions.sql(_from(wanted), ""), conditions.values)
    rows = position_rows(ledger, key, [row["statement"] for side in found.values() for row in side.rows])
    with_actors(ledger, rows)
    sides: dict[str, dict[str, Any]] = {}
    for side, agreement in _SIDES.items():
        told = [{**row, "when": said_when(row)} for row in rows if row["agreement"] == agreement]
        sides[side] = {"rows": told, "more": found[side].more, "total": totals[side]}
    return sides


def _pairs(ledger: Ledger, key: str) -> dict[str, list[dict[str, Any]]]:
    """The surest contradictions of each kind."""
    keys = [
        row["id"] for kind in KINDS for row in fetch(ledger.cursor(), _PAIRS, {"key": key, "kind": kind, "most": PAIRS})
    ]
    rows = contradiction_rows(ledger, keys)
    with_actors(ledger, rows, "first_", "second_")
    told = [{**row, "first_when": said_when(row, "first_"), "second_when": said_when(row, "second_")} for row in rows]
    return {kind: [row for row in told if row["kind"] == kind] for kind in KINDS}


_PLAIN = "SELECT p.statement FROM positions AS p"
_JOINED = " JOIN statements AS s ON s.id = p.statement JOIN articles AS a ON a.id = s.article"


def _from(wanted: PositionFilters) -> str:
    """The positions, with their statements only where a filter looks at these."""
    joined = wanted.speaker or wanted.since or wanted.until
    return _PLAIN + _JOINED if joined else _PLAIN


def _surest(conditions: Conditions, wanted: PositionFilters) -> str:
    return conditions.sql(_from(wanted), "ORDER BY p.decided DESC, p.confidence DESC, p.statement")


def _narrowed(ledger: Ledger, wanted: PositionFilters, proposition: str) -> Conditions:
    days: dict[str, Any] = {
        name: day_from(name, getattr(wanted, name)) for name in ("since", "until") if getattr(wanted, name)
    }
    conditions = statement_conditions(Filter(**days), None)
    conditions.add("p.proposition = $proposition", proposition=proposition)
    conditions.add("(p.decided OR p.confidence >= $least)", least=wanted.least)
    if wanted.speaker:
        by_speaker(ledger, conditions, wanted.speaker)
    if wanted.by:
        conditions.add("p.decided" if wanted.by == "person" else "NOT p.decided")
    return conditions


def _query(conditions: Conditions, wanted: PropositionFilters) -> str:
    return conditions.sql("SELECT q.* FROM propositions AS q", f"ORDER BY {_ORDERS[wanted.sort]}")


def _conditions(wanted: PropositionFilters) -> Conditions:
    conditions = Conditions()
    if wanted.about:
        conditions.add("contains(folded(q.text), rtrim(folded($about)))", about=wanted.about)
    if wanted.origin:
        conditions.add("q.suggested" if wanted.origin == "suggested" else "NOT q.suggested")
    return conditions


def _filled(ledger: Ledger, found: Paged) -> Paged:
    """The rows with how many contradictions there are over each."""
    keys = [row["proposition"] for row in found.rows]
    counts = {row["proposition"]: row["number"] for row in fetch(ledger.cursor(), _CONTRADICTED, {"keys": keys})}
    rows = [{**row, "contradictions": counts.get(row["proposition"], 0)} for row in found.rows]
    return Paged(rows, found.number, found.size, found.more)
