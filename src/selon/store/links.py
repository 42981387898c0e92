"""Tables worked out of other tables and of decisions: written whole, stamped with a digest of what they were made from.

A stamp stands inside each file (Parquet's key-value metadata), and a file is exchanged by a rename: a crash in between
leaves files of different stamps, which are simply not up to date and are made again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from selon.store import disk
from selon.store.rows import Row
from selon.store.tables import PACKING, Table, quoted

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_STAMP = "selon"


def write_linked(folder: Path, tables: Iterable[tuple[Table, Iterable[Row]]], stamp: str) -> None:
    """Write each table anew into the ledger's folder; the lock must be held. Raises LedgerError.

    Rows are dictionaries as JSON holds them (dates as ``2024-06-03``); the same rows in any order give the same bytes.
    """
    import duckdb

    with disk.writing_to(folder), duckdb.connect() as connection:
        connection.execute("SET threads = 1")
        for table, rows in tables:
            _write(connection, folder, table, rows, stamp)


def stamps_of(folder: Path, tables: Iterable[Table]) -> dict[str, str]:
    """What each table says it was made from, by its name; those that are missing or cannot be read are left out."""
    import duckdb

    found: dict[str, str] = {}
    with duckdb.connect() as connection:
        for table in tables:
            file = quoted(folder / table.file)
            with suppress(duckdb.Error):
                query = f"SELECT decode(value) FROM parquet_kv_metadata({file}) WHERE decode(key) = '{_STAMP}'"
                for (value,) in connection.execute(query).fetchall():
                    found[table.name] = value
    return found


def file_digest(path: Path) -> str:
    """A short hash of a file's bytes; empty where there is no such file."""
    if not path.exists():
        return ""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:16]


def _write(connection: DuckDBPyConnection, folder: Path, table: Table, rows: Iterable[Row], stamp: str) -> None:
    lines, finished = folder / f"{table.name}.jsonl.tmp", folder / f"{table.name}.parquet.tmp"
    try:
        longest = 0
        with lines.open("wb") as file:
            for row in rows:
                line = json.dumps(row, ensure_ascii=False, separators=(",", ":"))
                longest = max(longest, file.write(line.encode("utf-8", "backslashreplace") + b"\n"))
        columns = ", ".join(f"{name}: {quoted(kind)}" for name, kind in table.columns.items())
        given = (
            f"read_json({quoted(lines)}, format = 'newline_delimited', maximum_object_size = {max(longest, 1 << 20)}, "
            f"columns = {{{columns}}})"
        )
        connection.execute(
            f"COPY (SELECT * FROM {given} ORDER BY {table.order}) TO {quoted(finished)} "
            f"(FORMAT parquet, {PACKING}, KV_METADATA {{{_STAMP}: {quoted(stamp)}}})"
        )
        disk.replace(finished, folder / table.file)
    finally:
        lines.unlink(missing_ok=True)
        finished.unlink(missing_ok=True)
