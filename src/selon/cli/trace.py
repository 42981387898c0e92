"""``selon trace``: an article's passages beside those of the articles they are from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from selon.cli.copies import NOTHING_TELLS, surely
from selon.cli.options import LedgerArgument
from selon.cli.terminal import CUE, LOUD, QUIET, console, day, grid, harmless, printable

if TYPE_CHECKING:
    from rich.text import Text

    from selon.offsets import Span
    from selon.records import Article, Copy, Evidence
    from selon.store import Heading, Ledger

_MARKS = 20


def trace(
    ledger: LedgerArgument,
    article: Annotated[str, typer.Argument(help="The article's id, or the beginning of it.", metavar="ARTICLE")],
    every: Annotated[bool, typer.Option("--all", help="Also what quotations and chance explain.")] = False,
) -> None:
    """Show where an article's passages come from, side by side, and which articles took some from it.

    Words that differ are marked. Earlier means seen earlier in this ledger, or credited: not where it was written.
    """
    from selon.cli.linked import bring_up_to_date
    from selon.store import Ledger
    from selon.store.copies import reuse_of

    with Ledger.open(ledger) as opened:
        found = opened.article(article)
        bring_up_to_date(opened)
        reuse = reuse_of(opened, found.id)
        taken, given = (_shown(each, every=every) for each in (reuse.taken, reuse.given))
        headings = opened.headings({key for copy in (*taken, *given) for key in (copy.derived, copy.origin)})
        _print_heading(found)
        for copy in taken:
            _print_taken(opened, found, copy, headings)
        if not taken:
            console().print("No earlier article of this ledger has its passages.", style=QUIET)
        _print_given(given, headings)
        _print_marks(found)


def _shown(copies: Sequence[Copy], *, every: bool) -> list[Copy]:
    from selon.records import CopyKind

    return [copy for copy in copies if every or copy.kind is not CopyKind.INCIDENTAL]


def _print_heading(article: Article) -> None:
    out = console()
    out.print(harmless(article.title) or "no title", style=LOUD)
    about = (article.id[:8], article.outlet, day(article.published), article.url or article.where)
    out.print(" · ".join(harmless(part) for part in about if part), style=QUIET)
    if article.origin is not None:
        out.print(f"says it is from: {harmless(article.origin.name)}")
    out.print()


def _print_taken(ledger: Ledger, article: Article, copy: Copy, headings: Mapping[str, Heading]) -> None:
    from rich.text import Text

    out = console()
    origin = ledger.article(copy.origin)
    out.print(Text(f"{copy.kind.value}, from ", "green").append(_named(headings[copy.origin]), "not green default"))
    for each in (*copy.evidence, *copy.earliest):
        out.print(f"  {_told(each)}", style=QUIET)
    out.print(f"  {_first(copy)}", style=QUIET)
    if copy.through:
        out.print(f"  both have it from {harmless(copy.through[:8])}", style=QUIET)
    out.print()
    table = grid("here", "there")
    table.expand = True
    for column in table.columns:
        column.ratio = 1
    same = article.language == origin.language
    for passage in copy.passages:
        here, there = _side_by_side(passage.derived.of(article.text), passage.origin.of(origin.text), compare=same)
        table.add_row(here.append(_place(passage.derived), QUIET), there.append(_place(passage.origin), QUIET))
        table.add_row("", "")
    out.print(table)


def _first(copy: Copy) -> str:
    return surely(copy.direction) if copy.earliest else NOTHING_TELLS


def _side_by_side(here: str, there: str, *, compare: bool) -> tuple[Text, Text]:
    """Both stretches; words that only one of them has are marked, by colour or else by brackets.

    Case and the marks around a word are no difference.
    """
    from rich.text import Text

    if not compare:
        return Text(printable(here)), Text(printable(there))
    from selon.exports.differing import differing

    ours, theirs = differing(here, there)
    return _marked(here, ours), _marked(there, theirs)


def _marked(text: str, stretches: Sequence[tuple[int, int]]) -> Text:
    from rich.text import Text

    out = console()
    plain = out.no_color or out.color_system is None
    shown, at = Text(), 0
    for start, end in stretches:
        before = _plain(text[at:start])
        shown.append(f"{before} " if before else "")
        words = _plain(text[start:end])
        shown.append(f"[{words}] " if plain else f"{words} ", f"{CUE} bold")
        at = end
    return shown.append(_plain(text[at:]))


def _plain(text: str) -> str:
    return printable(" ".join(text.split()))


def _place(span: Span) -> str:
    return f"  {span.start}–{span.end}"


def _told(evidence: Evidence) -> str:
    return f"{harmless(evidence.by)}: {harmless(evidence.saw)}"


def _named(heading: Heading) -> str:
    about = (heading.id[:8], day(heading.published), heading.outlet, heading.title or heading.where)
    return " · ".join(harmless(part) for part in about if part)


def _print_given(given: Sequence[Copy], headings: Mapping[str, Heading]) -> None:
    if not given:
        return
    out = console()
    out.print("taken from here")
    for copy in given:
        out.print(f"  {copy.kind.value}: {_named(headings[copy.derived])}", style=QUIET)
    out.print()


def _print_marks(article: Article) -> None:
    """The marks of translation in the article: what a translator should look at, and no verdict."""
    from selon.pipeline import marks_of_translation

    marks = marks_of_translation(article)
    if not marks:
        return
    out = console()
    out.print("marks of translation, weak signs each", style=QUIET)
    table = grid("mark", "words", ">characters")
    for mark in marks[:_MARKS]:
        table.add_row(mark.name, harmless(mark.span.of(article.text)), f"{mark.span.start}–{mark.span.end}")
    out.print(table)
    if len(marks) > _MARKS:
        out.print(f"… and {len(marks) - _MARKS} more", style=QUIET)
