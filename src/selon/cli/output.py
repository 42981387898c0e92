"""Rows to a file or standard output, in a format for other programs."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from selon.cli.options import Shape
from selon.errors import LedgerError, UsageError

if TYPE_CHECKING:
    from selon.exports.columns import Columns


def write_answer(
    rows: Iterable[Mapping[str, Any]], columns: Columns, shape: Shape, target: Path | None, *, raw: bool
) -> None:
    """Write the rows; a file is written whole or not at all. Raises UsageError, LedgerError."""
    from selon.exports.tables import Format, write_rows

    form = Format(shape.value)
    if target is None:
        if form is Format.PARQUET and sys.stdout.isatty():
            raise UsageError("Parquet is not for reading on a screen", next="add -o FILE")
        write_rows(rows, columns, sys.stdout.buffer, form, raw=raw)
        sys.stdout.buffer.flush()
        return
    temporary = target.with_name(target.name + ".tmp")
    try:
        with temporary.open("wb") as file:
            write_rows(rows, columns, file, form, raw=raw)
        temporary.replace(target)
    except OSError as error:
        raise LedgerError(
            f"cannot write: {error.strerror}", where=str(target), next="give another file with -o"
        ) from error
    finally:
        temporary.unlink(missing_ok=True)
