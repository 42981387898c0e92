"""``selon quotations``: quotations as JSON records, the doorway for evaluations."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from selon.cli.run import LanguageOption, WorkersOption, checked_language
from selon.cli.terminal import note
from selon.errors import InputError, SelonError, UsageError

if TYPE_CHECKING:
    from selon.offsets import Span
    from selon.records import Article, Document, Failure, Statement
    from selon.settings import Settings

Record = dict[str, Any]


def quotations(
    paths: Annotated[list[str], typer.Argument(help="Files, folders, or - for standard input.", metavar="PATH...")],
    given: Annotated[
        Path | None,
        typer.Option("--quotations", help="Take the quotations in this JSONL file, and only work out their speakers."),
    ] = None,
    lang: LanguageOption = "",
    workers: WorkersOption = 0,
) -> None:
    """Print the quotations of each article as one JSON record a line; no ledger is written.

    A record has the id (the file's name without its extension, or a JSON record's own id) and the quotations: content,
    cue and source as [start, end] into the file's own text, counted in code points; speaker, type, form, confidence,
    and that of the quotation alone.
    """
    from selon.reading import find_documents
    from selon.settings import Settings

    settings = Settings(language=checked_language(lang), workers=workers)
    names = _Names()
    documents = find_documents(paths, settings)
    records = (
        _extracted(documents, settings) if given is None else _resolved(documents, settings, _read_given(given), names)
    )
    for where, found in records:
        record = {"id": names.of(where), "quotations": found}
        sys.stdout.write(json.dumps(record, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def quotation_record(article: Article, statement: Statement) -> Record:
    """One quotation in the evaluation format; offsets count in the file as it stands on the disk."""
    quotation = statement.quotation
    return {
        "content": _raw(article, quotation.content),
        "cue": _raw(article, quotation.cue),
        "source": _raw(article, quotation.source),
        "speaker": statement.speaker,
        "type": quotation.kind.value,
        "form": quotation.form.value,
        "confidence": round(statement.confidence, 4),
        "quotation_confidence": round(quotation.confidence, 4),
    }


def _extracted(documents: Iterable[Document | Failure], settings: Settings) -> Iterator[tuple[str, list[Record]]]:
    from selon.engines.local import run
    from selon.records import Analysis

    for outcome in run(documents, settings):
        if isinstance(outcome, Analysis):
            yield outcome.article.where, [quotation_record(outcome.article, each) for each in outcome.statements]
        else:
            note(f"{outcome.where}: {getattr(outcome, 'reason', None) or getattr(outcome, 'what', '')}")
            yield outcome.where, []


def _resolved(
    documents: Iterable[Document | Failure], settings: Settings, given: Mapping[str, list[Record]], names: _Names
) -> Iterator[tuple[str, list[Record]]]:
    from selon.pipeline import resolve_given
    from selon.reading import read_document
    from selon.records import Article, Failure

    for document in documents:
        if isinstance(document, Failure):
            note(f"{document.where}: {document.what}")
            yield document.where, []
            continue
        wanted = given.get(names.of(document.where), [])
        try:
            article = read_document(document, language=settings.language)
            if not isinstance(article, Article):
                raise InputError(article.reason, where=article.where)
            statements = resolve_given(article, [_in_text(article, record) for record in wanted])
            told = [(statement.speaker, round(statement.confidence, 4)) for statement in statements]
        except Exception as error:  # one bad document never stops an evaluation
            note(str(error) if isinstance(error, SelonError) else f"{document.where}: unexpected {error!r}")
            told = [(None, 0.0)] * len(wanted)
        yield (
            document.where,
            [
                {**_bare(record), "speaker": name, "confidence": sure}
                for record, (name, sure) in zip(wanted, told, strict=True)
            ],
        )


def _bare(record: Record) -> Record:
    """The quotation as it was given, without what the gold knows of its speaker and of other readings."""
    return {name: record.get(name) for name in ("content", "cue", "source", "type", "form")}


def _read_given(path: Path) -> dict[str, list[Record]]:
    try:
        with path.open(encoding="utf-8-sig") as file:
            records = [json.loads(line) for line in file if line.strip()]
        return {str(record["id"]): [_checked(each) for each in record["quotations"]] for record in records}
    except OSError as error:
        raise UsageError(f"cannot read: {error.strerror}", where=str(path), next="give a JSONL file") from error
    except (ValueError, KeyError, TypeError) as error:
        raise UsageError(
            f"not in the evaluation format: {error!r}", where=str(path), next="see selon quotations -h"
        ) from error


def _checked(record: Record) -> Record:
    """The quotation, if it has content and all its spans are such. Raises KeyError, TypeError, ValueError."""
    for part in ("content", "cue", "source"):
        for start, end in record["content"] if part == "content" else record.get(part) or ():
            if not 0 <= int(start) <= int(end):
                raise ValueError(f"no span: [{start}, {end}]")
    if not record["content"]:
        raise ValueError("no content")
    return record


def _in_text(article: Article, record: Record) -> Record:
    """The quotation with its offsets counted in the reading text, where that is not the file's own."""
    if article.offsets is None:
        return record
    return {**record, **{part: _text_spans(article, record.get(part) or ()) for part in ("content", "cue", "source")}}


def _text_spans(article: Article, spans: Iterable[Sequence[int]]) -> list[list[int]]:
    from selon.offsets import Span

    runs = article.offsets.runs if article.offsets else ()
    found = []
    for start, end in spans:
        inside = [run for run in runs if run.raw_start < end and start < run.raw_end]
        if inside:
            first, last = inside[0], inside[-1]
            left = first.text_start + (max(start - first.raw_start, 0) if first.exact else 0)
            right = last.text_end - (max(last.raw_end - end, 0) if last.exact else 0)
            found.append(list(Span(left, right)))
    return found


def _raw(article: Article, spans: Iterable[Span]) -> list[list[int]]:
    return [list(raw) for span in spans for raw in article.raw(span)]


class _Names:
    """Ids for places: ``folder/wn-1.txt`` is ``wn-1``; line 3 of a JSON lines file has the id of its record."""

    def __init__(self) -> None:
        self._records: dict[str, dict[str, str]] = {}

    def of(self, where: str) -> str:
        file, mark, record = where.partition("#")
        if not mark:
            return Path(file).stem
        if file not in self._records:
            self._records[file] = _record_ids(Path(file))
        return self._records[file].get(record, record)


def _record_ids(path: Path) -> dict[str, str]:
    """The ids of the records in a JSON lines file, by line; nothing for any other file."""
    found = {}
    try:
        with path.open(encoding="utf-8-sig") as file:
            for number, line in enumerate(file, start=1):
                record = json.loads(line) if line.strip() else {}
                if isinstance(record, dict) and "id" in record:
                    found[str(number)] = str(record["id"])
    except (OSError, ValueError):
        return found
    return found
