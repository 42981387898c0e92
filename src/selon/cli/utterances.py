"""``selon utterances``: what was said once and printed several times."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

import typer

from selon.cli.options import (
    TABLE_ROWS,
    FormatOption,
    LedgerArgument,
    LimitOption,
    OutputOption,
    RawOption,
    Shape,
    SinceOption,
    UntilOption,
)
from selon.cli.terminal import CONTENT, QUIET, SPEAKER, UNKNOWN, console, counted, harmless


def utterances(
    ledger: LedgerArgument,
    speaker: Annotated[str, typer.Option(help="Only of speakers with these words in their name.")] = "",
    about: Annotated[str, typer.Option(help="Only with these words in the first wording.")] = "",
    since: SinceOption = "",
    until: UntilOption = "",
    least: Annotated[int, typer.Option("--witnesses", min=1, help="At least so many witnesses.")] = 2,
    repeated: Annotated[bool, typer.Option("--repeated", help="Only what was also said on another occasion.")] = False,
    limit: LimitOption = None,
    form: FormatOption = Shape.TABLE,
    output: OutputOption = None,
    raw_csv: RawOption = False,
) -> None:
    """List what was said on one occasion with the number of statements that report it, most witnesses first.

    A witness is a statement; its words may be direct, indirect, shortened or translated. See them side by side with
    selon compare LEDGER UTTERANCE.
    """
    from selon.cli.linked import bring_up_to_date
    from selon.store import Ledger
    from selon.store.queries import day_from
    from selon.store.utterances import Wanted, utterances_listed

    for name, text in (("since", since), ("until", until)):
        if text:
            day_from(name, text)
    with Ledger.open(ledger) as opened:
        bring_up_to_date(opened)
        rows = utterances_listed(opened, Wanted(speaker, about, since, until, least, repeated))
    if form is Shape.TABLE:
        most = TABLE_ROWS if limit is None else limit or None
        _print_table(rows[:most], len(rows))
        return
    from selon.cli.output import write_answer
    from selon.exports.columns import UTTERANCE_COLUMNS

    write_answer(rows[: limit or None], UTTERANCE_COLUMNS, form, output, raw=raw_csv)


def _print_table(rows: Sequence[Mapping[str, Any]], total: int) -> None:
    from rich.padding import Padding
    from rich.text import Text

    out = console()
    if not rows:
        out.print("No utterance with so many witnesses among these.", style=QUIET)
        return
    for row in rows:
        head = Text(counted(row["witnesses"], "witness", "witnesses"), "bold").append("  ")
        head.append(harmless(row["speaker"] or UNKNOWN), SPEAKER)
        about = (
            row["id"][:8],
            str(row["first_published"] or ""),
            harmless(row["first_outlet"] or ""),
            row["languages"],
        )
        out.print(head.append("  " + " · ".join(filter(None, about)), QUIET))
        out.print(Padding(Text(harmless(row["content"]), CONTENT), (0, 0, 0, 4)))
        if row["repeated"]:
            out.print(Padding(Text("repeated: said on other occasions too", QUIET), (0, 0, 0, 4)))
        out.print()
    if len(rows) < total:
        out.print(f"{len(rows):,} of {counted(total, 'utterance')}; --limit 0 shows all", style=QUIET)
