"""What pages tell of an article beside its words: outlet, title, language, and its day with what is known of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from selon.records import Precision, When
from selon.store import Ledger
from selon.store.queries import fetch
from selon.store.rows import when_from

_ROWS = """
    SELECT id, outlet, coalesce(nullif(title, ''), place) AS title, language, published_first, published_last,
        published_precision, published_evidence
    FROM articles WHERE id IN (SELECT unnest($keys))"""

_ACTORS = "SELECT statement, actor FROM actor_statements WHERE statement IN (SELECT unnest($keys))"


def headings(ledger: Ledger, articles: Iterable[str]) -> dict[str, dict[str, Any]]:
    """The articles with these ids, by id, with ``published`` as a ``When``; unlike a ledger's, without their counts."""
    keys = sorted(set(articles))
    rows = fetch(ledger.cursor(), _ROWS, {"keys": keys}) if keys else []
    return {row["id"]: {**row, "published": when_from("published", row)} for row in rows}


def with_actors(ledger: Ledger, rows: Sequence[dict[str, Any]], *sides: str) -> None:
    """Add to each row the ids of the actors who said its statements; ``sides`` begin the columns' names."""
    names = sides or ("",)
    keys = sorted({row[f"{side}statement"] for row in rows for side in names})
    found = fetch(ledger.cursor(), _ACTORS, {"keys": keys}) if keys else []
    actors = {row["statement"]: row["actor"] for row in found}
    for row in rows:
        row |= {f"{side}actor": actors.get(row[f"{side}statement"]) for side in names}


def later_by(first: When, other: When) -> int | None:
    """How many days later the other is, where both are known to the day."""
    exact = first.precision is other.precision is Precision.DAY
    return (other.first - first.first).days if exact and first.first and other.first else None


def said_when(row: Mapping[str, Any], side: str = "") -> When:
    """When what a row tells of was said or, where that is unknown, published; ``side`` begins the columns' names."""
    name = f"{side}said_on" if row[f"{side}said_on_first"] else f"{side}published"
    return when_from(name, row)
