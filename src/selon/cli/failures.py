"""``selon failures``: what could not be read, and why."""

from __future__ import annotations

from selon.cli.options import LedgerArgument
from selon.cli.summary import print_failures, print_set_aside
from selon.cli.terminal import QUIET, console


def failures(ledger: LedgerArgument) -> None:
    """List the documents that could not be read or were set aside, with the reason and what to do next."""
    from selon.store import Ledger

    out = console()
    with Ledger.open(ledger) as opened:
        failed, aside = opened.failures(), opened.set_aside()
    if not failed and not aside:
        out.print("Every document was read.", style=QUIET)
    if failed:
        print_failures(failed)
    if failed and aside:
        out.print()
    if aside:
        print_set_aside(aside)
