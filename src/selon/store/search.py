"""Words to ids through SQLite's full-text search: accents and case folded, beginnings of words count."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_SOURCES = {
    "statement": "SELECT id, content FROM statements",
    "article": "SELECT id, title || ' ' || text FROM articles",
}
# CROSS JOIN below keeps SQLite from asking the index once a record: minutes where "le" stands in 66,000 articles.
_MADE_FROM = "search"
_BATCH = 1000
_WORD = re.compile(r"\w+")


def update_search(database: sqlite3.Connection, tables: DuckDBPyConnection) -> None:
    """Bring the index up to what the tables hold.

    Rows are known by id, which is a hash of what they say; what people changed comes through ``index_again``.
    """
    database.execute("BEGIN IMMEDIATE")
    try:
        for kind, source in _SOURCES.items():
            _update(database, tables, kind, source)
        database.execute("INSERT OR REPLACE INTO made_from VALUES (?, ?)", (_MADE_FROM, stamp_of(tables)))
        database.execute("COMMIT")
    except BaseException:
        database.execute("ROLLBACK")
        raise


def is_fresh(database: sqlite3.Connection, tables: DuckDBPyConnection) -> bool:
    """Whether the index was made from the tables as they are (a killed run may leave it behind)."""
    told = database.execute("SELECT stamp FROM made_from WHERE name = ?", (_MADE_FROM,)).fetchone()
    return bool(told == (stamp_of(tables),))


def stamp_of(tables: DuckDBPyConnection) -> str:
    """Which articles and statements the tables hold, as a short hash; see ``views.py``."""
    return str(tables.execute("SELECT stamp FROM looked_at").fetchall()[0][0])


def index_again(database: sqlite3.Connection, bodies: Mapping[str, str | None]) -> None:
    """Let statements be found by other words, or not at all (None); part of a transaction that goes on."""
    for key, body in bodies.items():
        held = database.execute("SELECT number FROM searchable WHERE kind = 'statement' AND id = ?", (key,)).fetchone()
        if held:
            database.execute("DELETE FROM words WHERE rowid = ?", held)
        if body is None:
            database.execute("DELETE FROM searchable WHERE kind = 'statement' AND id = ?", (key,))
        else:
            number = held[0] if held else None
            _index(database, "statement", (key, body), number)


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
        _index(database, kind, (key, body))


def _index(database: sqlite3.Connection, kind: str, entry: tuple[str, str], number: int | None = None) -> None:
    key, body = entry
    if number is None:
        number = database.execute("INSERT INTO searchable (kind, id) VALUES (?, ?)", (kind, key)).lastrowid
    database.execute("INSERT INTO words (rowid, body) VALUES (?, ?)", (number, body.replace("\0", " ")))


def _bodies(tables: DuckDBPyConnection, source: str) -> Iterator[tuple[str, str]]:
    result = tables.execute(source)
    while batch := result.fetchmany(_BATCH):
        yield from batch
