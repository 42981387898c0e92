"""From quotations to statements: the speaker, the date, the venue and the addressee of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from selon.languages.pack import LanguagePack
from selon.models.calibration import calibrated
from selon.offsets import Span
from selon.records import Article, Evidence, Passage, Quotation, Speaker, Statement, When, content_id
from selon.resolution.addressees import Near, address, addressee
from selon.resolution.dating import Dates, Occasion
from selon.resolution.decisions import Decision
from selon.resolution.mentions import scene
from selon.resolution.speakers import Speakers
from selon.resolution.surroundings import Surroundings
from selon.resolution.venues import Venues


def resolve(
    article: Article, passages: Sequence[Passage], quotations: Sequence[Quotation], pack: LanguagePack
) -> tuple[Statement, ...]:
    """One statement a quotation, in the same order.

    ``who`` is None where the speaker is unknown; ``confidence`` is the probability that the quotation is one and the
    speaker the right one. Raises PackError when the pack lacks a table.
    """
    if not quotations:
        return ()
    stage = scene(article, passages, pack)
    speakers = Speakers(stage, quotations, pack)
    decisions = speakers.settle()
    corners = pack.table("speakers")["calibration"]
    around, words = Surroundings(stage, quotations), address(pack)
    dates, venues = Dates(article, around, pack), Venues(around, pack)
    told = []
    for number, (quotation, decision) in enumerate(zip(quotations, decisions, strict=True)):
        days = [each.span for each in dates.expressions(around.sentence(quotation)) if not each.inside]
        venue = venues.venue(quotation, number, days)
        when = dates.date(Occasion(quotation, number, decision.figure, venue))
        told.append(Telling(when, addressee(quotation, speakers.cast, words, Near(days, venue, around.people)), venue))
    return tuple(
        _statement(article.text, quotation, _calibrated(decision, corners), telling)
        for quotation, decision, telling in zip(quotations, decisions, told, strict=True)
    )


@dataclass(frozen=True, slots=True)
class Telling:
    """The circumstances of an utterance: when, to whom, and the words for where."""

    when: When
    addressee: str
    venue: Span | None


def _statement(text: str, quotation: Quotation, decision: Decision, telling: Telling) -> Statement:
    who = _speaker(decision)
    evidence = [Evidence(f"speaker: {decision.rule}", decision.saw, round(decision.score, 4))]
    if telling.when.evidence:
        evidence.append(Evidence("said on", telling.when.evidence))
    venue = telling.venue.of(text) if telling.venue is not None else ""
    return Statement(
        id=content_id("s", quotation.id, who.name if who else ""),
        quotation=quotation,
        who=who,
        source=_words(text, quotation.source),
        cue=_words(text, quotation.cue),
        content=_words(text, quotation.content),
        said_on=telling.when,
        addressee=telling.addressee,
        venue=venue,
        confidence=quotation.confidence * decision.score,
        evidence=tuple(evidence),
    )


def _calibrated(decision: Decision, corners: Mapping[str, Mapping[str, Sequence[float]]]) -> Decision:
    """The decision with the share of held-out decisions by its rule that were right at its score."""
    known = corners.get(decision.rule)
    if known is None:
        return decision
    return replace(decision, score=calibrated(decision.score, known["knots"], known["levels"]))


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
