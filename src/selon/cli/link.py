"""``selon link``: what articles given as records have in common, as JSON records, the doorway for evaluations."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from selon.errors import UsageError


class Quotations(StrEnum):
    """Whose quotations are linked."""

    GIVEN = "given"
    OWN = "own"


def link(
    records: Annotated[Path, typer.Argument(help="JSON lines: id, lang, outlet, date, text.", metavar="RECORDS")],
    quotations: Annotated[
        Quotations, typer.Option(help="Find them (own), or take those of the records (given).")
    ] = Quotations.OWN,
    codebook: Annotated[
        Path | None, typer.Option(help="Say where they stand on these propositions (YAML, CSV, TSV).", metavar="FILE")
    ] = None,
) -> None:
    """Print which quotations of these articles report the same utterance, and who copied whom, one JSON record a line.

    No ledger is written. A record of the answer has the id, the quotations (content as [start, end] in code points of
    the text, speaker, utterance: one key for all that report the same) and the copies (of, kind). With a codebook each
    quotation has its positions (proposition, agreement 1, 0 or -1, confidence).
    """
    from selon.engines.joining import join, joined_records

    joined = join(_read(records), given=quotations is Quotations.GIVEN)
    positions = None
    if codebook is not None:
        from selon.cli.positions import read_codebook_file
        from selon.engines.positions import positions_of

        positions = positions_of(joined, read_codebook_file(codebook))
    for record in joined_records(joined, positions):
        sys.stdout.write(json.dumps(record, ensure_ascii=False) + "\n")


def _read(path: Path) -> Iterator[dict[str, Any]]:
    try:
        with path.open(encoding="utf-8-sig") as file:
            for number, line in enumerate(file, start=1):
                if line.strip():
                    yield _record(line, f"{path}, line {number}")
    except OSError as error:
        raise UsageError(f"cannot read: {error.strerror}", where=str(path), next="give a JSON lines file") from error
    except UnicodeDecodeError as error:
        raise UsageError("not UTF-8", where=str(path), next="give a JSON lines file in UTF-8") from error


def _record(line: str, where: str) -> dict[str, Any]:
    try:
        record = json.loads(line)
    except ValueError as error:
        raise UsageError(f"not JSON: {error}", where=where, next="give one record a line") from error
    if not isinstance(record, dict):
        raise UsageError("not a JSON object", where=where, next="give one record a line")
    return record
