"""What may be decided about a speaker, and the rules that decide without weighing: antecedents, pairs, places."""

from __future__ import annotations

from dataclasses import dataclass

from selon.offsets import Span
from selon.records import ActorKind, Quotation
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


def somewhere(cast: Cast, span: Span, quotation: Quotation) -> Decision:
    """Who an indefinite pronoun is: nobody, or a body at whose place it speaks.

    The place opens the sentence (``À la mairie, on dément``, ``Chez Orsel, on réplique``) or stands right behind the
    cue (``rétorque-t-on à Varzin``, ``fait-on savoir à l'ONU``).
    """
    stage = cast.stage
    opening = stage.sentences[stage.sentence_at(span.start)].span.start
    for mention in cast.mentions_from(opening, min(opening + _OPENING, span.start)):
        near = 0 <= span.start - mention.span.end < _OPENING and not _cut(stage.text[mention.span.end : span.start])
        if near and _housed(cast, mention, opening):
            return _at(cast, mention, span)
    inverted = stage.text[max(0, span.start - 1) : span.start + 1].startswith("-")
    told = max(piece.end for piece in (*quotation.cue, span))
    for mention in cast.mentions_from(told, told + _BEHIND) if inverted else ():
        if _housed(cast, mention, told):
            return _at(cast, mention, span)
    return Decision(None, "indefinite pronoun", span.of(stage.text), 0.9, span)


def _housed(cast: Cast, mention: Mention, start: int) -> bool:
    """Whether a mention is a body, or a bare name behind a preposition, and the first thing from ``start`` on."""
    text, words = cast.stage.text, cast.stage.lexicon
    before = text[start : mention.span.start].lower().replace("’", "'").replace("'", "' ").split()
    if mention.subject or not any(word in words.houses for word in before) or len(before) > _FEW:
        return False
    if mention.kind in (ActorKind.ORGANIZATION, ActorKind.GROUP):
        return True
    return mention.name is not None and mention.phrase is None and mention.kind is ActorKind.UNKNOWN


def _cut(between: str) -> bool:
    return any(mark in between for mark in ".:;!?«»“”")


def _at(cast: Cast, mention: Mention, span: Span) -> Decision:
    figure = cast.link(mention).figure
    return Decision(figure, "indefinite pronoun at a place", mention.span.of(cast.stage.text), 0.7, span)


def one_of_two(cast: Cast, span: Span, pronoun: Pronoun) -> Decision | None:
    """The first or second of the last two people of that gender named in one sentence before, or lately one by one.

    None without such two.
    """
    here = cast.stage.sentence_at(span.start)
    lately: dict[int, Figure] = {}
    for sentence in range(here, max(-1, here - _PAIR_REACH), -1):
        named: dict[int, Figure] = {}
        stretch = cast.stage.sentences[sentence].span
        for mention in cast.mentions_from(stretch.start, min(stretch.end, span.start)):
            figure = cast.link(mention).figure
            fits = mention.span.end <= span.start and figure.key and agrees(figure, pronoun)
            if fits and figure.kind is ActorKind.PERSON:
                named.setdefault(figure.number, figure)
        lately = named | lately
        if len(named) == 2 or (len(named) < 2 and len(lately) == 2):
            figure = list(lately.values() if len(named) < 2 else named.values())[pronoun.reach == "second"]
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
    if span.of(text).lower() in cast.stage.lexicon.unsourced and _abstract(cast, best, span):
        return Decision(None, "a cue that tells of nobody", best.span.of(text), 0.8, None)
    return Decision(cast.link(best).figure, "antecedent", best.span.of(text), 0.92, best.span)


def _abstract(cast: Cast, mention: Mention, span: Span) -> bool:
    """Whether what stands before the relative can say nothing: ``la spéculation selon laquelle``."""
    words = cast.stage.lexicon
    if mention.kind is ActorKind.UNKNOWN and mention.name is None:
        return True
    tokens = [t for t in cast.stage.sentences[cast.stage.sentence_at(span.start)].tokens if t.end <= span.start]
    while tokens and (tokens[-1].form in words.prepositions or not tokens[-1].text[0].isalnum()):
        tokens.pop()
    if len(tokens) < 2 or tokens[-2].form not in words.determiners:
        return False
    return tokens[-1].text.islower() and words.noun(tokens[-1].form) is None and not words.guessed(tokens[-1].form)


_LONGEST = 300
_OPENING = 40
_BEHIND = 12
_FEW = 4
_PAIR_REACH = 4
