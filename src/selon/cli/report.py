"""``selon report``: the ledger as one HTML page."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from selon.cli.options import LedgerArgument
from selon.cli.terminal import counted, note


def report(
    ledger: LedgerArgument,
    output: Annotated[Path, typer.Option("--output", "-o", help="The file to write.")] = Path("report.html"),
    title: Annotated[str, typer.Option(help="The title of the page.")] = "Who said what",
    limit: Annotated[
        int, typer.Option(min=0, help="How many articles are shown whole, the newest; all are counted.")
    ] = 200,
) -> None:
    """Write the ledger as one HTML page to read, print and send: no script, no network, nothing beside it."""
    from selon.errors import LedgerError
    from selon.exports.report import ReportOptions, write_report
    from selon.store import Ledger

    with Ledger.open(ledger) as opened:
        runs = opened.runs()
        made = f"read on {runs[-1].started_at:%Y-%m-%d} with selon {runs[-1].code}" if runs else ""
        options = ReportOptions(title=title, note=made, limit=limit)
        try:
            write_report(
                output, opened.analyses(), set_aside=opened.set_aside(), failures=opened.failures(), options=options
            )
        except OSError as error:
            raise LedgerError(
                f"cannot write: {error.strerror}", where=str(output), next="give another file with -o"
            ) from error
        note(f"{output}: {counted(opened.counts()['articles'], 'article')}")
