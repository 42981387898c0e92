"""The coded statements themselves, a line each, as DNA's event list has them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, BinaryIO

from selon.discourse.networks import Codes
from selon.exports.tables import guarded

_PLACES = ("id", "time", "document", "start", "stop")


def write_events(codes: Codes, columns: Mapping[str, Any], texts: Sequence[str], target: BinaryIO) -> None:
    """The statements in ``codes``, in their order, with the columns they were made from and their words, as CSV.

    Separated by semicolons; in the texts a semicolon becomes a comma and a quotation mark an apostrophe, as in DNA.
    """
    level = [name for name in columns if name in codes.document_level]
    variables = [name for name in columns if name not in _PLACES and name not in level]
    head = [
        "statement_id",
        "time",
        *variables,
        "start_position",
        "stop_position",
        "text",
        "document_id",
        *map(_level, level),
    ]
    target.write((";".join(f'"{name}"' for name in head) + "\n").encode())
    order = ["id", "time", *variables, "start", "stop", "", "document", *level]
    for row in codes.rows.tolist():
        cells = [texts[row] if not name else columns[name][row] if name in columns else "" for name in order]
        target.write((";".join(map(_cell, cells)) + "\n").encode("utf-8", "replace"))


def _level(name: str) -> str:
    return name if name.startswith("document_") else f"document_{name}"


def _cell(value: object) -> str:
    if isinstance(value, bool) or type(value).__name__ == "bool":
        return str(int(bool(value)))
    if hasattr(value, "astype"):
        value = value.item()  # type: ignore[attr-defined]
    if isinstance(value, datetime):
        return f'"{value:%Y-%m-%d %H:%M:%S}"'
    if isinstance(value, int):
        return str(value)
    text = "" if value is None else str(value)
    return '"' + guarded(" ".join(text.replace(";", ",").replace('"', "'").split())) + '"'
