"""A table of a ledger brought into DuckDB: as a view of its file, or copied into memory with indexes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from selon.store.tables import ARTICLES, LINKED, PARTS, Table

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_GROWN, _PACKED = 8, 3
"""How many times its file a table takes in memory, at most: as it is, and packed."""
_COPIED = (*PARTS, *LINKED)
_INDEXED = {
    "statements": ("id", "article"),
    "passages": ("article",),
    "rejected": ("article",),
    "actors": ("id",),
    "actor_statements": ("statement", "actor"),
    "copies": ("derived", "origin"),
    "contradictions": ("first", "second"),
    "positions": ("statement",),
    "utterances": ("id",),
    "witnesses": ("statement", "utterance"),
}
"""By table what its rows are looked for by."""


def bring(connection: DuckDBPyConnection, table: Table, file: Path, *, name: str = "", in_memory: bool) -> None:
    """Let a table be asked for by its name, or by ``name``. Raises duckdb.Error when the file cannot be read.

    In memory a row is found by its id in a millisecond, where a file of a million is read through.
    """
    name = name or table.name
    if table is ARTICLES and in_memory:
        # Packed as in a file, since texts are most of what a ledger holds.
        connection.execute("ATTACH ':memory:' AS packed (COMPRESS)")
        connection.execute(f"CREATE TABLE packed.{name} AS {table.rows_of(file)}")
        connection.execute(f"CREATE INDEX {name}_id ON packed.{name} (id)")
        connection.execute("CHECKPOINT packed")
        connection.execute(f"CREATE VIEW {name} AS SELECT * FROM packed.{name}")
    elif table in _COPIED and in_memory:
        connection.execute(f"CREATE TABLE {name} AS {table.rows_of(file)}")
        for column in _INDEXED.get(table.name, ()):
            connection.execute(f"CREATE INDEX {name}_{column} ON {name} ({column})")
    else:
        connection.execute(f"CREATE VIEW {name} AS {table.rows_of(file)}")


def memory_wanted(folder: Path) -> int:
    """Bytes that the tables of a ledger in this folder take in memory, about."""
    grown = [(table, _GROWN) for table in _COPIED] + [(ARTICLES, _PACKED)]
    files = [(folder / table.file, times) for table, times in grown]
    return sum(file.stat().st_size * times for file, times in files if file.exists())
