"""``selon import``: what people coded in Discourse Network Analyzer, into a ledger."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from selon.cli.terminal import QUIET, console, counted, harmless

if TYPE_CHECKING:
    from selon.engines.importing import Imported

_LINES = 20


def import_(
    file: Annotated[Path, typer.Argument(help="A file of DNA 3.", metavar="FILE", show_default=False)],
    ledger: Annotated[
        Path,
        typer.Option("--ledger", "-l", help="The ledger's folder; made when it is not there.", show_default=False),
    ],
    analyse: Annotated[bool, typer.Option("--analyse", help="Have selon read the documents too.")] = False,
    lang: Annotated[str, typer.Option(help="The language of every document. [default: detected]")] = "",
    workers: Annotated[int, typer.Option(min=0, help="Worker processes for --analyse; 0 means one a core.")] = 0,
) -> None:
    """Take a .dna file into a ledger: its documents, and what people coded in them.

    What had to be mended is listed. Importing the file again takes in what has changed since; a file that cannot be
    read changes nothing.
    """
    from datetime import UTC, datetime

    from selon.cli.run import checked_language
    from selon.engines.importing import import_dna
    from selon.exports.dna.reading import read_dna
    from selon.settings import Settings
    from selon.store import Ledger

    settings = Settings(language=checked_language(lang), workers=workers)
    read = read_dna(file)
    with Ledger.create(ledger) as opened:
        done = import_dna(opened, read, lambda: datetime.now(UTC), settings=settings if analyse else None)
    _tell(done, ledger, analyse=analyse)


import_.__name__ = "import"  # the command's name, which is a word of Python's


def _tell(done: Imported, ledger: Path, *, analyse: bool) -> None:
    out = console()
    changed = f"{done.new:,} new or changed" + (f", {done.withdrawn:,} withdrawn" if done.withdrawn else "")
    out.print(
        f"Imported  {counted(done.articles, 'document')} · {counted(done.codings, 'coded statement')} ({changed})"
    )
    if analyse:
        out.print(f"          {counted(done.statements, 'statement')} found by selon")
    for failure in done.unread:
        out.print(f"          not analysed: {harmless(failure.where)}: {harmless(failure.what)}")
    if done.repairs:
        out.print(f"Mended    {counted(len(done.repairs), 'thing')}")
        for repair in done.repairs[:_LINES]:
            out.print(f"          {harmless(str(repair))}")
        if len(done.repairs) > _LINES:
            out.print(f"          … and {len(done.repairs) - _LINES:,} more", style=QUIET)
    out.print()
    out.print(f"Next: selon export {ledger} --to dna -o FILE", style=QUIET, soft_wrap=True)
