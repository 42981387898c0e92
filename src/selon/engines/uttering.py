"""The rows of the utterance tables: every statement of a ledger, matched with the others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from selon.languages import languages
from selon.matching.utterances import Reported, Utterance
from selon.store import Ledger
from selon.store.rows import Row

UTTERING = (
    "matching/utterances",
    "models/embedding",
    "models/pairing",
    "engines/uttering.py",
    *(f"languages/{code}/{name}" for code in languages() for name in ("matching.toml", "cues.tsv", "paradigms.toml")),
)
"""What decides which utterances are found, as modules and files of selon."""

_BATCH, _SMALL = 10_000, 40
_COLUMNS = ("id", "article", "position", "language", "content", "cue", "kind", "speaker", "speaker_kind", "actor")
_REPORTED = """
    SELECT s.id, s.article, s.position, a.language, s.content, coalesce(s.cue, '') AS cue, s.kind,
        coalesce(s.speaker, '') AS speaker, coalesce(s.speaker_kind, '') AS speaker_kind, s.speaker_names,
        coalesce(b.actor, '') AS actor, a.published_first, a.published_last, s.said_on_first, s.said_on_last
    FROM statements AS s JOIN articles AS a ON a.id = s.article LEFT JOIN actor_statements AS b ON b.statement = s.id
    {where} ORDER BY s.article, s.position"""


def utterance_rows(ledger: Ledger) -> Mapping[str, Iterable[Row]]:
    """The rows of ``utterances`` and ``witnesses``, made from the tables as they are now."""
    from selon.pipeline import utterances  # late, as in ``actor_rows``

    reported = {each.id: each for each in reported_in(ledger)}
    found = utterances(list(reported.values()))
    return {
        "utterances": (_utterance_row(each, reported) for each in found),
        "witnesses": (row for each in found for row in _witness_rows(each)),
    }


def reported_in(ledger: Ledger, keys: Iterable[str] | None = None) -> list[Reported]:
    """The statements of a ledger as matching wants them, or those with these ids, by article and position."""
    query = _REPORTED.format(where="" if keys is None else "WHERE s.id IN (SELECT unnest($keys))")
    answer = ledger.cursor().execute(query, None if keys is None else {"keys": list(keys)})
    names, once = [column[0] for column in answer.description or ()], dict[Any, Any]()
    found: list[Reported] = []
    while rows := answer.fetchmany(_BATCH):
        # Speakers, articles and kinds come back in row after row, as new objects each time: one of each is kept.
        kept = ([once.setdefault(one, one) if _is_small(one) else one for one in row] for row in rows)
        found += [_reported(dict(zip(names, row, strict=True))) for row in kept]
    return found


def _is_small(value: object) -> bool:
    return isinstance(value, str) and len(value) < _SMALL


def _reported(row: Row) -> Reported:
    published, said = row["published_first"], row["said_on_first"]
    return Reported(
        **{name: row[name] for name in _COLUMNS},
        names=tuple(row["speaker_names"] or ()),
        published=None if published is None else (published, row["published_last"]),
        said=None if said is None else (said, row["said_on_last"]),
    )


def _utterance_row(utterance: Utterance, reported: Mapping[str, Reported]) -> Row:
    witnesses = [reported[each.statement] for each in utterance.witnesses]
    first = witnesses[0]
    days = [each.published for each in witnesses if each.published]
    named = next((each for each in witnesses if each.speaker), first)
    return {
        "id": utterance.id,
        "witnesses": len(witnesses),
        "articles": len({each.article for each in witnesses}),
        "languages": sorted({each.language for each in witnesses}),
        "first_statement": first.id,
        "first_published": min(day for day, _ in days).isoformat() if days else None,
        "last_published": max(day for _, day in days).isoformat() if days else None,
        "speaker": named.speaker or None,
        "actor": named.actor or None,
        "content": first.content,
        "repeated": utterance.repeated or None,
    }


def _witness_rows(utterance: Utterance) -> Iterable[Row]:
    for position, each in enumerate(utterance.witnesses):
        evidence = [{"by": why.by, "saw": why.saw, "score": why.score} for why in each.evidence]
        yield {
            "utterance": utterance.id,
            "position": position,
            "statement": each.statement,
            "confidence": each.confidence,
            "evidence": evidence,
        }
