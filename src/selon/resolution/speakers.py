"""Who speaks each quotation of an article: a figure of its cast, or nobody, with the reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from selon.languages.pack import LanguagePack
from selon.offsets import Span
from selon.records import ActorKind, Kind, Quotation
from selon.resolution.cast import Cast, Figure
from selon.resolution.lexicon import Pronoun
from selon.resolution.mentions import Mention, Scene, read_source
from selon.resolution.ranking import Features, Place, Trail, Turn, agrees, features, probabilities, ranked, recency


@dataclass(frozen=True, slots=True)
class Decision:
    """Who speaks: ``figure`` None when unknown; ``rule``, ``saw`` and ``score`` are the evidence, ``mention`` the words."""

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
        self._pronouns = [self._pronoun(quotation, pack) for quotation in quotations]
        self._sources = [
            None if pronoun is not None else read_source(stage, quotation.source, pack)
            for quotation, (pronoun, _) in zip(quotations, self._pronouns, strict=True)
        ]
        self.cast = Cast(stage, [source for source in self._sources if source is not None])
        self._direct = [span for q in quotations if q.kind is Kind.DIRECT for span in q.content]
        self._trails = {figure.number: self._trail(figure) for figure in self.cast.figures}
        self._turns: list[Turn] = []
        self._settled: dict[str, Decision] = {}

    def settle(self) -> list[Decision]:
        """One decision a quotation, in the order given."""
        decisions = []
        for number, quotation in enumerate(self.quotations):
            decision = self._decide(number, quotation)
            decisions.append(decision)
            self._settled[quotation.id] = decision
            self._remember(number, quotation, decision)
        return decisions

    def _decide(self, number: int, quotation: Quotation) -> Decision:
        source = self._sources[number]
        pronoun, span = self._pronouns[number]
        if source is not None:
            return self._explicit(source)
        if pronoun is None:
            return self._ranked(number, "missing", None, self._place(quotation, None), None)
        assert span is not None
        if pronoun.reach == "nobody":
            return Decision(None, "indefinite pronoun", span.of(self.stage.text), 0.9, span)
        if pronoun.reach == "speaker":
            return self._outer(number, quotation, span)
        if pronoun.reach == "relative":
            antecedent = self._antecedent(span)
            if antecedent is not None:
                return antecedent
        return self._ranked(number, pronoun.reach, pronoun, self._place(quotation, span), span)

    def _explicit(self, source: Mention) -> Decision:
        link = self.cast.link(source)
        return Decision(link.figure, link.rule, source.span.of(self.stage.text), link.score, source.span)

    def _outer(self, number: int, quotation: Quotation, span: Span) -> Decision:
        """First person: whoever holds the floor in the quotation around it."""
        said = span.of(self.stage.text)
        around = self._settled.get(quotation.parent or "")
        if around is None:
            for other, earlier in zip(self.quotations[:number], self._settled.values(), strict=True):
                if any(stretch.contains(span) for stretch in other.content):
                    around = earlier
        if around is not None:
            return Decision(around.figure, "first person in the words of", said, 0.9 * around.score, span)
        return self._ranked(number, "missing", None, self._place(quotation, span), span)

    def _antecedent(self, span: Span) -> Decision | None:
        """The noun phrase that a relative pronoun stands right behind."""
        text = self.stage.text
        best: Mention | None = None
        for mention in self.cast.mentions:
            if mention.span.end > span.start:
                continue
            between = text[mention.span.end : span.start].strip()
            if between in ("", ",") and (best is None or mention.span.start < best.span.start):
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
        recency(candidates, trails, place)
        self.questions.append(Question(number, case, tuple(figures), tuple(candidates)))
        shares = probabilities(candidates, self.weights.get(case, self.weights["back"]))
        order = ranked(shares)
        said = span.of(self.stage.text) if span is not None else ""
        if not order or shares[order[0]] < _ENOUGH:
            return Decision(None, f"no clear candidate for {case}", said, 1 - (shares[order[0]] if order else 0), None)
        return Decision(figures[order[0]], f"ranked: {case}", said, shares[order[0]], span)

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
            quoted = any(span.contains(mention.span) for span in self._direct)
            trail.add(mention.span.start, mention.sentence, mention.passage, mention.subject, quoted)
        return trail

    def _remember(self, number: int, quotation: Quotation, decision: Decision) -> None:
        spans = quotation.content + quotation.cue + quotation.source
        first = self.stage.sentence_at(min(span.start for span in spans))
        last = self.stage.sentence_at(max(span.end for span in spans) - 1)
        passage = self.stage.sentences[last].passage if self.stage.sentences else 0
        direct, cued = quotation.kind is Kind.DIRECT, bool(quotation.cue)
        self._turns.append(Turn(decision.figure, first, last, passage, direct, cued))
        span = self._pronouns[number][1]
        if span is not None and decision.figure is not None:
            sentence = self.stage.sentence_at(span.start)
            trail = self._trails[decision.figure.number]
            trail.add(span.start, sentence, self.stage.sentences[sentence].passage, subject=True, quoted=False)
            pronoun = self._pronouns[number][0]
            if pronoun is not None and pronoun.gender and not decision.figure.gender and decision.score > _SURE:
                decision.figure.gender = pronoun.gender

    def _pronoun(self, quotation: Quotation, pack: LanguagePack) -> tuple[Pronoun | None, Span | None]:
        """The pronoun that is the source, or that stands inverted in the cue of a quotation without source."""
        text, words = self.stage.text, self.stage.lexicon
        if quotation.source:
            span = Span(quotation.source[0].start, quotation.source[-1].end)
            form = " ".join(span.of(text).lower().replace("’", "'").split())
            return words.pronouns.get(form) or words.pronouns.get(form.lstrip("-")), span
        for span in quotation.cue:
            for token in pack.tokenizer(text, span.start, span.end):
                pronoun = words.pronouns.get(token.form) if token.form.startswith("-") else None
                if pronoun is not None and pronoun.reach in ("back", "nobody"):
                    return pronoun, Span(token.start, token.end)
        return None, None


_ENOUGH = 0.35
_SURE = 0.7
