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
        trails = [self._trails[figure.number] for figure in figures]
        held = floor(self.turns[-_TURNS:], place)
        found = [features(figure, trail, place, held, pronoun) for figure, trail in zip(figures, trails, strict=True)]
        self._look_ahead(number, figures, found, place)
        recency(found, trails, place)
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

    def _look_ahead(self, number: int, figures: Sequence[Figure], found: Sequence[Features], place: Place) -> None:
        """Add what is known of later quotations, whose sources may name the speaker outright."""
        coming = self._sources[number + 1 : number + 1 + _TURNS]
        ahead = [source.mention for source in coming if source.mention is not None]
        speaking = [self.cast.link(mention).figure for mention in ahead]
        next_mention = self._sources[number + 1].mention if number + 1 < len(self._sources) else None
        cue_alone = bool(self._quotations[number].cue) and not self._quotations[number].source
        for figure, has in zip(figures, found, strict=True):
            if next_mention is not None and speaking[0] is figure:
                has[f"speaks next, gap {min(3, next_mention.sentence - place.sentence)}"] = 1.0
                if next_mention.passage == place.passage:
                    has["speaks next in this passage"] = 1.0
            if figure in speaking:
                has["speaks later"] = 1.0
            if figure.number == self._first:
                has["first person named"] = 1.0
            if cue_alone:
                has["cue without source"] = 1.0

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


_LEADING = 8
_MEMORY = 50
_TURNS = 24
