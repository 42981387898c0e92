"""``/utterances``: what was said once and printed several times; ``/utterances/ID``: its wordings side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import RedirectResponse, Response

from selon.engines.comparing import Comparison, compared
from selon.exports.columns import UTTERANCE_COLUMNS, WITNESS_COLUMNS
from selon.records import When
from selon.store import Ledger
from selon.store.queries import Conditions, day_from, fetch
from selon.web.finding import FOUND, bearers, with_words
from selon.web.headings import headings, later_by
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
from selon.web.marking import Place, marked
from selon.web.rendering import page
from selon.web.tables import LedgerHere

if TYPE_CHECKING:
    from markupsafe import Markup

    from selon.matching.utterances.differences import Difference

router = APIRouter()

WITNESSES = 60
"""How many wordings a page lays side by side."""
_AGAIN = 30
_ORDERS = {
    "witnesses": "u.witnesses DESC, u.first_published NULLS LAST, u.id",
    "articles": "u.articles DESC, u.witnesses DESC, u.id",
    "newest": "u.last_published DESC NULLS LAST, u.witnesses DESC, u.id",
    "oldest": "u.first_published NULLS LAST, u.witnesses DESC, u.id",
}
_ROWS = "SELECT * FROM utterances WHERE id IN (SELECT unnest($keys))"
_FIRST = "SELECT id, article, kind FROM statements WHERE id IN (SELECT unnest($keys))"
_WORDING = """
    SELECT x.id, x.first, x.second, x.confidence FROM contradictions AS x
    WHERE x.kind = 'wording' AND (x.first IN (SELECT unnest($keys)) OR x.second IN (SELECT unnest($keys)))
    ORDER BY x.confidence DESC, x.id LIMIT 10"""


@dataclass(frozen=True, slots=True)
class UtteranceFilters:
    """What the list of utterances can be narrowed to; ``witnesses`` is the fewest."""

    about: Words = ""
    speaker: Words = ""
    since: Words = ""
    until: Words = ""
    language: Annotated[str, Query(max_length=12)] = ""
    languages: Annotated[int, Query(ge=1, le=20)] = 1
    witnesses: Annotated[int, Query(ge=1, le=1_000_000)] = 2
    repeated: bool = False
    sort: Literal["witnesses", "articles", "newest", "oldest"] = "witnesses"


Filters = Annotated[UtteranceFilters, Depends()]


@router.get("/utterances", include_in_schema=False)
def utterances(request: Request, ledger: LedgerHere, wanted: Filters, number: PageNumber = 1) -> Response:
    """The utterances that fit, a page of them."""
    conditions, cut = _conditions(ledger, wanted)
    found, total = paged_and_counted(ledger, _query(conditions, wanted), conditions.values, number)
    return page(
        request,
        "utterances.html.j2",
        found=_filled(ledger, found),
        total=total,
        most=MOST,
        looked_at=FOUND if cut else 0,
        wanted=wanted,
        orders=list(_ORDERS),
        languages=languages_read(ledger),
    )


@router.get("/utterances.{shape}")
def utterances_table(
    request: Request, ledger: LedgerHere, shape: Shape, wanted: Filters, number: PageNumber = 1
) -> Response:
    """The same as a table: an utterance a row."""
    conditions, _ = _conditions(ledger, wanted)
    found = _filled(ledger, paged(ledger, _query(conditions, wanted), conditions.values, number, MOST))
    for row in found.rows:
        row["languages"] = " ".join(row["languages"])
    return table_answer(request, found, UTTERANCE_COLUMNS, shape)


@router.get("/utterances/{key}.{shape}")
def witnesses_table(request: Request, ledger: LedgerHere, key: str, shape: Shape) -> Response:
    """The wordings of one utterance with their differences as a table: a witness a row, as ``selon compare`` gives."""
    rows = list(compared(ledger, key, WITNESSES).rows())
    return table_answer(request, Paged(rows, 1, WITNESSES, more=False), WITNESS_COLUMNS, shape)


@router.get("/utterances/{key}", include_in_schema=False)
def utterance(request: Request, ledger: LedgerHere, key: str) -> Response:
    """The wordings of one utterance, first seen first, each held against the first."""
    found = compared(ledger, key, WITNESSES)
    (whole,) = fetch(ledger.cursor(), "SELECT * FROM utterances WHERE id = $key", {"key": _id(found)})
    if key != whole["id"]:
        return RedirectResponse(f"/utterances/{whole['id']}", 303)
    articles = headings(ledger, (row["article"] for row in found.witnesses))
    days = [articles[row["article"]]["published"] for row in found.witnesses]
    return page(
        request,
        "utterance.html.j2",
        utterance=whole,
        witnesses=[
            {**_laid(found.witnesses[0], row, told), "published": day, "days": later_by(days[0], day)}
            for row, told, day in zip(found.witnesses, found.differences, days, strict=True)
        ],
        again=found.again[:_AGAIN],
        said_again=len(found.again),
        contradictions=fetch(ledger.cursor(), _WORDING, {"keys": [row["statement"] for row in found.witnesses]}),
    )


def _id(found: Comparison) -> str:
    return str(found.witnesses[0]["utterance"])


def _laid(first: Mapping[str, Any], row: Mapping[str, Any], told: Difference) -> dict[str, Any]:
    """A witness beside the first one: both wordings with their differences marked."""
    ours: list[Place] = [*((a, b, "added") for a, b in told.added), *((a, b, "changed") for _, (a, b) in told.changed)]
    theirs: list[Place] = [
        *((a, b, "dropped") for a, b in told.dropped),
        *((a, b, "changed") for (a, b), _ in told.changed),
    ]
    words: Markup = marked(row["content"], ours)
    return {
        **row,
        "told": told,
        "words": words,
        "first_words": marked(first["content"], theirs),
        "same": row["content"] == first["content"],
    }


def _query(conditions: Conditions, wanted: UtteranceFilters) -> str:
    return conditions.sql("SELECT u.id FROM utterances AS u", f"ORDER BY {_ORDERS[wanted.sort]}")


def _conditions(ledger: Ledger, wanted: UtteranceFilters) -> tuple[Conditions, bool]:
    """What is asked for, and whether so many statements hold the words that only those read last are looked at."""
    conditions, cut = Conditions(), False
    if wanted.about:
        said = Conditions()
        cut = with_words(ledger, said, "statement", "w.statement", wanted.about)
        having = said.sql("SELECT w.utterance FROM witnesses AS w", "")
        conditions.add(f"u.id IN ({having})", **said.values)
    if wanted.speaker:
        named, actors = bearers(ledger, wanted.speaker)
        conditions.add(
            "(u.speaker IN (SELECT unnest($named)) OR u.actor IN (SELECT unnest($actors)))", named=named, actors=actors
        )
    if wanted.since:
        conditions.add("u.last_published >= $since", since=day_from("since", wanted.since))
    if wanted.until:
        conditions.add("u.first_published <= $until", until=day_from("until", wanted.until))
    if wanted.language:
        conditions.add("list_contains(u.languages, $language)", language=wanted.language)
    if wanted.languages > 1:
        conditions.add("len(u.languages) >= $languages", languages=wanted.languages)
    if wanted.witnesses > 1:
        conditions.add("u.witnesses >= $least", least=wanted.witnesses)
    if wanted.repeated:
        conditions.add("u.repeated IS NOT NULL")
    return conditions, cut


def _filled(ledger: Ledger, found: Paged) -> Paged:
    """The utterances with what is known of their first statement."""
    whole = {row["id"]: row for row in fetch(ledger.cursor(), _ROWS, {"keys": [row["id"] for row in found.rows]})}
    utterances = [whole[row["id"]] for row in found.rows]
    keys = [row["first_statement"] for row in utterances]
    firsts = {row["id"]: row for row in fetch(ledger.cursor(), _FIRST, {"keys": keys})}
    articles = headings(ledger, (row["article"] for row in firsts.values()))
    rows = []
    for row in utterances:
        first = firsts.get(row["first_statement"], {})
        article = articles.get(first.get("article", ""), {})
        told = {"first_outlet": article.get("outlet"), "language": article.get("language"), "kind": first.get("kind")}
        rows.append({**row, **told, "published": article.get("published", When())})
    return Paged(rows, found.number, found.size, found.more)
