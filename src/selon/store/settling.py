"""Decisions on statements brought to bear: kept in ``decisions.sqlite`` in the very commit that logs them.

The table ``corrections`` holds what comes of them (see ``corrections.py``), a row a target, with a revision that grows
with every change: whoever shows statements takes over what is newer than what it has.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from selon.store import search
from selon.store.corrections import JUDGED, Page, Settled, State, settled
from selon.store.decisions import Decision, add_decision, decision_from
from selon.store.positions import CORRECTED
from selon.store.rows import Row

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

KINDS = (JUDGED, CORRECTED)
"""The kinds of decisions that are about a statement and find it again."""
_FEW = 8
_LIVE = "SELECT * FROM machine_statements WHERE article {wanted} ORDER BY article, position"
_MADE_FROM = "statements"


def add_and_settle(
    database: sqlite3.Connection, tables: DuckDBPyConnection, made: Iterable[Decision]
) -> list[Decision]:
    """Append decisions, all or none, and let them count: one commit. Returns them with their numbers."""
    database.execute("BEGIN IMMEDIATE")
    try:
        added = [add_decision(database, each) for each in made]
        about = [each for each in added if each.kind in KINDS]
        if len(about) > _FEW:
            _settle(database, tables, None)
        elif about:
            _settle(database, tables, about)
        database.execute("COMMIT")
    except BaseException:
        database.execute("ROLLBACK")
        raise
    return added


def settle_all(database: sqlite3.Connection, tables: DuckDBPyConnection) -> None:
    """Let every decision find its statement among the tables as they are now."""
    database.execute("BEGIN IMMEDIATE")
    try:
        _settle(database, tables, None)
        database.execute("INSERT OR REPLACE INTO made_from VALUES (?, ?)", (_MADE_FROM, search.stamp_of(tables)))
        database.execute("COMMIT")
    except BaseException:
        database.execute("ROLLBACK")
        raise


def all_settled(database: sqlite3.Connection, tables: DuckDBPyConnection) -> list[Settled]:
    """What comes of every decision on statements, worked out now and not kept."""
    return _settled(database, tables, None)


def is_settled(database: sqlite3.Connection, tables: DuckDBPyConnection) -> bool:
    """Whether what is kept was worked out of the tables as they are."""
    told = database.execute("SELECT stamp FROM made_from WHERE name = ?", (_MADE_FROM,)).fetchone()
    return bool(told == (search.stamp_of(tables),))


def revision(database: sqlite3.Connection) -> int:
    """The number of the latest change of what is kept; 0 where there is nothing."""
    return int(database.execute("SELECT coalesce(max(revision), 0) FROM corrections").fetchone()[0])


def kept(database: sqlite3.Connection, since: int = 0) -> list[Settled]:
    """What is kept of the decisions, by the order of their changes; only what is newer than a revision."""
    rows = database.execute(
        "SELECT key, article, found, state, statement, decided, decided_by FROM corrections WHERE revision > ? "
        "ORDER BY revision, key",
        (since,),
    )
    return [
        Settled(key, article, found, State(state), json.loads(row) if row else None, decided, by)
        for key, article, found, state, row, decided, by in rows
    ]


def _settle(database: sqlite3.Connection, tables: DuckDBPyConnection, about: Sequence[Decision] | None) -> None:
    outcome = _settled(database, tables, about)
    number = revision(database) + 1
    database.executemany(
        "INSERT OR REPLACE INTO corrections VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (each.key, number, each.article, each.found, each.state.value, each.decided, each.by, _told(each.row))
            for each in outcome
        ],
    )
    search.index_again(database, _bodies(tables, outcome))


def _bodies(tables: DuckDBPyConnection, outcome: Sequence[Settled]) -> dict[str, str | None]:
    """What can be searched of each statement that was decided on: its words, None where it is not shown."""
    bodies: dict[str, str | None] = {}
    bare = []
    for each in outcome:
        if each.state is State.SHOWN and each.row:
            bodies[each.shown] = each.row["content"]
        elif each.state is State.NONE and each.found:
            bare.append(each.found)
        elif each.state is not State.JOINED:
            bodies.setdefault(each.shown, None)
    if bare:
        wanted = "SELECT id, content FROM machine_statements WHERE id IN (SELECT unnest($keys))"
        for key, content in tables.execute(wanted, {"keys": bare}).fetchall():
            bodies.setdefault(key, content)
    return bodies


def _settled(
    database: sqlite3.Connection, tables: DuckDBPyConnection, about: Sequence[Decision] | None
) -> list[Settled]:
    """What comes of all decisions, or of those in the articles that ``about`` touches."""
    if about is None:
        targets, live = _targets(database, None), {}
        current = _current(tables, targets)
    else:
        own = [each.target for each in about]
        current = _kept_articles(database, "key", own)
        new = _targets(database, [key for key in own if key not in current])
        named = {key: _article(decisions)["article"] for key, decisions in new.items()}
        live = _live(tables, list({*current.values(), *named.values()}))
        # Where an article has statements it is there as it is named; it is only looked for where it has none.
        current |= {key: article for key, article in named.items() if article in live}
        current |= _current(tables, {key: decisions for key, decisions in new.items() if key not in current})
        current |= _kept_articles(database, "article", list(set(current.values())))
        targets = _targets(database, list(current))
    by_article: dict[str, dict[str, list[Decision]]] = {}
    for key, decisions in targets.items():
        by_article.setdefault(current[key], {})[key] = decisions
    missing = [key for key in by_article if key not in live]
    return _over(tables, by_article, {**live, **_live(tables, missing)})


def _kept_articles(database: sqlite3.Connection, column: str, keys: Sequence[str]) -> dict[str, str]:
    """The article of each target that is kept, by target: of those with a ``key`` or an ``article`` among the keys."""
    query = f"SELECT key, article FROM corrections WHERE {column} IN (SELECT value FROM json_each(?))"
    return dict(database.execute(query, (json.dumps(list(keys)),)).fetchall())


def _current(tables: DuckDBPyConnection, targets: Mapping[str, Sequence[Decision]]) -> dict[str, str]:
    """Under which id the article of each target stands now: its own, that of its place or address, else its own."""
    named = {key: _article(decisions) for key, decisions in targets.items()}
    keys = list({each["article"] for each in named.values()})
    query = "SELECT id FROM articles WHERE id IN (SELECT unnest($keys))"
    there = {key for (key,) in tables.execute(query, {"keys": keys}).fetchall()} if keys else set()
    gone = [each for each in named.values() if each["article"] not in there]
    heirs: dict[tuple[str, str], str] = {}
    for column in ("url", "place") if gone else ():
        query = (
            f"SELECT {column}, min(id) FROM articles WHERE {column} <> '' AND {column} IN (SELECT unnest($keys)) "
            "GROUP BY 1"
        )
        values = {"keys": [each.get(column, "") for each in gone]}
        heirs |= {(column, told): key for told, key in tables.execute(query, values).fetchall()}
    return {
        key: each["article"]
        if each["article"] in there
        else heirs.get(("place", each.get("place", ""))) or heirs.get(("url", each.get("url", ""))) or each["article"]
        for key, each in named.items()
    }


def _live(tables: DuckDBPyConnection, keys: Sequence[str]) -> dict[str, list[Row]]:
    """The machine's statements in these articles, by article; those without any are left out."""
    found: dict[str, list[Row]] = {}
    few = len(keys) <= _FEW
    for wanted in [[key] for key in keys] if few else [list(keys)]:
        how, values = ("= $key", {"key": wanted[0]}) if few else ("IN (SELECT unnest($key))", {"key": wanted})
        for row in _fetched(tables, _LIVE.format(wanted=how), values):
            found.setdefault(row["article"], []).append(row)
    return found


def _over(
    tables: DuckDBPyConnection,
    by_article: Mapping[str, Mapping[str, Sequence[Decision]]],
    live: Mapping[str, Sequence[Row]],
) -> list[Settled]:
    moved = [
        key
        for key, targets in by_article.items()
        if any(each.value.get("article", key) != key for decisions in targets.values() for each in decisions)
    ]
    query = "SELECT id, text FROM articles WHERE id IN (SELECT unnest($keys))"
    texts = dict(tables.execute(query, {"keys": moved}).fetchall()) if moved else {}
    return [
        each
        for key, targets in by_article.items()
        for each in settled(Page(key, texts.get(key, ""), live.get(key, ())), targets)
    ]


def _targets(database: sqlite3.Connection, keys: Sequence[str] | None) -> dict[str, list[Decision]]:
    """The decisions on statements by target, in the order of their first; those that name no article are left out."""
    chosen = "" if keys is None else " AND target IN (SELECT value FROM json_each(?))"
    values = (*KINDS, *(() if keys is None else (json.dumps(list(keys)),)))
    columns = "id, made_at, made_by, kind, target, value, note"
    query = f"SELECT {columns} FROM decisions WHERE kind IN (?, ?){chosen} ORDER BY id"
    targets: dict[str, list[Decision]] = {}
    for row in database.execute(query, values):
        each = decision_from(row)
        if "article" in each.value or "undo" in each.value:
            targets.setdefault(each.target, []).append(each)
    return {key: made for key, made in targets.items() if _article(made)}


def _article(decisions: Sequence[Decision]) -> Mapping[str, str]:
    """What the latest decision on a target says of its article: ``article``, ``place``, ``url``."""
    return next((each.value for each in reversed(decisions) if "article" in each.value), {})


def _fetched(tables: DuckDBPyConnection, query: str, values: Mapping[str, Any]) -> list[Row]:
    answer = tables.execute(query, dict(values))
    names = [column[0] for column in answer.description or ()]
    return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]


def _told(row: Row | None) -> str:
    return json.dumps(row, ensure_ascii=False, default=str) if row else ""
