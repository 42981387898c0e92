"""What is to be looked at next: the statements about which the machine is least sure and that weigh most."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log2
from typing import TYPE_CHECKING

from selon.records import Evidence
from selon.store.corrections import JUDGED
from selon.store.decisions import standing
from selon.store.queries import fetch
from selon.store.settling import kept

if TYPE_CHECKING:
    from selon.store.ledger import Ledger

LOOKED_AT = 400
"""So many of the most doubtful statements are weighed against one another."""
_DOUBTFUL = """
    SELECT s.id, s.article, s.confidence, s.quotation_confidence, s.speaker IS NOT NULL AS named FROM statements AS s
    WHERE s.decided = '' AND NOT list_contains($done, s.id) AND ($article = '' OR s.article = $article)
    ORDER BY s.confidence, s.id LIMIT $most"""
_WEIGHT = """
    SELECT k.id, coalesce(u.witnesses, 1) AS witnesses, coalesce(c.statements, 1) AS said,
        (SELECT count(*) FROM contradictions AS x WHERE x.first = k.id OR x.second = k.id) AS contradicted
    FROM (SELECT unnest($keys) AS id) AS k LEFT JOIN witnesses AS w ON w.statement = k.id
        LEFT JOIN utterances AS u ON u.id = w.utterance LEFT JOIN actor_statements AS b ON b.statement = k.id
        LEFT JOIN actors AS c ON c.id = b.actor"""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A statement nobody has decided on: how sure the machine is of it, and what hangs on it.

    ``witnesses`` are the statements that report the same, ``said`` how many statements its speaker made,
    ``contradicted`` how many contradictions name it.
    """

    id: str
    article: str
    confidence: float
    quotation_confidence: float
    named: bool
    witnesses: int = 1
    said: int = 1
    contradicted: int = 0


@dataclass(frozen=True, slots=True)
class Next:
    """A statement to be looked at, with its score and why it comes here."""

    id: str
    article: str
    score: float
    evidence: tuple[Evidence, ...]


def ranked(candidates: Iterable[Candidate]) -> list[Next]:
    """The candidates, those first that are worth most to look at: doubt (0 to 1) times weight (1 and more)."""
    return sorted(map(_next, candidates), key=lambda each: (-each.score, each.id))


def queue(ledger: Ledger, coder: str, article: str = "", least: int = LOOKED_AT) -> list[Next]:
    """What a coder is to look at next, of the whole ledger or one article; without what this coder has decided on."""
    shown = {each.key: each.shown for each in kept(ledger.log_database)}
    own = {each.target for each in standing(ledger.decisions()) if each.kind == JUDGED and each.made_by == coder}
    done = [shown.get(key, key) for key in own]
    values = {"done": done, "article": article, "most": least}
    found = {row["id"]: row for row in fetch(ledger.cursor(), _DOUBTFUL, values)}
    weights = {row["id"]: row for row in fetch(ledger.cursor(), _WEIGHT, {"keys": list(found)})} if found else {}
    return ranked(Candidate(**{**row, **weights[key]}) for key, row in found.items())


def progress(ledger: Ledger, coder: str) -> tuple[int, int]:
    """How many statements this coder has decided on, and how many nobody has."""
    judged = (each for each in standing(ledger.decisions()) if each.kind == JUDGED and each.made_by == coder)
    left = ledger.sql("SELECT count(*) FROM statements WHERE decided = ''").fetchall()
    return len({each.target for each in judged}), int(left[0][0])


def _next(candidate: Candidate) -> Next:
    doubts, weights = _doubts(candidate), _weights(candidate)
    score = max(each.score or 0.0 for each in doubts) * (1 + sum(each.score or 0.0 for each in weights))
    return Next(candidate.id, candidate.article, round(score, 4), (*doubts, *weights))


def _doubts(candidate: Candidate) -> list[Evidence]:
    """Why it may be wrong, each with how much that is worth looking at."""
    sure, quoted = candidate.confidence, candidate.quotation_confidence
    doubts = [Evidence("doubt: confidence", f"{sure:.2f}", min(1.0, 2 * (1 - sure)))]
    if not candidate.named:
        doubts.append(Evidence("doubt: speaker unknown", "", 0.8))
    elif quoted > 0 and sure / quoted < 0.7:
        doubts.append(Evidence("doubt: speaker", f"{sure / quoted:.2f}", min(1.0, 1.3 - sure / quoted)))
    return doubts


def _weights(candidate: Candidate) -> Sequence[Evidence]:
    """What hangs on it, each with what it adds."""
    weights = []
    if candidate.witnesses > 1:
        weights.append(Evidence("weight: witnesses", str(candidate.witnesses), 0.5 * log2(candidate.witnesses)))
    if candidate.said > 1:
        weights.append(Evidence("weight: statements of the speaker", str(candidate.said), 0.1 * log2(candidate.said)))
    if candidate.contradicted:
        weights.append(Evidence("weight: contradictions", str(candidate.contradicted), 1.0))
    return weights
