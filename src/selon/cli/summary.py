"""What a run ends with: what was read, what it said, what was left out and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from selon.cli.terminal import LOUD, QUIET, SPEAKER, WRONG, console, counted, grid, harmless

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.text import Text

    from selon.engines.filling import Tally
    from selon.records import Failure, SetAside
    from selon.store import Ledger

_LINES = 20
_REASONS = 10
_BAR = 24
_TOP = "SELECT name, statements, articles FROM actors ORDER BY statements DESC, name, id LIMIT 10"
_KINDS = "SELECT kind, count(*) FROM statements GROUP BY 1 ORDER BY 2 DESC, 1"
_BOILERPLATE = """
    SELECT reason, sum("end" - start) AS characters FROM (SELECT unnest(boilerplate, recursive := true) FROM articles)
    GROUP BY 1 ORDER BY 2 DESC, 1"""


def show_summary(ledger: Ledger, tally: Tally) -> None:
    """Print the summary of a run and of the ledger it filled."""
    out = console()
    out.print()
    _print_run(tally)
    _print_ledger(ledger)
    _print_boilerplate(ledger)
    _print_lost(tally)
    out.print()
    out.print(f"Next: selon statements {ledger.folder}", style=QUIET, soft_wrap=True)


def _print_run(tally: Tally) -> None:
    from rich.text import Text

    parts = [counted(tally.articles, "article")]
    if tally.unchanged:
        parts.append(f"{tally.unchanged:,} unchanged")
    if tally.set_aside:
        parts.append(f"{len(tally.set_aside):,} set aside")
    line = Text("Read      ", LOUD).append(" · ".join(parts), "not bold")
    if tally.failures:
        line.append(" · ", "not bold").append(f"{len(tally.failures):,} failed", f"not bold {WRONG}")
    console().print(line)
    if tally.words and tally.seconds > 0:
        speed = f"{tally.words:,} words in {tally.seconds:.1f} s · {tally.words / tally.seconds:,.0f} words/s"
        console().print(f"          {speed}", style=QUIET)


def _print_ledger(ledger: Ledger) -> None:
    from rich.text import Text

    counts = ledger.counts()
    line = Text("Ledger    ", LOUD)
    line.append(f"{counted(counts['articles'], 'article')} · {counted(counts['statements'], 'statement')}", "not bold")
    console().print(line)
    kinds = " · ".join(f"{kind} {number:,}" for kind, number in ledger.sql(_KINDS).fetchall())
    if kinds:
        console().print(f"          {kinds}", style=QUIET)
    top = ledger.sql(_TOP).fetchall()
    if not top:
        return
    table = grid("speaker", ">statements", "", ">articles")
    most = top[0][1]
    for name, said, articles in top:
        table.add_row(Text(harmless(name), SPEAKER), f"{said:,}", _bar(said / most), f"{articles:,}")
    console().print()
    console().print(table)


def _print_boilerplate(ledger: Ledger) -> None:
    total = ledger.sql("SELECT coalesce(sum(length(text)), 0) FROM articles").fetchall()[0][0]
    reasons = ledger.sql(_BOILERPLATE).fetchall()
    if not total or not reasons:
        return
    marked = sum(characters for _, characters in reasons)
    table = grid("boilerplate, marked and not deleted", ">characters", ">share")
    for reason, characters in reasons[:_REASONS]:
        table.add_row(harmless(reason), f"{characters:,}", f"{characters / total:.1%}")
    if len(reasons) > _REASONS:
        rest = sum(characters for _, characters in reasons[_REASONS:])
        table.add_row(counted(len(reasons) - _REASONS, "other reason"), f"{rest:,}", f"{rest / total:.1%}", style=QUIET)
    table.add_row("together", f"{marked:,}", f"{marked / total:.1%}", style=LOUD)
    console().print()
    console().print(table)


def _print_lost(tally: Tally) -> None:
    if tally.set_aside:
        console().print()
        print_set_aside(tally.set_aside, _LINES)
    if tally.failures:
        console().print()
        print_failures(tally.failures, _LINES)


def print_failures(failures: Sequence[Failure], most: int | None = None) -> None:
    """Each failure on two lines: where, unbroken so that it can be copied; then what, and what next."""
    from rich.padding import Padding
    from rich.text import Text

    out = console()
    out.print("failed", style=QUIET)
    for failure in failures[:most]:
        out.print(harmless(failure.where), soft_wrap=True)
        what = Text(harmless(failure.what), WRONG).append(f" → {harmless(failure.next)}", "default")
        out.print(Padding(what, (0, 0, 0, 2)))
    _print_more(len(failures), most)


def print_set_aside(documents: Sequence[SetAside], most: int | None = None) -> None:
    """Each document that is no article for us on two lines: where, and why."""
    out = console()
    out.print("set aside", style=QUIET)
    for document in documents[:most]:
        out.print(harmless(document.where), soft_wrap=True)
        out.print(f"  {harmless(document.reason)}", style=QUIET)
    _print_more(len(documents), most)


def _print_more(number: int, most: int | None) -> None:
    if most is not None and number > most:
        console().print(f"… and {number - most:,} more: selon failures LEDGER lists all", style=QUIET)


def _bar(share: float) -> Text:
    from rich.text import Text

    halves = max(1, round(share * _BAR * 2))
    return Text("━" * (halves // 2) + "╸" * (halves % 2), SPEAKER)
