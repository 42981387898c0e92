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

from selon.offsets import Span
from selon.records import Analysis, Statement

Row = Mapping[str, Any]
Columns = Mapping[str, str]
"""Names in order, with their DuckDB types."""

_SPAN = 'STRUCT("start" INTEGER, "end" INTEGER)'
_EVIDENCE = 'STRUCT("by" VARCHAR, saw VARCHAR, score DOUBLE)[]'
_LONGEST = "maximum_object_size = 268435456"

STATEMENT_COLUMNS: Columns = {
    "id": "VARCHAR",
    "article": "VARCHAR",
    "outlet": "VARCHAR",
    "published": "DATE",
    "published_precision": "VARCHAR",
    "title": "VARCHAR",
    "url": "VARCHAR",
    "place": "VARCHAR",
    "speaker": "VARCHAR",
    "speaker_kind": "VARCHAR",
    "speaker_role": "VARCHAR",
    "kind": "VARCHAR",
    "form": "VARCHAR",
    "source": "VARCHAR",
    "cue": "VARCHAR",
    "content": "VARCHAR",
    "said_on_first": "DATE",
    "said_on_last": "DATE",
    "said_on_precision": "VARCHAR",
    "addressee": "VARCHAR",
    "confidence": "DOUBLE",
    "span": _SPAN,
    "source_spans": f"{_SPAN}[]",
    "cue_spans": f"{_SPAN}[]",
    "content_spans": f"{_SPAN}[]",
    "evidence": _EVIDENCE,
    "venue": "VARCHAR",
    "decided": "VARCHAR",
    "decided_by": "VARCHAR",
}
"""A statement a row, as ``Ledger.rows`` gives them too; ``speaker`` is null where unknown.

``published`` is the first day of what is known (``published_precision``: day, month, year); ``said_on`` has both ends.
"""

ARTICLE_COLUMNS: Columns = {
    "id": "VARCHAR",
    "outlet": "VARCHAR",
    "title": "VARCHAR",
    "published": "DATE",
    "published_precision": "VARCHAR",
    "language": "VARCHAR",
    "url": "VARCHAR",
    "place": "VARCHAR",
    "origin": "VARCHAR",
    "characters": "INTEGER",
    "boilerplate_characters": "INTEGER",
    "statements": "INTEGER",
    "direct": "INTEGER",
    "indirect": "INTEGER",
    "mixed": "INTEGER",
    "unknown_speakers": "INTEGER",
}
"""An article a row, with how many statements it gave by kind, and how many of them have no known speaker."""


UTTERANCE_COLUMNS: Columns = {
    "id": "VARCHAR",
    "witnesses": "INTEGER",
    "articles": "INTEGER",
    "languages": "VARCHAR",
    "speaker": "VARCHAR",
    "content": "VARCHAR",
    "first_published": "DATE",
    "last_published": "DATE",
    "first_outlet": "VARCHAR",
    "first_statement": "VARCHAR",
    "repeated": "VARCHAR",
}
WITNESS_COLUMNS: Columns = {
    "utterance": "VARCHAR",
    "statement": "VARCHAR",
    "published": "DATE",
    "outlet": "VARCHAR",
    "language": "VARCHAR",
    "speaker": "VARCHAR",
    "cue": "VARCHAR",
    "kind": "VARCHAR",
    "content": "VARCHAR",
    "confidence": "DOUBLE",
    "dropped": "VARCHAR",
    "added": "VARCHAR",
    "changed": "VARCHAR",
    "marks": "VARCHAR",
    "attribution": "VARCHAR",
    "numbers": "BOOLEAN",
    "denial": "BOOLEAN",
    "article": "VARCHAR",
}
COPY_COLUMNS: Columns = {
    "id": "VARCHAR",
    "kind": "VARCHAR",
    "score": "DOUBLE",
    "direction": "DOUBLE",
    "derived": "VARCHAR",
    "derived_outlet": "VARCHAR",
    "derived_published": "DATE",
    "derived_title": "VARCHAR",
    "origin": "VARCHAR",
    "origin_outlet": "VARCHAR",
    "origin_published": "DATE",
    "origin_title": "VARCHAR",
    "wire": "VARCHAR",
    "through": "VARCHAR",
    "passages": f"STRUCT(derived {_SPAN}, origin {_SPAN}, likeness DOUBLE)[]",
    "evidence": _EVIDENCE,
    "earliest": _EVIDENCE,
}
"""A copy a row, with what is known of the article that took and of the one it was taken from."""

ACTOR_COLUMNS: Columns = {
    "id": "VARCHAR",
    "name": "VARCHAR",
    "kind": "VARCHAR",
    "organisation": "VARCHAR",
    "wikidata": "VARCHAR",
    "statements": "INTEGER",
    "articles": "INTEGER",
    "first_seen": "DATE",
    "last_seen": "DATE",
    "names": 'STRUCT(wording VARCHAR, articles INTEGER, "key" VARCHAR)[]',
    "roles": "STRUCT(name VARCHAR, articles INTEGER, first_seen DATE, last_seen DATE)[]",
    "evidence": _EVIDENCE,
}
"""An actor a row, most statements first."""

SAID_COLUMNS: Columns = {
    "id": "VARCHAR",
    "day": "DATE",
    "outlet": "VARCHAR",
    "article": "VARCHAR",
    "place": "VARCHAR",
    "speaker": "VARCHAR",
    "speaker_role": "VARCHAR",
    "source": "VARCHAR",
    "cue": "VARCHAR",
    "content": "VARCHAR",
    "kind": "VARCHAR",
    "evidence": _EVIDENCE,
}
"""A statement of one actor a row, oldest first; ``evidence`` says why it is the actor's."""


POSITION_COLUMNS: Columns = {
    "proposition": "VARCHAR",
    "text": "VARCHAR",
    "agreement": "INTEGER",
    "confidence": "DOUBLE",
    "decided": "BOOLEAN",
    "statement": "VARCHAR",
    "speaker": "VARCHAR",
    "source": "VARCHAR",
    "cue": "VARCHAR",
    "content": "VARCHAR",
    "article": "VARCHAR",
    "outlet": "VARCHAR",
    "day": "DATE",
    "title": "VARCHAR",
    "evidence": _EVIDENCE,
}
"""A position a row: +1 holds the proposition, -1 denies it, 0 leaves it open; ``decided`` where a person said so."""

PROPOSITION_COLUMNS: Columns = {
    "proposition": "VARCHAR",
    "text": "VARCHAR",
    "language": "VARCHAR",
    "suggested": "BOOLEAN",
    "holds": "INTEGER",
    "denies": "INTEGER",
    "open": "INTEGER",
    "contradictions": "INTEGER",
}
"""A proposition a row, with how many statements are surely enough for it, against it and open, and contradictions."""

CONTRADICTION_COLUMNS: Columns = {
    "id": "VARCHAR",
    "kind": "VARCHAR",
    "proposition": "VARCHAR",
    "text": "VARCHAR",
    "confidence": "DOUBLE",
    "first_statement": "VARCHAR",
    "first_agreement": "INTEGER",
    "first_speaker": "VARCHAR",
    "first_source": "VARCHAR",
    "first_cue": "VARCHAR",
    "first_content": "VARCHAR",
    "first_article": "VARCHAR",
    "first_outlet": "VARCHAR",
    "first_day": "DATE",
    "first_title": "VARCHAR",
    "second_statement": "VARCHAR",
    "second_agreement": "INTEGER",
    "second_speaker": "VARCHAR",
    "second_source": "VARCHAR",
    "second_cue": "VARCHAR",
    "second_content": "VARCHAR",
    "second_article": "VARCHAR",
    "second_outlet": "VARCHAR",
    "second_day": "DATE",
    "second_title": "VARCHAR",
    "evidence": _EVIDENCE,
}
"""A contradiction a row, with both statements."""


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
