"""``selon show``: one statement in its paragraph, and all that is known of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from selon.cli.options import LedgerArgument
from selon.cli.terminal import CONTENT, CUE, LOUD, QUIET, SPEAKER, UNKNOWN, console, day, grid, harmless, printable
from selon.offsets import Span

if TYPE_CHECKING:
    from rich.text import Text

    from selon.records import Analysis, Article, Evidence, Statement
    from selon.store import Ledger

_LONGEST = 3000
_NEIGHBOURS = 8


def show(
    ledger: LedgerArgument,
    key: Annotated[str, typer.Argument(help="The statement's id, or the beginning of it.", metavar="ID")],
) -> None:
    """Show a statement in its paragraph: source, cue and content marked, why we think so, and where it stands."""
    from selon.store import Ledger

    with Ledger.open(ledger) as opened:
        statement = opened.statement(key)
        analysis = opened.analysis(statement.quotation.article)
        _print_heading(statement, analysis.article)
        _print_passage(statement, analysis)
        _print_places(statement, analysis.article)
        _print_evidence(statement)
        _print_event(opened, analysis.article)


def _print_heading(statement: Statement, article: Article) -> None:
    from rich.text import Text

    out = console()
    line = Text(
        harmless(statement.speaker) if statement.speaker else UNKNOWN, f"{SPEAKER} bold" if statement.speaker else QUIET
    )
    if statement.who and statement.who.role:
        line.append(f", {harmless(statement.who.role)}", "not bold default")
    out.print(line)
    when = statement.said_on
    said = [f"said {day(when)}" if when.first else "day unknown"]
    if when.evidence:
        said.append(f"({harmless(when.evidence)})")
    quotation = statement.quotation
    kind = statement.who.kind.value if statement.who else "nobody known"
    said += [
        "·",
        kind,
        "·",
        f"{quotation.kind.value} {quotation.form.value}",
        "·",
        f"confidence {statement.confidence:.2f}",
    ]
    if statement.addressee:
        said += ["·", f"to {harmless(statement.addressee)}"]
    if statement.venue:
        said += ["·", f"at {harmless(statement.venue)}"]
    out.print(" ".join(said), style=QUIET)
    out.print()
    out.print(harmless(article.title) or "no title", style=LOUD)
    about = (article.outlet, day(article.published), article.url or article.where)
    out.print(" · ".join(harmless(part) for part in about if part), style=QUIET)
    out.print()


def _print_passage(statement: Statement, analysis: Analysis) -> None:
    """The passages that hold the statement, with its words marked."""
    from rich.padding import Padding

    article, quotation = analysis.article, statement.quotation
    holding = [passage.span for passage in analysis.passages if passage.span.overlaps(statement.span)] or [
        statement.span
    ]
    whole = Span(min(span.start for span in holding), max(span.end for span in holding))
    if whole.end - whole.start > _LONGEST:
        whole = Span(max(whole.start, statement.span.start - 500), min(whole.end, statement.span.end + 500))
    marks = [(quotation.content, CONTENT), (quotation.source, SPEAKER), (quotation.cue, CUE)]
    console().print(Padding(_marked(article.text, whole, marks), (0, 0, 0, 2)))
    console().print()


def _marked(text: str, whole: Span, marks: Iterable[tuple[Sequence[Span], str]]) -> Text:
    """The stretch with its marks: colours where there are any, brackets where there are none."""
    from rich.text import Text

    plain = console().no_color or console().color_system is None
    shown = Text(printable(whole.of(text)))
    opened: list[tuple[int, str]] = []
    for spans, style in marks:
        for span in spans:
            shown.stylize(
                f"{style} bold" if style == CONTENT else f"{style} underline",
                span.start - whole.start,
                span.end - whole.start,
            )
            opening, closing = _BRACKETS[style]
            opened += [(span.start - whole.start, opening), (span.end - whole.start, closing)]
    if not plain:
        return shown
    pieces, at = [], 0
    for place, bracket in sorted(opened, key=lambda pair: (pair[0], pair[1] in _OPENING)):
        pieces += [shown.plain[at:place], bracket]
        at = place
    return Text("".join(pieces) + shown.plain[at:])


_BRACKETS = {CONTENT: ("[", "]"), SPEAKER: ("<", ">"), CUE: ("{", "}")}
_OPENING = "[<{"


def _print_places(statement: Statement, article: Article) -> None:
    from rich.text import Text

    table = grid("part", "words", ">characters", ">in the raw file")
    table.columns[1].ratio = 1
    table.expand = True
    quotation = statement.quotation
    parts = (
        ("source", quotation.source, SPEAKER),
        ("cue", quotation.cue, CUE),
        ("content", quotation.content, CONTENT),
    )
    for name, spans, style in parts:
        for number, span in enumerate(spans):
            raw = ", ".join(f"{each.start}–{each.end}" for each in article.raw(span))
            words = harmless(span.of(article.text))
            words = words if len(words) <= 60 else f"{words[:40]} … {words[-16:]}"
            table.add_row("" if number else name, Text(words, style), f"{span.start}–{span.end}", raw)
    console().print(table)
    console().print()


def _print_evidence(statement: Statement) -> None:
    table = grid("why", "saw", ">score")
    for each in _all_evidence(statement):
        table.add_row(harmless(each.by), harmless(each.saw), "" if each.score is None else f"{each.score:.2f}")
    if table.row_count:
        console().print(table)
        console().print()


def _all_evidence(statement: Statement) -> Iterable[Evidence]:
    return dict.fromkeys(statement.quotation.evidence + statement.evidence)


def _print_event(ledger: Ledger, article: Article) -> None:
    from rich.padding import Padding

    from selon.store.events import DAYS, same_event

    found = same_event(ledger, article)
    if not found:
        console().print(f"No other article within {DAYS} days shares two rare names with this one.", style=QUIET)
        return
    out = console()
    out.print("the same event? articles of these days that share rare names", style=QUIET)
    for each in found[:_NEIGHBOURS]:
        heading = each.heading
        out.print(harmless(heading.title) or harmless(heading.where))
        names = ", ".join(each.names[:5]) + (f" and {len(each.names) - 5} more" if len(each.names) > 5 else "")
        about = (heading.id[:8], day(heading.published), heading.outlet, names)
        out.print(Padding(" · ".join(harmless(part) for part in about if part), (0, 0, 0, 2)), style=QUIET)
    if len(found) > _NEIGHBOURS:
        out.print(f"… and {len(found) - _NEIGHBOURS} more", style=QUIET)
