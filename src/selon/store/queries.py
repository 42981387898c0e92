"""What can be asked of a ledger, as conditions on its tables: every value a parameter, names compared folded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import TYPE_CHECKING, Any

from selon.errors import UsageError
from selon.records import Kind

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MACROS = (
    # " emmanuel macron ": no accents, no case, single spaces, so that whole words can be looked for between spaces.
    r"""CREATE MACRO folded(text) AS
        ' ' || trim(regexp_replace(strip_accents(lower(text)), '[^\p{L}\p{N}]+', ' ', 'g')) || ' '""",
)
ROWS = """
    SELECT s.id, s.article, a.outlet, a.published_first AS published, a.published_precision, a.title, a.url, a.place,
        s.speaker, s.speaker_kind, s.speaker_role, s.kind, s.form, s.source, s.cue, s.content,
        s.said_on_first, s.said_on_last, s.said_on_precision, s.addressee, s.confidence,
        s.span, s.source_spans, s.cue_spans, s.content_spans, s.evidence, s.venue, s.decided, s.decided_by
    FROM statements AS s JOIN articles AS a ON a.id = s.article"""
STATEMENTS = "SELECT s.* FROM statements AS s JOIN articles AS a ON a.id = s.article"
ARTICLES = """
    SELECT a.id, a.place, a.outlet, a.title, a.url, a.published_first, a.published_last, a.published_precision,
        a.published_evidence, a.language, coalesce(c.statements, 0) AS statements
    FROM articles AS a
    LEFT JOIN (SELECT article, count(*) AS statements FROM statements GROUP BY 1) AS c ON c.article = a.id"""
COUNTED_THERE = """
    WITH statements AS MATERIALIZED (SELECT article FROM statements WHERE article IN (SELECT unnest($keys)))"""
"""Before ``ARTICLES``: statements are counted in the articles with these ids only, not in all."""
ARTICLE_ORDER = "ORDER BY a.published_first NULLS LAST, a.place"
STATEMENT_ORDER = f"{ARTICLE_ORDER}, s.position, s.id"


@dataclass(frozen=True, slots=True)
class Filter:
    """Which records are wanted; what is left empty does not restrict.

    ``speaker`` and ``outlet`` are one or more whole words of the name, in order (``Macron``, ``le pen``), accents and
    case aside; a speaker is found by every name of the actor too, whichever article has it. ``about`` are words, or
    beginnings of words, that must all stand in the content. ``since`` and ``until`` (inclusive)
    look at the day it was said or, where that is unknown, the day it was published; what has neither is left out once a
    date is asked for.
    """

    speaker: str = ""
    about: str = ""
    kind: str = ""
    since: date | None = None
    until: date | None = None
    outlet: str = ""
    article: str = ""
    limit: int | None = None


@dataclass(slots=True)
class Conditions:
    """The WHERE clause of a filter and its parameters, named ``$…``."""

    clauses: list[str] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)
    limit: int | None = None

    def add(self, clause: str, **values: Any) -> None:  # noqa: ANN401
        """One more condition that must hold."""
        self.clauses.append(clause)
        self.values.update(values)

    def sql(self, select: str, order: str) -> str:
        """The whole query."""
        where = f" WHERE {' AND '.join(self.clauses)}" if self.clauses else ""
        limit = "" if self.limit is None else f" LIMIT {int(self.limit)}"
        return f"{select}{where} {order}{limit}"


def filter_from(wanted: Mapping[str, Any]) -> Filter:
    """The filter of these words; days may be text (``2024-06-03``). Raises UsageError for what is none."""
    names = {each.name for each in fields(Filter)}
    unknown = sorted(set(wanted) - names)
    if unknown:
        raise UsageError(f"no such filter: {', '.join(unknown)}", next=f"use {', '.join(sorted(names))}")
    given = {name: value for name, value in wanted.items() if value is not None}
    for name in ("since", "until"):
        if isinstance(given.get(name), str):
            given[name] = day_from(name, given[name])
    return Filter(**given)


def statement_conditions(wanted: Filter, found: list[str] | None) -> Conditions:
    """The conditions on statements ``s`` and articles ``a``; ``found`` is what words search gave. Raises UsageError."""
    conditions = Conditions(limit=wanted.limit)
    if wanted.speaker:
        # Loaded where it is asked for: the packs and the register take longer to import than a question to answer.
        from selon.matching.actors import bare

        conditions.add(
            "(contains(folded(s.speaker), folded($speaker)) "
            "OR list_bool_or([contains(folded(name), folded($speaker)) FOR name IN s.speaker_names]) "
            "OR s.id IN (SELECT b.statement FROM actor_statements AS b JOIN actors AS c ON c.id = b.actor WHERE "
            "contains(folded(c.name), folded($speaker)) OR list_contains([n.key FOR n IN c.names], $alias)))",
            speaker=wanted.speaker,
            alias=bare(wanted.speaker),
        )
    if wanted.kind:
        kinds = [kind.value for kind in Kind]
        if wanted.kind not in kinds:
            raise UsageError(f"no such kind: {wanted.kind}", next=f"use one of {', '.join(kinds)}")
        conditions.add("s.kind = $kind", kind=wanted.kind)
    if found is not None:
        conditions.add("s.id IN (SELECT unnest($found))", found=found)
    if wanted.since:
        conditions.add("coalesce(s.said_on_last, a.published_last) >= $since", since=wanted.since)
    if wanted.until:
        conditions.add("coalesce(s.said_on_first, a.published_first) <= $until", until=wanted.until)
    _article_conditions(conditions, wanted)
    return conditions


def article_conditions(wanted: Filter, found: list[str] | None) -> Conditions:
    """The conditions on articles ``a``; dates are those of publication."""
    conditions = Conditions(limit=wanted.limit)
    if found is not None:
        conditions.add("a.id IN (SELECT unnest($found))", found=found)
    if wanted.since:
        conditions.add("a.published_last >= $since", since=wanted.since)
    if wanted.until:
        conditions.add("a.published_first <= $until", until=wanted.until)
    _article_conditions(conditions, wanted)
    return conditions


def fetch(connection: DuckDBPyConnection, query: str, values: dict[str, Any] | None = None) -> list[dict[str, Any]]:
    """The rows of a query as dictionaries by column name."""
    result = connection.execute(query, values) if values else connection.execute(query)
    names = [column[0] for column in result.description or ()]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def _article_conditions(conditions: Conditions, wanted: Filter) -> None:
    if wanted.outlet:
        conditions.add("contains(folded(a.outlet), folded($outlet))", outlet=wanted.outlet)
    if wanted.article:
        conditions.add("a.id = $article", article=wanted.article)


def day_from(name: str, text: str) -> date:
    """The day that the option ``name`` was given. Raises UsageError for what is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"not a date: {text!r}", where=name, next="write it as 2024-06-03") from None
