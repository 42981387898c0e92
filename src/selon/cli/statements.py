"""``selon statements``: who said what, filtered, as a table or for other programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from selon.cli.linked import bring_up_to_date
from selon.cli.options import (
    TABLE_ROWS,
    FormatOption,
    LedgerArgument,
    LimitOption,
    OutletOption,
    OutputOption,
    RawOption,
    Shape,
    SinceOption,
    UntilOption,
)
from selon.cli.terminal import CONTENT, QUIET, SPEAKER, UNKNOWN, console, counted, filled_grid, harmless

if TYPE_CHECKING:
    from rich.text import Text

_LONGEST = 280
_WIDE = 110


def statements(
    ledger: LedgerArgument,
    speaker: Annotated[str, typer.Option(help="Said by: any name of the speaker, in whichever article.")] = "",
    about: Annotated[str, typer.Option(help="With these words, or words that begin so, in what was said.")] = "",
    kind: Annotated[str, typer.Option(help="direct, indirect or mixed.")] = "",
    since: SinceOption = "",
    until: UntilOption = "",
    outlet: OutletOption = "",
    limit: LimitOption = None,
    form: FormatOption = Shape.TABLE,
    output: OutputOption = None,
    raw_csv: RawOption = False,
) -> None:
    """List what was said, oldest article first.

    Days are those of the saying where the article tells it, else those of publication. Show one in full with
    selon show LEDGER ID.
    """
    from selon.store import Ledger

    wanted = {
        "speaker": speaker,
        "about": about,
        "kind": kind,
        "outlet": outlet,
        "since": since or None,
        "until": until or None,
    }
    most = TABLE_ROWS if limit is None and form is Shape.TABLE and output is None else limit or None
    with Ledger.open(ledger) as opened:
        if speaker:
            bring_up_to_date(opened)
        if form is Shape.TABLE:
            _print_table(opened.rows(**wanted, limit=most), opened.count(**wanted))
            return
        from selon.cli.output import write_answer
        from selon.exports.columns import STATEMENT_COLUMNS

        write_answer(opened.rows(**wanted, limit=most), STATEMENT_COLUMNS, form, output, raw=raw_csv)


def _print_table(rows: Sequence[Mapping[str, Any]], total: int) -> None:
    from rich.text import Text

    out = console()
    if not rows:
        out.print("No statement fits.", style=QUIET)
        return
    columns = {"id": [Text(row["id"][:8], QUIET) for row in rows], "day": [Text(day_of(row), QUIET) for row in rows]}
    columns["speaker"] = [
        Text(harmless(row["speaker"] or UNKNOWN), SPEAKER if row["speaker"] else QUIET) for row in rows
    ]
    wide = out.width >= _WIDE
    if wide:
        columns["outlet"] = [Text(harmless(row["outlet"]), QUIET) for row in rows]
    columns["statement"] = [_said(row) for row in rows]
    table = filled_grid(columns, {"speaker": 28 if wide else 18, "outlet": 18})
    out.print(table)
    if len(rows) < total:
        out.print()
        out.print(f"{len(rows):,} of {counted(total, 'statement')}; --limit 0 shows all", style=QUIET)


def day_of(row: Mapping[str, Any]) -> str:
    """The day of a statement's row as far as it is known, or of the article; nothing where neither is."""
    first, precision = row["said_on_first"] or row["published"], row["said_on_precision"]
    if first is None:
        return ""
    if not row["said_on_first"]:
        precision = row["published_precision"]
    shown = f"{first:%Y-%m}" if precision == "month" else f"{first:%Y}" if precision == "year" else f"{first}"
    return f"{shown} …" if precision == "interval" else shown


def _said(row: Mapping[str, Any]) -> Text:
    from rich.text import Text

    content = harmless(row["content"])
    content = content if len(content) <= _LONGEST else content[: _LONGEST - 1].rstrip() + "…"
    if row["kind"] == "direct":
        content = f"« {content} »"
    said = Text(f"{harmless(row['cue'])}  " if row["cue"] else "", QUIET)
    return said.append(content, f"not dim {CONTENT}" if row["kind"] == "direct" else "not dim default")
