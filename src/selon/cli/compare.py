"""``selon compare``: the witnesses of one utterance side by side, and where their wordings differ."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from selon.cli.options import FormatOption, LedgerArgument, OutputOption, RawOption, Shape
from selon.cli.terminal import CONTENT, CUE, LOUD, QUIET, SPEAKER, UNKNOWN, console, harmless

if TYPE_CHECKING:
    from rich.text import Text

    from selon.matching.utterances.differences import Difference, Place

_INDENT = (0, 0, 0, 4)


def compare(
    ledger: LedgerArgument,
    utterance: Annotated[
        str,
        typer.Argument(help="Its id, or that of one of its statements; or the beginning of it.", metavar="UTTERANCE"),
    ],
    form: FormatOption = Shape.TABLE,
    output: OutputOption = None,
    raw_csv: RawOption = False,
) -> None:
    """Show the wordings of one utterance, first seen first, each with what it adds, drops or changes against the first.

    First seen means first published in this ledger. Marks: quotation marks added or lost. Attribution: the verb takes a
    side where the first did not (has said, has admitted), or the reverse.
    """
    from selon.cli.linked import bring_up_to_date
    from selon.engines.comparing import compared
    from selon.store import Ledger

    with Ledger.open(ledger) as opened:
        bring_up_to_date(opened)
        found = compared(opened, utterance)
    if form is Shape.TABLE:
        _print(found.witnesses, found.differences, found.again)
        return
    from selon.cli.output import write_answer
    from selon.exports.columns import WITNESS_COLUMNS

    write_answer(found.rows(), WITNESS_COLUMNS, form, output, raw=raw_csv)


def _print(
    rows: Sequence[Mapping[str, Any]], differences: Sequence[Difference], again: Sequence[Mapping[str, Any]]
) -> None:
    from rich.padding import Padding
    from rich.text import Text

    out = console()
    for number, (row, told) in enumerate(zip(rows, differences, strict=True)):
        head = Text("first seen  " if not number else "", LOUD).append(str(row["published"] or "no date"))
        about = (harmless(row["outlet"] or ""), row["language"], row["kind"], row["statement"][:8])
        out.print(head.append("  ").append(" · ".join(filter(None, about)), QUIET))
        who = Text(harmless(row["speaker"] or UNKNOWN), SPEAKER).append(f"  {harmless(row['cue'] or '')}", CUE)
        out.print(Padding(who, _INDENT))
        places = [*told.added, *(mine for _, mine in told.changed)] if number else []
        out.print(Padding(_marked(row["content"], places), _INDENT))
        for line in _told(rows[0]["content"], told) if number else ():
            out.print(Padding(Text(line, QUIET), _INDENT))
        out.print()
    if again:
        out.print("said again", style=LOUD)
        for row in again:
            day = str(row["first_published"] or "no date")
            out.print(Text(f"  {day}  {row['id'][:8]}  ", QUIET).append(harmless(row["content"]), CONTENT))


def _told(first: str, told: Difference) -> Iterator[str]:
    if told.dropped:
        yield "not here: " + " · ".join(harmless(first[a:b]) for a, b in told.dropped)
    if told.marks:
        yield f"quotation marks {told.marks}"
    if told.attribution:
        yield f"attribution {told.attribution}"
    if told.numbers:
        yield "numbers differ"
    if told.denial:
        yield "one denies what the other does not"


def _marked(text: str, places: Iterable[Place]) -> Text:
    """The text with these places marked, by colour or else by brackets."""
    from rich.text import Text

    out = console()
    plain = out.no_color or out.color_system is None
    shown, at = Text(), 0
    for start, end in sorted(set(places)):
        shown.append(harmless(text[at:start]) + (" " if text[at:start].endswith(" ") else ""), CONTENT)
        word = harmless(text[start:end])
        shown.append(f"[{word}]" if plain else word, f"{CUE} bold")
        at = end
        if text[at : at + 1] == " ":
            shown.append(" ")
            at += 1
    return shown.append(harmless(text[at:]), CONTENT)
