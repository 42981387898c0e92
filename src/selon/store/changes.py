"""What people decided since a moment, as the statements it touches: for who keeps something made of statements."""

from __future__ import annotations

from typing import TYPE_CHECKING

from selon.store import decisions as log
from selon.store import regrouping, settling

if TYPE_CHECKING:
    from selon.store.ledger import Ledger

Moment = tuple[int, int]
"""How far decisions on statements and on actors had come."""


def moment(ledger: Ledger) -> Moment:
    """How far decisions have come."""
    database = ledger.log_database
    return settling.revision(database), log.latest(database, regrouping.UNITED)


def touched(ledger: Ledger, since: Moment) -> list[str]:
    """The ids of the statements that what was decided since then is about, or whose actor is another one."""
    database = ledger.log_database
    changed = settling.kept(database, since[0])
    keys = [key for each in changed for key in (each.key, each.found) if key]
    if log.latest(database, regrouping.UNITED) > since[1]:
        keys += regrouping.touched_by(ledger.cursor(), log.of_kind(database, regrouping.UNITED), since[1])
    return list(dict.fromkeys(keys))
