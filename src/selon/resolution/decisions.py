"""What may be decided about a speaker, and the rules that decide without weighing: antecedents, pairs, places."""

from __future__ import annotations

from dataclasses import dataclass

from selon.offsets import Span
from selon.records import ActorKind
from selon.resolution.cast import Cast, Figure
from selon.resolution.lexicon import Pronoun
from selon.resolution.mentions import Mention
from selon.resolution.ranking import agrees
from selon.resolution.sources import touches


@dataclass(frozen=True, slots=True)
class Decision:
    """Who speaks (``figure`` None when unknown), the evidence, and the words that say so."""

    figure: Figure | None
    rule: str
    saw: str
    score: float
    mention: Span | None


def somewhere(cast: Cast, span: Span) -> Decision:
    """Who an indefinite pronoun is: nobody, or a body that opens the sentence (``À la mairie, on dément``)."""
    stage = cast.stage
    opening = stage.sentences[stage.sentence_at(span.start)].span.start
    for mention in cast.mentions_from(opening, min(opening + _OPENING, span.start)):
        near = 0 <= span.start - mention.span.end < _OPENING
        if near and not mention.subject and mention.kind in (ActorKind.ORGANIZATION, ActorKind.GROUP):
            figure = cast.link(mention).figure
            return Decision(figure, "indefinite pronoun at a place", mention.span.of(stage.text), 0.7, span)
    return Decision(None, "indefinite pronoun", span.of(stage.text), 0.9, span)


def one_of_two(cast: Cast, span: Span, pronoun: Pronoun) -> Decision | None:
    """The first or second of the last two people of that gender named in one sentence before; None without such two."""
    here = cast.stage.sentence_at(span.start)
    for sentence in range(here, max(-1, here - _PAIR_REACH), -1):
        named: dict[int, Figure] = {}
        stretch = cast.stage.sentences[sentence].span
        for mention in cast.mentions_from(stretch.start, min(stretch.end, span.start)):
            figure = cast.link(mention).figure
            fits = mention.span.end <= span.start and agrees(figure, pronoun)
            if fits and figure.kind is ActorKind.PERSON:
                named.setdefault(figure.number, figure)
        if len(named) == 2:
            figure = list(named.values())[pronoun.reach == "second"]
            return Decision(figure, "one of two named together", span.of(cast.stage.text), 0.85, span)
    return None


def antecedent(cast: Cast, span: Span) -> Decision | None:
    """The noun phrase that a relative pronoun stands right behind; None where there is none."""
    text = cast.stage.text
    best: Mention | None = None
    for mention in cast.mentions_from(span.start - _LONGEST, span.start):
        if not touches(cast.stage, mention.span.end, span.start):
            continue
        if best is None or mention.span.start < best.span.start:
            best = mention
    if best is None:
        return None
    return Decision(cast.link(best).figure, "antecedent", best.span.of(text), 0.92, best.span)


_LONGEST = 300
_OPENING = 40
_PAIR_REACH = 4
