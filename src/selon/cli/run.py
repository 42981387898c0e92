"""``selon run``: a pile of articles into a ledger."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from selon.cli.terminal import counted, note

if TYPE_CHECKING:
    from collections.abc import Iterable

    from selon.reading import Columns
    from selon.records import Document, Failure
    from selon.settings import Settings

LedgerOption = Annotated[Path, typer.Option("--ledger", "-l", help="The ledger's folder; made when it is not there.")]
WorkersOption = Annotated[int, typer.Option(min=0, help="Worker processes; 0 means one a core.")]
StrictOption = Annotated[bool, typer.Option("--strict", help="Leave with exit code 3 when a document failed.")]
LanguageOption = Annotated[
    str, typer.Option("--lang", help="The language (fr, en) of every article, instead of detecting it.")
]


def run(
    paths: Annotated[list[str], typer.Argument(help="Files, folders, or - for standard input.", metavar="PATH...")],
    ledger: LedgerOption,
    lang: LanguageOption = "",
    workers: WorkersOption = 0,
    strict: StrictOption = False,
    text_column: Annotated[
        str, typer.Option(help="The column of a table that holds the text, instead of a guess.")
    ] = "",
    title_column: Annotated[str, typer.Option(help="The one that holds the title.")] = "",
    date_column: Annotated[str, typer.Option(help="The one that holds the date of publication.")] = "",
    url_column: Annotated[str, typer.Option(help="The one that holds the address.")] = "",
    outlet_column: Annotated[str, typer.Option(help="The one that holds the outlet.")] = "",
    register: Annotated[
        Path | None, typer.Option(help="A CSV or YAML file of actors, with aliases and Wikidata ids.")
    ] = None,
) -> None:
    """Read articles into a ledger: who said what in them.

    Plain text, HTML, WARC and WET, RSS and Atom, JSON lines, CSV and Parquet are known by what they hold. Running again
    reads only what is new or changed; Ctrl-C keeps what was read.
    """
    from selon.cli.progress import Files
    from selon.reading import Columns, find_documents
    from selon.settings import Settings

    settings = Settings(language=checked_language(lang), workers=workers)
    columns = Columns(text=text_column, title=title_column, published=date_column, url=url_column, outlet=outlet_column)
    if register is not None:
        _keep_register(ledger, register)
    files = Files(paths)
    documents = files.following(find_documents(paths, settings, columns=columns, guessed=_tell_columns))
    fill_and_sum_up(ledger, documents, settings, files=files, strict=strict)


def fill_and_sum_up(
    folder: Path, documents: Iterable[Document | Failure], settings: Settings, *, files: Files, strict: bool
) -> None:
    """Fill the ledger, show what came of it, and leave with the exit code that says so."""
    from datetime import UTC, datetime

    from selon.cli.progress import shown_progress
    from selon.cli.signals import Interruptions
    from selon.cli.summary import show_summary
    from selon.engines.filling import Watch, fill
    from selon.store import Ledger

    with Ledger.create(folder) as ledger, Interruptions() as interruptions:
        with shown_progress(files) as progress:
            watch = Watch(now=lambda: datetime.now(UTC), progress=progress, hold=interruptions.hold)
            tally = fill(ledger, documents, settings, watch)
        show_summary(ledger, tally)
    if tally.ending == "interrupted":
        note("interrupted: what was read is in the ledger; run the same command again for the rest")
        raise typer.Exit(130)
    if strict and tally.failures:
        note(f"{counted(len(tally.failures), 'document')} failed, and --strict was given")
        raise typer.Exit(3)


def checked_language(code: str) -> str:
    """The code of a language that there is a pack for, or nothing. Raises UsageError."""
    from selon.errors import UsageError
    from selon.languages import languages

    if code and code not in languages():
        raise UsageError(f"no language pack {code!r}", where="--lang", next=f"use one of {', '.join(languages())}")
    return code


def _keep_register(folder: Path, path: Path) -> None:
    from selon.cli.register import keep_register
    from selon.store import Ledger

    with Ledger.create(folder) as ledger:
        note(f"{path}: {counted(keep_register(ledger, path), 'actor')} in the register of {folder}")


def _tell_columns(where: str, columns: Columns) -> None:
    note(f"{where}: {columns}")


if TYPE_CHECKING:
    from selon.cli.progress import Files
