"""Who is in the reader's mind at a place of the article: mentions and turns so far, as features of each figure."""

from __future__ import annotations

from collections.abc import Sequence

from selon.offsets import Span
from selon.records import ActorKind, Kind, Quotation
from selon.resolution.cast import Cast, Figure
from selon.resolution.lexicon import Pronoun
from selon.resolution.ranking import Features, Place, Trail, Turn, features, floor, recency
from selon.resolution.sources import Source
from selon.resolution.stretches import Stretches
from selon.tokens import Token


class Salience:
    """The trail of every figure through the article, and the turns taken; grows as quotations are settled."""

    def __init__(self, cast: Cast, quotations: Sequence[Quotation], sources: Sequence[Source]) -> None:
        self.cast = cast
        self.turns: list[Turn] = []
        self._quotations = quotations
        self._sources = sources
        self._direct = Stretches(span for q in quotations if q.kind is Kind.DIRECT for span in q.content)
        self._figures_of: dict[int, dict[int, Figure]] = {}
        for mention in cast.mentions:
            figure = cast.link(mention).figure
            self._figures_of.setdefault(mention.sentence, {})[figure.number] = figure
        self._first = min((f.number for f in cast.figures if f.kind is ActorKind.PERSON and f.key), default=-1)
        self._trails = {figure.number: self._trail(figure) for figure in cast.figures}
        self._dashed = {number for number, q in enumerate(quotations) if self._dash_before(q)}

    def place(self, quotation: Quotation, span: Span | None) -> Place:
        """Where a quotation's speaker is in question: at its source, else where its content begins.

        The sentence is that of the content where it stands in front (``« … ». « … », a-t-il dit``): however long
        somebody speaks, whoever was mentioned right before is still near.
        """
        stage = self.cast.stage
        opening = min(s.start for s in quotation.content)
        start = span.start if span is not None else opening
        sentence = stage.sentence_at(min(start, opening))
        return Place(start, sentence, self._passage(sentence), quotation.content)

    def candidates(
        self, number: int, figures: Sequence[Figure], place: Place, pronoun: Pronoun | None
    ) -> list[Features]:
        """The features of each figure as speaker of a quotation, in the order given."""
        found = self._features(number + 1, figures, place, pronoun)
        quotation = self._quotations[number]
        if quotation.cue and not quotation.source:
            _mark(found, "cue without source")
        if not quotation.cue and not quotation.source:
            self._in_turn(number, figures, found, place)
        return found

    def follow(self, number: int, figures: Sequence[Figure], place: Place, pronoun: Pronoun) -> list[Features]:
        """The same for a pronoun that stands in front of quotation ``number`` and is no source."""
        return self._features(number, figures, place, pronoun)

    def continues(self, figure: Figure, place: Place) -> None:
        """A pronoun at the place means the figure."""
        where = (place.sentence, place.passage)
        leading = place.at < self.cast.stage.starts[place.sentence] + _LEADING
        self._trails[figure.number].add(place.at, where, subject=True, leading=leading, quoted=False)

    def in_direct(self, span: Span) -> bool:
        """Whether a span lies in direct speech."""
        return self._direct.contains(span)

    def _features(
        self, coming: int, figures: Sequence[Figure], place: Place, pronoun: Pronoun | None
    ) -> list[Features]:
        trails = [self._trails[figure.number] for figure in figures]
        held = floor(self.turns[-_TURNS:], place)
        found = [features(figure, trail, place, held, pronoun) for figure, trail in zip(figures, trails, strict=True)]
        self._look_ahead(coming, figures, found, place)
        recency(found, trails, place)
        self._at_the_place(found, trails, place)
        return found

    def around(self, place: Place) -> list[Figure]:
        """The figures mentioned in the sentences around a place, or who spoke lately, in the order of the cast."""
        near: dict[int, Figure] = {}
        for sentence in range(max(0, place.sentence - _MEMORY), place.sentence + _MEMORY // 2):
            near |= self._figures_of.get(sentence, {})
        near |= {turn.figure.number: turn.figure for turn in self.turns[-_TURNS:] if turn.figure is not None}
        return [near[number] for number in sorted(near)]

    def met(self, figure: Figure, place: Place) -> bool:
        """Whether the figure was mentioned before the place."""
        starts = self._trails[figure.number].starts
        return bool(starts) and starts[0] < place.at

    def has_spoken(self, figure: Figure) -> bool:
        """Whether an earlier quotation is the figure's."""
        return any(turn.figure is figure for turn in self.turns[-_TURNS:])

    def remember(self, quotation: Quotation, figure: Figure | None, said: Span | None) -> None:
        """A quotation is settled: ``said`` are the words that named its speaker."""
        stage = self.cast.stage
        spans = quotation.content + quotation.cue + quotation.source
        first = stage.sentence_at(min(span.start for span in spans))
        last = stage.sentence_at(max(span.end for span in spans) - 1)
        head = quotation.content[:1]
        nested = any(span.contains(inner) for turn in self.turns[-_TURNS:] for span in turn.content for inner in head)
        direct = quotation.kind is Kind.DIRECT
        self.turns.append(Turn(figure, first, last, self._passage(last), direct, quotation.content, nested))
        if said is not None and figure is not None:
            sentence = stage.sentence_at(said.start)
            where = (sentence, self._passage(sentence))
            self._trails[figure.number].add(said.start, where, subject=True, leading=True, quoted=False)

    def _look_ahead(self, first: int, figures: Sequence[Figure], found: Sequence[Features], place: Place) -> None:
        """Add what is known of the quotations from ``first`` on, whose sources may name the speaker outright."""
        coming = self._sources[first : first + _TURNS]
        speaking = [self.cast.link(source.mention).figure for source in coming if source.mention is not None]
        next_mention = coming[0].mention if coming else None
        for figure, has in zip(figures, found, strict=True):
            if next_mention is not None and speaking[0] is figure:
                has[f"speaks next, gap {min(3, next_mention.sentence - place.sentence)}"] = 1.0
                if next_mention.passage == place.passage:
                    has["speaks next in this passage"] = 1.0
            if figure in speaking:
                has["speaks later"] = 1.0
            if figure.number == self._first:
                has["first person named"] = 1.0

    def _at_the_place(self, found: Sequence[Features], trails: Sequence[Trail], place: Place) -> None:
        """Add who was asked in the same sentence, and who is but the subject of a clause in front of the main one."""
        words = self.cast.stage.lexicon
        tokens = [t for t in self.cast.stage.sentences[place.sentence].tokens if t.end < place.at]
        asked = [token for token in tokens if token.form in words.asking]
        if any(token.form in words.subordinators for token in tokens[:2]):
            for has in found:
                if "subject, gap 0" in has:
                    has["subject of a clause before"] = 1.0
        for token in asked:
            for has, trail in zip(found, trails, strict=True):
                if any(self._addressed(token, start) for start in trail.starts_in(token.end, place.at)):
                    has["was asked"] = 1.0

    def _addressed(self, asking: Token, start: int) -> bool:
        """Whether nothing but ``à`` and an article stands between a verb of asking and a mention."""
        words = self.cast.stage.lexicon
        if not 0 <= start - asking.end < _ADDRESS:
            return False
        between = self.cast.stage.text[asking.end : start].lower().split()
        return all(word in words.asked or word in words.determiners for word in between)

    def _in_turn(self, number: int, figures: Sequence[Figure], found: Sequence[Features], place: Place) -> None:
        """Add who spoke in the lines of a dialogue before this one: two who take turns."""
        if number not in self._dashed:
            return
        below = place.passage
        for back, turn in enumerate(reversed(self.turns[-2:])):
            if number - 1 - back not in self._dashed or below - turn.passage > 1:
                return
            below = turn.passage
            for figure, has in zip(figures, found, strict=True):
                if turn.figure is figure:
                    has[f"spoke {back + 1} lines ago"] = 1.0

    def _dash_before(self, quotation: Quotation) -> bool:
        """Whether the content is a line of dialogue: a dash opens it."""
        start = quotation.content[0].start
        return self.cast.stage.text[max(0, start - _DASH) : start].rstrip(" \xa0\u202f")[-1:] in _DASHES

    def _trail(self, figure: Figure) -> Trail:
        trail = Trail()
        for mention in figure.mentions:
            start = mention.span.start
            quoted = self._direct.contains(mention.span)
            leading = start < self.cast.stage.starts[mention.sentence] + _LEADING
            where = (mention.sentence, mention.passage)
            trail.add(start, where, subject=mention.subject, leading=leading, quoted=quoted)
        return trail

    def _passage(self, sentence: int) -> int:
        return self.cast.stage.sentences[sentence].passage


def _mark(found: Sequence[Features], name: str) -> None:
    for has in found:
        has[name] = 1.0


_ADDRESS = 12
_DASH = 3
_DASHES = ("—", "–", "-")
_LEADING = 8
_MEMORY = 50
_TURNS = 24
