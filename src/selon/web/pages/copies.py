"""``/copies``: who took from whom; ``/copies/ID``: the passages of two articles side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from selon.errors import NoSuchRecord
from selon.exports.columns import COPY_COLUMNS
from selon.exports.differing import differing
from selon.offsets import Span
from selon.pipeline import marks_of_translation
from selon.records import Article, Copy, CopyKind
from selon.store import Ledger
from selon.store.copies import COPIED, copy_from
from selon.store.queries import Conditions, day_from, fetch
from selon.web.copy_graph import Taking, copy_graph
from selon.web.headings import headings
from selon.web.lists import MOST, Paged, PageNumber, Shape, Words, paged, table_answer, total_of
from selon.web.marking import Place, marked
from selon.web.rendering import page, words_of
from selon.web.tables import LedgerHere

router = APIRouter()

DRAWN = 150
"""How many pairs the graph shows, the latest."""
PASSAGES = 80
"""How many passages of a pair are laid side by side."""
LONGEST = 6_000
"""How many characters of a passage are shown."""
_MARKS = 20
_SIDES = ("derived", "origin")
_ORDERS = {
    "newest": "d.published_first DESC NULLS LAST, c.position",
    "oldest": "d.published_first NULLS LAST, c.position",
    "surest": "c.score DESC, c.position",
    "longest": "len(c.passages) DESC, c.position",
}
_JOINED = "FROM copies AS c JOIN articles AS d ON d.id = c.derived JOIN articles AS o ON o.id = c.origin"
_COUNTED = f"SELECT 1 {_JOINED}"
_KEYS = f"SELECT c.id {_JOINED}"
_ROWS = "SELECT * FROM copies WHERE id IN (SELECT unnest($keys))"
_DRAWN = f"SELECT c.id, c.kind, len(c.earliest) > 0 AS told, c.derived, c.origin {_JOINED}"


@dataclass(frozen=True, slots=True)
class CopyFilters:
    """What the list of pairs can be narrowed to; ``kind`` empty: copies, that is full, partial or translated."""

    kind: Annotated[CopyKind | Literal["", "all"], Query()] = ""
    outlet: Words = ""
    article: Words = ""
    first: Literal["", "told", "open"] = ""
    score: Annotated[float, Query(ge=0, le=1)] = 0.0
    since: Words = ""
    until: Words = ""
    sort: Literal["newest", "oldest", "surest", "longest"] = "newest"


Filters = Annotated[CopyFilters, Depends()]


@router.get("/copies", include_in_schema=False)
def copies(request: Request, ledger: LedgerHere, wanted: Filters, number: PageNumber = 1) -> Response:
    """The pairs that fit, a page of them, and a graph of who took from whom."""
    conditions = _conditions(wanted)
    found = _filled(ledger, paged(ledger, _query(conditions, wanted), conditions.values, number))
    return page(
        request,
        "copies.html.j2",
        found=found,
        total=total_of(ledger, found, conditions.sql(_COUNTED, ""), conditions.values),
        most=MOST,
        wanted=wanted,
        orders=list(_ORDERS),
        kinds=[kind.value for kind in CopyKind],
        graph=copy_graph(_takings(ledger, conditions), words_of(request)) if number == 1 else None,
    )


@router.get("/copies.{shape}")
def copies_table(
    request: Request, ledger: LedgerHere, shape: Shape, wanted: Filters, number: PageNumber = 1
) -> Response:
    """The same as a table: a pair a row."""
    conditions = _conditions(wanted)
    found = _filled(ledger, paged(ledger, _query(conditions, wanted), conditions.values, number, MOST))
    return table_answer(request, found, COPY_COLUMNS, shape)


@router.get("/copies/{key}", include_in_schema=False)
def pair(request: Request, ledger: LedgerHere, key: str) -> Response:
    """Two articles that share passages: these side by side, and why one is thought to be from the other."""
    rows = fetch(ledger.cursor(), "SELECT * FROM copies WHERE id = $key LIMIT 1", {"key": key})
    if not rows:
        raise NoSuchRecord(f"no copy {key!r}", where=str(ledger.folder), next="look for it in the list")
    copy = copy_from(rows[0])
    derived, origin = ledger.article(copy.derived), ledger.article(copy.origin)
    through = ledger.headings([copy.through]).get(copy.through) if copy.through else None
    marks = marks_of_translation(derived) if copy.kind is CopyKind.TRANSLATED else ()
    return page(
        request,
        "copy.html.j2",
        copy=copy,
        derived=derived,
        origin=origin,
        through=through,
        passages=[_laid(copy, number, derived, origin) for number in range(len(copy.passages[:PASSAGES]))],
        marks=[{"name": each.name, "words": each.span.of(derived.text)} for each in marks[:_MARKS]],
        marks_found=len(marks),
    )


def _laid(copy: Copy, number: int, derived: Article, origin: Article) -> Mapping[str, Any]:
    """One passage of both articles, the words that differ marked where both are in one language."""
    shared = copy.passages[number]
    here, there = shared.derived.of(derived.text), shared.origin.of(origin.text)
    ours: list[Place] = []
    theirs: list[Place] = []
    if derived.language == origin.language:
        added, dropped = differing(here[:LONGEST], there[:LONGEST])
        ours = [(start, end, "added") for start, end in added]
        theirs = [(start, end, "dropped") for start, end in dropped]
    return {
        "derived": _piece(here, ours, shared.derived),
        "origin": _piece(there, theirs, shared.origin),
        "likeness": shared.likeness,
    }


def _piece(text: str, places: list[Place], span: Span) -> Mapping[str, Any]:
    return {"html": marked(text[:LONGEST], places), "span": span, "cut": max(len(text) - LONGEST, 0)}


def _query(conditions: Conditions, wanted: CopyFilters) -> str:
    return conditions.sql(_KEYS, f"ORDER BY {_ORDERS[wanted.sort]}, c.id")


def _conditions(wanted: CopyFilters) -> Conditions:
    conditions = Conditions()
    if wanted.kind != "all":
        kinds = [wanted.kind] if wanted.kind else COPIED
        conditions.add("list_contains($kinds, c.kind)", kinds=[str(kind) for kind in kinds])
    if wanted.outlet:
        conditions.add(
            "(contains(folded(d.outlet), folded($outlet)) OR contains(folded(o.outlet), folded($outlet)))",
            outlet=wanted.outlet,
        )
    if wanted.article:
        conditions.add("$article IN (c.derived, c.origin)", article=wanted.article)
    if wanted.first:
        conditions.add(f"len(c.earliest) {'>' if wanted.first == 'told' else '='} 0")
    if wanted.score:
        conditions.add("c.score >= $score", score=wanted.score)
    if wanted.since:
        conditions.add("d.published_last >= $since", since=day_from("since", wanted.since))
    if wanted.until:
        conditions.add("d.published_first <= $until", until=day_from("until", wanted.until))
    return conditions


def _filled(ledger: Ledger, found: Paged) -> Paged:
    """The rows with what is known of both articles."""
    keys = [row["id"] for row in found.rows]
    known = {row["id"]: row for row in fetch(ledger.cursor(), _ROWS, {"keys": keys})}
    articles = headings(ledger, (row[side] for row in known.values() for side in _SIDES))
    for row in known.values():
        for side in _SIDES:
            article = articles[row[side]]
            row |= {f"{side}_{name}": article[name] for name in ("outlet", "title", "language")}
            row |= {f"{side}_published": article["published_first"], f"{side}_day": article["published"]}
    return Paged([known[key] for key in keys if key in known], found.number, found.size, found.more)


def _takings(ledger: Ledger, conditions: Conditions) -> list[Taking]:
    latest = conditions.sql(_DRAWN, f"ORDER BY d.published_first DESC NULLS LAST, c.position, c.id LIMIT {DRAWN}")
    found = fetch(ledger.cursor(), latest, conditions.values)
    articles = headings(ledger, (row[side] for row in found for side in _SIDES))
    return [
        Taking(row["id"], row["kind"], row["told"], articles[row["derived"]], articles[row["origin"]]) for row in found
    ]
