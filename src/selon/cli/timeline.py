"""``selon timeline``: who said how much when, for and against."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from selon.cli.counting import (
    CodesLedgerArgument,
    CodesOption,
    DuplicatesOption,
    ExcludeOption,
    OnlyOption,
    QualifierOption,
    TitleOption,
    UseOption,
    given_codes,
)
from selon.cli.options import OutputOption, SinceOption, UntilOption
from selon.cli.terminal import LOUD, QUIET, console, grid, harmless
from selon.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from selon.discourse.networks import Timeline


class Step(StrEnum):
    """How long a step of the timeline is."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


class TimelineFormat(StrEnum):
    """How a timeline is written."""

    TABLE = "table"
    CSV = "csv"
    SVG = "svg"
    PNG = "png"


ByOption = Annotated[
    str, typer.Option(help="A row for each value of: proposition, actor, outlet … [default: what is coded, else actor]")
]
StepOption = Annotated[
    Step | None, typer.Option(help="How long a step is. [default: the shortest that makes 60 steps at most]")
]
RowsMostOption = Annotated[int, typer.Option(min=0, help="At most so many rows, those with most statements; 0: all.")]
TimelineFormatOption = Annotated[
    TimelineFormat | None,
    typer.Option("--format", "-f", help="How to write it. [default: by the file's name, else a table]"),
]
_WIDEST_LABEL = 30
_BARS = " ▁▂▃▄▅▆▇█"


def timeline(
    ledger: CodesLedgerArgument = None,
    codes: CodesOption = None,
    use: UseOption = None,
    by: ByOption = "",
    step: StepOption = None,
    qualifier: QualifierOption = "agreement",
    duplicates: DuplicatesOption = None,
    exclude: ExcludeOption = None,
    only: OnlyOption = None,
    since: SinceOption = "",
    until: UntilOption = "",
    limit: RowsMostOption = 20,
    title: TitleOption = "",
    form: TimelineFormatOption = None,
    output: OutputOption = None,
) -> None:
    """Show how many statements there were in each day, week, month or year, for and against.

    A row for each proposition or concept where positions are coded, else for each actor.
    """
    from selon.discourse.networks import Period
    from selon.discourse.networks import timeline as count
    from selon.store.codes import Basis
    from selon.store.counting import network_options

    asked = {**locals(), "rows": "", "columns": "", "aggregation": "ignore"}
    given = given_codes(ledger, codes, use, qualifier)
    quoted = given.source.basis is Basis.QUOTED
    options = network_options(given, {**asked, "duplicates": duplicates or ("include" if quoted else None)})
    variable = by or (options.rows if quoted else options.columns)
    made = count(given.codes, options, variable, Period(step.value) if step else None)
    chosen = form or _by_name(output)
    if chosen is TimelineFormat.TABLE:
        _show(made, limit)
    else:
        _write(made, chosen, output, title, limit)


def _by_name(output: Path | None) -> TimelineFormat:
    ending = output.suffix.lstrip(".").lower() if output else "table"
    try:
        return TimelineFormat(ending)
    except ValueError:
        raise UsageError(f"no format for {ending!r}", where=str(output), next="use csv, svg, png, or -f") from None


def _show(made: Timeline, limit: int) -> None:
    out = console()
    if not made.periods:
        out.print("No dated statement fits.", style=QUIET)
        return
    order = sorted(range(len(made.labels)), key=lambda each: -int(made.totals[each].sum()))[: limit or None]
    signed = set(made.levels) == {"-1", "+1"}
    table = grid(
        made.variable, f"{made.periods[0]} to {made.periods[-1]}", *([">+", ">−"] if signed else [">statements"])
    )
    counts, together = _steps(made, max(out.width - _WIDEST_LABEL - 14, 12))
    table.columns[0].max_width, table.columns[1].no_wrap = _WIDEST_LABEL, True
    most = int(counts.max(initial=1)) or 1
    for each in order:
        bars = "".join(_BARS[-(-8 * int(count) // most)] for count in counts[each])
        totals = dict(zip(made.levels, made.totals[each].tolist(), strict=True))
        told = [f"{totals['+1']:,}", f"{totals['-1']:,}"] if signed else [f"{sum(totals.values()):,}"]
        table.add_row(harmless(made.labels[each]), bars, *told)
    out.print(table)
    out.print()
    shown = f"the {len(order)} of {len(made.labels):,} with most statements; " if len(order) < len(made.labels) else ""
    step = f"a {made.period.value}" if together == 1 else f"{together} {made.period.value}s"
    out.print(f"{shown}a step is {step}, the highest {most:,}", style=QUIET)
    undated = int(made.totals.sum() - made.counts.sum())
    if undated:
        out.print(f"{undated:,} without a date are in the totals only", style=LOUD)


def _steps(made: Timeline, room: int) -> tuple[NDArray[np.int64], int]:
    """The statements a label and step, no more steps than there is room for, and how many periods make a step."""
    import numpy as np

    counts = made.counts.sum(axis=2)
    together = -(-len(made.periods) // room)
    padded = np.pad(counts, ((0, 0), (0, -counts.shape[1] % together)))
    return padded.reshape(len(counts), -1, together).sum(axis=2), together


def _write(made: Timeline, form: TimelineFormat, output: Path | None, title: str, limit: int) -> None:
    from selon.cli.network_output import writing
    from selon.exports.networks.matrices import write_timeline
    from selon.exports.pictures.png import png
    from selon.exports.pictures.timelines import timeline_picture

    with writing(output, binary=form is TimelineFormat.PNG) as target:
        if form is TimelineFormat.CSV:
            write_timeline(made, target)
            return
        picture = timeline_picture(made, title, limit)
        target.write(png(picture) if form is TimelineFormat.PNG else picture.encode("utf-8", "replace"))
