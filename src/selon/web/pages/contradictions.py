"""``/contradictions``: who contradicts whom, both sentences side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from selon.exports.columns import CONTRADICTION_COLUMNS
from selon.records import ContradictionKind
from selon.store import Ledger
from selon.store.positions import contradiction_rows
from selon.store.queries import Conditions, fetch
from selon.web.finding import bearers
from selon.web.headings import said_when, with_actors
from selon.web.lists import MOST, Paged, PageNumber, Shape, Words, paged, table_answer, total_of
from selon.web.rendering import page
from selon.web.tables import LedgerHere

router = APIRouter()

_PROPOSITIONS = "SELECT proposition, text FROM propositions ORDER BY suggested, position LIMIT 200"
_BY = """
    EXISTS (SELECT 1 FROM statements AS s LEFT JOIN actor_statements AS b ON b.statement = s.id
        WHERE s.id IN (x.first, x.second)
            AND (s.speaker IN (SELECT unnest($named)) OR b.actor IN (SELECT unnest($actors))))"""


@dataclass(frozen=True, slots=True)
class ContradictionFilters:
    """What the list of contradictions can be narrowed to."""

    kind: Annotated[ContradictionKind | Literal[""], Query()] = ""
    proposition: Annotated[str, Query(max_length=400)] = ""
    speaker: Words = ""
    least: Annotated[float, Query(ge=0, le=1)] = 0.25


Filters = Annotated[ContradictionFilters, Depends()]


@router.get("/contradictions", include_in_schema=False)
def contradictions(request: Request, ledger: LedgerHere, wanted: Filters, number: PageNumber = 1) -> Response:
    """The contradictions that fit, surest first, a page of them."""
    conditions = _conditions(ledger, wanted)
    found = _filled(ledger, paged(ledger, _query(conditions), conditions.values, number))
    with_actors(ledger, list(found.rows), "first_", "second_")
    for row in found.rows:
        row |= {"first_when": said_when(row, "first_"), "second_when": said_when(row, "second_")}
    return page(
        request,
        "contradictions.html.j2",
        found=found,
        total=total_of(ledger, found, conditions.sql("SELECT 1 FROM contradictions AS x", ""), conditions.values),
        most=MOST,
        wanted=wanted,
        kinds=[kind.value for kind in ContradictionKind],
        propositions=fetch(ledger.cursor(), _PROPOSITIONS),
    )


@router.get("/contradictions.{shape}")
def contradictions_table(
    request: Request, ledger: LedgerHere, shape: Shape, wanted: Filters, number: PageNumber = 1
) -> Response:
    """The same as a table: a contradiction a row."""
    conditions = _conditions(ledger, wanted)
    found = _filled(ledger, paged(ledger, _query(conditions), conditions.values, number, MOST))
    return table_answer(request, found, CONTRADICTION_COLUMNS, shape)


def _query(conditions: Conditions) -> str:
    return conditions.sql("SELECT x.id FROM contradictions AS x", "ORDER BY x.confidence DESC, x.id")


def _conditions(ledger: Ledger, wanted: ContradictionFilters) -> Conditions:
    conditions = Conditions()
    conditions.add("x.confidence >= $least", least=wanted.least)
    if wanted.kind:
        conditions.add("x.kind = $kind", kind=str(wanted.kind))
    if wanted.proposition:
        conditions.add("x.proposition = $proposition", proposition=wanted.proposition)
    if wanted.speaker:
        named, actors = bearers(ledger, wanted.speaker)
        conditions.add(_BY, named=named, actors=actors)
    return conditions


def _filled(ledger: Ledger, found: Paged) -> Paged:
    rows = contradiction_rows(ledger, [row["id"] for row in found.rows])
    return Paged(rows, found.number, found.size, found.more)
