"""From quotations to statements: the speaker, the date and the addressee of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from selon.languages.pack import LanguagePack
from selon.offsets import Span
from selon.records import Article, Evidence, Passage, Quotation, Speaker, Statement, When, content_id
from selon.resolution.addressees import addressee
from selon.resolution.dating import Dates
from selon.resolution.decisions import Decision
from selon.resolution.mentions import scene
from selon.resolution.speakers import Speakers
from selon.resolution.temporal import grammar


def resolve(
    article: Article, passages: Sequence[Passage], quotations: Sequence[Quotation], pack: LanguagePack
) -> tuple[Statement, ...]:
    """One statement a quotation, in the same order.

    ``who`` is None where the speaker is unknown; ``confidence`` is the probability that the speaker is right. Raises
    PackError when a table of the pack is damaged.
    """
    if not quotations:
        return ()
    stage = scene(article, passages, pack)
    speakers = Speakers(stage, quotations, pack)
    decisions = speakers.settle()
    dates, rules = Dates(article, stage, quotations, pack), grammar(pack)
    told = [
        Telling(dates.date(quotation, decision.figure), addressee(quotation, speakers.cast, rules))
        for quotation, decision in zip(quotations, decisions, strict=True)
    ]
    return tuple(
        _statement(article.text, quotation, decision, telling)
        for quotation, decision, telling in zip(quotations, decisions, told, strict=True)
    )


@dataclass(frozen=True, slots=True)
class Telling:
    """The circumstances of an utterance: when, and to whom."""

    when: When
    addressee: str


def _statement(text: str, quotation: Quotation, decision: Decision, telling: Telling) -> Statement:
    who = _speaker(decision)
    evidence = [Evidence(f"speaker: {decision.rule}", decision.saw, round(decision.score, 4))]
    if telling.when.evidence:
        evidence.append(Evidence("said on", telling.when.evidence))
    return Statement(
        id=content_id("s", quotation.id, who.name if who else ""),
        quotation=quotation,
        who=who,
        source=_words(text, quotation.source),
        cue=_words(text, quotation.cue),
        content=_words(text, quotation.content),
        said_on=telling.when,
        addressee=telling.addressee,
        confidence=decision.score,
        evidence=tuple(evidence),
    )


def _speaker(decision: Decision) -> Speaker | None:
    figure = decision.figure
    if figure is None:
        return None
    return Speaker(
        name=figure.name,
        kind=figure.kind,
        names=tuple(dict.fromkeys([figure.name, *figure.wordings])),
        role=figure.role,
        mention=decision.mention,
    )


def _words(text: str, spans: Sequence[Span]) -> str:
    return " […] ".join(span.of(text) for span in spans)
