"""Conditions that several lists share: words in what was said, and who said it, quick on a million statements."""

from __future__ import annotations

from selon.errors import UsageError
from selon.store import Ledger, search
from selon.store.queries import Conditions, fetch

FOUND = 20_000
"""How many records with some words are looked at further, those read last."""
_ACTORS = """
    SELECT id FROM actors AS c WHERE contains(folded(c.name), folded($speaker))
        OR ($bare <> '' AND list_bool_or([contains(' ' || n.key || ' ', ' ' || $bare || ' ') FOR n IN c.names]))
    LIMIT 5000"""
# The inner LIMIT keeps DuckDB from folding the name at every statement (1 s for a million) instead of once a speaker.
_SPEAKERS = """
    SELECT speaker FROM (SELECT DISTINCT speaker FROM statements WHERE speaker IS NOT NULL LIMIT 10000000)
    WHERE contains(folded(speaker), folded($speaker)) LIMIT 5000"""


def with_words(ledger: Ledger, conditions: Conditions, kind: str, column: str, words: str) -> bool:
    """Ask for all the words, or beginnings of words, in the record whose id is ``column``; whether some were left out.

    Raises UsageError where there is no word in ``words``.
    """
    if search.is_fresh(ledger.log_database, ledger.cursor()):
        found = search.latest(ledger.log_database, kind, words, FOUND + 1)
    else:
        found = search.find(ledger.log_database, ledger.cursor(), kind, words)
    if found is None:
        raise UsageError(f"nothing to look for in {words!r}", where="about", next="give one or more words")
    conditions.add(f"{column} IN (SELECT unnest($found))", found=found[:FOUND])
    return len(found) > FOUND


def by_speaker(ledger: Ledger, conditions: Conditions, speaker: str) -> None:
    """Ask for statements ``s`` by who bears these words in any name of the actor it is.

    Where no actor bears them (the actors were not worked out yet), by the speaker's name in the article.
    """
    actors = _actors(ledger, speaker)
    if actors:
        bound = "SELECT b.statement FROM actor_statements AS b WHERE b.actor IN (SELECT unnest($actors))"
        conditions.add(f"s.id IN ({bound})", actors=actors)
    else:
        conditions.add("s.speaker IN (SELECT unnest($named))", named=_speakers(ledger, speaker))


def bearers(ledger: Ledger, speaker: str) -> tuple[list[str], list[str]]:
    """The ids of the actors with these words in one of their names; where there is none, the speakers' names with them.

    First the names, then the ids; one of the two is empty.
    """
    actors = _actors(ledger, speaker)
    return ([], actors) if actors else (_speakers(ledger, speaker), [])


def _actors(ledger: Ledger, speaker: str) -> list[str]:
    # Loaded where it is asked for: the register takes longer to import than a page to make.
    from selon.matching.actors import bare

    rows = fetch(ledger.cursor(), _ACTORS, {"speaker": speaker, "bare": bare(speaker)})
    return [row["id"] for row in rows]


def _speakers(ledger: Ledger, speaker: str) -> list[str]:
    return [row["speaker"] for row in fetch(ledger.cursor(), _SPEAKERS, {"speaker": speaker})]
