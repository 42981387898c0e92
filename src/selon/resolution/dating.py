"""When an utterance was made: the temporal expression that goes with its cue, worked out from the article's date."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from selon.languages.pack import LanguagePack
from selon.offsets import Span
from selon.records import ActorKind, Article, Quotation, When
from selon.resolution.cast import Figure
from selon.resolution.mentions import Scene
from selon.resolution.stretches import Stretches
from selon.resolution.temporal import Expression, expressions, grammar, resolved


@dataclass(frozen=True, slots=True)
class Dated:
    """When a quotation was said, and whose and where it is, for the next one to go on from."""

    when: When
    figure: Figure | None
    sentence: int
    passage: int


class Dates:
    """Dates the quotations of one article, in text order."""

    def __init__(self, article: Article, stage: Scene, quotations: Sequence[Quotation], pack: LanguagePack) -> None:
        self.article = article
        self.stage = stage
        self.grammar = grammar(pack)
        self._contents = Stretches(span for quotation in quotations for span in quotation.content)
        self._found: dict[int, list[Expression]] = {}
        self._document = False
        self._last: Dated | None = None

    def date(self, quotation: Quotation, figure: Figure | None) -> When:
        """The quotation's date; unknown where no words tell it. ``evidence`` holds the words and where they stand."""
        sentence = self._sentence(quotation)
        passage = self.stage.sentences[sentence].passage
        self._document = figure is not None and figure.kind is not ActorKind.PERSON
        best = self._attached(quotation, sentence)
        when = When()
        if best is not None:
            told = resolved(best, self.article.published, self._anchor(best, sentence))
            if told.first is not None and not (self._later(told) and not best.ahead):
                when = replace(told, evidence=best.span.of(self.article.text))
        elif self._goes_on(figure, sentence, passage):
            assert self._last is not None
            when = self._last.when
        self._last = Dated(when, figure, sentence, passage)
        return when

    def _later(self, when: When) -> bool:
        published = self.article.published.last
        return published is not None and when.first is not None and when.first > published

    def _goes_on(self, figure: Figure | None, sentence: int, passage: int) -> bool:
        last = self._last
        if last is None or figure is None or last.figure is not figure or last.passage != passage:
            return False
        return last.when.first is not None and sentence - last.sentence <= _REACH

    def _sentence(self, quotation: Quotation) -> int:
        spans = quotation.cue or quotation.source or quotation.content
        return self.stage.sentence_at(spans[0].start)

    def _expressions(self, sentence: int) -> list[Expression]:
        """The expressions of a sentence that stand outside every quotation's content, with places in the article."""
        if sentence not in self._found:
            span = self.stage.sentences[sentence].span
            found = expressions(span.of(self.article.text), self.grammar)
            moved = [replace(e, span=Span(e.span.start + span.start, e.span.end + span.start)) for e in found]
            self._found[sentence] = [e for e in moved if not self._contents.within(e.span)]
        return self._found[sentence]

    def _attached(self, quotation: Quotation, sentence: int) -> Expression | None:
        ahead = any(self.grammar.future.search(span.of(self.article.text)) for span in quotation.cue)
        scored = []
        for expression in self._expressions(sentence):
            before = self.article.text[max(0, expression.span.start - _LOOK_BACK) : expression.span.start]
            if self.grammar.not_after.search(before) or (expression.ahead and not ahead):
                continue
            distance = self._distance(quotation, expression.span, sentence)
            if distance <= (_NEAR if expression.means.startswith("named") else _FAR):
                scored.append((distance, expression.span.start, expression))
        return min(scored, key=lambda item: item[:2])[2] if scored else None

    def _distance(self, quotation: Quotation, place: Span, sentence: int) -> int:
        """How many words part an expression from the cue or source; one that opens the sentence counts as near."""
        if any(span.contains(place) for span in quotation.source):
            return 1 if self._document else _FAR + 1
        gaps = [self._words(span, place) for span in quotation.cue + quotation.source]
        start = self.stage.starts[sentence]
        opening = self._words(Span(start, start), place)
        return min([*gaps, 2 if opening <= _OPENING else _FAR + 1])

    def _words(self, one: Span, other: Span) -> int:
        left, right = sorted((one, other))
        between = list(self.article.text[left.end : right.start])
        for content in self._contents.within(Span(left.end, max(left.end, right.start))):
            between[content.start - left.end : content.end - left.end] = " " * (content.end - content.start)
        kept = "".join(between)
        return len(_WORD.findall(kept)) + 2 * len(_BREAK.findall(kept))

    def _anchor(self, expression: Expression, sentence: int) -> When:
        """The last day told before the expression, in its own or the two sentences before."""
        told = [e for s in range(max(0, sentence - _ANCHOR), sentence + 1) for e in self._expressions(s)]
        for earlier in reversed([e for e in told if e.span.end <= expression.span.start and e.means != "anchor"]):
            when = resolved(earlier, self.article.published, When())
            if when.first is not None:
                return when
        return When()


_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
# A comma parts two clauses: « en 2014, bien que des experts doutent » says nothing of the experts' date.
_BREAK = re.compile(r"\w\s*[,;:]\s+\w")
_REACH = 2
_LOOK_BACK = 20
_FAR = 4
_NEAR = 2
_OPENING = 6
_ANCHOR = 2
