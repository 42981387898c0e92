"""What a run ends with: what was read, what it said, what was left out and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from selon.cli.terminal import CONTENT, LOUD, QUIET, SPEAKER, WRONG, console, counted, grid, harmless

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.table import Table
    from rich.text import Text

    from selon.engines.filling import Tally
    from selon.records import Failure, SetAside
    from selon.store import Ledger

_LINES = 20
_REASONS = 10
_BAR = 24
_TOP = """
    SELECT speaker, count(*) AS said, count(DISTINCT article) AS articles FROM statements WHERE speaker IS NOT NULL
    GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 10"""
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
        table.add_row(f"{len(reasons) - _REASONS} other reasons", f"{rest:,}", f"{rest / total:.1%}", style=QUIET)
    table.add_row("together", f"{marked:,}", f"{marked / total:.1%}", style=LOUD)
    console().print()
    console().print(table)


def _print_lost(tally: Tally) -> None:
    out = console()
    for table, number in (
        (set_aside_table(tally.set_aside[:_LINES]), len(tally.set_aside)),
        (failures_table(tally.failures[:_LINES]), len(tally.failures)),
    ):
        if number:
            out.print()
            out.print(table)
        if number > _LINES:
            out.print(f"… and {number - _LINES:,} more: selon failures", style=QUIET)


def failures_table(failures: Sequence[Failure]) -> Table:
    """A line a failure: where, what, what next."""
    from rich.text import Text

    table = grid("failed", "what, and what next")
    table.columns[0].max_width = console().width * 2 // 5
    for failure in failures:
        table.add_row(
            harmless(failure.where),
            Text(harmless(failure.what), WRONG).append(f" → {harmless(failure.next)}", "default"),
        )
    return table


def set_aside_table(documents: Sequence[SetAside]) -> Table:
    """A line a document that is no article for us: where, why."""
    table = grid("set aside", "why")
    table.columns[0].max_width = console().width * 3 // 5
    for document in documents:
        table.add_row(harmless(document.where), harmless(document.reason))
    return table


def _bar(share: float) -> Text:
    from rich.text import Text

    eighths = max(1, round(share * _BAR * 8))
    full, rest = divmod(eighths, 8)
    return Text("█" * full + ("" if rest == 0 else " ▏▎▍▌▋▊▉"[rest]), CONTENT)
