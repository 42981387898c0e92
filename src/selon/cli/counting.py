"""What ``selon network`` and ``selon timeline`` share: which coded statements, and how they are counted."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from selon.cli.linked import bring_up_to_date
from selon.cli.terminal import note
from selon.errors import UsageError

if TYPE_CHECKING:
    from selon.store.counting import Given


class Use(StrEnum):
    """What of a ledger is counted."""

    CODINGS = "codings"
    POSITIONS = "positions"
    QUOTED = "quoted"


class Once(StrEnum):
    """Within what stretch the same statement counts once."""

    INCLUDE = "include"
    DOCUMENT = "document"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    ACROSS_RANGE = "acrossrange"


CodesLedgerArgument = Annotated[
    Path | None, typer.Argument(help="The ledger's folder.", metavar="LEDGER", show_default=False)
]
CodesOption = Annotated[
    Path | None, typer.Option(help="Count the hand-coded statements in this CSV file instead of a ledger's.")
]
UseOption = Annotated[
    Use | None,
    typer.Option(help="What to count of the ledger. [default: codings if it has any, else positions, else quoted]"),
]
RowsOption = Annotated[
    str, typer.Option(help="The variable whose values are tied: actor, organization, outlet … [default: guessed]")
]
ColumnsOption = Annotated[
    str, typer.Option(help="The variable over which: proposition, concept, article … [default: guessed]")
]
QualifierOption = Annotated[str, typer.Option(help="The variable that says for or against.")]
DuplicatesOption = Annotated[
    Once | None,
    typer.Option(help="Within what the same statement counts once. [default: include; document for quoted]"),
]
ExcludeOption = Annotated[
    list[str] | None, typer.Option(help="Drop statements with this value; again for more.", metavar="VARIABLE=VALUE")
]
OnlyOption = Annotated[
    list[str] | None,
    typer.Option(help="Keep only statements with this value; again for more.", metavar="VARIABLE=VALUE"),
]
AsDnaOption = Annotated[
    bool, typer.Option("--as-dna", help="Count as DNA does even where we think it wrong (docs/decisions/0011).")
]
TitleOption = Annotated[str, typer.Option(help="A title for the picture.")]


def given_codes(ledger: Path | None, file: Path | None, use: Use | None, qualifier: str) -> Given:
    """The coded statements of a ledger or a file; what was left out is said. Raises UsageError without either."""
    from selon.discourse.networks import coded
    from selon.store import Ledger
    from selon.store.code_files import file_codes
    from selon.store.codes import Basis, ledger_codes
    from selon.store.counting import Given

    if (ledger is None) == (file is None):
        raise UsageError("give a ledger or --codes FILE", next="one of the two")
    if file is not None:
        source = file_codes(file, qualifier)
    else:
        assert ledger is not None
        with Ledger.open(ledger) as opened:
            bring_up_to_date(opened)
            source = ledger_codes(opened, Basis(use.value) if use else None)
        if source.basis is Basis.QUOTED and use is None:
            note("No positions are coded here, so what counts is who is quoted in the same article.")
            note(f"Where actors stand: selon positions {ledger} --codebook FILE, or --codes FILE of your own.")
    for reason, number in source.left_out.items():
        note(f"left out: {number:,} {reason}")
    return Given(coded(source.columns, document_level=source.document_level), source)
