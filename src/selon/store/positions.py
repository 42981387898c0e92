"""Propositions, positions and contradictions in a ledger: decisions about them, and the rows that show them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any

from selon.errors import NoSuchRecord, UsageError
from selon.records import Proposition
from selon.store.reviewing import subject
from selon.store.rows import Row

if TYPE_CHECKING:
    from selon.store.decisions import Decision
    from selon.store.ledger import Ledger

CODEBOOK = "propositions"
"""The kind of decisions that hold the user's codebook; the latest counts, an empty one means *suggest them*."""
CORRECTED = "position"
"""The kind of decisions that say where a statement stands on a proposition; the target is as in ``corrections.py``."""
NONE = "none"

_DAYS = ", ".join(
    f"{table}.{name}_{part} AS {{0}}{name}_{part}"
    for table, name in (("s", "said_on"), ("a", "published"))
    for part in ("first", "last", "precision", "evidence")
)
_SAID = f"""
    s.speaker AS {{0}}speaker, s.source AS {{0}}source, s.cue AS {{0}}cue, s.content AS {{0}}content,
    s.article AS {{0}}article, a.outlet AS {{0}}outlet, coalesce(s.said_on_first, a.published_first) AS {{0}}day,
    a.title AS {{0}}title,
    s.kind AS {{0}}kind, a.language AS {{0}}language, s.speaker_role AS {{0}}role, {_DAYS}"""
_POSITION = f"""
    SELECT p.proposition, q.text, p.agreement, p.confidence, p.decided, p.statement, {_SAID.format("")}, p.evidence
    FROM positions AS p JOIN statements AS s ON s.id = p.statement JOIN articles AS a ON a.id = s.article
        JOIN propositions AS q ON q.proposition = p.proposition"""
_POSITIONS = f"""{_POSITION}
    WHERE p.confidence >= $least AND ($proposition = '' OR p.proposition = $proposition)
        AND ($speaker = '' OR contains(folded(coalesce(s.speaker, '')), folded($speaker)))
    ORDER BY q.position, p.confidence DESC, p.statement"""
_THEIRS = """
    articles AS MATERIALIZED (SELECT * FROM articles WHERE id IN (SELECT article FROM statements)),
    actor_statements AS MATERIALIZED (
        SELECT * FROM actor_statements WHERE statement IN (SELECT id FROM statements)),
    positions AS MATERIALIZED (SELECT * FROM positions WHERE statement IN (SELECT id FROM statements))"""
"""What belongs to some statements, found before anything is joined: in the order DuckDB would take, it reads all."""
_SIGN = "(SELECT max(agreement) FROM positions AS p WHERE p.statement = x.{0} AND p.proposition = x.proposition)"
_CONTRADICTION = f"""
    SELECT x.id, x.kind, x.proposition, q.text, x.confidence,
        x.first AS first_statement, {_SIGN.format("first")} AS first_agreement, {_SAID.format("first_")},
        x.second AS second_statement, {_SIGN.format("second")} AS second_agreement,
        {_SAID.format("second_").replace("s.", "t.").replace("a.", "b.")}, x.evidence
    FROM contradictions AS x JOIN statements AS s ON s.id = x.first JOIN articles AS a ON a.id = s.article
        JOIN statements AS t ON t.id = x.second JOIN articles AS b ON b.id = t.article
        LEFT JOIN propositions AS q ON q.proposition = x.proposition"""
_CONTRADICTIONS = f"""{_CONTRADICTION}
    WHERE x.confidence >= $least AND ($proposition = '' OR x.proposition = $proposition)
        AND ($kind = '' OR x.kind = $kind)
    ORDER BY x.confidence DESC, x.id"""


def decide_codebook(
    ledger: Ledger, propositions: Sequence[Proposition], *, by: str, at: datetime, note: str = ""
) -> Decision | None:
    """Keep a codebook in the log, from which positions are made; None where it is the one that counts already."""
    value = {"propositions": [asdict(each) for each in propositions]}
    last = _codebook_value(ledger.decisions())
    if last is not None and codebook_from(last) == tuple(propositions):
        return None
    return ledger.decide(CODEBOOK, CODEBOOK, value, by=by, at=at, note=note)


def decide_position(
    ledger: Ledger, statement: str, proposition: str, agreement: int | None, *, by: str, at: datetime
) -> Decision:
    """Keep that a statement stands so (None: that it is not about the proposition). Raises NoSuchRecord, UsageError."""
    if agreement not in (-1, 0, 1, None):
        raise UsageError(f"no agreement {agreement!r}", next="use 1, 0, -1 or none")
    known = [row[0] for row in ledger.sql("SELECT proposition FROM propositions ORDER BY position").fetchall()]
    if proposition not in known:
        told = ", ".join(known[:8]) or "none"
        raise NoSuchRecord(f"no proposition {proposition!r}", where=str(ledger.folder), next=f"use one of: {told}")
    about = subject(ledger, statement)
    value = {**about.anchor, "proposition": proposition, "agreement": agreement}
    return ledger.decide(CORRECTED, about.key, value, by=by, at=at)


def codebook_of(decisions: Sequence[Decision]) -> tuple[Proposition, ...]:
    """The codebook that counts, empty where there is none."""
    value = _codebook_value(decisions)
    return codebook_from(value) if value is not None else ()


def codebook_from(value: Mapping[str, Any]) -> tuple[Proposition, ...]:
    """The propositions of a decision's value."""
    return tuple(
        Proposition(
            key=each["key"],
            text=each["text"],
            language=each.get("language") or "",
            aliases=tuple(each.get("aliases") or ()),
            pro=tuple(each.get("pro") or ()),
            con=tuple(each.get("con") or ()),
        )
        for each in value["propositions"]
    )


def positions_listed(ledger: Ledger, least: float = 0.0, proposition: str = "", speaker: str = "") -> list[Row]:
    """Positions with their statements, by proposition in the codebook's order, surest first."""
    return _rows(ledger, _POSITIONS, {"least": least, "proposition": proposition, "speaker": speaker})


def contradictions_listed(ledger: Ledger, least: float = 0.0, proposition: str = "", kind: str = "") -> list[Row]:
    """Contradictions with both statements, surest first."""
    return _rows(ledger, _CONTRADICTIONS, {"least": least, "proposition": proposition, "kind": kind})


def position_rows(ledger: Ledger, proposition: str, statements: Sequence[str]) -> list[Row]:
    """Where these statements stand on one proposition, in their order; a row as of ``positions_listed``."""
    query = f"""WITH statements AS MATERIALIZED (SELECT * FROM statements WHERE id IN (SELECT unnest($keys))), {_THEIRS}
        {_POSITION} WHERE p.proposition = $proposition AND p.statement IN (SELECT unnest($keys))"""
    rows = _rows(ledger, query, {"proposition": proposition, "keys": list(statements)})
    return _ordered(rows, "statement", statements)


def contradiction_rows(ledger: Ledger, keys: Sequence[str]) -> list[Row]:
    """The contradictions with these ids, in their order; a row as of ``contradictions_listed``."""
    query = f"""WITH contradictions AS MATERIALIZED (SELECT * FROM contradictions WHERE id IN (SELECT unnest($keys))),
        statements AS MATERIALIZED (SELECT * FROM statements WHERE id IN (
            SELECT first FROM contradictions UNION ALL SELECT second FROM contradictions)), {_THEIRS}
        {_CONTRADICTION}"""
    rows = _rows(ledger, query, {"keys": list(keys)})
    return _ordered(rows, "id", keys)


def _ordered(rows: Sequence[Row], name: str, keys: Sequence[str]) -> list[Row]:
    found = {row[name]: row for row in rows}
    return [found[key] for key in keys if key in found]


def _codebook_value(decisions: Sequence[Decision]) -> Mapping[str, Any] | None:
    values = [each.value for each in decisions if each.kind == CODEBOOK]
    return values[-1] if values else None


def _rows(ledger: Ledger, query: str, values: Mapping[str, Any]) -> list[Row]:
    relation = ledger.sql(query, values)
    columns = relation.columns
    return [dict(zip(columns, row, strict=True)) for row in relation.fetchall()]
