"""A ledger of so many made-up statements, with all its tables, written by DuckDB alone: what pages are measured on.

    python -m benchmarks.made_ledger FOLDER [STATEMENTS]

By the words of the shipped vocabulary, frequent ones oftener; no text of anybody. Every span is right: the words of a
statement stand at its place in its article.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from pathlib import Path

import duckdb

from selon.models.embedding import load_encoder
from selon.store import Ledger
from selon.store.tables import LINKED, PACKING, TABLES, Table, quoted

STATEMENTS = 1_000_000
_AN_ARTICLE, _AN_ACTOR, _A_DAY = 7, 40, 150
"""Statements an article has, statements an actor makes, articles a day."""
_WORDS, _FILLERS, _PROPOSITIONS = 20_000, 5_000, 40
_WHOLE = ("passages", "statements", "rejected")
"""Tables written in the order of their articles."""


def main(arguments: Sequence[str]) -> int:
    """Write one; returns the exit code."""
    folder, *more = arguments
    begun = time.monotonic()
    make_ledger(Path(folder), int(more[0]) if more else STATEMENTS)
    size = sum(each.stat().st_size for each in Path(folder).iterdir() if each.is_file()) / 1e6
    print(f"{folder}: {size:,.0f} MB in {time.monotonic() - begun:.0f} s")
    return 0


def make_ledger(folder: Path, statements: int) -> None:
    """Write a ledger of so many statements into a new folder. Raises LedgerError."""
    Ledger.create(folder).close()
    given = {
        "words": [word for word in load_encoder().words("fr")[:_WORDS] if len(word) > 1],
        "statements": statements,
        "articles": max(2, statements // _AN_ARTICLE),
        "actors": max(1, statements // _AN_ACTOR),
        "fillers": _FILLERS,
        "propositions": _PROPOSITIONS,
        "a_day": _A_DAY,
    }
    with duckdb.connect() as connection:
        connection.execute(f"SET temp_directory = {quoted(folder / 'spill.tmp')}")
        connection.execute("SET memory_limit = '3GB'")
        for name, value in given.items():
            connection.execute(f"SET VARIABLE {name} = $value", {"value": value})
        connection.execute(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))
        views = {name for (name,) in connection.execute("SELECT view_name FROM duckdb_views()").fetchall()}
        for table in (*TABLES, *LINKED):
            if f"made_{table.name}" in views:
                _write(connection, table, folder / table.file)
    with Ledger.open(folder) as ledger, ledger.writing():
        pass  # which brings the search up to date


def _write(connection: duckdb.DuckDBPyConnection, table: Table, file: Path) -> None:
    order = f"number, {table.order}" if table.name in _WHOLE else table.order
    rows = f"({table.no_rows} UNION ALL BY NAME FROM made_{table.name})"
    columns = ", ".join(table.columns)
    connection.execute(
        f"COPY (SELECT {columns} FROM {rows} ORDER BY {order}) TO {quoted(file)} (FORMAT parquet, {PACKING})"  # noqa: S608
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
