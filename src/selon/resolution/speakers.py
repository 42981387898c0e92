"""Who speaks each quotation of an article: a figure of its cast, or nobody, with the reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from selon.languages.pack import LanguagePack
from selon.offsets import Span
from selon.records import ActorKind, Kind, Quotation
from selon.resolution.cast import Cast, Figure
from selon.resolution.echoes import echoes
from selon.resolution.lexicon import Pronoun
from selon.resolution.mentions import Mention, Scene
from selon.resolution.ranking import Features, Place, Trail, Turn, agrees, features, probabilities, ranked, recency
from selon.resolution.sources import read_source, touches


@dataclass(frozen=True, slots=True)
class Decision:
    """Who speaks (``figure`` None when unknown), the evidence, and the words that say so."""

    figure: Figure | None
    rule: str
    saw: str
    score: float
    mention: Span | None


@dataclass(frozen=True, slots=True)
class Question:
    """A choice put to the ranker: kept so that training can see what the ranker saw."""

    quotation: int
    case: str
    figures: tuple[Figure, ...]
    candidates: tuple[Features, ...]


class Speakers:
    """Settles the speakers of one article's quotations in text order."""

    def __init__(self, stage: Scene, quotations: Sequence[Quotation], pack: LanguagePack) -> None:
        self.stage = stage
        self.quotations = quotations
        self.weights: Mapping[str, Mapping[str, float]] = pack.table("speakers")
        self.questions: list[Question] = []
        self._sources = [read_source(stage, quotation, pack.tokenizer) for quotation in quotations]
        self.cast = Cast(stage, [m for s in self._sources for m in (s.mention, s.antecedent) if m is not None])
        self._direct = [span for q in quotations if q.kind is Kind.DIRECT for span in q.content]
        self._trails = {figure.number: self._trail(figure) for figure in self.cast.figures}
        self._turns: list[Turn] = []
        self._settled: dict[int, Decision] = {}

    def settle(self) -> list[Decision]:
        """One decision a quotation, in the order given; an echo of another quotation takes its speaker in the end."""
        sourced = {n for n, source in enumerate(self._sources) if source.mention or source.pronoun}
        echoing = echoes(self.stage.text, self.quotations, sourced)
        for number, quotation in enumerate(self.quotations):
            if number not in echoing:
                self._settled[number] = self._decide(number, quotation)
                self._remember(number, quotation, self._settled[number])
        for number, other in echoing.items():
            told = self._settled[other]
            self._settled[number] = replace(told, rule="the same words elsewhere", score=0.95 * told.score)
        return [self._settled[number] for number in range(len(self.quotations))]

    def _decide(self, number: int, quotation: Quotation) -> Decision:
        source = self._sources[number]
        pronoun, span = source.pronoun, source.span
        if source.mention is not None:
            return self._explicit(source.mention)
        if pronoun is None or span is None or pronoun.reach == "floor":
            return self._ranked(number, "missing", None, self._place(quotation, span), span)
        settled: Decision | None = None
        if pronoun.reach == "nobody":
            settled = self._somewhere(span)
        elif pronoun.reach in ("first", "second"):
            settled = self._pair(span, pronoun)
        elif pronoun.reach == "speaker":
            settled = self._outer(number, span)
        elif pronoun.reach == "relative":
            settled = self._antecedent(span)
        return settled or self._ranked(number, pronoun.reach, pronoun, self._place(quotation, span), span)

    def _explicit(self, source: Mention) -> Decision:
        link = self.cast.link(source)
        return Decision(link.figure, link.rule, source.span.of(self.stage.text), link.score, source.span)

    def _outer(self, number: int, span: Span) -> Decision:
        """First person: whoever holds the floor in the quotation around it."""
        said = span.of(self.stage.text)
        around = None
        for other, decision in self._settled.items():
            if any(stretch.contains(span) for stretch in self.quotations[other].content):
                around = decision
        if around is not None:
            return Decision(around.figure, "first person in the words of", said, 0.9 * around.score, span)
        return self._ranked(number, "missing", None, self._place(self.quotations[number], span), span)

    def _somewhere(self, span: Span) -> Decision:
        """Nobody, but for a body that the sentence opens with: ``À la mairie, on dément``."""
        opening = self.stage.sentences[self.stage.sentence_at(span.start)].span.start
        said = span.of(self.stage.text)
        for mention in self.cast.mentions:
            near = opening <= mention.span.start < opening + _OPENING and mention.span.end <= span.start
            near = near and span.start - mention.span.end < _OPENING
            if near and not mention.subject and mention.kind in (ActorKind.ORGANIZATION, ActorKind.GROUP):
                figure = self.cast.link(mention).figure
                return Decision(figure, "indefinite pronoun at a place", mention.span.of(self.stage.text), 0.7, span)
        return Decision(None, "indefinite pronoun", said, 0.9, span)

    def _pair(self, span: Span, pronoun: Pronoun) -> Decision | None:
        """The first or second of the last two people of that gender named in one sentence before."""
        here = self.stage.sentence_at(span.start)
        for sentence in range(here, max(-1, here - _PAIR_REACH), -1):
            named: dict[int, Figure] = {}
            for mention in self.cast.mentions:
                figure = self.cast.link(mention).figure
                fits = mention.sentence == sentence and mention.span.end <= span.start and agrees(figure, pronoun)
                if fits and figure.kind is ActorKind.PERSON:
                    named.setdefault(figure.number, figure)
            if len(named) == 2:
                figure = list(named.values())[pronoun.reach == "second"]
                return Decision(figure, "one of two named together", span.of(self.stage.text), 0.85, span)
        return None

    def _antecedent(self, span: Span) -> Decision | None:
        """The noun phrase that a relative pronoun stands right behind."""
        text = self.stage.text
        best: Mention | None = None
        for mention in self.cast.mentions:
            if mention.span.end > span.start:
                continue
            if touches(text, mention.span.end, span.start) and (best is None or mention.span.start < best.span.start):
                best = mention
        if best is None:
            return None
        figure = self.cast.link(best).figure
        return Decision(figure, "antecedent", best.span.of(text), 0.92, best.span)

    def _ranked(self, number: int, case: str, pronoun: Pronoun | None, place: Place, span: Span | None) -> Decision:
        figures = [figure for figure in self.cast.figures if self._possible(figure, pronoun, place)]
        trails = [self._trails[figure.number] for figure in figures]
        candidates = [
            features(figure, trail, place, self._turns, pronoun) for figure, trail in zip(figures, trails, strict=True)
        ]
        self._look_ahead(number, figures, candidates, place)
        recency(candidates, trails, place)
        self.questions.append(Question(number, case, tuple(figures), tuple(candidates)))
        shares = probabilities(candidates, self.weights.get(case, self.weights["back"]))
        order = ranked(shares)
        said = span.of(self.stage.text) if span is not None else ""
        if not order or shares[order[0]] < _ENOUGH:
            return Decision(None, f"no clear candidate for {case}", said, 1 - (shares[order[0]] if order else 0), None)
        return Decision(figures[order[0]], f"ranked: {case}", said, shares[order[0]], span)

    def _look_ahead(self, number: int, figures: Sequence[Figure], candidates: Sequence[Features], place: Place) -> None:
        """Add what is known of later quotations, whose sources may name the speaker outright."""
        ahead = [source.mention for source in self._sources[number + 1 :] if source.mention is not None]
        speaking = [self.cast.link(mention).figure for mention in ahead]
        cue_alone = bool(self.quotations[number].cue) and not self.quotations[number].source
        first = min((f.number for f in figures if f.kind is ActorKind.PERSON and f.key), default=-1)
        for figure, found in zip(figures, candidates, strict=True):
            if speaking and speaking[0] is figure and ahead[0] is self._sources[number + 1].mention:
                found[f"speaks next, gap {min(3, ahead[0].sentence - place.sentence)}"] = 1.0
                if ahead[0].passage == place.passage:
                    found["speaks next in this passage"] = 1.0
            if figure in speaking:
                found["speaks later"] = 1.0
            if figure.number == first:
                found["first person named"] = 1.0
            if cue_alone:
                found["cue without source"] = 1.0

    def _possible(self, figure: Figure, pronoun: Pronoun | None, place: Place) -> bool:
        if not agrees(figure, pronoun):
            return False
        trail = self._trails[figure.number]
        if pronoun is not None and (not trail.starts or trail.starts[0] >= place.at):
            return False
        return figure.kind is not ActorKind.DOCUMENT or any(turn.figure is figure for turn in self._turns)

    def _place(self, quotation: Quotation, span: Span | None) -> Place:
        start = span.start if span is not None else min(s.start for s in quotation.content)
        sentence = self.stage.sentence_at(start)
        passage = self.stage.sentences[sentence].passage if self.stage.sentences else 0
        return Place(start, sentence, passage, quotation.content)

    def _trail(self, figure: Figure) -> Trail:
        trail = Trail()
        for mention in figure.mentions:
            start = mention.span.start
            quoted = any(span.contains(mention.span) for span in self._direct)
            leading = start < self.stage.starts[mention.sentence] + _LEADING
            where = (mention.sentence, mention.passage)
            trail.add(start, where, subject=mention.subject, leading=leading, quoted=quoted)
        return trail

    def _remember(self, number: int, quotation: Quotation, decision: Decision) -> None:
        spans = quotation.content + quotation.cue + quotation.source
        first = self.stage.sentence_at(min(span.start for span in spans))
        last = self.stage.sentence_at(max(span.end for span in spans) - 1)
        passage = self.stage.sentences[last].passage if self.stage.sentences else 0
        nested = any(
            span.contains(inner) for turn in self._turns for span in turn.content for inner in quotation.content[:1]
        )
        direct = quotation.kind is Kind.DIRECT
        self._turns.append(Turn(decision.figure, first, last, passage, direct, quotation.content, nested))
        pronoun, span = self._sources[number].pronoun, self._sources[number].span
        if span is not None and decision.figure is not None:
            sentence = self.stage.sentence_at(span.start)
            trail = self._trails[decision.figure.number]
            where = (sentence, self.stage.sentences[sentence].passage)
            trail.add(span.start, where, subject=True, leading=True, quoted=False)
            person = decision.figure.kind is ActorKind.PERSON
            if (
                person
                and pronoun is not None
                and pronoun.gender
                and not decision.figure.gender
                and decision.score > _SURE
            ):
                decision.figure.gender = pronoun.gender
                decision.figure.genders.add(pronoun.gender)


_LEADING = 8
_ENOUGH = 0.35
_OPENING = 40
_PAIR_REACH = 4
_SURE = 0.7
