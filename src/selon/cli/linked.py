"""Before a command answers: what is worked out across articles is brought up to date."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selon.store import Ledger


def bring_up_to_date(ledger: Ledger) -> None:
    """Make the linked tables anew where they are out of date; where that cannot be, say so and use the old ones."""
    from selon.cli.terminal import note
    from selon.engines.linking import link
    from selon.errors import LedgerError

    try:
        link(ledger)
    except LedgerError as error:
        note(f"answered from an earlier state of the ledger: {error}")
