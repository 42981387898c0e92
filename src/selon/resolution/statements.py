"""From quotations to statements: the speaker, the date and the addressee of each."""

from __future__ import annotations

from collections.abc import Sequence

from selon.languages.pack import LanguagePack
from selon.offsets import Span
from selon.records import Article, Evidence, Passage, Quotation, Speaker, Statement, content_id
from selon.resolution.mentions import scene
from selon.resolution.speakers import Decision, Speakers


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
    decisions = Speakers(stage, quotations, pack).settle()
    return tuple(
        _statement(article, quotation, decision) for quotation, decision in zip(quotations, decisions, strict=True)
    )


def _statement(article: Article, quotation: Quotation, decision: Decision) -> Statement:
    text = article.text
    who = _speaker(decision)
    return Statement(
        id=content_id("s", quotation.id, who.name if who else ""),
        quotation=quotation,
        who=who,
        source=_words(text, quotation.source),
        cue=_words(text, quotation.cue),
        content=_words(text, quotation.content),
        said_on=article.published,
        confidence=decision.score,
        evidence=(Evidence(f"speaker: {decision.rule}", decision.saw, round(decision.score, 4)),),
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
