"""Words to ids through SQLite's full-text search: accents and case folded, beginnings of words count.

A beginning has three letters at least; what is shorter (``UE``, ``le``) is looked for as a word.
"""

from __future__ import annotations

import json
import re
import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Entry = TypeVar("Entry")
_SOURCES = {
    "statement": "SELECT id, content FROM statements",
    "article": "SELECT id, title || ' ' || text FROM articles",
}
# CROSS JOIN below keeps SQLite from asking the index once a record: minutes where "le" stands in 66,000 articles.
_MADE_FROM = "search"
_BATCH = 10_000
"""So many records are indexed in one commit: half a second, in which a decision has to wait."""
_BREATH = 0.12
"""Seconds between two commits: SQLite tries again every 0.1 s, so who waits comes in."""
_SHORTEST = 3
_WORD = re.compile(r"\w+")


def update_search(database: sqlite3.Connection, tables: DuckDBPyConnection) -> None:
    """Bring the index up to what the tables hold.

    Rows are known by id, which is a hash of what they say; what people changed comes through ``index_again``. It is
    committed piece by piece, so that people can decide meanwhile; who is killed in between goes on there next time.
    """
    stamp = stamp_of(tables)
    for kind, source in _SOURCES.items():
        _update(database, tables, kind, source)
    with _committed(database):
        database.execute("INSERT OR REPLACE INTO made_from VALUES (?, ?)", (_MADE_FROM, stamp))


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
    rows = database.execute(
        "SELECT id FROM words CROSS JOIN searchable ON searchable.number = words.rowid "
        "WHERE words MATCH ? AND kind = ?",
        (_terms(found), kind),
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
        (_terms(found), kind, most),
    )
    return [key for (key,) in rows]


def _scanned(tables: DuckDBPyConnection, kind: str, words: list[str]) -> list[str]:
    """The same without the index, for a ledger whose last run was killed before it came to that."""
    holds = " AND ".join(
        f"contains(folded(body), {'folded' if len(word) < _SHORTEST else 'rtrim(folded'}($w{number})"
        f"{'' if len(word) < _SHORTEST else ')'})"
        for number, word in enumerate(words)
    )
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


def _terms(words: Iterable[str]) -> str:
    return " ".join(f'"{word}"' + ("" if len(word) < _SHORTEST else "*") for word in words)


def _update(database: sqlite3.Connection, tables: DuckDBPyConnection, kind: str, source: str) -> None:
    held = dict(database.execute("SELECT id, number FROM searchable WHERE kind = ?", (kind,)).fetchall())
    wanted = {key for (key,) in tables.execute(f"SELECT id FROM ({source})").fetchall()}
    for gone in _batches((number,) for key, number in held.items() if key not in wanted):
        with _committed(database):
            database.executemany("DELETE FROM words WHERE rowid = ?", gone)
            database.executemany("DELETE FROM searchable WHERE number = ?", gone)
    for batch in _batches(entry for entry in _bodies(tables, source) if entry[0] not in held):
        with _committed(database):
            # Somebody may have decided on one of them since the first batch.
            query = "SELECT id FROM searchable WHERE kind = ? AND id IN (SELECT value FROM json_each(?))"
            seen = {key for (key,) in database.execute(query, (kind, json.dumps([key for key, _ in batch])))}
            for key, body in batch:
                if key not in seen:
                    seen.add(key)
                    _index(database, kind, (key, body))


def _batches(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    """The entries, so many at a time, with a breath in between."""
    rest = iter(entries)
    batch = list(islice(rest, _BATCH))
    while batch:
        yield batch
        batch = list(islice(rest, _BATCH))
        if batch:
            time.sleep(_BREATH)


@contextmanager
def _committed(database: sqlite3.Connection) -> Iterator[None]:
    database.execute("BEGIN IMMEDIATE")
    try:
        yield
        database.execute("COMMIT")
    except BaseException:
        database.execute("ROLLBACK")
        raise


def _index(database: sqlite3.Connection, kind: str, entry: tuple[str, str], number: int | None = None) -> None:
    key, body = entry
    if number is None:
        number = database.execute("INSERT INTO searchable (kind, id) VALUES (?, ?)", (kind, key)).lastrowid
    database.execute("INSERT INTO words (rowid, body) VALUES (?, ?)", (number, body.replace("\0", " ")))


def _bodies(tables: DuckDBPyConnection, source: str) -> Iterator[tuple[str, str]]:
    result = tables.execute(source)
    while batch := result.fetchmany(1000):
        yield from batch
