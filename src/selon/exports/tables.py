"""Statements and articles as tables for other programs: JSON, JSON lines, CSV, Parquet.

Columns keep their names and order from one version to the next; new ones are added at the end. Offsets count Unicode
code points of the article's text, half open. In JSON and Parquet a span is ``{"start": …, "end": …}`` and several are a
list; in CSV ``start-end``, and ``start-end;start-end``. A lone surrogate, which no file can hold, becomes ``?``.
"""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any, BinaryIO

from selon.exports.columns import Columns
from selon.offsets import Span
from selon.records import Analysis, Statement

Row = Mapping[str, Any]
_LONGEST = "maximum_object_size = 268435456"


class Format(StrEnum):
    """The ways a table can be written."""

    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    PARQUET = "parquet"


def write_rows(rows: Iterable[Row], columns: Columns, target: BinaryIO, form: Format, *, raw: bool = False) -> None:
    """Write the rows in their order to ``target``; a column that a row lacks is null.

    ``raw`` leaves CSV cells as they are. Otherwise a cell of text that a spreadsheet would run as a formula (it opens
    with ``=``, ``+``, ``-``, ``@``, a tab or a carriage return) is written with an apostrophe before it; ``unguarded``
    takes it off.
    """
    if form is Format.PARQUET:
        _write_parquet(rows, columns, target)
        return
    text = io.TextIOWrapper(target, encoding="utf-8", errors="replace", newline="", write_through=True)
    try:
        for piece in _pieces(rows, columns, form, raw=raw):
            text.write(piece)
    finally:
        text.detach()


def statement_rows(analysis: Analysis) -> Iterator[Row]:
    """The rows of ``STATEMENT_COLUMNS`` for one article, in text order."""
    for statement in analysis.statements:
        yield _statement_row(analysis, statement)


def article_row(analysis: Analysis) -> Row:
    """The row of ``ARTICLE_COLUMNS`` for one article."""
    article, kinds = analysis.article, [statement.quotation.kind.value for statement in analysis.statements]
    return {
        "id": article.id,
        "outlet": article.outlet,
        "title": article.title,
        "published": article.published.first,
        "published_precision": article.published.precision.value,
        "language": article.language,
        "url": article.url,
        "place": article.where,
        "origin": article.origin.name if article.origin else "",
        "characters": len(article.text),
        "boilerplate_characters": sum(each.span.end - each.span.start for each in article.boilerplate),
        "statements": len(kinds),
        **{kind: kinds.count(kind) for kind in ("direct", "indirect", "mixed")},
        "unknown_speakers": sum(statement.who is None for statement in analysis.statements),
    }


def guarded(cell: str) -> str:
    """The cell as a spreadsheet shows it and does not run it.

    >>> guarded("=1+1"), guarded("'=1+1"), guarded("« Non »"), unguarded(guarded("'=1+1"))
    ("'=1+1", "''=1+1", '« Non »', "'=1+1")
    """
    return "'" + cell if _FORMULA.match(cell) else cell


def unguarded(cell: str) -> str:
    """What ``guarded`` was given."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell[1:]) else cell


# Apostrophes that stood there already count too, so that taking one off always gives back the cell.
_FORMULA = re.compile(r"'*[=+\-@\t\r]")


def _statement_row(analysis: Analysis, statement: Statement) -> Row:
    article, quotation, who = analysis.article, statement.quotation, statement.who
    return {
        "id": statement.id,
        "article": article.id,
        "outlet": article.outlet,
        "published": article.published.first,
        "published_precision": article.published.precision.value,
        "title": article.title,
        "url": article.url,
        "place": article.where,
        "speaker": statement.speaker,
        "speaker_kind": who.kind.value if who else None,
        "speaker_role": who.role if who else None,
        "kind": quotation.kind.value,
        "form": quotation.form.value,
        "source": statement.source,
        "cue": statement.cue,
        "content": statement.content,
        "said_on_first": statement.said_on.first,
        "said_on_last": statement.said_on.last,
        "said_on_precision": statement.said_on.precision.value,
        "addressee": statement.addressee,
        "confidence": statement.confidence,
        "span": statement.span._asdict(),
        "source_spans": _spans(quotation.source),
        "cue_spans": _spans(quotation.cue),
        "content_spans": _spans(quotation.content),
        "evidence": [{"by": each.by, "saw": each.saw, "score": each.score} for each in statement.evidence],
        "venue": statement.venue,
        "decided": "",
        "decided_by": "",
    }


def _spans(spans: Iterable[Span]) -> list[dict[str, int]]:
    return [span._asdict() for span in spans]


def _pieces(rows: Iterable[Row], columns: Columns, form: Format, *, raw: bool) -> Iterator[str]:
    if form is Format.CSV:
        yield _csv_line(columns)
        guard = str if raw else guarded
        for row in rows:
            yield _csv_line(_cell(row.get(name), guard) for name in columns)
        return
    opening, between, closing = ("", "", "") if form is Format.JSONL else ("[", ",", "]\n")
    yield opening
    for number, row in enumerate(rows):
        yield (between if number else "") + _json({name: row.get(name) for name in columns}) + "\n"
    yield closing


def _csv_line(cells: Iterable[str]) -> str:
    line = io.StringIO(newline="")
    csv.writer(line).writerow(cells)
    return line.getvalue()


def _cell(value: object, guard: Any) -> str:  # noqa: ANN401 - str or guarded
    if value is None:
        return ""
    if isinstance(value, str):
        shown: str = guard(value)
        return shown
    if isinstance(value, list | tuple | dict):
        spans = [value] if isinstance(value, dict) else value
        if all(isinstance(span, dict) and span.keys() == {"start", "end"} for span in spans):
            return ";".join(f"{span['start']}-{span['end']}" for span in spans)
        return _json(value)
    return str(value)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)


def _write_parquet(rows: Iterable[Row], columns: Columns, target: BinaryIO) -> None:
    import duckdb

    types = ", ".join(f"{_sql(name)}: {_sql(kind)}" for name, kind in columns.items())
    with tempfile.TemporaryDirectory(prefix="selon-") as name, duckdb.connect() as engine:
        lines, table = Path(name) / "rows.jsonl", Path(name) / "rows.parquet"
        with lines.open("wb") as file:
            write_rows(rows, columns, file, Format.JSONL)
        read = f"read_json({_sql(str(lines))}, format = 'newline_delimited', columns = {{{types}}}, {_LONGEST})"
        copy = f"COPY (SELECT * FROM {read}) TO {_sql(str(table))} (FORMAT parquet, COMPRESSION zstd)"  # noqa: S608
        engine.execute(copy)
        with table.open("rb") as file:
            shutil.copyfileobj(file, target)


def _sql(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
