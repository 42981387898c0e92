"""Who speaks each quotation of an article: a figure of its cast, or nobody, with the reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from selon.languages.pack import LanguagePack
from selon.offsets import Span
from selon.records import ActorKind, Quotation
from selon.resolution.cast import Cast, Figure
from selon.resolution.chains import subject_pronouns
from selon.resolution.decisions import Decision, antecedent, one_of_two, somewhere
from selon.resolution.descriptions import EXACT, fit, may_be, may_take_up
from selon.resolution.echoes import echoes
from selon.resolution.lexicon import Pronoun
from selon.resolution.mentions import Mention, Scene
from selon.resolution.ranking import Features, Place, agrees, probabilities, ranked
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
        self._told = {source.span.start for source in self._sources if source.span is not None}
        self._salience = Salience(self.cast, quotations, self._sources)
        self._taken_up: dict[int, tuple[Figure, float]] = {}
        self._followed: set[int] = set()
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
        if pronoun is None and self._unsourced(number):
            return Decision(None, "a cue that tells of nobody", "", _UNSOURCED, None)
        if pronoun is None or span is None or pronoun.reach == "floor":
            return self._ranked(number, "missing", None, span)
        settled: Decision | None = None
        if pronoun.reach == "nobody":
            settled = somewhere(self.cast, span, self.quotations[number])
        elif pronoun.reach in ("first", "second"):
            settled = one_of_two(self.cast, span, pronoun)
        elif pronoun.reach == "speaker":
            settled = self._outer(number, span)
        elif pronoun.reach == "relative":
            settled = antecedent(self.cast, span)
        elif self.stage.lexicon.determiners.get(span.of(self.stage.text).lower()) == "possessive":
            settled = self._still(number, span, pronoun)
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
        best, share = self._described(number, source)
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

    def _unsourced(self, number: int) -> bool:
        """Whether the cue, which has no source, tells that nobody is named: ``les allégations selon lesquelles``."""
        stage, quotation = self.stage, self.quotations[number]
        if quotation.source or not quotation.cue:
            return False
        words = quotation.cue[-1].of(stage.text).lower().split()
        return not stage.lexicon.unsourced.isdisjoint(words)

    def _still(self, number: int, span: Span, pronoun: Pronoun) -> Decision | None:
        """The possessive of a cue (``étaient ses mots``, ``à ses yeux``): whoever was heard in the sentence before."""
        last = self._salience.turns[-1] if self._salience.turns else None
        place = self._salience.place(self.quotations[number], span)
        if last is None or last.figure is None or self.quotations[number].source:
            return None
        if place.sentence - last.last_sentence > 1 or not agrees(last.figure, pronoun):
            return None
        return Decision(last.figure, "whose words these are", span.of(self.stage.text), _STILL, span)

    def _ranked(self, number: int, case: str, pronoun: Pronoun | None, span: Span | None) -> Decision:
        place = self._salience.place(self.quotations[number], span)
        self._follow(number, place)
        figures = self._possible(place, pronoun)
        candidates = self._salience.candidates(number, figures, place, pronoun)
        said = span.of(self.stage.text) if span is not None else ""
        asked = [figure for figure, found in zip(figures, candidates, strict=True) if "was asked" in found]
        if pronoun is not None and len(asked) == 1:  # when asked, X …, he answered
            return Decision(asked[0], "who was asked", said, _ASKED, span)
        best, share = self._ask(number, case, figures, candidates)
        if best is None or share < _ENOUGH:
            return Decision(None, f"no clear candidate for {case}", said, 1 - share, None)
        return Decision(best, f"ranked: {case}", said, share, span)

    def _possible(self, place: Place, pronoun: Pronoun | None) -> list[Figure]:
        """The figures that may be meant at a place, in the order of the cast."""
        impersonal = pronoun is not None and pronoun.gender == "n"
        return [
            figure
            for figure in self._salience.around(place)
            if agrees(figure, pronoun)
            and figure.number not in self._taken_up
            and (pronoun is None or self._salience.met(figure, place))
            and (figure.kind is not ActorKind.DOCUMENT or impersonal or self._salience.has_spoken(figure))
        ]

    def _described(self, number: int, mention: Mention) -> tuple[Figure | None, float]:
        """The likeliest of the named figures that a description may take up, and its share."""
        place = self._salience.place(self.quotations[number], mention.span)
        figures = [figure for figure in self._salience.around(place) if may_be(mention, figure)]
        fits = [fit(mention, figure, self.stage) for figure in figures]
        exact = [at for at, found in enumerate(fits) if not EXACT.isdisjoint(found)]
        if len(exact) == 1:  # the one colonel of the article
            figures, fits = [figures[exact[0]]], [fits[exact[0]]]
        met = self._salience.candidates(number, figures, place, None)
        candidates = [found | fitting for found, fitting in zip(met, fits, strict=True)]
        for candidate in candidates:
            if "demonstrative" in candidate and "nearest 1" in candidate:
                candidate["demonstrative, nearest"] = 1.0
        return self._ask(number, "description", figures, candidates)

    def _follow(self, number: int, place: Place) -> None:
        """Settle the pronouns in front of a place that are no sources: whoever they mean is still spoken of."""
        stage = self.stage
        for at in range(max(0, place.sentence - _CHAIN), place.sentence + 1):
            for span, pronoun in subject_pronouns(stage.sentences[at], stage.lexicon):
                if span.start >= place.at or span.start in self._followed:
                    continue
                self._followed.add(span.start)
                if self._salience.in_direct(span) or span.start in self._told:
                    continue
                here = Place(span.start, at, stage.sentences[at].passage, ())
                figures = self._possible(here, pronoun)
                candidates = self._salience.follow(number, figures, here, pronoun)
                shares = probabilities(candidates, self.weights["back"])
                order = ranked(shares)
                if order and shares[order[0]] > _SURE:
                    self._salience.continues(figures[order[0]], here)

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
_CHAIN = 4
_STILL = 0.85
_ASKED = 0.85
_UNSOURCED = 0.8
