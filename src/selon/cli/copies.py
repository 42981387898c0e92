"""``selon copies``: which articles were taken over from which, wholly, partly or in translation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from selon.cli.options import (
    TABLE_ROWS,
    FormatOption,
    LedgerArgument,
    LimitOption,
    OutletOption,
    OutputOption,
    RawOption,
    Shape,
)
from selon.cli.terminal import QUIET, console, counted, harmless

if TYPE_CHECKING:
    from rich.text import Text

NOTHING_TELLS = "nothing tells which was first"
_INDENT = (0, 0, 0, 4)
_STYLES = {"full": "green bold", "partial": "green", "translated": "cyan", "common source": "yellow"}


def copies(
    ledger: LedgerArgument,
    kind: Annotated[
        str, typer.Option(help="full, partial or translated; also common source, incidental, or all of these.")
    ] = "",
    outlet: OutletOption = "",
    limit: LimitOption = None,
    form: FormatOption = Shape.TABLE,
    output: OutputOption = None,
    raw_csv: RawOption = False,
) -> None:
    """List the articles that were taken over from others: kind, evidence, and which was seen first here.

    The first of two is the one that this ledger saw earlier, or that the other credits; it need not be where the text
    was written. See the passages side by side with selon trace LEDGER ARTICLE.
    """
    from selon.cli.linked import bring_up_to_date
    from selon.store import Ledger
    from selon.store.copies import copies_listed

    with Ledger.open(ledger) as opened:
        bring_up_to_date(opened)
        rows = copies_listed(opened, _kinds(kind), outlet)
    if form is Shape.TABLE:
        most = TABLE_ROWS if limit is None else limit or None
        _print_table(rows[:most], len(rows))
        return
    from selon.cli.output import write_answer
    from selon.exports.columns import COPY_COLUMNS

    write_answer(rows[: limit or None], COPY_COLUMNS, form, output, raw=raw_csv)


def _kinds(wanted: str) -> Sequence[Any]:
    from selon.errors import UsageError
    from selon.records import CopyKind
    from selon.store.copies import COPIED

    if not wanted:
        return COPIED
    if wanted == "all":
        return tuple(CopyKind)
    kinds = [kind.value for kind in CopyKind]
    if wanted not in kinds:
        raise UsageError(f"no such kind: {wanted}", where="--kind", next=f"use one of {', '.join(kinds)}, or all")
    return (CopyKind(wanted),)


def _print_table(rows: Sequence[Mapping[str, Any]], total: int) -> None:
    from rich.padding import Padding
    from rich.text import Text

    out = console()
    if not rows:
        out.print("No copy among these articles.", style=QUIET)
        return
    for row in rows:
        out.print(Text(row["kind"], _STYLES.get(row["kind"], QUIET)).append("  ").append(_article(row, "derived")))
        out.print(Padding(Text("from  ").append(_article(row, "origin")), _INDENT))
        for line in reasons(row):
            out.print(Padding(Text(harmless(line), QUIET), _INDENT))
        out.print()
    if len(rows) < total:
        out.print(f"{len(rows):,} of {counted(total, 'copy', 'copies')}; --limit 0 shows all", style=QUIET)


def reasons(row: Mapping[str, Any]) -> list[str]:
    """Why two articles are thought to be copies, and why one of them to be first, a line each."""
    lines = ["; ".join(f"{each['by']}: {each['saw']}" for each in row["evidence"])]
    first = "; ".join(f"{each['by']}: {each['saw']}" for each in row["earliest"])
    lines.append(f"{surely(row['direction'])} ({first})" if first else NOTHING_TELLS)
    lines += [f"agency: {row['wire']}"] if row["wire"] else []
    return [*lines, *([f"both from {row['through'][:8]}"] if row["through"] else [])]


def surely(direction: float) -> str:
    """How sure it is which of two articles was first; never wholly.

    >>> surely(0.9987)
    'seen first there: 99 %'
    """
    return f"seen first there: {min(direction, 0.99):.0%}".replace("%", " %")


def _article(row: Mapping[str, Any], side: str) -> Text:
    from rich.text import Text

    about = (row[side][:8], str(row[f"{side}_published"] or ""), harmless(row[f"{side}_outlet"]))
    return Text(" · ".join(filter(None, about)), QUIET).append(
        f"  {harmless(row[f'{side}_title']) or 'no title'}", "not dim default"
    )
