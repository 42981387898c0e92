"""``selon contradictions``: who contradicts whom, both sides in one look."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

import typer

from selon.cli.linked import bring_up_to_date
from selon.cli.options import TABLE_ROWS, FormatOption, LedgerArgument, LimitOption, OutputOption, RawOption, Shape
from selon.cli.positions import SIGNS, STYLES, LeastOption, PropositionOption, said
from selon.cli.terminal import LOUD, QUIET, console, counted, harmless


def contradictions(
    ledger: LedgerArgument,
    kind: Annotated[str, typer.Option(help="conflict, dissent, change or wording.")] = "",
    proposition: PropositionOption = "",
    least: LeastOption = 0.25,
    limit: LimitOption = None,
    form: FormatOption = Shape.TABLE,
    output: OutputOption = None,
    raw_csv: RawOption = False,
) -> None:
    """List who contradicts whom on a proposition, surest first, both sentences side by side.

    A conflict is between actors of different organisations, a dissent within one, a change of position is one actor's
    at two times; a wording is two reports of one utterance that differ in a number, a date or a negation.
    """
    from selon.errors import UsageError
    from selon.records import ContradictionKind
    from selon.store import Ledger
    from selon.store.positions import contradictions_listed

    kinds = [each.value for each in ContradictionKind]
    if kind and kind not in kinds:
        raise UsageError(f"no such kind: {kind}", where="--kind", next=f"use one of {', '.join(kinds)}")
    with Ledger.open(ledger) as opened:
        bring_up_to_date(opened)
        rows = contradictions_listed(opened, least, proposition, kind)
    if form is Shape.TABLE:
        most = TABLE_ROWS if limit is None else limit or None
        _print_table(rows[:most], len(rows))
        return
    from selon.cli.output import write_answer
    from selon.exports.columns import CONTRADICTION_COLUMNS

    write_answer(rows[: limit or None], CONTRADICTION_COLUMNS, form, output, raw=raw_csv)


def _print_table(rows: Sequence[Mapping[str, Any]], total: int) -> None:
    from rich.padding import Padding
    from rich.text import Text

    out = console()
    if not rows:
        out.print("No contradiction is sure enough; --least 0 shows all.", style=QUIET)
        return
    for row in rows:
        head = Text(row["kind"], LOUD).append(f"  {row['confidence']:.2f}  ", f"not bold {QUIET}")
        out.print(head.append(harmless(row["text"] or ""), "not dim not bold default"))
        for side in ("first_", "second_"):
            sign = row[f"{side}agreement"]
            mark = Text("· ", QUIET) if sign is None else Text(f"{SIGNS[sign]} ", STYLES[sign])
            mark.append(f"{row[f'{side}statement'][:8]}  ", QUIET)
            out.print(Padding(mark.append_text(said(row, side)), (0, 0, 0, 2)))
        out.print()
    if len(rows) < total:
        out.print(f"{len(rows):,} of {counted(total, 'contradiction')}; --limit 0 shows all", style=QUIET)
