"""Finished shards into the ledger's tables: new files beside the old ones, one rename that decides, then the exchange.

``staging/merged/`` comes into being by a rename once all its files are on the disk. From that moment the new tables
count: readers look there first, and whoever writes next completes the exchange. Before it, the old ones do. A crash at
any point leaves one of the two, whole.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from selon.store import disk
from selon.store.staging import is_damaged, longest_line, shards
from selon.store.tables import (
    ARTICLES,
    DOCUMENTS,
    FAILURES,
    PACKING,
    PARTS,
    PASSAGES,
    REJECTED,
    SET_ASIDE,
    STATEMENTS,
    TABLES,
    Table,
    quoted,
)

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

STAGING = "staging"
MERGED = "merged"
_COLUMNS = {
    "place": "VARCHAR",
    "digest": "VARCHAR",
    "recipe": "VARCHAR",
    "outcome": "VARCHAR",
    "article": ARTICLES.row_type,
    "passages": f"{PASSAGES.row_type}[]",
    "statements": f"{STATEMENTS.row_type}[]",
    "rejected": f"{REJECTED.row_type}[]",
    "failure": FAILURES.row_type,
    "set_aside": SET_ASIDE.row_type,
}


def merge(ledger: Path) -> bool:
    """Merge every finished shard into the tables; False when there was none. Only the holder of the lock may call it.

    A document read again replaces what it gave before; one that failed this time keeps it. The same documents give the
    same bytes, however many workers read them: rows are sorted, and none tells of the run. Raises LedgerError.
    """
    staging = ledger / STAGING
    with disk.writing_to(ledger):
        complete(ledger)
        _sweep(staging)
        found = shards(staging)
        if not found and all((ledger / table.file).exists() for table in TABLES):
            return False
        staging.mkdir(exist_ok=True)
        unfinished = staging / "merging.tmp"
        try:
            unfinished.mkdir()
            _write_tables(ledger, found, unfinished)
            unfinished.rename(staging / MERGED)
        except BaseException:
            shutil.rmtree(unfinished, ignore_errors=True)
            raise
        disk.sync(staging)
        complete(ledger)
        for shard in found:
            shard.unlink()
        shutil.rmtree(staging, ignore_errors=True)
        disk.sync(ledger)
    return True


def complete(ledger: Path) -> None:
    """Finish an exchange of tables that was cut short, if there is one."""
    merged = ledger / STAGING / MERGED
    if not merged.is_dir():
        return
    for table in TABLES:
        if (merged / table.file).exists():
            (merged / table.file).replace(ledger / table.file)
    disk.sync(ledger)
    merged.rmdir()


def file_of(ledger: Path, table: Table) -> Path:
    """Where the table stands now: in a finished merge that waits for its exchange, or in the ledger."""
    waiting = ledger / STAGING / MERGED / table.file
    return waiting if waiting.exists() else ledger / table.file


def _sweep(staging: Path) -> None:
    """Clear what a killed run left half written."""
    for left in staging.glob("*.tmp"):
        if left.is_dir():
            shutil.rmtree(left)
        else:
            left.unlink()


def _write_tables(ledger: Path, found: list[Path], folder: Path) -> None:
    import duckdb

    with duckdb.connect() as connection:
        connection.execute("SET threads = 1")
        connection.execute(f"SET temp_directory = {quoted(folder / 'spill.tmp')}")
        _load(connection, ledger, found)
        for table in TABLES:
            rough, target = folder / f"rough-{table.file}", folder / table.file
            # How DuckDB packs a column depends on where its rows came from; written once more from Parquet, the same
            # rows are the same bytes.
            _copy(connection, _merged(table), rough)
            _copy(connection, f"SELECT * FROM read_parquet({quoted(rough)})", target)
            rough.unlink()
            disk.sync(target)
    shutil.rmtree(folder / "spill.tmp", ignore_errors=True)
    disk.sync(folder)


def _copy(connection: DuckDBPyConnection, query: str, target: Path) -> None:
    connection.execute(f"COPY ({query}) TO {quoted(target)} (FORMAT parquet, {PACKING})")


def _load(connection: DuckDBPyConnection, ledger: Path, found: list[Path]) -> None:
    """Set up ``old_…`` views of the tables, ``fresh`` (the newest outcome of each place) and ``kept`` documents."""
    import duckdb

    for table in TABLES:
        path = ledger / table.file
        rows = table.rows_of(path) if path.exists() else table.no_rows
        connection.execute(f"CREATE VIEW old_{table.name} AS {rows}")
    connection.execute(
        f"CREATE TABLE staged ({', '.join(f'{name} {kind}' for name, kind in _COLUMNS.items())}, shard INTEGER)"
    )
    columns = ", ".join(f"{name}: {quoted(kind)}" for name, kind in _COLUMNS.items())
    for number, shard in enumerate(found):
        size = max(longest_line(shard) + 1, 1 << 20)
        try:
            connection.execute(
                f"INSERT INTO staged SELECT *, {number} FROM read_json({quoted(shard)}, format = 'newline_delimited', "
                f"compression = 'gzip', maximum_object_size = {size}, columns = {{{columns}}})"
            )
        except duckdb.Error:
            # A shard that the disk has damaged is passed over: its documents are not known, so they are read again.
            if not is_damaged(shard):
                raise
    connection.execute(
        "CREATE VIEW fresh AS SELECT * FROM staged "
        "WHERE (place, shard) IN (SELECT (place, max(shard)) FROM staged GROUP BY place)"
    )
    connection.execute(
        "CREATE VIEW kept AS SELECT * FROM old_documents "
        "WHERE place NOT IN (SELECT place FROM fresh WHERE outcome <> 'failure')"
    )
    # One text in two places is one article: the first place in order speaks for it.
    connection.execute(
        "CREATE TABLE chosen AS SELECT article.id AS id, min(place) AS place FROM fresh "
        "WHERE outcome = 'article' GROUP BY 1"
    )
    connection.execute(
        "CREATE TABLE remaining AS SELECT id, place FROM old_articles "
        "WHERE id IN (SELECT article FROM kept) AND id NOT IN (SELECT id FROM chosen)"
    )
    connection.execute(
        "CREATE VIEW newest AS SELECT fresh.* FROM fresh JOIN chosen USING (place) WHERE outcome = 'article'"
    )


def _merged(table: Table) -> str:
    if table in PARTS:
        columns = ", ".join(f"part.{name}" for name in table.columns)
        return (
            f"SELECT {columns} FROM (SELECT * FROM old_{table.name} WHERE article IN (SELECT id FROM remaining) "
            f"UNION ALL SELECT unnest(part) FROM (SELECT unnest({table.name}) AS part FROM newest)) AS part "
            "JOIN (SELECT * FROM remaining UNION ALL SELECT * FROM chosen) AS whole ON whole.id = part.article "
            f"ORDER BY whole.place, whole.id, part.{table.order}"
        )
    rows = {
        DOCUMENTS.name: "SELECT * FROM kept UNION ALL SELECT place, digest, recipe, outcome, article.id FROM fresh "
        "WHERE outcome <> 'failure'",
        ARTICLES.name: "SELECT * FROM old_articles WHERE id IN (SELECT id FROM remaining) "
        "UNION ALL SELECT unnest(article) FROM newest",
        FAILURES.name: "SELECT * FROM old_failures WHERE place NOT IN (SELECT place FROM fresh) "
        "UNION ALL SELECT unnest(failure) FROM fresh WHERE outcome = 'failure'",
        SET_ASIDE.name: "SELECT * FROM old_set_aside WHERE place IN (SELECT place FROM kept) "
        "UNION ALL SELECT unnest(set_aside) FROM fresh WHERE outcome = 'set_aside'",
    }
    return f"SELECT * FROM ({rows[table.name]}) ORDER BY {table.order}"
