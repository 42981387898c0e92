"""``/statements``: who said what, searched and filtered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from selon.exports.columns import STATEMENT_COLUMNS, Columns
from selon.records import Form, Kind
from selon.store import Ledger
from selon.store.queries import Conditions, Filter, day_from, fetch, statement_conditions
from selon.web.finding import FOUND, by_speaker, with_words
from selon.web.lists import (
    MOST,
    Paged,
    PageNumber,
    Shape,
    Words,
    languages_read,
    paged,
    paged_and_counted,
    statements_held,
    table_answer,
)
from selon.web.rendering import page
from selon.web.tables import LedgerHere

router = APIRouter()

_KEYS = "SELECT s.id FROM statements AS s JOIN articles AS a ON a.id = s.article"
_DAY = "coalesce(s.said_on_first, a.published_first)"
_ORDERS = {
    "newest": f"{_DAY} DESC NULLS LAST, s.article, s.position",
    "oldest": f"{_DAY} NULLS LAST, s.article, s.position",
    "surest": "s.confidence DESC, s.id",
    "doubtful": "s.confidence, s.id",
    "speaker": "s.speaker NULLS LAST, s.id",
}
# Spans and evidence are lists, slow to read for a page that does not show them.
_SHOWN = """s.id, s.article, s.speaker, s.speaker_role, s.kind, s.cue, s.content, s.said_on_first,
    s.said_on_precision, s.addressee, s.confidence, s.decided, s.decided_by"""
_WHOLE = f"""{_SHOWN}, s.speaker_kind, s.form, s.source, s.said_on_last, s.venue, s.span, s.source_spans, s.cue_spans,
    s.content_spans, s.evidence"""
_ARTICLES = """
    SELECT id, language, outlet, title, url, place, published_first AS published, published_precision
    FROM articles WHERE id IN (SELECT unnest($keys))"""
_COLUMNS: Columns = {**STATEMENT_COLUMNS, "language": "VARCHAR", "actor": "VARCHAR", "decided": "VARCHAR"}
_STANDS = {"for": 1, "against": -1, "open": 0}


@dataclass(frozen=True, slots=True)
class StatementFilters:
    """What the list of statements can be narrowed to; ``actor``, ``proposition`` and ``article`` are ids."""

    about: Words = ""
    speaker: Words = ""
    actor: Words = ""
    kind: Annotated[Kind | Literal[""], Query()] = ""
    form: Annotated[Form | Literal[""], Query()] = ""
    outlet: Words = ""
    language: Annotated[str, Query(max_length=12)] = ""
    since: Words = ""
    until: Words = ""
    confidence: Annotated[float, Query(ge=0, le=1)] = 0.0
    decided: Literal["", "machine", "person"] = ""
    proposition: Words = ""
    stand: Literal["", "for", "against", "open"] = ""
    article: Words = ""
    sort: Literal["newest", "oldest", "surest", "doubtful", "speaker"] = "newest"


Filters = Annotated[StatementFilters, Depends()]


@router.get("/statements", include_in_schema=False)
def statements(request: Request, ledger: LedgerHere, wanted: Filters, number: PageNumber = 1) -> Response:
    """The statements that fit, a page of them."""
    conditions, cut = _conditions(ledger, wanted)
    query = conditions.sql(_KEYS, f"ORDER BY {_ORDERS[wanted.sort]}")
    if conditions.clauses:
        found, total = paged_and_counted(ledger, query, conditions.values, number)
    else:
        found, total = paged(ledger, query, {}, number), statements_held(ledger)
    return page(
        request,
        "statements.html.j2",
        found=_filled(ledger, found),
        total=total,
        most=MOST,
        looked_at=FOUND if cut else 0,
        wanted=wanted,
        orders=list(_ORDERS),
        languages=languages_read(ledger),
        propositions=_propositions(ledger),
        actor=_actor(ledger, wanted.actor),
    )


@router.get("/statements.{shape}")
def statements_table(
    request: Request, ledger: LedgerHere, shape: Shape, wanted: Filters, number: PageNumber = 1
) -> Response:
    """The same as a table: a statement a row."""
    conditions, _ = _conditions(ledger, wanted)
    query = conditions.sql(_KEYS, f"ORDER BY {_ORDERS[wanted.sort]}")
    found = _filled(ledger, paged(ledger, query, conditions.values, number, MOST), whole=True)
    return table_answer(request, found, _COLUMNS, shape)


def statement_rows(ledger: Ledger, keys: Sequence[str], *, whole: bool = False) -> list[dict[str, Any]]:
    """The statements with these ids in their order, with language, actor and who decided on them.

    ``whole`` adds what tables have and pages do not show.
    """
    if not keys:
        return []
    wanted = {"keys": list(keys)}
    columns = _WHOLE if whole else _SHOWN
    select = f"SELECT {columns} FROM statements AS s WHERE s.id IN (SELECT unnest($keys))"  # noqa: S608
    found = {row["id"]: row for row in fetch(ledger.cursor(), select, wanted)}
    # One table after the other: joined, DuckDB reads the articles whole.
    articles = fetch(ledger.cursor(), _ARTICLES, {"keys": list({row["article"] for row in found.values()})})
    by_article = {row["id"]: row for row in articles}
    found = {key: {**by_article[row["article"]], **row} for key, row in found.items() if row["article"] in by_article}
    actors = fetch(
        ledger.cursor(),
        "SELECT b.statement, c.id, c.name FROM actor_statements AS b JOIN actors AS c ON c.id = b.actor "
        "WHERE b.statement IN (SELECT unnest($keys))",
        wanted,
    )
    bound = {row["statement"]: row for row in actors}
    for key, row in found.items():
        row["actor"] = bound[key]["id"] if key in bound else None
        row["actor_name"] = bound[key]["name"] if key in bound else row["speaker"]
        row["day"], row["precision"] = _day(row)
    return [found[key] for key in keys if key in found]


def with_both(ledger: Ledger, found: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Contradictions with both their statements, as ``pair``, in their order."""
    keys = dict.fromkeys(each[side] for each in found for side in ("first", "second"))
    said = {row["id"]: row for row in statement_rows(ledger, list(keys))}
    return [
        {**each, "pair": [said[each["first"]], said[each["second"]]]}
        for each in found
        if each["first"] in said and each["second"] in said
    ]


def _filled(ledger: Ledger, found: Paged, *, whole: bool = False) -> Paged:
    rows = statement_rows(ledger, [row["id"] for row in found.rows], whole=whole)
    return Paged(rows, found.number, found.size, found.more)


def _conditions(ledger: Ledger, wanted: StatementFilters) -> tuple[Conditions, bool]:
    """What is asked for, and whether so many statements hold the words that only those read last are looked at."""
    days: dict[str, date] = {
        name: day_from(name, getattr(wanted, name)) for name in ("since", "until") if getattr(wanted, name)
    }
    narrow = Filter(kind=wanted.kind, outlet=wanted.outlet, article=wanted.article, **days)  # type: ignore[arg-type]
    conditions = statement_conditions(narrow, None)
    cut = bool(wanted.about) and with_words(ledger, conditions, "statement", "s.id", wanted.about)
    if wanted.speaker:
        by_speaker(ledger, conditions, wanted.speaker)
    if wanted.actor:
        bound = "SELECT b.statement FROM actor_statements AS b WHERE b.actor = $actor"
        conditions.add(f"s.id IN ({bound})", actor=wanted.actor)
    if wanted.form:
        conditions.add("s.form = $form", form=wanted.form)
    if wanted.language:
        conditions.add("a.language = $language", language=wanted.language)
    if wanted.confidence:
        conditions.add("s.confidence >= $confidence", confidence=wanted.confidence)
    if wanted.decided:
        conditions.add("s.decided = ''" if wanted.decided == "machine" else "s.decided <> ''")
    if wanted.proposition or wanted.stand:
        _standing(conditions, wanted)
    return conditions, cut


def _standing(conditions: Conditions, wanted: StatementFilters) -> None:
    held = "(p.decided OR p.confidence >= 0.5)"
    if wanted.proposition:
        held += " AND p.proposition = $proposition"
        conditions.values["proposition"] = wanted.proposition
    if wanted.stand:
        held += " AND p.agreement = $agreement"
        conditions.values["agreement"] = _STANDS[wanted.stand]
    conditions.add(f"s.id IN (SELECT p.statement FROM positions AS p WHERE {held})")  # noqa: S608


def _propositions(ledger: Ledger) -> list[dict[str, Any]]:
    query = "SELECT proposition, text FROM propositions ORDER BY suggested, position LIMIT 200"
    return fetch(ledger.cursor(), query)


def _actor(ledger: Ledger, key: str) -> dict[str, Any] | None:
    rows = fetch(ledger.cursor(), "SELECT id, name FROM actors WHERE id = $key LIMIT 1", {"key": key}) if key else []
    return rows[0] if rows else None


def _day(row: dict[str, Any]) -> tuple[date | None, str]:
    if row["said_on_first"] is not None:
        return row["said_on_first"], row["said_on_precision"]
    return row["published"], row["published_precision"]
