"""What can be asked of the utterances of a ledger."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from selon.errors import NoSuchRecord
from selon.store.rows import Row

if TYPE_CHECKING:
    from selon.store.ledger import Ledger

_LISTED = """
    SELECT u.id, u.witnesses, u.articles, array_to_string(u.languages, ' ') AS languages, u.speaker, u.content,
        u.first_published, u.last_published, a.outlet AS first_outlet, u.first_statement, u.repeated
    FROM utterances AS u JOIN statements AS s ON s.id = u.first_statement JOIN articles AS a ON a.id = s.article
    WHERE u.witnesses >= $least AND (NOT $repeated OR u.repeated IS NOT NULL)
        AND ($speaker = '' OR contains(folded(coalesce(u.speaker, '')), folded($speaker)))
        AND ($about = '' OR contains(folded(u.content), folded($about)))
        AND ($since = '' OR u.last_published >= CAST($since AS DATE))
        AND ($until = '' OR u.first_published <= CAST($until AS DATE))
    ORDER BY u.witnesses DESC, u.first_published NULLS LAST, u.id"""
_WITNESSES = """
    SELECT w.utterance, w.statement, a.published_first AS published, a.outlet, a.language, s.speaker, s.cue, s.kind,
        s.content, w.confidence, s.article, a.title, w.evidence, s.speaker_role,
        b.actor
    FROM witnesses AS w JOIN statements AS s ON s.id = w.statement JOIN articles AS a ON a.id = s.article
        LEFT JOIN actor_statements AS b ON b.statement = s.id
    WHERE w.utterance = $key ORDER BY w.position"""
_BEGINNING = """
    SELECT DISTINCT utterance FROM witnesses WHERE starts_with(utterance, $key) OR starts_with(statement, $key)"""
_AGAIN = """
    SELECT u.id, u.witnesses, u.first_published, u.speaker, u.content FROM utterances AS u
    WHERE u.repeated = (SELECT repeated FROM utterances WHERE id = $key) AND u.id <> $key
    ORDER BY u.first_published NULLS LAST, u.id"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which utterances are asked for: words of the speaker's name and of the content, days, the fewest witnesses."""

    speaker: str = ""
    about: str = ""
    since: str = ""
    until: str = ""
    least: int = 2
    repeated: bool = False


def utterances_listed(ledger: Ledger, wanted: Wanted) -> list[Row]:
    """The utterances that fit, most witnesses first; see ``UTTERANCE_COLUMNS``."""
    values = {name: getattr(wanted, name) for name in Wanted.__slots__}
    answer = ledger.sql(_LISTED, values)
    return [dict(zip(answer.columns, row, strict=True)) for row in answer.fetchall()]


def witnesses_of(ledger: Ledger, key: str) -> list[Row]:
    """The witnesses of an utterance, first seen first; ``key`` is its id, the beginning of it, or a statement's.

    Raises NoSuchRecord where nothing or more than one utterance has it.
    """
    # A whole id is looked up in the table's order; beginnings of ids are looked for in all of it.
    found = ledger.sql("SELECT utterance FROM witnesses WHERE utterance = $key LIMIT 1", {"key": key}).fetchall()
    found = found or ledger.sql(_BEGINNING, {"key": key}).fetchall()
    if len(found) != 1:
        what = "no utterance" if not found else f"{len(found)} utterances"
        raise NoSuchRecord(f"{what} with this id: {key}", next="see selon utterances LEDGER")
    answer = ledger.sql(_WITNESSES, {"key": found[0][0]})
    return [dict(zip(answer.columns, row, strict=True)) for row in answer.fetchall()]


def said_again(ledger: Ledger, utterance: str) -> list[Row]:
    """The other utterances in which the same was said, by day."""
    answer = ledger.sql(_AGAIN, {"key": utterance})
    return [dict(zip(answer.columns, row, strict=True)) for row in answer.fetchall()]
