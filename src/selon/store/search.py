"""Words to ids through SQLite's full-text search: accents and case folded, beginnings of words count."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_SOURCES = {
    "statement": "SELECT id, content FROM statements",
    "article": "SELECT id, title || ' ' || text FROM articles",
}
# CROSS JOIN below keeps SQLite from asking the index once a record: minutes where "le" stands in 66,000 articles.
_BATCH = 1000
_WORD = re.compile(r"\w+")


def update_search(database: sqlite3.Connection, tables: DuckDBPyConnection) -> None:
    """Bring the index up to what the tables hold: rows are known by id, which is a hash of what they say."""
    database.execute("BEGIN IMMEDIATE")
    try:
        for kind, source in _SOURCES.items():
            _update(database, tables, kind, source)
        database.execute("COMMIT")
    except BaseException:
        database.execute("ROLLBACK")
        raise


def is_fresh(database: sqlite3.Connection, tables: DuckDBPyConnection) -> bool:
    """Whether the index holds as many statements and articles as the tables do (a killed run may leave it behind)."""
    indexed = dict(database.execute("SELECT kind, count(*) FROM searchable GROUP BY kind").fetchall())
    for kind, source in _SOURCES.items():
        held = tables.execute(f"SELECT count(DISTINCT id) FROM ({source})").fetchall()
        if held[0][0] != indexed.get(kind, 0):
            return False
    return True


def find(database: sqlite3.Connection, tables: DuckDBPyConnection, kind: str, words: str) -> list[str] | None:
    """The ids of all ``kind`` records that hold every one of the words; None when there is no word to look for.

    >>> # "président" finds "Président" and "présidents"; "nucléaire armes" finds both words anywhere in the statement
    """
    found = _WORD.findall(words)
    if not found:
        return None
    if not is_fresh(database, tables):
        return _scanned(tables, kind, found)
    terms = [f'"{word}"*' for word in found]
    rows = database.execute(
        "SELECT id FROM words CROSS JOIN searchable ON searchable.number = words.rowid "
        "WHERE words MATCH ? AND kind = ?",
        (" ".join(terms), kind),
    )
    return [key for (key,) in rows]


def latest(database: sqlite3.Connection, kind: str, words: str, most: int) -> list[str] | None:
    """The same from the index alone, at most so many, those read last first: for who cannot wait for all of them."""
    found = _WORD.findall(words)
    if not found:
        return None
    rows = database.execute(
        "SELECT id FROM words CROSS JOIN searchable ON searchable.number = words.rowid "
        "WHERE words MATCH ? AND kind = ? ORDER BY words.rowid DESC LIMIT ?",
        (" ".join(f'"{word}"*' for word in found), kind, most),
    )
    return [key for (key,) in rows]


def _scanned(tables: DuckDBPyConnection, kind: str, words: list[str]) -> list[str]:
    """The same without the index, for a ledger whose last run was killed before it came to that."""
    holds = " AND ".join(f"contains(folded(body), rtrim(folded($w{number})))" for number in range(len(words)))
    query = f"SELECT id FROM ({_SOURCES[kind]}) AS source (id, body) WHERE {holds}"
    rows = tables.execute(query, {f"w{number}": word for number, word in enumerate(words)}).fetchall()
    return [key for (key,) in rows]


def holders(database: sqlite3.Connection, kind: str, word: str) -> list[str]:
    """The ids of all ``kind`` records that hold this very word, accents and case aside."""
    rows = database.execute(
        "SELECT id FROM words CROSS JOIN searchable ON searchable.number = words.rowid "
        "WHERE words MATCH ? AND kind = ?",
        (f'"{word}"', kind),
    )
    return [key for (key,) in rows]


def _update(database: sqlite3.Connection, tables: DuckDBPyConnection, kind: str, source: str) -> None:
    held = dict(database.execute("SELECT id, number FROM searchable WHERE kind = ?", (kind,)).fetchall())
    wanted = {key for (key,) in tables.execute(f"SELECT id FROM ({source})").fetchall()}
    gone = [(number,) for key, number in held.items() if key not in wanted]
    database.executemany("DELETE FROM words WHERE rowid = ?", gone)
    database.executemany("DELETE FROM searchable WHERE number = ?", gone)
    seen = set(held)
    for key, body in _bodies(tables, source):
        if key in seen:
            continue
        seen.add(key)
        cursor = database.execute("INSERT INTO searchable (kind, id) VALUES (?, ?)", (kind, key))
        database.execute("INSERT INTO words (rowid, body) VALUES (?, ?)", (cursor.lastrowid, body.replace("\0", " ")))


def _bodies(tables: DuckDBPyConnection, source: str) -> Iterator[tuple[str, str]]:
    result = tables.execute(source)
    while batch := result.fetchmany(_BATCH):
        yield from batch
