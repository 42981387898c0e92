"""CSV and Parquet to documents, through DuckDB."""

from __future__ import annotations

import glob
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from selon.errors import LimitExceeded, UnknownFormat
from selon.reading.columns import Columns, row_document
from selon.reading.formats import Format
from selon.records import Document, Failure

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_ROWS_AT_ONCE = 256
# A longer line stops the file; shorter ones over the limit cost themselves only.
_LONGEST_LINE = 32 * 1024 * 1024
_SPECIAL = "the file's name has characters that are not UTF-8"


def table_documents(
    path: Path, form: Format, where: str, limit: int, guess: Callable[[list[str]], Columns]
) -> Iterator[Document | Failure]:
    """One document a row, at ``where#number`` (or ``where#id`` with an id column), in file order.

    ``path`` is a Parquet file, or a CSV in UTF-8, perhaps gzipped. A Failure for each row over ``limit`` characters and
    each line that does not fit the table. Raises UnknownFormat when it is no table, or no column holds text.
    """
    import duckdb

    try:
        str(path).encode("utf-8")
    except UnicodeEncodeError as error:
        raise UnknownFormat(_SPECIAL, where=where, next="rename the file") from error
    settings: dict[str, str | bool | int | float | list[str]] = {
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "memory_limit": "1GB",
        "threads": 1,
    }
    with duckdb.connect(":memory:", config=settings) as connection:
        try:
            yield from _rows(connection, _scan(path, form), where, limit, guess)
            if form is Format.CSV:
                yield from _rejected(connection, where)
        except duckdb.Error as error:
            words = " ".join(str(error).split("\n\n")[0].split("\n")[:2])
            raise UnknownFormat(f"not a readable {form} table: {words}", where=where, next="check the file") from error


def _scan(path: Path, form: Format) -> str:
    # DuckDB reads * ? [ in a path as a pattern; brackets make them themselves.
    place = "'" + glob.escape(str(path.absolute())).replace("'", "''") + "'"
    if form is Format.PARQUET:
        return f"read_parquet({place})"
    packed = ", compression = 'gzip'" if _is_gzip(path) else ", compression = 'none'"
    options = f"all_varchar = true, store_rejects = true, header = true, max_line_size = {_LONGEST_LINE}"
    return f"read_csv({place}, {options}{packed})"


def _is_gzip(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(2) == b"\x1f\x8b"


def _rows(
    connection: DuckDBPyConnection, scan: str, where: str, limit: int, guess: Callable[[list[str]], Columns]
) -> Iterator[Document | Failure]:
    names = [row[0] for row in connection.execute(f"DESCRIBE SELECT * FROM {scan}").fetchall()]  # noqa: S608
    columns = guess(names)
    roles = ("text", "title", "published", "url", "outlet", "language", "id")
    used = [name for role in roles if (name := getattr(columns, role))]
    text = _quoted(columns.text)
    cells = [f"CASE WHEN length(CAST({text} AS VARCHAR)) <= {limit} THEN {text} END"] + [
        _quoted(name) for name in used[1:]
    ]
    query = f"SELECT length(CAST({text} AS VARCHAR)), {', '.join(cells)} FROM {scan}"  # noqa: S608
    found = connection.execute(query)
    number = 0
    seen: set[str] = set()
    while rows := found.fetchmany(_ROWS_AT_ONCE):
        for length, *values in rows:
            number += 1
            row = dict(zip(used, values, strict=True))
            place = f"{where}#{_name(row.get(columns.id), number, seen)}"
            if length is not None and length > limit:
                error = LimitExceeded(
                    f"the text is longer than {limit} characters", where=place, next="split the article"
                )
                yield Failure(error.where, error.what, error.next, "reading")
            else:
                yield row_document(row, columns, place)


def _name(given: object, number: int, seen: set[str]) -> str:
    """The row's id, or its number where it has none, or one that came before."""
    name = str(given) if given is not None and str(given) not in seen else str(number)
    seen.add(name)
    return name


def _rejected(connection: DuckDBPyConnection, where: str) -> Iterator[Failure]:
    query = "SELECT line, any_value(error_message) FROM reject_errors GROUP BY line ORDER BY line LIMIT 1000"
    for line, message in connection.execute(query).fetchall():
        yield Failure(f"{where}#line {line}", f"the line does not fit the table: {message}", "mend the line", "reading")


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
