"""The tables of a ledger for questions: DuckDB in memory with a view a table, cut off from every other file.

``statements`` is what holds: the machine's statements (``machine_statements``) without those that people rejected, with
what they corrected and added. What people decided is a small table in memory (``corrected``), taken over from
``decisions.sqlite`` whenever there is something new.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from selon.errors import LedgerError
from selon.store import decisions as log
from selon.store import queries, regrouping, settling
from selon.store.bringing import bring
from selon.store.corrections import Settled, State
from selon.store.decisions import Decision
from selon.store.merging import file_of
from selon.store.regrouping import UNITED
from selon.store.tables import (
    ACTOR_STATEMENTS,
    ACTORS,
    ARTICLES,
    CORRECTED,
    LINKED,
    STATEMENTS,
    TABLES,
    UTTERANCES,
    quoted,
)

if TYPE_CHECKING:
    import sqlite3

    from duckdb import DuckDBPyConnection

_FOOT = 1 << 16
_COLUMNS = ", ".join(STATEMENTS.columns)
_STATEMENTS = f"""
    CREATE VIEW statements AS
    SELECT {_COLUMNS}, '' AS decided, '' AS decided_by FROM machine_statements
        WHERE NOT EXISTS (FROM corrected WHERE corrected.found = machine_statements.id)
    UNION ALL SELECT {_COLUMNS}, decided, decided_by FROM corrected WHERE NOT hidden"""

# A speaker whom people set right is at once that of the actor of this name, or of none, until the actors are made anew.
_ACTOR_STATEMENTS = """
    CREATE VIEW actor_statements AS
    SELECT b.* FROM bound_statements AS b WHERE NOT EXISTS (FROM spoken WHERE spoken.statement = b.statement)
    UNION ALL BY NAME SELECT statement, coalesce(heirs.whole, actor) AS actor,
        [{'by': 'decision', 'saw': speaker, 'score': 1.0}] AS evidence
        FROM spoken LEFT JOIN heirs ON heirs.part = spoken.actor WHERE actor IS NOT NULL"""
_LINKED = (ACTORS, ACTOR_STATEMENTS, UTTERANCES)
_SPOKEN = """
    INSERT INTO spoken
    WITH said AS (
            SELECT "key", coalesce(found, "key") AS statement, speaker FROM corrected
            WHERE "key" IN (SELECT unnest($keys)) AND NOT hidden AND decided <> 'accepted'),
        named AS (
            SELECT d.statement, a.id AS actor, a.name = d.speaker AS very FROM said AS d
            JOIN (SELECT id, name, unnest(list_append([n.wording FOR n IN names], name)) AS wording FROM actors) AS a
                ON a.wording = d.speaker GROUP BY ALL),
        held AS (SELECT b.statement FROM linked_actor_statements AS b JOIN named USING (statement, actor))
    SELECT d."key", d.statement, CASE WHEN count(n.actor) = 1 THEN min(n.actor) END, d.speaker
    FROM said AS d LEFT JOIN named AS n ON n.statement = d.statement AND n.very
    WHERE d.statement NOT IN (SELECT statement FROM held) GROUP BY ALL"""


class Views:
    """The views over the files of a ledger as they stood when it was made, for as many threads as like.

    ``connection`` is for one of them, a cursor of it for each other; ``in_memory`` copies the tables.
    Raises LedgerError.
    """

    def __init__(self, folder: Path, database: sqlite3.Connection, *, in_memory: bool = False) -> None:
        self.connection = _connected(folder, in_memory=in_memory)
        self._lock = Lock()
        self._revision = self._united = 0
        if not settling.is_settled(database, self.connection):
            # A run was killed before it came to that, or the folder cannot be written: nothing is kept of it.
            self._revision = settling.revision(database)
            _take_over(self.connection, settling.all_settled(database, self.connection))

    def catch_up(self, database: sqlite3.Connection) -> None:
        """Take over what was decided since the last question, here or by another process."""
        newest, latest = settling.revision(database), log.latest(database, UNITED)
        if newest > self._revision or latest > self._united:
            with self._lock:
                if latest > self._united:
                    _regroup(self.connection.cursor(), log.of_kind(database, UNITED))
                    self._united = latest
                _take_over(self.connection.cursor(), settling.kept(database, self._revision))
                self._revision = max(newest, self._revision)


def _connected(folder: Path, *, in_memory: bool) -> DuckDBPyConnection:
    """The views over the ledger's files as they stand now, nothing corrected yet. Raises LedgerError."""
    import duckdb

    connection = duckdb.connect()
    for macro in queries.MACROS:
        connection.execute(macro)
    files = [file_of(folder, table) for table in (*TABLES, *LINKED)]
    there, ours = {table.name for table in LINKED}, {table.name for table in _LINKED}
    for table in (*LINKED, *(each for each in _LINKED if each.name not in there)):
        name = f"linked_{table.name}" if table.name in ours else table.name
        # One that is missing or damaged has no rows, until what needs it makes it again.
        try:
            bring(connection, table, folder / table.file, name=name, in_memory=in_memory)
        except duckdb.Error:
            connection.execute(f"CREATE VIEW {name} AS {table.no_rows}")
    try:
        for table in TABLES:
            name = "machine_statements" if table is STATEMENTS else table.name
            bring(connection, table, file_of(folder, table), name=name, in_memory=in_memory)
    except duckdb.Error as error:
        connection.close()
        raise LedgerError(
            f"a table cannot be read: {str(error).splitlines()[0]}",
            where=str(folder),
            next="restore the folder from a copy, or make a new ledger from the articles",
        ) from error
    connection.execute("CREATE TABLE looked_at AS SELECT $stamp AS stamp", {"stamp": _stamp_of(folder)})
    connection.execute(f"CREATE TABLE corrected AS {CORRECTED.no_rows}")
    connection.execute(_STATEMENTS)
    connection.execute('CREATE TABLE spoken ("key" VARCHAR, statement VARCHAR, actor VARCHAR, speaker VARCHAR)')
    for table_of_ours in regrouping.TABLES:
        connection.execute(table_of_ours)
    regrouping.show(connection, regrouped=False)
    connection.execute(_ACTOR_STATEMENTS)
    connection.execute(f"SET allowed_paths = [{', '.join(quoted(file) for file in files)}]")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
    return connection


def _regroup(connection: DuckDBPyConnection, decisions: Sequence[Decision]) -> None:
    """Let actors be one, or no longer, as people decided."""
    connection.execute("BEGIN")
    regrouping.regroup(connection, decisions)
    connection.execute("COMMIT")


def _take_over(connection: DuckDBPyConnection, held: Sequence[Settled]) -> None:
    """Let ``statements`` show what came of decisions, in place of what was held of the same targets before."""
    if not held:
        return
    rows = [
        {
            **{name: (each.row or {}).get(name) for name in STATEMENTS.columns},
            "key": each.key,
            "found": each.found or None,
            "hidden": each.state is State.HIDDEN,
            "decided": each.decided,
            "decided_by": each.by,
        }
        for each in held
        if each.state in (State.SHOWN, State.HIDDEN)
    ]
    keys = {"keys": [each.key for each in held]}
    connection.execute("BEGIN")
    for table in ("corrected", "spoken"):
        connection.execute(f"DELETE FROM {table} WHERE key IN (SELECT unnest($keys))", keys)
    if rows:
        columns = ", ".join(f"row.{name}" for name in CORRECTED.columns)
        given = json.dumps(rows, ensure_ascii=False, default=str)
        unpacked = f"SELECT unnest(CAST($given::JSON AS {CORRECTED.row_type}[])) AS row"
        connection.execute(f"INSERT INTO corrected SELECT {columns} FROM ({unpacked})", {"given": given})
        connection.execute(_SPOKEN, keys)
    connection.execute("COMMIT")


def _stamp_of(folder: Path) -> str:
    """A short hash of which articles and statements a ledger holds: of the ends of the files, where Parquet says it."""
    told = hashlib.sha256()
    for table in (ARTICLES, STATEMENTS):
        with file_of(folder, table).open("rb") as file:
            size = file.seek(0, 2)
            file.seek(max(0, size - _FOOT))
            told.update(f"{size} ".encode() + file.read())
    return told.hexdigest()[:16]
