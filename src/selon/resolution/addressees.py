"""To whom something was said, where the article says so plainly: ``a déclaré mardi à Reuters``."""

from __future__ import annotations

import re

from selon.offsets import Span
from selon.records import ActorKind, Quotation
from selon.resolution.cast import Cast
from selon.resolution.lexicon import Lexicon
from selon.resolution.mentions import Mention
from selon.resolution.temporal import Grammar, expressions


def addressee(quotation: Quotation, cast: Cast, rules: Grammar) -> str:
    """The words for whoever was spoken to, without the preposition; "" where none stands right behind the cue."""
    if not quotation.cue:
        return ""
    text, lexicon = cast.stage.text, cast.stage.lexicon
    cue = quotation.cue[-1]
    taken = quotation.content + quotation.source
    for mention in cast.mentions_from(cue.end, cue.end + _REACH):
        span = mention.span
        if any(span.overlaps(other) for other in taken):
            continue
        between = _without_dates(text, Span(cue.end, span.start), rules)
        if _STOP.search(between) or _place(text, mention, lexicon):
            continue
        if rules.prepositions.search(between) and len(between.split()) <= _WORDS:
            return span.of(text)
    return ""


def _place(text: str, mention: Mention, lexicon: Lexicon) -> bool:
    """Whether a bare name may be where it was said: ``à Paris``, ``à Aktüzen``, but not ``à Reuters``, ``au Monde``."""
    if mention.name is None or mention.phrase is not None or mention.kind is ActorKind.PERSON:
        return False
    if text[: mention.span.start].rstrip().rsplit(None, 1)[-1].lower() not in lexicon.place_prepositions:
        return False
    spoken = lexicon.metonyms.get(" ".join(mention.name.key))
    if spoken is not None:
        return spoken == "place"
    return not mention.span.of(text)[:2].isupper()


def _without_dates(text: str, stretch: Span, rules: Grammar) -> str:
    words = stretch.of(text)
    for expression in reversed(list(expressions(words, rules))):
        words = words[: expression.span.start] + words[expression.span.end :]
    return words


_STOP = re.compile(r"[.!?»”\n]")
_REACH = 40
_WORDS = 3
