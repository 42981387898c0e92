"""Which figure a pronoun or a missing source means: features of each candidate, weighed, as probabilities.

A linear scorer over candidates with a softmax on top (the mention-ranking model of Denis and Baldridge 2008, §3); the
weights of each case stand in ``speakers.toml`` of the pack and are fitted by ``training/resolution``.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from selon.offsets import Span
from selon.records import ActorKind
from selon.resolution.cast import Figure
from selon.resolution.lexicon import Pronoun
from selon.resolution.phrases import NOBODY

Features = dict[str, float]


@dataclass(frozen=True, slots=True)
class Turn:
    """A quotation that was already settled: who spoke and where it stands."""

    figure: Figure | None
    sentence: int
    last_sentence: int
    passage: int
    direct: bool
    content: tuple[Span, ...]
    nested: bool


@dataclass(frozen=True, slots=True)
class Place:
    """Where the question arises: a character, its sentence and passage; and the quotation's own content."""

    at: int
    sentence: int
    passage: int
    content: tuple[Span, ...]


@dataclass(slots=True)
class Trail:
    """Where a figure has been mentioned so far, in text order."""

    starts: list[int] = field(default_factory=list)
    sentences: list[int] = field(default_factory=list)
    passages: list[int] = field(default_factory=list)
    subjects: list[bool] = field(default_factory=list)
    leading: list[bool] = field(default_factory=list)
    quoted: list[bool] = field(default_factory=list)

    def add(self, start: int, where: tuple[int, int], *, subject: bool, leading: bool, quoted: bool) -> None:
        """Put a mention at a character, sentence and passage; a second one at the same character is left out."""
        at = bisect_left(self.starts, start)
        if at < len(self.starts) and self.starts[at] == start:
            return
        self.starts.insert(at, start)
        self.sentences.insert(at, where[0])
        self.passages.insert(at, where[1])
        self.leading.insert(at, leading)
        self.subjects.insert(at, subject)
        self.quoted.insert(at, quoted)

    def starts_in(self, start: int, end: int) -> Sequence[int]:
        """The mentions that begin between two characters."""
        return self.starts[bisect_left(self.starts, start) : bisect_left(self.starts, end)]


@dataclass(frozen=True, slots=True)
class Floor:
    """Who has it: the quotation around the place, the last turns (newest first), and how often each figure spoke.

    ``inner`` is the last turn where it is nested in the one that counts as last.
    """

    around: Turn | None
    last: tuple[Turn, ...]
    spoken: Mapping[int, int]
    inner: Turn | None = None


def floor(turns: Sequence[Turn], place: Place) -> Floor:
    """The floor at a place, after these turns; a turn nested in another is not the last unless we are nested too."""
    around = [turn for turn in turns if any(span.start <= place.at < span.end for span in turn.content)]
    level = turns if around else [turn for turn in turns if not turn.nested]
    spoken = Counter(turn.figure.number for turn in turns if turn.figure is not None)
    inner = turns[-1] if turns and level and turns[-1] is not level[-1] else None
    return Floor(around[-1] if around else None, tuple(reversed(level[-2:])), spoken, inner)


def probabilities(candidates: Sequence[Features], weights: Mapping[str, float]) -> list[float]:
    """The share of each candidate, in order; they add up to one with the candidate "nobody" whose score is 0."""
    scores = [sum(weights.get(name, 0.0) * value for name, value in features.items()) for features in candidates]
    top = max([0.0, *scores])
    powers = [math.exp(score - top) for score in scores]
    total = sum(powers) + math.exp(-top)
    return [power / total for power in powers]


def agrees(figure: Figure, pronoun: Pronoun | None) -> bool:
    """Whether number and gender do not speak against the figure, nor that nothing says it can speak (``le risque``)."""
    if pronoun is None:
        return True
    if pronoun.gender == "n":
        return not figure.many and (figure.kind is not ActorKind.PERSON or figure.supposed)
    if not figure.key and figure.kind is ActorKind.UNKNOWN:
        return False
    if not figure.key and figure.roles and all(role.promise == NOBODY for role in figure.roles):
        return False
    if pronoun.gender and figure.gender and pronoun.gender != figure.gender:
        return False
    unlike = bool(figure.genders) and pronoun.gender not in figure.genders
    if pronoun.gender and not figure.gender and unlike and not figure.many:
        return False
    if pronoun.number == "p":
        return figure.many or figure.kind is not ActorKind.PERSON
    return not (pronoun.number == "s" and figure.many)


def features(figure: Figure, trail: Trail, place: Place, floor: Floor, pronoun: Pronoun | None) -> Features:
    """What speaks for and against a figure at a place; every value between -1 and 3."""
    found: Features = {"is": 1.0}
    _mentioned(found, trail, place)
    _spoke(found, figure, place, floor)
    found[f"kind {figure.kind.value}"] = 1.0
    if figure.key:
        found["named"] = 1.0
    elif figure.roles:
        found[f"described as {figure.roles[0].promise or 'bare'}"] = 1.0
    if pronoun is not None:
        found[f"gender {'known' if figure.genders else 'open'}"] = 1.0
        if pronoun.gender and figure.looks and not figure.gender:
            found["looks " + ("right" if figure.looks == pronoun.gender else "wrong")] = 1.0
        if pronoun.number == "s" and figure.kind is not ActorKind.PERSON:
            found["body for a singular"] = 1.0
    return found


def _mentioned(found: Features, trail: Trail, place: Place) -> None:
    count = bisect_left(trail.starts, place.at)
    if any(bisect_left(trail.starts, s.start) < bisect_left(trail.starts, s.end) for s in place.content):
        found["in its own content"] = 1.0
    if not count:
        found["never before"] = 1.0
        later = [s for s in trail.sentences if s - place.sentence <= 1]
        if later:
            found["just after"] = 1.0
        return
    last = _before(trail, place)
    if last < 0:
        found["only in its own content"] = 1.0
        return
    outside = last
    while outside >= 0 and trail.quoted[outside]:
        outside -= 1
    if outside < 0:
        found["only inside quotations"] = 1.0
        outside = last
    gap = max(0, place.sentence - trail.sentences[outside])
    found[f"gap {min(gap, 4)}"] = 1.0
    if trail.passages[outside] == place.passage:
        found["same passage"] = 1.0
    if trail.subjects[outside]:
        found["subject"] = 1.0
        found[f"subject, gap {min(gap, 2)}"] = 1.0
    if trail.leading[outside]:
        found[f"opened the sentence, gap {min(gap, 2)}"] = 1.0
    found["mentions"] = min(3.0, math.log(1 + count))


def _before(trail: Trail, place: Place) -> int:
    """The number of the last mention before a place that is not within the quotation itself; -1 without one."""
    last = bisect_left(trail.starts, place.at) - 1
    while last >= 0 and any(span.start <= trail.starts[last] < span.end for span in place.content):
        last -= 1
    return last


def _spoke(found: Features, figure: Figure, place: Place, floor: Floor) -> None:
    said = floor.spoken.get(figure.number, 0)
    if said:
        found["has spoken"] = 1.0
        found["times spoken"] = min(2.0, said / 3)
    if floor.around is not None and floor.around.figure is figure:
        found["holds the floor, directly" if floor.around.direct else "holds the floor"] = 1.0
    if floor.inner is not None and floor.inner.figure is figure:
        found["spoke within the last turn"] = 1.0
    for back, turn in enumerate(floor.last):
        if turn.figure is figure:
            gap = place.sentence - turn.last_sentence
            found[f"spoke {back + 1} ago"] = 1.0
            if back == 0:
                found[f"spoke last, gap {max(-1, min(gap, 3))}"] = 1.0
                if turn.passage == place.passage:
                    found["spoke last in this passage"] = 1.0
                if turn.direct:
                    found["spoke last, directly"] = 1.0


def recency(candidates: Sequence[Features], trails: Sequence[Trail], place: Place) -> None:
    """Add to each candidate its rank by last mention before the place: the nearest, the second nearest."""
    lasts = []
    for number, trail in enumerate(trails):
        last = _before(trail, place)
        lasts.append((trail.starts[last] if last >= 0 else -1, number))
    for rank, (start, number) in enumerate(sorted(lasts, reverse=True)[:2]):
        if start >= 0:
            candidates[number][f"nearest {rank + 1}"] = 1.0


def ranked(shares: Iterable[float]) -> list[int]:
    """Candidate numbers, likeliest first; ties keep their order."""
    return [number for number, _ in sorted(enumerate(shares), key=lambda pair: -pair[1])]
