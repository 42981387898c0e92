"""Statements that somebody coded in a table: a CSV file, or DNA's own event list."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from selon.errors import UnreadableFile, UsageError
from selon.store.codes import Basis, CodedColumns

_NAMES = {
    "statement_id": "id",
    "statement": "id",
    "date": "time",
    "document_id": "document",
    "start_position": "start",
    "stop_position": "stop",
    "end": "stop",
    "organisation": "organization",
}
"""Headings under other names: those of DNA's event list, and common ones."""
_YES, _NO = {"true", "yes", "1", "+1"}, {"false", "no"}
_DOCUMENT = "document_"


def file_codes(path: Path, qualifier: str = "agreement") -> CodedColumns:
    """The coded statements in a CSV file with a line of headings, separated by commas, semicolons or tabs.

    Every heading is a variable, ``time`` (or ``date``), ``document``, ``start``, ``stop`` and ``id`` say where a
    statement stands. The qualifier is true/false, yes/no, 1/0 (DNA's), or 1/0/-1, where 0 leaves it open and is
    left out; other whole numbers are taken as they are. Raises UnreadableFile, UsageError.
    """
    names, rows = _table(path)
    columns: dict[str, Sequence[object]] = {name: [row[place] for row in rows] for place, name in enumerate(names)}
    left_out: dict[str, int] = {}
    if qualifier in columns:
        kept, values, left_out = _agreement([str(each).strip() for each in columns[qualifier]], path, qualifier)
        columns = {name: [column[each] for each in kept] for name, column in columns.items()}
        columns[qualifier] = values
    for name in ("id", "document", "start", "stop"):
        if name in columns:
            columns[name] = _whole(columns[name])
    if "time" in columns:
        columns["time"] = [each or None for each in columns["time"]]
    texts = [str(each) for each in columns.pop("text", [""] * len(next(iter(columns.values()), ())))]
    level = tuple(name for name in columns if name.startswith(_DOCUMENT) or name in {"outlet", "article"})
    return CodedColumns(dict(columns), level, Basis.CODINGS, texts, left_out)


def _table(path: Path) -> tuple[list[str], list[list[str]]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UnreadableFile(str(error.strerror), where=str(path), next="give a CSV file") from error
    except UnicodeDecodeError as error:
        raise UnreadableFile("not UTF-8", where=str(path), next="save it as CSV UTF-8") from error
    head = text.split("\n", 1)[0]
    separator = max(";,\t", key=head.count)
    rows = [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator) if any(map(str.strip, row))]
    if not rows:
        raise UnreadableFile("an empty table", where=str(path), next="give a CSV file with a line of headings")
    names = [_NAMES.get(name.strip().lower(), name.strip().lower()) for name in rows[0]]
    if len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise UsageError(f"two columns are {twice!r}", where=str(path), next="give each heading once")
    for number, row in enumerate(rows[1:], start=2):
        if len(row) != len(names):
            raise UsageError(
                f"row {number} has {len(row)} cells, not {len(names)}",
                where=str(path),
                next="quote cells that hold the separator",
            )
    return names, rows[1:]


def _agreement(cells: list[str], path: Path, name: str) -> tuple[list[int], list[bool] | list[int], dict[str, int]]:
    """Which rows to keep, their values, and what was left out."""
    graded = any(cell.lstrip("+-").isdigit() and not -1 <= int(cell) <= 1 for cell in cells)
    signed = "-1" in cells
    kept, values, empty, undecided = [], [], 0, 0
    for place, cell in enumerate(cells):
        if not cell:
            empty += 1
        elif signed and cell == "0" and not graded:
            undecided += 1
        else:
            kept.append(place)
            values.append(_value(cell, place, path, name))
    left_out = {f"rows without {name}": empty, f"rows that leave it open ({name} 0)": undecided}
    left_out = {reason: count for reason, count in left_out.items() if count}
    return kept, values if graded else [each > 0 for each in values], left_out


def _value(cell: str, place: int, path: Path, name: str) -> int:
    if cell.lower() in _YES:
        return 1
    if cell.lower() in _NO:
        return 0
    try:
        return int(cell)
    except ValueError:
        raise UsageError(
            f"{name} is {cell!r} in row {place + 2}", where=str(path), next="write true or false, or 1, 0 or -1"
        ) from None


def _whole(cells: Sequence[object]) -> Sequence[object]:
    """The cells as whole numbers where all are, so that 10 stands after 9."""
    return [int(str(cell)) for cell in cells] if all(str(cell).strip().isdigit() for cell in cells) else cells
