"""``/people``: who speaks across all articles; ``/people/ID``: one of them, with all it said, when."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from selon.errors import NoSuchRecord
from selon.exports.columns import ACTOR_COLUMNS
from selon.records import ActorKind
from selon.store.actors import actor_from, decisions_on
from selon.store.queries import Conditions, fetch
from selon.web.lists import MOST, PageNumber, Shape, Words, paged, table_answer, total_of
from selon.web.pages.statements import statement_rows, with_both
from selon.web.rendering import page, words_of
from selon.web.tables import LedgerHere
from selon.web.timeline import Counted, timeline

router = APIRouter()

SHOWN = 12
"""How many of an actor's latest statements its page shows; the list of statements has all of them."""
_ORDERS = {
    "statements": "c.statements DESC, c.name, c.id",
    "name": "c.name, c.id",
    "latest": "c.last_seen DESC NULLS LAST, c.name, c.id",
}
_OF = "SELECT b.statement FROM actor_statements AS b WHERE b.actor = $key"
_FEW = 5000
_COUNTS = """
    SELECT coalesce(s.said_on_first, a.published_first) AS day, s.kind, a.outlet, count(*) AS number,
        CASE WHEN s.said_on_first IS NULL THEN a.published_precision ELSE s.said_on_precision END AS "precision"
    FROM statements AS s JOIN articles AS a ON a.id = s.article
    WHERE s.id IN ({of}) GROUP BY ALL"""
_SAID = """
    SELECT s.id, coalesce(s.said_on_first, a.published_first) AS day, s.kind, a.outlet, 1 AS number,
        CASE WHEN s.said_on_first IS NULL THEN a.published_precision ELSE s.said_on_precision END AS "precision"
    FROM statements AS s JOIN articles AS a ON a.id = s.article WHERE s.id IN ({of})
    ORDER BY coalesce(s.said_on_first, a.published_first) DESC NULLS LAST, s.article, s.position LIMIT $most"""
_STANDS = """
    SELECT p.proposition, q.text, q.suggested, count(*) FILTER (p.agreement = 1) AS holds,
        count(*) FILTER (p.agreement = -1) AS denies, count(*) FILTER (p.agreement = 0) AS leaves_open
    FROM positions AS p JOIN propositions AS q ON q.proposition = p.proposition
    WHERE (p.decided OR p.confidence >= 0.5)
        AND p.statement IN ({of})
    GROUP BY ALL ORDER BY q.suggested, count(*) DESC, q.text LIMIT 12"""
_CHANGES = """
    SELECT x.kind, x.confidence, q.text AS proposition, x.first, x.second
    FROM contradictions AS x LEFT JOIN propositions AS q ON q.proposition = x.proposition
    WHERE x.first IN ({of})
        OR x.second IN ({of})
    ORDER BY x.kind <> 'change', x.confidence DESC, x.id LIMIT 12"""


@dataclass(frozen=True, slots=True)
class PeopleFilters:
    """What the list of actors can be narrowed to."""

    name: Words = ""
    kind: Annotated[ActorKind | Literal[""], Query()] = ""
    sort: Literal["statements", "name", "latest"] = "statements"


Filters = Annotated[PeopleFilters, Depends()]


@router.get("/people", include_in_schema=False)
def people(request: Request, ledger: LedgerHere, wanted: Filters, number: PageNumber = 1) -> Response:
    """The actors that fit, a page of them."""
    conditions = _conditions(wanted)
    found = paged(ledger, _query(conditions, wanted), conditions.values, number)
    return page(
        request,
        "people.html.j2",
        found=found,
        total=total_of(ledger, found, conditions.sql("SELECT 1 FROM actors AS c", ""), conditions.values),
        most=MOST,
        wanted=wanted,
        orders=list(_ORDERS),
        kinds=[kind.value for kind in ActorKind],
    )


@router.get("/people.{shape}")
def people_table(
    request: Request, ledger: LedgerHere, shape: Shape, wanted: Filters, number: PageNumber = 1
) -> Response:
    """The same as a table: an actor a row."""
    conditions = _conditions(wanted)
    found = paged(ledger, _query(conditions, wanted), conditions.values, number, MOST)
    return table_answer(request, found, ACTOR_COLUMNS, shape)


@router.get("/people/{key}", include_in_schema=False)
def person(request: Request, ledger: LedgerHere, key: str) -> Response:
    """An actor: names, roles over time, what was said when, where it stands, where it changed, why it is one."""
    rows = fetch(ledger.cursor(), "SELECT * FROM actors WHERE id = $key", {"key": key})
    if not rows:
        raise NoSuchRecord(f"no actor {key!r}", where=str(ledger.folder), next="look for it in the list")
    actor = actor_from(rows[0])
    of, values = _statements_of(ledger, key)
    # In order and each by itself is quicker than grouped, up to some thousands.
    few = "keys" in values
    said = fetch(ledger.cursor(), _SAID.format(of=of), {**values, "most": _FEW if few else SHOWN})
    counts = said if few else fetch(ledger.cursor(), _COUNTS.format(of=of), values)
    return page(
        request,
        "person.html.j2",
        actor=actor,
        wikidata=_wikidata(actor.wikidata),
        outlets=_outlets(counts),
        chart=timeline(
            [Counted(row["day"], row["precision"], row["kind"], row["number"]) for row in counts],
            words_of(request),
            actor=key,
        ),
        said_rows=statement_rows(ledger, [row["id"] for row in said[:SHOWN]]),
        stands=fetch(ledger.cursor(), _STANDS.format(of=of), values),
        contradictions=with_both(ledger, fetch(ledger.cursor(), _CHANGES.format(of=of), values)),
        decisions=decisions_on(ledger, actor),
    )


def _statements_of(ledger: LedgerHere, key: str) -> tuple[str, dict[str, Any]]:
    """A query for the ids of an actor's statements with its values: the ids themselves where they are not too many."""
    rows = fetch(ledger.cursor(), f"{_OF} LIMIT {_FEW + 1}", {"key": key})
    if len(rows) > _FEW:
        return _OF, {"key": key}
    return "SELECT unnest($keys)", {"keys": [row["statement"] for row in rows]}


def _query(conditions: Conditions, wanted: PeopleFilters) -> str:
    return conditions.sql("SELECT c.* FROM actors AS c", f"ORDER BY {_ORDERS[wanted.sort]}")


def _conditions(wanted: PeopleFilters) -> Conditions:
    conditions = Conditions()
    if wanted.name:
        from selon.matching.actors import bare

        conditions.add(
            "(contains(folded(c.name), rtrim(folded($name))) OR ($bare <> '' AND "
            "list_bool_or([contains(' ' || n.key, ' ' || $bare) FOR n IN c.names])))",
            name=wanted.name,
            bare=bare(wanted.name),
        )
    if wanted.kind:
        conditions.add("c.kind = $kind", kind=wanted.kind)
    return conditions


def _outlets(counts: list[dict[str, Any]]) -> list[tuple[str, int]]:
    """The outlets that quote, with how many statements each, most first."""
    found: dict[str, int] = {}
    for row in counts:
        found[row["outlet"] or ""] = found.get(row["outlet"] or "", 0) + row["number"]
    return sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))


def _wikidata(key: str) -> str:
    """The address of the actor's page at Wikidata, where it has a number that is one."""
    return f"https://www.wikidata.org/wiki/{key}" if re.fullmatch(r"Q[0-9]{1,12}", key or "") else ""
