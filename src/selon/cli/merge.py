"""``selon merge`` and ``selon split``: a person's word on who is who, kept for good and followed by every run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from selon.cli.deciding import ByOption, now, who_decides
from selon.cli.linked import bring_up_to_date
from selon.cli.options import LedgerArgument
from selon.cli.terminal import console, harmless

if TYPE_CHECKING:
    from selon.store import Decision, Ledger

NoteOption = Annotated[str, typer.Option("--note", help="Why.")]
UndoOption = Annotated[int | None, typer.Option("--undo", help="Take back the decision of this number.", min=1)]


def merge(
    ledger: LedgerArgument,
    names: Annotated[list[str] | None, typer.Argument(help="Two actors, by name or id.", metavar="A B")] = None,
    undo: UndoOption = None,
    by: ByOption = "",
    note: NoteOption = "",
) -> None:
    """Decide that two actors are one.

    Names and statements are kept, not ids, so that the decision holds in later runs and when articles are read anew.
    Take it back with --undo and its number.
    """
    from selon.errors import UsageError
    from selon.store import Ledger
    from selon.store.actors import decide_same

    with Ledger.open(ledger) as opened:
        if undo is not None:
            _undo(opened, undo, (by, note), names)
            return
        if names is None or len(names) != 2:
            raise UsageError("two actors are wanted", next="selon merge LEDGER A B; list them with selon actors LEDGER")
        bring_up_to_date(opened)
        _tell(opened, decide_same(opened, (names[0], names[1]), by=who_decides(by), at=now(), note=note), "merge")


def split(
    ledger: LedgerArgument,
    names: Annotated[
        list[str] | None,
        typer.Argument(
            help="An actor, then what is somebody else's: its wordings, or ids of statements.", metavar="A PART..."
        ),
    ] = None,
    undo: UndoOption = None,
    by: ByOption = "",
    note: NoteOption = "",
) -> None:
    """Decide that a part of an actor is somebody else: everything under a wording, or single statements.

    Names and statements are kept, not ids, so that the decision holds in later runs and when articles are read anew.
    Take it back with --undo and its number.
    """
    from selon.errors import UsageError
    from selon.store import Ledger
    from selon.store.actors import decide_different

    with Ledger.open(ledger) as opened:
        if undo is not None:
            _undo(opened, undo, (by, note), names)
            return
        if names is None or len(names) < 2:
            raise UsageError(
                "an actor and its part are wanted", next="selon split LEDGER ACTOR WORDING (or statement ids)"
            )
        bring_up_to_date(opened)
        for part in decide_different(opened, names[0], names[1:], by=who_decides(by), at=now(), note=note):
            _tell(opened, part, "split")


def _undo(ledger: Ledger, number: int, told: tuple[str, str], names: list[str] | None) -> None:
    from selon.errors import UsageError
    from selon.store.actors import DECIDED
    from selon.store.reviewing import Signed, take_back

    if names:
        raise UsageError("--undo goes with a number alone", next=f"leave out {' '.join(names)}")
    made = take_back(ledger, number, Signed(who_decides(told[0]), now(), told[1]), (DECIDED,))
    bring_up_to_date(ledger)
    console().print(f"Took back decision {number}: {harmless(made.target)}")


def _tell(ledger: Ledger, made: Decision, command: str) -> None:
    bring_up_to_date(ledger)
    verb = "are one" if made.value["are"] == "same" else "are not the same"
    console().print(f"Decision {made.id}: {harmless(made.target)} {verb}.")
    console().print(f"To take it back: selon {command} {ledger.folder} --undo {made.id}", style="dim", soft_wrap=True)
