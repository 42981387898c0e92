"""The rows of the actor tables: every statement that has a speaker, the user's register and the decisions, matched."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from selon.matching.actors import Entry, Said, decided
from selon.records import ActorKind, Belonging, Speaker
from selon.store import Ledger
from selon.store.actors import DECIDED, REGISTER, actor_row
from selon.store.rows import Row

_SAID = """
    SELECT s.id, s.speaker, s.speaker_kind, s.speaker_role, s.speaker_names, s.article, s.content, a.language,
        a.published_first, a.published_last
    FROM statements AS s JOIN articles AS a ON a.id = s.article WHERE s.speaker IS NOT NULL"""


def actor_rows(ledger: Ledger) -> Mapping[str, Iterable[Row]]:
    """The rows of ``actors`` and ``actor_statements``, made from the tables as they are now."""
    from selon.pipeline import actors  # with its stages, which take longer to import than most links to look at

    log = ledger.decisions()
    registers = [each.value["entries"] for each in log if each.kind == REGISTER]
    entries = [entry_from(row) for row in registers[-1]] if registers else []
    decisions = decided((each.id, each.value) for each in log if each.kind == DECIDED)
    cast = actors(_said(ledger), entries, decisions)
    return {"actors": map(actor_row, cast.actors), "actor_statements": map(_belonging_row, cast.belongings)}


def entry_from(row: Mapping[str, Any]) -> Entry:
    """An entry of a user's register as the decision log holds it: ``name``, ``aliases``, ``kind``, ``wikidata``."""
    names = (row["name"], *row.get("aliases", ()))
    wikidata = row.get("wikidata") or ""
    kind = ActorKind(row.get("kind") or ActorKind.PERSON)
    return Entry(wikidata or f"u:{row['name']}", names, kind, wikidata, given=True)


def _said(ledger: Ledger) -> Iterator[Said]:
    for key, name, kind, role, names, article, content, language, first, last in ledger.sql(_SAID).fetchall():
        who = Speaker(name, ActorKind(kind), tuple(names or ()), role or "")
        yield Said(key, who, article, language, first, last, content)


def _belonging_row(belonging: Belonging) -> Row:
    why = belonging.evidence
    evidence = [{"by": why.by, "saw": why.saw, "score": why.score}]
    return {"statement": belonging.statement, "actor": belonging.actor, "evidence": evidence}
