"""What stands around a quotation in its sentence: how near, and whether it is told by the same voice."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate

from selon.offsets import Span
from selon.records import ActorKind, Quotation
from selon.resolution.mentions import Scene


class Surroundings:
    """The quotations of an article in their sentences.

    Words inside a content are told by its speaker; a quotation is *within* the contents that hold its cue (none, unless
    it is nested). Only words within the same contents, and not in its own, can say when or where it was made: of
    ``elle dit qu'on lui avait promis en janvier un sursis`` the promise is of January, what she says is not.
    """

    def __init__(self, stage: Scene, quotations: Sequence[Quotation]) -> None:
        self.stage = stage
        self.text = stage.text
        self._quotations = quotations
        pieces = sorted((span, number) for number, each in enumerate(quotations) for span in each.content)
        self._pieces = pieces
        self._parts = sorted(span for each in quotations for span in each.cue + each.source)
        self._starts = [span.start for span, _ in pieces]
        self._ends = list(accumulate((span.end for span, _ in pieces), max))

    @cached_property
    def people(self) -> frozenset[str]:
        """The last words of the names of people in the article, as ``plain`` writes them."""
        named = (mention.name for mention in self.stage.mentions if mention.kind is ActorKind.PERSON)
        return frozenset(name.key[-1] for name in named if name is not None and name.key)

    def of_another(self, quotation: Quotation, place: Span) -> bool:
        """Whether cue or source of another quotation touch the place, in its sentence, and none of this one do."""
        own = quotation.cue + quotation.source
        if any(self._touches(span, place) for span in own):
            return False
        sentence = self.stage.sentences[self.stage.sentence_at(place.start)].span
        at = bisect_left(self._parts, Span(sentence.start, 0))
        while at < len(self._parts) and self._parts[at].start < sentence.end:
            span = self._parts[at]
            if span not in own and self._touches(span, place):
                return True
            at += 1
        return False

    def _touches(self, one: Span, other: Span) -> bool:
        left, right = sorted((one, other))
        return left.end <= right.start and not self.text[left.end : right.start].strip()

    def sentence(self, quotation: Quotation) -> int:
        """The number of the sentence that its cue, its source or else its content begins in."""
        spans = quotation.cue or quotation.source or quotation.content
        return self.stage.sentence_at(spans[0].start)

    def within(self, place: Span) -> frozenset[int]:
        """The numbers of the quotations whose contents reach into the place."""
        return frozenset(number for _, number in self._reaching(place))

    def voice(self, quotation: Quotation, number: int) -> frozenset[int]:
        """The numbers of the quotations that quotation ``number`` is within."""
        spans = quotation.cue or quotation.source
        return self.within(spans[0]) - {number} if spans else frozenset()

    def told(self, stretch: Span, voice: frozenset[int]) -> str:
        """The words of the stretch, with blanks for the contents that the voice is not within.

        So are cue and source of those that it is within: of ``En 2021, a-t-elle rappelé, il l'avait assurée que …`` the
        words between two commas are not in the voice that tells of 2021.
        """
        blanks = [span for span, number in self._reaching(stretch) if number not in voice]
        for number in voice:
            blanks += [*self._quotations[number].cue, *self._quotations[number].source]
        if not blanks:
            return stretch.of(self.text)
        pieces, at = [], stretch.start
        for span in sorted(blanks):
            start, end = max(span.start, at), min(span.end, stretch.end)
            if start < end:
                pieces += [self.text[at:start], " " * (end - start)]
                at = end
        return "".join([*pieces, self.text[at : stretch.end]])

    def apart(self, one: Span, other: Span, voice: frozenset[int]) -> int:
        """How many words part two places; a mark between two clauses counts as two more, what others say as none."""
        left, right = sorted((one, other))
        kept = self.told(Span(left.end, max(left.end, right.start)), voice)
        return len(_WORD.findall(kept)) + 2 * len(_BREAK.findall(kept))

    def _reaching(self, place: Span) -> list[tuple[Span, int]]:
        found = []
        at = bisect_left(self._starts, place.end) - 1
        while at >= 0 and self._ends[at] > place.start:
            if self._pieces[at][0].end > place.start:
                found.append(self._pieces[at])
            at -= 1
        return found


_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
# A comma parts two clauses: « en 2014, bien que des experts doutent » says nothing of the experts' date.
_BREAK = re.compile(r"(?:\w|^)\s*[,;:]\s+\w")
