"""The rows of propositions, positions and contradictions, from the tables and decisions of a ledger."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from selon.discourse.positions import Correction, Page, Saying, Stand, Wording
from selon.languages import languages
from selon.offsets import Span
from selon.records import Analysis, Contradiction, Evidence, Position, Proposition
from selon.store import Ledger
from selon.store.decisions import standing
from selon.store.positions import CORRECTED, codebook_of
from selon.store.rows import Row
from selon.store.settling import kept

if TYPE_CHECKING:
    from selon.engines.joining import Joined

POSITIONING = (
    "discourse/positions",
    "models/embedding",
    "engines/positions.py",
    "records.py",
    *(
        f"languages/{code}/{name}"
        for code in languages()
        for name in ("stance.toml", "cues.tsv", "nouns.tsv", "paradigms.toml", "function_words.toml")
    ),
)
"""What decides which positions are taken, as modules and files of selon."""

SURE = 0.5
"""A position must be surer than this for a contradiction to be made of it."""

_PAGES = "SELECT id, language, text FROM articles ORDER BY id"
_SENTENCES = """
    SELECT article, [[each.start, each.end] FOR each IN sentences] FROM passages ORDER BY article, position"""
_SAYINGS = """
    SELECT s.id, s.article, s.content, s.cue, s.kind, coalesce(b.actor, s.speaker, '') AS who, s.span.start, s.span.end,
        coalesce(nullif(c.organisation, ''), CASE WHEN s.speaker_kind = 'organization' THEN s.speaker END, ''),
        coalesce(s.said_on_first, a.published_first), coalesce(w.utterance, '')
    FROM statements AS s JOIN articles AS a ON a.id = s.article LEFT JOIN witnesses AS w ON w.statement = s.id
        LEFT JOIN actor_statements AS b ON b.statement = s.id LEFT JOIN actors AS c ON c.id = b.actor
    ORDER BY s.article, s.position"""


def position_rows(ledger: Ledger) -> Mapping[str, Iterable[Row]]:
    """The rows of ``propositions``, ``positions`` and ``contradictions``, made from the tables as they are now.

    Without a codebook the propositions are suggested from the pile.
    """
    from selon.pipeline import opposed, positions, propositions_in, told_apart  # late, as in ``actor_rows``

    pages = _pages(ledger)
    sayings, stands = _sayings(ledger)
    decisions = ledger.decisions()
    codebook = codebook_of(decisions)
    used = codebook or propositions_in(pages, sayings)
    shown = {each.key: each.shown for each in kept(ledger.log_database)}
    corrections = [
        Correction(
            shown.get(each.target, each.target), each.value["proposition"], each.value["agreement"], each.made_by
        )
        for each in standing(decisions)
        if each.kind == CORRECTED
    ]
    taken = positions(pages, sayings, used, corrections)
    sure = (each for each in taken if each.confidence >= SURE)
    return {
        "propositions": _proposition_rows(used, taken, suggested=not codebook),
        "positions": map(_position_row, taken),
        "contradictions": map(_contradiction_row, (*opposed(sure, stands), *told_apart(_reports(pages, sayings)))),
    }


def _reports(pages: Sequence[Page], sayings: Sequence[Saying]) -> Iterator[list[Wording]]:
    """The reports of each utterance that has several."""
    language = {page.id: page.language for page in pages}
    groups: dict[str, list[Wording]] = {}
    for each in sayings:
        if each.utterance:
            groups.setdefault(each.utterance, []).append(Wording(each.id, language[each.page], each.content))
    return (group for group in groups.values() if len(group) > 1)


def _pages(ledger: Ledger) -> list[Page]:
    sentences: dict[str, list[Span]] = {}
    for article, spans in ledger.sql(_SENTENCES).fetchall():
        sentences.setdefault(article, []).extend(Span(start, end) for start, end in spans)
    rows = ledger.sql(_PAGES).fetchall()
    return [Page(key, language, text, tuple(sentences.get(key, ()))) for key, language, text in rows]


def _sayings(ledger: Ledger) -> tuple[list[Saying], dict[str, Stand]]:
    sayings, stands = [], {}
    for key, article, content, cue, kind, who, start, end, body, day, utterance in ledger.sql(_SAYINGS).fetchall():
        sayings.append(Saying(key, article, content, cue, kind, who, utterance, Span(start, end)))
        stands[key] = Stand(key, who, body, day, utterance)
    return sayings, stands


def positions_of(joined: Joined, codebook: Sequence[Proposition]) -> dict[str, list[Position]]:
    """The positions of joined articles' statements on a codebook, by statement."""
    from selon.pipeline import positions  # late, as in ``actor_rows``

    read = [as_page(each, joined.utterance) for each in joined.analyses]
    found: dict[str, list[Position]] = {}
    for taken in positions([page for page, _ in read], [each for _, said in read for each in said], codebook):
        found.setdefault(taken.statement, []).append(taken)
    return found


def as_page(analysis: Analysis, utterance: Mapping[str, str]) -> tuple[Page, list[Saying]]:
    """An article as positions read it, with its sayings in the order of its statements."""
    article = analysis.article
    sentences = tuple(sentence for part in analysis.passages for sentence in part.sentences)
    sayings = [
        Saying(
            id=one.id,
            page=article.id,
            content=one.content,
            cue=one.cue,
            kind=one.quotation.kind.value,
            speaker=_surname(one.speaker),
            utterance=utterance.get(one.id, ""),
            span=one.span,
        )
        for one in analysis.statements
    ]
    return Page(article.id, article.language, article.text, sentences), sayings


def _surname(name: str | None) -> str:
    """What joins the mentions of a speaker where nobody worked out the actors: the last word of the name."""
    return name.split()[-1].lower() if name else ""


def _proposition_rows(
    propositions: Sequence[Proposition], taken: Sequence[Position], *, suggested: bool
) -> Iterator[Row]:
    sides = Counter((each.proposition, each.agreement) for each in taken if each.confidence >= SURE)
    for place, each in enumerate(propositions):
        yield {
            "proposition": each.key,
            "position": place,
            "text": each.text,
            "language": each.language,
            "aliases": list(each.aliases),
            "suggested": suggested,
            "holds": sides[each.key, 1],
            "denies": sides[each.key, -1],
            "open": sides[each.key, 0],
        }


def _position_row(each: Position) -> Row:
    return {
        "statement": each.statement,
        "proposition": each.proposition,
        "agreement": each.agreement,
        "confidence": each.confidence,
        "decided": each.evidence[0].by.startswith("decision"),
        "evidence": [_evidence_row(one) for one in each.evidence],
    }


def _contradiction_row(each: Contradiction) -> Row:
    return {
        "id": each.id,
        "kind": each.kind.value,
        "proposition": each.proposition,
        "first": each.first,
        "second": each.second,
        "confidence": each.confidence,
        "evidence": [_evidence_row(one) for one in each.evidence],
    }


def _evidence_row(each: Evidence) -> Row:
    return {"by": each.by, "saw": each.saw, "score": each.score}
