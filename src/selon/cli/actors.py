"""``selon actors`` and ``selon actor``: who speaks across the articles of a ledger."""

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
    OutputOption,
    RawOption,
    Shape,
)
from selon.cli.statements import day_of
from selon.cli.terminal import LOUD, QUIET, SPEAKER, console, counted, filled_grid, grid, harmless

if TYPE_CHECKING:
    from datetime import date

    from selon.records import Actor
    from selon.store import Ledger

_NAMES = 12
_STATEMENTS = 20
_LONGEST = 200
_SHORT = 40


def actors(
    ledger: LedgerArgument,
    name: Annotated[str, typer.Option(help="With these words in the name, or called exactly so anywhere.")] = "",
    kind: Annotated[str, typer.Option(help="person, organization, group, document or unknown.")] = "",
    limit: LimitOption = None,
    form: FormatOption = Shape.TABLE,
    output: OutputOption = None,
    raw_csv: RawOption = False,
) -> None:
    """List who speaks across all articles, most statements first.

    A person or body is one actor under all its names. Show one in full with selon actor LEDGER NAME; say that two are
    one with selon merge, that one is two with selon split.
    """
    from selon.store import Ledger
    from selon.store.actors import actor_row, actors_in

    with Ledger.open(ledger) as opened:
        bring_up_to_date(opened)
        found = actors_in(opened, name, _checked(kind))
    if form is Shape.TABLE:
        _print_actors(found[: TABLE_ROWS if limit is None else limit or None], len(found))
        return
    from selon.cli.output import write_answer
    from selon.exports.columns import ACTOR_COLUMNS

    write_answer(map(actor_row, found[: limit or None]), ACTOR_COLUMNS, form, output, raw=raw_csv)


def actor(
    ledger: LedgerArgument,
    name: Annotated[str, typer.Argument(help="A name of the actor, or its id.", metavar="NAME")],
    limit: Annotated[int, typer.Option(min=0, help="At most so many statements; 0 means all.")] = _STATEMENTS,
    form: FormatOption = Shape.TABLE,
    output: OutputOption = None,
    raw_csv: RawOption = False,
) -> None:
    """Show an actor: its names, its roles over time, who quotes it, what it said, and why it is one.

    In the other formats, its statements.
    """
    from selon.store import Ledger
    from selon.store.actors import one_actor, statements_of

    with Ledger.open(ledger) as opened:
        bring_up_to_date(opened)
        found = one_actor(opened, name)
        said = statements_of(opened, found.id)
        if form is Shape.TABLE:
            _print_actor(found)
            _print_outlets(said)
            _print_said(said, limit)
            _print_why(opened, found)
            return
    from selon.cli.output import write_answer
    from selon.exports.columns import SAID_COLUMNS

    write_answer(said[: limit or None] if output is None else said, SAID_COLUMNS, form, output, raw=raw_csv)


def _checked(kind: str) -> str:
    from selon.errors import UsageError
    from selon.records import ActorKind

    kinds = [each.value for each in ActorKind]
    if kind and kind not in kinds:
        raise UsageError(f"no such kind: {kind}", next=f"use one of {', '.join(kinds)}")
    return kind


def _print_actors(found: Sequence[Actor], total: int) -> None:
    from rich.text import Text

    out = console()
    if not found:
        out.print("No actor fits.", style=QUIET)
        return
    columns = {
        "id": [Text(each.id[:9], QUIET) for each in found],
        "actor": [Text(harmless(each.name), SPEAKER) for each in found],
        "role": [Text(harmless(_role(each)), QUIET) for each in found],
        "also": [Text(harmless(_also(each)), QUIET) for each in found],
        ">statements": [Text(f"{each.statements:,}") for each in found],
        ">articles": [Text(f"{each.articles:,}") for each in found],
    }
    out.print(filled_grid(columns, {"actor": 28, "role": 30, "also": 30}))
    if len(found) < total:
        out.print()
        out.print(f"{len(found):,} of {counted(total, 'actor')}; --limit 0 shows all", style=QUIET)


def _role(found: Actor) -> str:
    """The role most articles give; of equals one without its article, that is not long, the last in time."""
    from selon.matching.actors import bare as bare_name

    if not found.roles:
        return found.organisation or ("" if found.kind == "person" else found.kind.value)
    told = [
        (role.articles, len(bare_name(role.name)) >= len(role.name) - 1, len(role.name) <= _SHORT, number)
        for number, role in enumerate(found.roles)
    ]
    return found.roles[max(told)[-1]].name


def _also(found: Actor) -> str:
    """The commonest other names that neither hold its name nor are a part of it, nor the role that is shown."""
    from selon.matching.actors import bare as bare_name

    name, role = bare_name(found.name), bare_name(_role(found))
    surname = name.split()[-1] if name else ""
    others = [each.wording for each in found.names if surname not in each.key and each.key not in (name, role)]
    return " · ".join(other for other in others if len(other) <= _SHORT)[:_LONGEST]


def _print_actor(found: Actor) -> None:
    from rich.text import Text

    out = console()
    line = Text(harmless(found.name), f"{SPEAKER} bold")
    told = [found.kind.value, harmless(found.organisation), found.wikidata, found.id]
    out.print(line.append(f"  {' · '.join(filter(None, told))}", f"not bold {QUIET}"))
    seen = f", {_span(found.first, found.last)}" if found.first else ""
    out.print(f"{counted(found.statements, 'statement')} in {counted(found.articles, 'article')}{seen}", style=QUIET)
    table = grid("name", ">articles")
    for each in found.names[:_NAMES]:
        table.add_row(harmless(each.wording), f"{each.articles:,}")
    if len(found.names) > _NAMES:
        table.add_row(f"… and {len(found.names) - _NAMES:,} more", "", style=QUIET)
    out.print()
    out.print(table)
    if found.roles:
        table = grid("role", "seen", ">articles")
        for role in found.roles:
            table.add_row(harmless(role.name), _span(role.first, role.last), f"{role.articles:,}")
        out.print()
        out.print(table)


def _print_outlets(said: Sequence[Mapping[str, Any]]) -> None:
    counts: dict[str, int] = {}
    for row in said:
        counts[row["outlet"] or ""] = counts.get(row["outlet"] or "", 0) + 1
    named = [(harmless(name), number) for name, number in counts.items() if name]
    if named:
        shown = " · ".join(f"{name} {number:,}" for name, number in sorted(named, key=lambda pair: (-pair[1], pair[0])))
        console().print()
        console().print(f"quoted in  {shown}", style=QUIET)


def _print_said(said: Sequence[Mapping[str, Any]], limit: int) -> None:
    from rich.text import Text

    out = console()
    shown = said[: limit or None]
    columns = {
        "id": [Text(row["id"][:8], QUIET) for row in shown],
        "day": [Text(day_of(row), QUIET) for row in shown],
        "as": [Text(harmless(row["source"] or row["speaker"]), QUIET) for row in shown],
        "statement": [Text(_short(row["content"])) for row in shown],
    }
    out.print()
    out.print(filled_grid(columns, {"as": 26}))
    if len(shown) < len(said):
        out.print(f"{len(shown):,} of {counted(len(said), 'statement')}; --limit 0 shows all", style=QUIET)


def _print_why(ledger: Ledger, found: Actor) -> None:
    from selon.store.actors import decisions_on

    out = console()
    if found.evidence:
        table = grid("one actor because of", "saw", ">score")
        for each in found.evidence[:_NAMES]:
            table.add_row(each.by, harmless(each.saw), "" if each.score is None else f"{each.score:.2f}")
        out.print()
        out.print(table)
    for number, told in decisions_on(ledger, found):
        out.print(f"decision {number}: {harmless(told)}", style=LOUD)


def _short(text: str) -> str:
    text = harmless(text)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "…"


def _span(first: date | None, last: date | None) -> str:
    if first is None or last is None:
        return ""
    return str(first) if first == last else f"{first} – {last}"
