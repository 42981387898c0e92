"""Reading a ``.dna`` file: what it holds, with every repair told, or a refusal with the reason."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from selon.errors import InputError, UnknownFormat, UnreadableFile
from selon.exports.dna.mending import Repair, mended
from selon.exports.dna.schema import CODEBOOK, LAYOUTS, Layout, Row, Tables

_HEADER = b"SQLite format 3\0"
_NEEDED = ("DOCUMENTS", "STATEMENTS", "STATEMENTTYPES", "VARIABLES", "ENTITIES", "DATASHORTTEXT")
_LARGEST = 2**63
_NO_HARM = ("CHECK constraint failed", "NULL value in")


@dataclass(frozen=True, slots=True)
class DnaFile:
    r"""What a ``.dna`` file holds: its tables as DNA names them, rows by id, and what had to be mended.

    Line ends in texts are ``\n``, and ``Start`` and ``Stop`` count code points of these texts, half open.
    """

    name: str
    tables: Tables
    repairs: tuple[Repair, ...]

    @property
    def codebook(self) -> Tables:
        """The tables of the project as a whole: all but documents, statements and their values."""
        return {name: self.tables[name] for name in CODEBOOK}


def read_dna(path: Path) -> DnaFile:
    """The whole file. Raises UnreadableFile, UnknownFormat (not DNA 3) or InputError (damaged); writes nothing."""
    _check_header(path)
    try:
        with closing(_opened(path)) as database:
            _check_whole(database, path)
            _check_version(database, path)
            repairs: list[Repair] = []
            tables = {name: list(_rows(database, name, layout, repairs)) for name, layout in LAYOUTS.items()}
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        # The second where the damage lies in a name: SQLite's own messages are then no UTF-8 either.
        raise _damaged(path, str(error) if isinstance(error, sqlite3.Error) else "its schema is no text") from error
    repairs += mended(tables)
    return DnaFile(path.name, tables, tuple(repairs))


def _check_header(path: Path) -> None:
    try:
        with path.open("rb") as file:
            start = file.read(len(_HEADER))
    except OSError as error:
        raise UnreadableFile(f"cannot be read: {error.strerror}", where=str(path), next="give a .dna file") from error
    if start != _HEADER:
        older = start.lstrip(b"\xef\xbb\xbf \r\n").startswith((b"<?xml", b"PK"))
        raise UnknownFormat(
            "a file of DNA 1, not of DNA 3" if older else "not a .dna file: no SQLite database",
            where=str(path),
            next="open it in DNA and save it as a file of DNA 3" if older else "give a file that DNA 3 saved",
        )


def _opened(path: Path) -> sqlite3.Connection:
    """The database, which a file from elsewhere may not use to run code of its own, and which is not written to."""
    database = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    database.execute("PRAGMA trusted_schema = OFF")
    database.execute("PRAGMA ignore_check_constraints = ON")
    database.text_factory = lambda data: data.decode("utf-8", "replace")
    database.row_factory = sqlite3.Row
    return database


def _check_whole(database: sqlite3.Connection, path: Path) -> None:
    told = [row[0] for row in database.execute("PRAGMA integrity_check(1000)")]
    wrong = [line for line in told if line != "ok" and not line.startswith(_NO_HARM)]
    if wrong:
        raise _damaged(path, wrong[0])


def _check_version(database: sqlite3.Connection, path: Path) -> None:
    there = {row[0].upper() for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    settings = database.execute("SELECT Property, Value FROM SETTINGS").fetchall() if "SETTINGS" in there else []
    version = next((str(row[1] or "").strip() for row in settings if row[0] == "version"), "")
    if version.startswith(("1", "2")) or (not version and {"STATEMENTS", "ATTRIBUTES"} <= there):
        raise UnknownFormat(
            f"a file of DNA 2 ({version or 'no version told'}), not of DNA 3",
            where=str(path),
            next="in DNA 3, make a new database, import this file into it, and give that",
        )
    if version and not version.startswith("3"):
        raise UnknownFormat(f"a file of DNA {version}", where=str(path), next="save it as a file of DNA 3")
    missing = [name for name in _NEEDED if name not in there]
    if missing:
        raise UnknownFormat(
            f"a SQLite database, but not one of DNA 3: no table {missing[0]}",
            where=str(path),
            next="give a file that DNA 3 saved",
        )


def _damaged(path: Path, why: str) -> InputError:
    return InputError(
        f"the file is damaged: {why.splitlines()[0] if why else 'unknown'}",
        where=str(path),
        next="take a copy of it from before, or try: sqlite3 FILE .recover",
    )


def _rows(database: sqlite3.Connection, name: str, layout: Layout, repairs: list[Repair]) -> Iterator[Row]:
    """The rows of a table by their key; a column or a whole table that is not there gets its default."""
    there = {row["name"].lower() for row in database.execute(f"PRAGMA table_info({name})")}
    if not there:
        repairs.append(Repair(name, "the file has no such table: taken as empty"))
        return
    missing = [column for column in layout.columns if column.lower() not in there]
    repairs += [Repair(name, f"no column {column}: its default is taken") for column in missing]
    key = next(iter(layout.columns))
    order = key if key.lower() in there else "rowid"
    for row in database.execute(f"SELECT * FROM {name} ORDER BY {order}"):  # noqa: S608 - names of ours
        found = {column.lower(): row[column] for column in row.keys()}  # noqa: SIM118 - sqlite3.Row is no mapping
        yield {column: _value(name, column, layout, found, repairs) for column in layout.columns}


def _value(table: str, column: str, layout: Layout, row: Row, repairs: list[Repair]) -> str | int | None:
    declared, value = layout.columns[column], row.get(column.lower())
    number = declared.sql.startswith("INTEGER")
    if value is None or isinstance(value, int if number else str):
        return declared.default if value is None else value
    where = f"{table} {row.get('id', '')}".strip()
    if number:
        with suppress(TypeError, ValueError, OverflowError):
            whole = int(value)
            if abs(whole) < _LARGEST:
                return whole
        repairs.append(Repair(where, f"{column} is {str(value)[:40]!r}, no number: taken as {declared.default}"))
        return declared.default
    repairs.append(Repair(where, f"{column} is no text: read as one"))
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
