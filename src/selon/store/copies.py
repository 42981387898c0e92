"""Copies to rows of the table ``copies`` and back, and what can be asked of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from selon.offsets import Span
from selon.records import Copy, CopyKind, Evidence, SharedPassage
from selon.store.rows import Row

if TYPE_CHECKING:
    from selon.store.ledger import Ledger

_ROWS = """
    SELECT c.id, c.kind, c.score, c.direction,
        c.derived, d.outlet AS derived_outlet, d.published_first AS derived_published, d.title AS derived_title,
        c.origin, o.outlet AS origin_outlet, o.published_first AS origin_published, o.title AS origin_title,
        c.wire, c.through, c.passages, c.evidence, c.earliest
    FROM copies AS c JOIN articles AS d ON d.id = c.derived JOIN articles AS o ON o.id = c.origin
    WHERE contains($kinds, c.kind)
        AND ($outlet = '' OR contains(folded(d.outlet), folded($outlet)) OR contains(folded(o.outlet), folded($outlet)))
    ORDER BY d.published_first NULLS LAST, c.position"""
COPIED = (CopyKind.FULL, CopyKind.PARTIAL, CopyKind.TRANSLATED)
"""The kinds that are copies of one article by another."""


@dataclass(frozen=True, slots=True)
class Reuse:
    """What one article has from others, best origin first, and what others have from it."""

    taken: tuple[Copy, ...]
    given: tuple[Copy, ...]


def copies_listed(ledger: Ledger, kinds: Iterable[CopyKind] = COPIED, outlet: str = "") -> list[Row]:
    """The copies of these kinds with what is known of both articles, by the day of the later; see ``COPY_COLUMNS``.

    ``outlet`` are words of the name of either outlet.
    """
    answer = ledger.sql(_ROWS, {"kinds": [kind.value for kind in kinds], "outlet": outlet})
    return [dict(zip(answer.columns, row, strict=True)) for row in answer.fetchall()]


def reuse_of(ledger: Ledger, article: str) -> Reuse:
    """What the article with this id has from others, and others from it, whatever the kind."""
    answer = ledger.sql("SELECT * FROM copies WHERE $key IN (derived, origin) ORDER BY position", {"key": article})
    found = [copy_from(dict(zip(answer.columns, row, strict=True))) for row in answer.fetchall()]
    return Reuse(
        taken=tuple(copy for copy in found if copy.derived == article),
        given=tuple(copy for copy in found if copy.origin == article),
    )


def copy_row(position: int, copy: Copy) -> Row:
    """The row of ``copies`` for a copy; ``position`` keeps the best origin of an article first."""
    return {
        "id": copy.id,
        "position": position,
        "derived": copy.derived,
        "origin": copy.origin,
        "kind": copy.kind.value,
        "score": copy.score,
        "direction": copy.direction,
        "wire": copy.wire,
        "through": copy.through,
        "passages": [
            {"derived": _span(each.derived), "origin": _span(each.origin), "likeness": each.likeness}
            for each in copy.passages
        ],
        "evidence": _evidence(copy.evidence),
        "earliest": _evidence(copy.earliest),
    }


def copy_from(row: Mapping[str, Any]) -> Copy:
    """The copy that a row of ``copies`` was made from."""
    return Copy(
        id=row["id"],
        derived=row["derived"],
        origin=row["origin"],
        kind=CopyKind(row["kind"]),
        passages=tuple(
            SharedPassage(_span_from(each["derived"]), _span_from(each["origin"]), each["likeness"])
            for each in row["passages"]
        ),
        score=row["score"],
        direction=row["direction"],
        evidence=_evidence_from(row["evidence"]),
        earliest=_evidence_from(row["earliest"]),
        wire=row["wire"],
        through=row["through"],
    )


def _span(span: Span) -> Row:
    return {"start": span.start, "end": span.end}


def _span_from(row: Mapping[str, Any]) -> Span:
    return Span(row["start"], row["end"])


def _evidence(evidence: Iterable[Evidence]) -> list[Row]:
    return [{"by": each.by, "saw": each.saw, "score": each.score} for each in evidence]


def _evidence_from(rows: Sequence[Mapping[str, Any]]) -> tuple[Evidence, ...]:
    return tuple(Evidence(row["by"], row["saw"], row["score"]) for row in rows)
