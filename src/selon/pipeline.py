"""All stages in order: the only module that names them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from selon.attribution import attribute
from selon.discourse.positions import (
    Correction,
    Page,
    Saying,
    Stand,
    Wording,
    contradictions,
    suggest_propositions,
    take_positions,
    wording_contradictions,
)
from selon.languages import languages, load_pack
from selon.matching.actors import Cast, Decided, Entry, Said, match_actors, with_entries
from selon.matching.copies import MarkFound, Printed, find_copies, translation_marks
from selon.matching.utterances import Reported, Utterance, match_utterances
from selon.matching.utterances.differences import Difference, difference
from selon.models.embedding import load_encoder
from selon.models.pairing import load_scorers
from selon.offsets import Span
from selon.reading import passages, read_document
from selon.records import (
    ActorKind,
    Analysis,
    Article,
    Contradiction,
    Copy,
    Document,
    Evidence,
    Form,
    Kind,
    Passage,
    Position,
    Proposition,
    Quotation,
    SetAside,
    Speaker,
    Statement,
    Statements,
    When,
    content_id,
)
from selon.resolution import resolve
from selon.settings import Settings

Spans = Sequence[Sequence[int]]


def analyse(document: Document, settings: Settings) -> Analysis | SetAside:
    """All that one document gives. Raises InputError when it cannot be read; engines keep that as a Failure."""
    article = read_document(document, language=settings.language)
    return article if isinstance(article, SetAside) else analyse_article(article)


def analyse_article(article: Article) -> Analysis:
    """The passages, statements and refused candidates of an article that has been read."""
    pack = load_pack(article.language)
    parts = passages(article, pack)
    quotations, rejected = attribute(article, parts, pack)
    return Analysis(article, parts, resolve(article, parts, quotations, pack), rejected)


def statements(article: Article) -> Statements:
    """Who said what in an article, in text order; a notebook shows them in the article."""
    return Statements(analyse_article(article))


def copies(analyses: Iterable[Analysis]) -> list[Copy]:
    """Which of these articles were taken over from which, by the article that took, its best origin first."""
    return find_copies([printed(each.article, each.passages) for each in analyses])


def printed(article: Article, parts: Sequence[Passage]) -> Printed:
    """An article with its sentences, as copies are found from it."""
    return Printed(article, [sentence for part in parts for sentence in part.sentences])


def marks_of_translation(article: Article) -> tuple[MarkFound, ...]:
    """The marks that translation may have left in an article, in text order: weak signs, no verdict."""
    furniture = [part.span for part in article.boilerplate]
    return translation_marks(article.text, load_pack(article.language), furniture)


def resolve_given(article: Article, quotations: Sequence[Mapping[str, Any]]) -> tuple[Statement, ...]:
    """The statements of quotations that somebody else found, in their order; only the speakers are worked out.

    Each quotation is a mapping with ``content``, ``cue``, ``source`` (lists of ``[start, end]`` in the article's text),
    ``type`` and ``form``, as in the evaluation format; what it says of the speaker is not looked at. Raises KeyError or
    ValueError on a malformed one.
    """
    pack = load_pack(article.language)
    given = tuple(_given(article, record, number) for number, record in enumerate(quotations))
    return resolve(article, passages(article, pack), given, pack)


def actors(said: Iterable[Said], entries: Iterable[Entry] = (), decisions: Sequence[Decided] = ()) -> Cast:
    """The actors of statements across articles; ``entries`` are a user's register, latest ``decisions`` first."""
    return match_actors(said, with_entries(entries), decisions, load_encoder())


def propositions_in(pages: Sequence[Page], sayings: Sequence[Saying]) -> tuple[Proposition, ...]:
    """Propositions suggested from what is claimed in a pile, those with most statements first."""
    return suggest_propositions(pages, sayings, load_encoder())


def positions(
    pages: Sequence[Page],
    sayings: Sequence[Saying],
    codebook: Sequence[Proposition],
    corrections: Sequence[Correction] = (),
) -> tuple[Position, ...]:
    """Where statements stand on the propositions of a codebook; ``corrections`` override and teach."""
    return take_positions(pages, sayings, codebook, load_encoder(), corrections)


def opposed(taken: Iterable[Position], stands: Mapping[str, Stand]) -> tuple[Contradiction, ...]:
    """Who contradicts whom among positions, surest first."""
    return contradictions(taken, stands)


def told_apart(reports: Iterable[Sequence[Wording]]) -> tuple[Contradiction, ...]:
    """Reports of one utterance that cannot both be true to it: another number, a negation more, names changed about."""
    return wording_contradictions(reports)


def utterances(said: Sequence[Reported]) -> tuple[Utterance, ...]:
    """The utterances that these statements report, most witnesses first; each statement is in exactly one."""
    packs = {code: load_pack(code) for code in languages()}
    return match_utterances(said, load_encoder(), packs, load_scorers("utterances"))


def wording_difference(one: Reported, other: Reported) -> Difference:
    """Where the second wording differs from the first."""
    packs = {code: load_pack(code) for code in languages()}
    return difference(one, other, load_encoder(), packs)


def reported_of(article: Article, statements: Sequence[Statement]) -> list[Reported]:
    """The statements of an article as matching wants them, in their order."""
    published = _days(article.published)
    order = sorted(range(len(statements)), key=lambda number: (statements[number].span.start, number))
    position = {number: place for place, number in enumerate(order)}
    return [
        Reported(
            id=each.id,
            article=article.id,
            position=position[number],
            language=article.language,
            content=each.content,
            cue=each.cue,
            kind=each.quotation.kind.value,
            speaker=each.who.name if each.who else "",
            speaker_kind=each.who.kind.value if each.who else "",
            names=each.who.names if each.who else (),
            published=published,
            said=_days(each.said_on),
        )
        for number, each in enumerate(statements)
    ]


def with_actors(reported: Sequence[Reported]) -> list[Reported]:
    """The same statements, each with the id of its actor across all of them where it has a speaker."""
    said = (
        Said(
            each.id, Speaker(each.speaker, ActorKind(each.speaker_kind), each.names), each.article, each.language, *days
        )
        for each in reported
        if each.speaker
        for days in [each.published or (None, None)]
    )
    of = {belonging.statement: belonging.actor for belonging in actors(said).belongings}
    return [replace(each, actor=of.get(each.id, "")) for each in reported]


def _days(when: When) -> tuple[date, date] | None:
    return (when.first, when.last) if when.first is not None and when.last is not None else None


def _given(article: Article, record: Mapping[str, Any], number: int) -> Quotation:
    content = _spans(record["content"])
    return Quotation(
        id=content_id("q", article.id, content, number),
        article=article.id,
        content=content,
        cue=_spans(record.get("cue") or ()),
        source=_spans(record.get("source") or ()),
        kind=Kind(record.get("type", Kind.INDIRECT)),
        form=Form(record.get("form", Form.CLAUSE)),
        confidence=1.0,
        evidence=(Evidence("given"),),
    )


def _spans(pairs: Spans) -> tuple[Span, ...]:
    return tuple(Span(int(start), int(end)) for start, end in pairs)
