"""Lists: a page of rows at a time, as HTML, JSON or CSV at one address."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Literal

from fastapi import Path, Query, Request
from starlette.responses import Response

from selon.store.queries import fetch
from selon.web.rendering import here

if TYPE_CHECKING:
    from selon.exports.columns import Columns
    from selon.store import Ledger

SIZE = 25
"""How many rows a page shows."""
MOST = 10_000
"""How many rows a JSON or CSV answer holds, and how far rows are counted."""

Shape = Annotated[Literal["json", "csv"], Path()]
PageNumber = Annotated[int, Query(ge=1, le=100_000, alias="page")]
Words = Annotated[str, Query(max_length=200)]
"""A filter that a reader types."""
# Counting the view itself looks at each statement for a decision: 0.2 s for a million.
_HELD = """
    SELECT (SELECT count(*) FROM machine_statements) - (SELECT count(found) FROM corrected)
        + (SELECT count(*) FROM corrected WHERE NOT hidden) AS number"""
_TYPES = {"json": "application/json", "csv": "text/csv; charset=utf-8"}


@dataclass(frozen=True, slots=True)
class Paged:
    """One page of a list: its rows, its number from 1, how many it may hold, and whether others follow."""

    rows: Sequence[dict[str, Any]]
    number: int
    size: int
    more: bool

    @property
    def first(self) -> int:
        """The place of its first row in the list, from 1."""
        return (self.number - 1) * self.size + 1

    @property
    def last(self) -> int:
        """The place of its last row."""
        return self.first + len(self.rows) - 1


def paged(ledger: Ledger, query: str, values: Mapping[str, Any], number: int, size: int = SIZE) -> Paged:
    """A page of a query, which is ordered and has no LIMIT of its own."""
    limited = f"{query} LIMIT {int(size) + 1} OFFSET {(int(number) - 1) * int(size)}"
    rows = fetch(ledger.cursor(), limited, dict(values))
    return Paged(rows[:size], number, size, len(rows) > size)


def counted_up_to(ledger: Ledger, query: str, values: Mapping[str, Any], most: int = MOST) -> int:
    """How many rows a query has, but at most ``most`` + 1: nobody needs to know, and counting millions takes long."""
    limited = f"SELECT count(*) AS number FROM ({query} LIMIT {int(most) + 1})"  # noqa: S608 - a query of ours
    return int(fetch(ledger.cursor(), limited, dict(values))[0]["number"])


def total_of(ledger: Ledger, found: Paged, query: str, values: Mapping[str, Any]) -> int:
    """How many rows the whole list has, up to ``MOST`` + 1; not counted where the page ends it."""
    if found.rows and not found.more:
        return found.last
    return counted_up_to(ledger, query, values)


def paged_and_counted(ledger: Ledger, query: str, values: Mapping[str, Any], number: int) -> tuple[Paged, int]:
    """A page of a query for ids alone, and how many it has, up to ``MOST`` + 1, from one reading of the tables."""
    first = (number - 1) * SIZE
    rows = fetch(ledger.cursor(), f"{query} LIMIT {int(max(MOST, first + SIZE)) + 1}", dict(values))
    return Paged(rows[first : first + SIZE], number, SIZE, len(rows) > first + SIZE), min(len(rows), MOST + 1)


def statements_held(ledger: Ledger) -> int:
    """How many statements hold: the machine's, less those people decided on, and what these became."""
    return int(fetch(ledger.cursor(), _HELD)[0]["number"])


def languages_read(ledger: Ledger) -> list[str]:
    """The languages of the articles, for a choice among them."""
    rows = fetch(ledger.cursor(), "SELECT DISTINCT language FROM articles WHERE language <> '' ORDER BY 1")
    return [row["language"] for row in rows]


def table_answer(request: Request, found: Paged, columns: Columns, shape: str) -> Response:
    """The rows as JSON or CSV; a header ``Link`` leads to the next ones where there are more."""
    from selon.exports.tables import Format, write_rows

    body = io.BytesIO()
    write_rows(found.rows, columns, body, Format(shape))
    answer = Response(body.getvalue(), media_type=_TYPES[shape])
    if shape == "csv":
        name = request.url.path.rsplit("/", 1)[-1]
        answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    if found.more:
        answer.headers["Link"] = f'<{here(request, page=found.number + 1)}>; rel="next"'
    return answer
