"""``selon positions``: where each statement stands on the propositions of a codebook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from selon.cli.deciding import ByOption, now, who_decides
from selon.cli.linked import bring_up_to_date
from selon.cli.options import TABLE_ROWS, FormatOption, LedgerArgument, LimitOption, OutputOption, RawOption, Shape
from selon.cli.terminal import CONTENT, LOUD, QUIET, SPEAKER, UNKNOWN, console, counted, harmless, note

if TYPE_CHECKING:
    from rich.text import Text

    from selon.store import Ledger

LEAST = 0.5
SIGNS = {1: "+", 0: "0", -1: "−"}
STYLES = {1: "green bold", 0: "yellow", -1: "red bold"}
LeastOption = Annotated[float, typer.Option(min=0, max=1, help="Only those at least so sure.")]
PropositionOption = Annotated[str, typer.Option(help="Only on the proposition of this key.")]
_LONGEST = 260


def positions(
    ledger: LedgerArgument,
    codebook: Annotated[
        Path | None,
        typer.Option(help="Your propositions (YAML, CSV, TSV): kept in the ledger from now on.", metavar="FILE"),
    ] = None,
    suggest: Annotated[bool, typer.Option("--suggest", help="Put the codebook away: suggest propositions.")] = False,
    correct: Annotated[
        tuple[str, str, str] | None,
        typer.Option(
            help="Decide where a statement stands: its id, the proposition, and +, -, 0 or none.",
            metavar="ID PROPOSITION SIGN",
        ),
    ] = None,
    by: ByOption = "",
    proposition: PropositionOption = "",
    speaker: Annotated[str, typer.Option(help="Only by speakers with this in their name.")] = "",
    least: LeastOption = LEAST,
    limit: LimitOption = None,
    form: FormatOption = Shape.TABLE,
    output: OutputOption = None,
    raw_csv: RawOption = False,
) -> None:
    """List who holds, denies or leaves open each proposition, surest first.

    Without a codebook the propositions are suggested from the pile. What you decide with --correct is kept for good,
    overrides the machine on that statement, and teaches it for the others.
    """
    from selon.store import Ledger
    from selon.store.positions import positions_listed

    with Ledger.open(ledger) as opened:
        _decide(opened, codebook, by, suggest=suggest)
        bring_up_to_date(opened)
        if correct is not None:
            _correct(opened, correct, by)
            bring_up_to_date(opened)
        rows = positions_listed(opened, least, proposition, speaker)
        known = opened.sql(
            "SELECT proposition, text, holds, denies, open FROM propositions ORDER BY position"
        ).fetchall()
    if form is Shape.TABLE:
        most = TABLE_ROWS if limit is None else limit or None
        _print_table(rows[:most], known, len(rows))
        return
    from selon.cli.output import write_answer
    from selon.exports.columns import POSITION_COLUMNS

    write_answer(rows[: limit or None], POSITION_COLUMNS, form, output, raw=raw_csv)


def _decide(opened: Ledger, codebook: Path | None, by: str, *, suggest: bool) -> None:
    from selon.errors import UsageError
    from selon.store.positions import decide_codebook

    if codebook is None and not suggest:
        return
    if codebook is not None and suggest:
        raise UsageError("--codebook and --suggest", next="give one of them")
    propositions = read_codebook_file(codebook) if codebook is not None else ()
    if decide_codebook(opened, propositions, by=who_decides(by), at=now(), note=str(codebook or "")) is not None:
        note(f"codebook of {counted(len(propositions), 'proposition')}" if propositions else "codebook put away")


def read_codebook_file(path: Path) -> Any:  # noqa: ANN401
    """The propositions of a codebook's file. Raises UsageError where it cannot be read, InputError where it is none."""
    from selon.discourse.positions import read_codebook
    from selon.errors import UsageError

    try:
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(
            f"cannot read: {error.strerror}", where=str(path), next="give a YAML, CSV or TSV file"
        ) from error
    return read_codebook(data, str(path))


def _correct(opened: Ledger, told: tuple[str, str, str], by: str) -> None:
    from selon.errors import UsageError
    from selon.store.positions import NONE, decide_position

    statement, proposition, sign = told
    signs: dict[str, int | None] = {"+": 1, "+1": 1, "1": 1, "-": -1, "-1": -1, "−": -1, "0": 0, NONE: None}
    if sign not in signs:
        raise UsageError(f"no sign {sign!r}", where="--correct", next="use +, -, 0 or none")
    made = decide_position(opened, statement, proposition, signs[sign], by=who_decides(by), at=now())
    note(f"decision {made.id}: {made.target[:8]} {sign} {proposition}")


def _print_table(rows: Sequence[Mapping[str, Any]], known: Sequence[tuple[Any, ...]], total: int) -> None:
    from rich.padding import Padding
    from rich.text import Text

    out = console()
    if not known:
        out.print("No propositions: give your own with --codebook FILE.", style=QUIET)
        return
    shown: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        shown.setdefault(row["proposition"], []).append(row)
    for key, text, holds, denies, left_open in known:
        if key not in shown and rows:
            continue
        head = Text(harmless(text), LOUD).append(f"  {harmless(key)}", QUIET)
        out.print(head.append(f"  + {holds} · − {denies} · 0 {left_open}", f"not bold {QUIET}"))
        for row in shown.get(key, ()):
            out.print(Padding(_position(row), (0, 0, 0, 2)))
        out.print()
    if not rows:
        out.print("No position is sure enough; --least 0 shows all.", style=QUIET)
    elif len(rows) < total:
        out.print(f"{len(rows):,} of {counted(total, 'position')}; --limit 0 shows all", style=QUIET)


def _position(row: Mapping[str, Any]) -> Text:
    from rich.text import Text

    line = Text(f"{SIGNS[row['agreement']]} ", STYLES[row["agreement"]])
    sure = "decided" if row["decided"] else f"{row['confidence']:.2f}"
    line.append(f"{sure}  {row['statement'][:8]}  ", QUIET)
    return line.append_text(said(row, ""))


def said(row: Mapping[str, Any], side: str) -> Text:
    """Who said it, with which cue, what, where and when: one line."""
    from rich.text import Text

    speaker = row[f"{side}speaker"]
    line = Text(harmless(speaker or UNKNOWN), SPEAKER if speaker else QUIET)
    line.append(f"  {harmless(row[f'{side}cue'])}  " if row[f"{side}cue"] else "  ", QUIET)
    content = harmless(row[f"{side}content"])
    content = content if len(content) <= _LONGEST else content[: _LONGEST - 1].rstrip() + "…"
    line.append(content, f"not dim {CONTENT}")
    about = " · ".join(filter(None, (harmless(row[f"{side}outlet"]), str(row[f"{side}day"] or ""))))
    return line.append(f"  {about}" if about else "", QUIET)
