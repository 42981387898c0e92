"""When an utterance was made: the temporal expression that goes with its cue, worked out from the article's date.

What is right, and when nothing is: ``docs/ledger.md``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from selon.languages.pack import LanguagePack
from selon.offsets import Span
from selon.records import ActorKind, Article, Kind, Precision, Quotation, When
from selon.resolution.cast import Figure
from selon.resolution.surroundings import Surroundings
from selon.resolution.temporal import Expression, expressions, grammar, resolved


@dataclass(frozen=True, slots=True)
class Occasion:
    """A quotation with what is known of its making: its number, who speaks, and the words for where, if any."""

    quotation: Quotation
    number: int
    figure: Figure | None
    venue: Span | None


@dataclass(frozen=True, slots=True)
class Dated:
    """When a quotation was said, whose and where it is, for the next one to go on from.

    ``carried`` counts the passages since the words that say when.
    """

    when: When
    occasion: Occasion
    sentence: int
    passage: int
    carried: int


class Dates:
    """Dates the quotations of one article, in text order."""

    def __init__(self, article: Article, around: Surroundings, pack: LanguagePack) -> None:
        self.article = article
        self.around = around
        self.stage = around.stage
        self.grammar = grammar(pack)
        self._found: dict[int, list[Expression]] = {}
        self._last: Dated | None = None

    def date(self, occasion: Occasion) -> When:
        """The quotation's date; unknown where no words tell it. ``evidence`` holds the words and where they stand."""
        sentence = self.around.sentence(occasion.quotation)
        passage = self.stage.sentences[sentence].passage
        voice = self.around.voice(occasion.quotation, occasion.number)
        best = self._attached(occasion, sentence, voice)
        when, carried = When(), 0
        if best is not None:
            when = self._resolved(best, sentence, voice)
        elif self._goes_on(occasion, sentence, passage):
            assert self._last is not None
            when = self._last.when
            carried = self._last.carried + (passage != self._last.passage)
        if not voice:
            self._last = Dated(when, occasion, sentence, passage, carried)
        return when

    def expressions(self, sentence: int) -> list[Expression]:
        """The temporal expressions of a sentence, with their places in the article."""
        if sentence not in self._found:
            span = self.stage.sentences[sentence].span
            found = expressions(span.of(self.article.text), self.grammar)
            self._found[sentence] = [
                replace(each, span=Span(each.span.start + span.start, each.span.end + span.start)) for each in found
            ]
        return self._found[sentence]

    def _resolved(self, best: Expression, sentence: int, voice: frozenset[int]) -> When:
        """The days that the expression means, without those after publication unless its words look ahead."""
        when = resolved(best, self.article.published, self._anchor(best, sentence, voice))
        if when.first is None or when.last is None:
            return When()
        published = self.article.published.last
        if published is not None and when.last > published and not best.ahead:
            if when.first > published:
                return When()
            when = When(when.first, published, Precision.INTERVAL)
        return replace(when, evidence=best.span.of(self.article.text))

    def _goes_on(self, occasion: Occasion, sentence: int, passage: int) -> bool:
        """Whether it is the same turn: the speaker of the quotation before goes on, in the paragraph or the next.

        Into the next one (twice at most) only with a pronoun or in direct speech, from words with a source, and not to
        another occasion.
        """
        last = self._last
        if last is None or occasion.figure is None or last.occasion.figure is not occasion.figure:
            return False
        if last.when.first is None:
            return False
        if last.passage == passage:
            return sentence - last.sentence <= _REACH
        new = occasion.venue is not None or not last.occasion.quotation.source
        if new or last.passage != passage - 1 or last.carried >= _CARRIED:
            return False
        source = [span.of(self.article.text).casefold() for span in occasion.quotation.source]
        pronoun = all(word in self.stage.lexicon.pronouns for word in source)
        return pronoun or occasion.quotation.kind is Kind.DIRECT

    def _attached(self, occasion: Occasion, sentence: int, voice: frozenset[int]) -> Expression | None:
        quotation = occasion.quotation
        ahead = any(self.grammar.future.search(span.of(self.article.text)) for span in quotation.cue)
        scored = []
        for expression in self.expressions(sentence):
            place = expression.span
            if (expression.ahead and not ahead) or self.around.within(place) != voice:
                continue
            distance = self._distance(occasion, expression, sentence, voice)
            if distance > (_NEAR if expression.means.startswith("named") else _FAR):
                continue
            if distance and self._of_something_else(occasion, place):
                continue
            scored.append((distance, place.start, expression))
        return min(scored, key=lambda item: item[:2])[2] if scored else None

    def _of_something_else(self, occasion: Occasion, place: Span) -> bool:
        """Whether the words around an expression tie it to another event, or make it the dateline of the article."""
        text, quotation = self.article.text, occasion.quotation
        if _DATELINE.match(text, place.end):
            return True
        parts = (*quotation.cue, *quotation.source, *([occasion.venue] if occasion.venue else []))
        start = max([0, place.start - _LOOK_BACK, *(part.end for part in parts if part.end <= place.start)])
        before = text[start : place.start]
        if self.grammar.not_after.search(before):
            return True
        another = self.grammar.of_another.search(before)
        return another is not None and another["before"].strip().casefold() not in self.stage.lexicon.empty

    def _distance(self, occasion: Occasion, expression: Expression, sentence: int, voice: frozenset[int]) -> int:
        """How many words part an expression from the cue or source; one that opens the sentence counts as near.

        0 is the date of the document that speaks or of the occasion, whatever word leads to it: ``un rapport de 2019``.
        """
        quotation, place = occasion.quotation, expression.span
        holder = next((span for span in quotation.source if span.contains(place)), None)
        if holder is not None:
            return self._of_source(occasion, Span(holder.start, place.start), expression)
        if expression.inside:
            return _FAR + 1
        venue = occasion.venue
        if venue is not None and self._of_venue(venue, place, voice):
            return 0
        start = self.stage.starts[sentence]
        opening = self.around.told(Span(start, max(start, place.start)), voice)
        opens = not voice and (not opening.strip() or self._opens(opening, expression))
        if opens and expression.means.startswith("named"):
            # « En 2012, alors qu'un éleveur venait d'être dévoré, un voisin affirme » does not say when he says so.
            first = min(quotation.cue + quotation.source, default=place)
            opens = self.around.apart(place, first, voice) <= _NEAR
        gaps = [
            self.around.apart(span, place, voice)
            for span in quotation.cue + quotation.source
            if not self._behind_content(quotation, span, place)
        ]
        return max(1, min([*gaps, 2 if opens else _FAR + 1]))

    def _behind_content(self, quotation: Quotation, part: Span, place: Span) -> bool:
        """Whether an expression follows words without marks, to which it may as well belong: ``dit que … lundi``."""
        if quotation.kind is Kind.DIRECT:
            return False
        return any(part.end <= span.start and span.end <= place.start for span in quotation.content)

    def _opens(self, before: str, expression: Expression) -> bool:
        """Whether an expression behind a few words still dates the sentence: ``S'exprimant mardi``, ``Mais hier``."""
        if self.grammar.speaking.match(before):
            return True
        return not expression.means.startswith("named") and len(before.split()) <= _OPENING

    def _of_source(self, occasion: Occasion, before: Span, expression: Expression) -> int:
        if occasion.figure is None or occasion.figure.kind is ActorKind.PERSON:
            return _FAR + 1
        document = occasion.figure.kind in (ActorKind.DOCUMENT, ActorKind.UNKNOWN)
        if document and len(before.of(self.article.text).split()) <= _HEAD:
            return 0
        return _FAR + 1 if expression.inside else 1

    def _of_venue(self, venue: Span, place: Span, voice: frozenset[int]) -> bool:
        """Whether the expression is a part of the words for the occasion, or stands right beside them."""
        return venue.contains(place) or self.around.apart(venue, place, voice) <= 1

    def _anchor(self, expression: Expression, sentence: int, voice: frozenset[int]) -> When:
        """The last day told before the expression, in its own or the two sentences before."""
        told = [e for s in range(max(0, sentence - _ANCHOR), sentence + 1) for e in self.expressions(s)]
        for earlier in reversed(told):
            if earlier.means == "anchor" or earlier.inside or earlier.span.end > expression.span.start:
                continue
            if self.around.within(earlier.span) <= voice:
                when = resolved(earlier, self.article.published, When())
                if when.first is not None:
                    return when
        return When()


# « PARIS, 3 juin (AFP) — Un drone … »: when it was written, not when it was said.
_DATELINE = re.compile(r"\s*(?:\([^()]*\)\s*)?[–—-]\s|\.\s?[–—-]")
_REACH = 2
_CARRIED = 2
_LOOK_BACK = 20
_FAR = 6
_NEAR = 2
_OPENING = 2
_ANCHOR = 2
_HEAD = 3
