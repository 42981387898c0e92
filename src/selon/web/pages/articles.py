"""``/articles``: what was read, filtered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from selon.exports.columns import Columns
from selon.store import Ledger
from selon.store.queries import Conditions, Filter, article_conditions, day_from, fetch
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
    table_answer,
)
from selon.web.rendering import page
from selon.web.tables import LedgerHere

router = APIRouter()

_SELECT = """
    SELECT a.id, a.outlet, a.title, a.published_first AS published, a.published_last, a.published_precision,
        a.published_evidence, a.language, a.url, a.place FROM articles AS a WHERE a.id IN (SELECT unnest($keys))"""
_KEYS = "SELECT a.id FROM articles AS a"
_ORDERS = {
    "newest": "a.published_first DESC NULLS LAST, a.place",
    "oldest": "a.published_first NULLS LAST, a.place",
    "outlet": "a.outlet, a.published_first DESC NULLS LAST, a.place",
    "title": "a.title, a.place",
}
_COPIED = "('full', 'partial', 'translated')"
_COLUMNS: Columns = {
    "id": "VARCHAR",
    "outlet": "VARCHAR",
    "title": "VARCHAR",
    "published": "DATE",
    "published_precision": "VARCHAR",
    "language": "VARCHAR",
    "url": "VARCHAR",
    "place": "VARCHAR",
    "statements": "INTEGER",
    "copy_of": "VARCHAR",
}


@dataclass(frozen=True, slots=True)
class ArticleFilters:
    """What the list of articles can be narrowed to; ``of`` is the id of an article that others took from."""

    about: Words = ""
    speaker: Words = ""
    outlet: Words = ""
    language: Annotated[str, Query(max_length=12)] = ""
    since: Words = ""
    until: Words = ""
    copies: Literal["", "copy", "original"] = ""
    of: Words = ""
    sort: Literal["newest", "oldest", "outlet", "title"] = "newest"


Filters = Annotated[ArticleFilters, Depends()]


@router.get("/articles", include_in_schema=False)
def articles(request: Request, ledger: LedgerHere, wanted: Filters, number: PageNumber = 1) -> Response:
    """The articles that fit, a page of them."""
    conditions, cut = _conditions(ledger, wanted)
    keys, total = paged_and_counted(ledger, _query(conditions, wanted), conditions.values, number)
    found = _filled(ledger, keys)
    return page(
        request,
        "articles.html.j2",
        found=found,
        total=total,
        most=MOST,
        looked_at=FOUND if cut else 0,
        wanted=wanted,
        orders=list(_ORDERS),
        languages=languages_read(ledger),
    )


@router.get("/articles.{shape}")
def articles_table(
    request: Request, ledger: LedgerHere, shape: Shape, wanted: Filters, number: PageNumber = 1
) -> Response:
    """The same as a table: an article a row."""
    conditions, _ = _conditions(ledger, wanted)
    found = _filled(ledger, paged(ledger, _query(conditions, wanted), conditions.values, number, MOST))
    return table_answer(request, found, _COLUMNS, shape)


def _query(conditions: Conditions, wanted: ArticleFilters) -> str:
    return conditions.sql(_KEYS, f"ORDER BY {_ORDERS[wanted.sort]}, a.id")


def _conditions(ledger: Ledger, wanted: ArticleFilters) -> tuple[Conditions, bool]:
    """What is asked for, and whether so many articles hold the words that only those read last are looked at."""
    days: dict[str, Any] = {
        name: day_from(name, getattr(wanted, name)) for name in ("since", "until") if getattr(wanted, name)
    }
    conditions = article_conditions(Filter(outlet=wanted.outlet, **days), None)
    cut = bool(wanted.about) and with_words(ledger, conditions, "article", "a.id", wanted.about)
    if wanted.language:
        conditions.add("a.language = $language", language=wanted.language)
    if wanted.speaker:
        said = Conditions()
        by_speaker(ledger, said, wanted.speaker)
        who = said.sql("SELECT s.article FROM statements AS s", "")
        conditions.add(f"a.id IN ({who})", **said.values)
    if wanted.of:
        derived = f"SELECT c.derived FROM copies AS c WHERE c.origin = $of AND c.kind IN {_COPIED}"  # noqa: S608
        conditions.add(f"a.id IN ({derived})", of=wanted.of)
    if wanted.copies:
        negated = "" if wanted.copies == "copy" else "NOT "
        derived = f"SELECT c.derived FROM copies AS c WHERE c.kind IN {_COPIED}"  # noqa: S608
        conditions.add(f"a.id {negated}IN ({derived})")
    return conditions, cut


def _filled(ledger: Ledger, found: Paged) -> Paged:
    """The same page with all that is told of an article, how many statements it holds and what it was copied from."""
    keys = [row["id"] for row in found.rows]
    articles = {row["id"]: row for row in fetch(ledger.cursor(), _SELECT, {"keys": keys})}
    rows = [articles[key] for key in keys if key in articles]
    counts = fetch(
        ledger.cursor(),
        "SELECT article, count(*) AS number FROM statements WHERE article IN (SELECT unnest($keys)) GROUP BY article",
        {"keys": keys},
    )
    copied = fetch(
        ledger.cursor(),
        f"""SELECT c.derived, c.kind, c.origin, a.outlet FROM copies AS c JOIN articles AS a ON a.id = c.origin
            WHERE c.derived IN (SELECT unnest($keys)) AND c.kind IN {_COPIED} ORDER BY c.position DESC""",  # noqa: S608
        {"keys": keys},
    )
    statements = {row["article"]: row["number"] for row in counts}
    origins = {row["derived"]: row for row in copied}
    for row in rows:
        row["statements"] = statements.get(row["id"], 0)
        row["taken"] = origins.get(row["id"])
        row["copy_of"] = row["taken"]["origin"] if row["taken"] else None
    return Paged(rows, found.number, found.size, found.more)
