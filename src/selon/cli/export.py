"""``selon export``: a ledger as a file for other people's tools."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from selon.cli.options import LedgerArgument, OutletOption, SinceOption, UntilOption
from selon.cli.terminal import counted, note

if TYPE_CHECKING:
    from selon.store import Ledger


class Target(StrEnum):
    """What the file is for."""

    DNA = "dna"


def export(
    ledger: LedgerArgument,
    to: Annotated[Target, typer.Option("--to", help="What the file is for.", show_default=False)],
    output: Annotated[Path, typer.Option("--output", "-o", help="The file to write.", show_default=False)],
    since: SinceOption = "",
    until: UntilOption = "",
    outlet: OutletOption = "",
) -> None:
    """Write the ledger as a file that another tool opens; days are those of publication.

    What that tool cannot hold is said on standard error, a line for each kind of thing.
    """
    from selon.errors import LedgerError
    from selon.store import Ledger

    wanted = {"since": since or None, "until": until or None, "outlet": outlet}
    with Ledger.open(ledger) as opened:
        try:
            told = _WRITERS[to](opened, output, wanted)
        except OSError as error:
            raise LedgerError(
                f"cannot write: {error.strerror}", where=str(output), next="give another file with -o"
            ) from error
    for line in told:
        note(line)


def _dna(ledger: Ledger, output: Path, wanted: dict[str, Any]) -> list[str]:
    from datetime import UTC, datetime

    from selon.discourse.codings import coded
    from selon.exports.dna.project import project
    from selon.exports.dna.writing import write_dna

    made = project(ledger.analyses(**wanted), coded(ledger.decisions()), datetime.now(UTC).date())
    write_dna(output, made.tables)
    told = f"{counted(made.documents, 'document')}, {counted(made.found, 'statement')} found by selon"
    coded_too = f", {counted(made.coded, 'coded statement')}" if made.coded else ""
    return [f"{output}: {told}{coded_too}", *(f"not as it was: {loss}" for loss in made.losses)]


_WRITERS = {Target.DNA: _dna}
