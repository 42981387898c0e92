"""Who speaks each quotation of an article: a figure of its cast, or nobody, with the reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from selon.languages.pack import LanguagePack
from selon.offsets import Span
from selon.records import ActorKind, Quotation
from selon.resolution.cast import Cast, Figure
from selon.resolution.decisions import Decision, antecedent, one_of_two, somewhere
from selon.resolution.descriptions import fit, may_be, may_take_up
from selon.resolution.echoes import echoes
from selon.resolution.lexicon import Pronoun
from selon.resolution.mentions import Mention, Scene
from selon.resolution.ranking import Features, agrees, probabilities, ranked
from selon.resolution.salience import Salience
from selon.resolution.sources import read_source


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
        self._salience = Salience(self.cast, quotations, self._sources)
        self._taken_up: dict[int, tuple[Figure, float]] = {}
        self._settled: dict[int, Decision] = {}

    def settle(self) -> list[Decision]:
        """One decision a quotation, in the order given; an echo of another quotation takes its speaker in the end."""
        sourced = {n for n, source in enumerate(self._sources) if source.mention or source.pronoun}
        echoing = echoes(self.stage.text, self.quotations, sourced)
        for number, quotation in enumerate(self.quotations):
            if number not in echoing:
                decision = self._decide(number)
                self._settled[number] = decision
                self._learn_gender(self._sources[number].pronoun, decision)
                source = self._sources[number].mention
                said = self._sources[number].span or (source.span if source is not None else None)
                self._salience.remember(quotation, decision.figure, said)
        for number, other in echoing.items():
            told = self._settled[other]
            self._settled[number] = replace(told, rule="the same words elsewhere", score=0.95 * told.score)
        return [self._settled[number] for number in range(len(self.quotations))]

    def _decide(self, number: int) -> Decision:
        source = self._sources[number]
        pronoun, span = source.pronoun, source.span
        if source.mention is not None:
            return self._explicit(number, source.mention)
        if pronoun is None or span is None or pronoun.reach == "floor":
            return self._ranked(number, "missing", None, span)
        settled: Decision | None = None
        if pronoun.reach == "nobody":
            settled = somewhere(self.cast, span)
        elif pronoun.reach in ("first", "second"):
            settled = one_of_two(self.cast, span, pronoun)
        elif pronoun.reach == "speaker":
            settled = self._outer(number, span)
        elif pronoun.reach == "relative":
            settled = antecedent(self.cast, span)
        return settled or self._ranked(number, pronoun.reach, pronoun, span)

    def _explicit(self, number: int, source: Mention) -> Decision:
        """Somebody named or described: as the cast tied it, or a named figure that the description takes up."""
        link = self.cast.link(source)
        said = source.span.of(self.stage.text)
        own = Decision(link.figure, link.rule, said, link.score, source.span)
        if link.figure.key or not may_take_up(source):
            return own
        if link.figure.number in self._taken_up:
            figure, score = self._taken_up[link.figure.number]
            return Decision(figure, "description met before", said, score, source.span)
        place = self._salience.place(self.quotations[number], source.span)
        figures = [figure for figure in self._salience.around(place) if may_be(source, figure)]
        candidates = [
            found | fit(source, figure, self.stage)
            for figure, found in zip(figures, self._salience.candidates(number, figures, place, None), strict=True)
        ]
        best, share = self._ask(number, "description", figures, candidates)
        if best is None or share < _TAKES_UP:
            return replace(own, score=min(own.score, 1 - share))
        self._taken_up[link.figure.number] = best, share
        best.wordings.update(link.figure.wordings)
        return Decision(best, "description", said, share, source.span)

    def _outer(self, number: int, span: Span) -> Decision:
        """First person: whoever holds the floor in the quotation around it."""
        around = None
        for other in range(max(0, number - _NESTED), number):
            decision = self._settled.get(other)
            if decision is not None and any(stretch.contains(span) for stretch in self.quotations[other].content):
                around = decision
        if around is None:
            return self._ranked(number, "missing", None, span)
        said = span.of(self.stage.text)
        return Decision(around.figure, "first person in the words of", said, 0.9 * around.score, span)

    def _ranked(self, number: int, case: str, pronoun: Pronoun | None, span: Span | None) -> Decision:
        place = self._salience.place(self.quotations[number], span)
        impersonal = pronoun is not None and pronoun.gender == "n"
        figures = [
            figure
            for figure in self._salience.around(place)
            if agrees(figure, pronoun)
            and figure.number not in self._taken_up
            and (pronoun is None or self._salience.met(figure, place))
            and (figure.kind is not ActorKind.DOCUMENT or impersonal or self._salience.has_spoken(figure))
        ]
        candidates = self._salience.candidates(number, figures, place, pronoun)
        best, share = self._ask(number, case, figures, candidates)
        said = span.of(self.stage.text) if span is not None else ""
        if best is None or share < _ENOUGH:
            return Decision(None, f"no clear candidate for {case}", said, 1 - share, None)
        return Decision(best, f"ranked: {case}", said, share, span)

    def _ask(
        self, number: int, case: str, figures: Sequence[Figure], candidates: Sequence[Features]
    ) -> tuple[Figure | None, float]:
        """The likeliest figure and its share; None and 0 without candidates."""
        self.questions.append(Question(number, case, tuple(figures), tuple(candidates)))
        shares = probabilities(candidates, self.weights.get(case, self.weights["back"]))
        order = ranked(shares)
        return (figures[order[0]], shares[order[0]]) if order else (None, 0.0)

    def _learn_gender(self, pronoun: Pronoun | None, decision: Decision) -> None:
        """``il`` that surely means somebody tells his gender for what follows."""
        figure = decision.figure
        if figure is None or pronoun is None or figure.kind is not ActorKind.PERSON:
            return
        if pronoun.gender in ("m", "f") and not figure.gender and decision.score > _SURE:
            figure.gender = pronoun.gender
            figure.genders.add(pronoun.gender)


_NESTED = 40
_ENOUGH = 0.35
_TAKES_UP = 0.65
_SURE = 0.7
