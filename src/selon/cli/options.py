"""Options that several commands share."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Shape(StrEnum):
    """How a command's answer is written."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    PARQUET = "parquet"


LedgerArgument = Annotated[Path, typer.Argument(help="The ledger's folder.", metavar="LEDGER", show_default=False)]
SinceOption = Annotated[str, typer.Option(help="From this day on: 2024-06-03.", metavar="DAY")]
UntilOption = Annotated[str, typer.Option(help="Up to and including this day.", metavar="DAY")]
OutletOption = Annotated[str, typer.Option(help="Only from outlets with these words in their name.")]
LimitOption = Annotated[
    int | None, typer.Option(min=0, help="At most so many; 0 means all. [default: 40 in a table, else all]")
]
FormatOption = Annotated[Shape, typer.Option("--format", "-f", help="How to write the answer.")]
OutputOption = Annotated[Path | None, typer.Option("--output", "-o", help="Write to this file instead of the screen.")]
RawOption = Annotated[
    bool, typer.Option("--raw-csv", help="Leave cells that a spreadsheet would run as formulas as they are.")
]

TABLE_ROWS = 40
