"""Extracted quotations against annotated ones: precision, recall and F1 of each part.

Two quotations match where the Dice coefficient of their contents' words is at least 0.5, one to one, best pairs first.
Outer punctuation never counts, nor does a complementiser that opens the content. A gold quotation may have other
readings (``also``: any of them counts as right) and may be ``optional`` (neither finding nor missing it counts).

These are the measures of the project's shared scorer, written again so that the gate needs nothing from outside the
repository; ``tests/evaluation/test_measures.py`` compares the two wherever both are there.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

MEASURES = ("content", "exact", "quotation", "cue", "source", "speaker", "full")
"""content: words found, whichever quotation they fall in · quotation: matched · exact: matched, with the same words ·
cue, source: matched, and they share a word (or neither has one) · speaker: matched, and resolved to the right actor ·
full: cue, source and speaker all right."""

Record = Mapping[str, Any]
Positions = frozenset[int]

_WORD = re.compile(r"\w+")
_COMPLEMENTISERS = frozenset({"que", "qu", "de", "d", "si", "that", "to", "if", "whether"})
_DETERMINERS = frozenset(
    {
        *("le", "la", "les", "l", "un", "une", "des", "du", "de", "ce", "cet", "cette", "son", "sa", "ses"),
        *("the", "a", "an", "m", "mm", "mme", "mlle", "mr", "mrs", "ms", "dr", "me"),
    }
)
_MATCH = 0.5
_ROUNDS = 400


class Count(NamedTuple):
    """What is right, what the system gives, and what the gold has."""

    right: int = 0
    given: int = 0
    wanted: int = 0

    def __add__(self, other: object) -> Count:
        return Count(*map(sum, zip(self, other, strict=True))) if isinstance(other, Count) else NotImplemented

    @property
    def precision(self) -> float:
        """The share of what is given that is right."""
        return self.right / self.given if self.given else 0.0

    @property
    def recall(self) -> float:
        """The share of what is wanted that is found."""
        return self.right / self.wanted if self.wanted else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


Tally = dict[str, Count]
"""A Count a measure, of one article or of many."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to annotate a quotation: where the words of its parts begin, and who speaks."""

    content: Positions
    cue: Positions
    source: Positions
    actor: Record | None


@dataclass(frozen=True, slots=True)
class Annotated:
    """A quotation of either side, ready to be compared; ``record`` is what it was made from."""

    record: Record
    readings: tuple[Reading, ...]

    @property
    def content(self) -> Positions:
        """The words of its content, by the first reading."""
        return self.readings[0].content

    @property
    def optional(self) -> bool:
        """Whether the annotators doubted it."""
        return bool(self.record.get("optional"))


@dataclass(frozen=True, slots=True)
class Comparison:
    """Gold and system quotations of one article without the optional ones, and the pairs (gold, system) that match."""

    gold: tuple[Annotated, ...]
    system: tuple[Annotated, ...]
    pairs: tuple[tuple[int, int], ...]


def compare(text: str, gold: Record, system: Record) -> Comparison:
    """The quotations of two records of one article, side by side."""
    wanted, given = _annotated(text, gold), _annotated(text, system)
    spare = {j for i, j in _pairs(wanted, given) if wanted[i].optional}
    kept = tuple(each for each in wanted if not each.optional)
    told = tuple(each for j, each in enumerate(given) if j not in spare)
    return Comparison(kept, told, _pairs(kept, told))


def tally(comparison: Comparison) -> Tally:
    """What one article adds to each measure."""
    gold, system = comparison.gold, comparison.system
    true, told = _union(gold), _union(system)
    rights = [judge(gold[i], system[j]) for i, j in comparison.pairs]
    counts = {"content": Count(len(told & true), len(told), len(true))}
    for measure in MEASURES[1:]:
        counts[measure] = Count(sum(right[measure] for right in rights), len(system), len(gold))
    return counts


def total(tallies: Iterable[Tally]) -> Tally:
    """The tallies of many articles as one: every quotation weighs the same."""
    counts = dict.fromkeys(MEASURES, Count())
    for each in tallies:
        counts = {measure: counts[measure] + each[measure] for measure in MEASURES}
    return counts


def recalls(comparisons: Iterable[Comparison]) -> dict[str, Count]:
    """The gold quotations that were found, by their kind (``direct``) and by their form (``clause``): recall only."""
    counts: dict[str, Count] = {}
    for each in comparisons:
        found = {i for i, _ in each.pairs}
        for i, gold in enumerate(each.gold):
            for label in filter(None, (gold.record.get("type"), gold.record.get("form"))):
                counts[label] = counts.get(label, Count()) + Count(int(i in found), 0, 1)
    return dict(sorted(counts.items()))


def spread(tallies: Sequence[Tally], measure: str) -> float:
    """Half of the 95 % bootstrap interval of F1 over articles; the same for the same tallies (fixed seed)."""
    draw = random.Random(7)  # noqa: S311  a resampling, no secret
    scores = []
    for _ in range(_ROUNDS):
        picked = [tallies[draw.randrange(len(tallies))][measure] for _ in tallies]
        scores.append(sum(picked, Count()).f1)
    scores.sort()
    return (scores[int(0.975 * _ROUNDS) - 1] - scores[int(0.025 * _ROUNDS)]) / 2


def judge(gold: Annotated, system: Annotated) -> dict[str, bool]:
    """Which measures after ``content`` a matched pair has right."""
    told = system.readings[0]
    cue = any(_share(reading.cue, told.cue) for reading in gold.readings)
    source = any(_share(reading.source, told.source) for reading in gold.readings)
    speaker = any(_same_speaker(system.record.get("speaker"), reading.actor) for reading in gold.readings)
    return {
        "exact": any(reading.content == told.content for reading in gold.readings),
        "quotation": True,
        "cue": cue,
        "source": source,
        "speaker": speaker,
        "full": cue and source and speaker,
    }


def _annotated(text: str, record: Record) -> tuple[Annotated, ...]:
    actors = {actor["key"]: actor for actor in record.get("actors", ())}
    found = []
    for quotation in record["quotations"]:
        readings = tuple(
            Reading(
                content=_content_words(text, reading["content"]),
                cue=frozenset(_words(text, reading.get("cue") or ())),
                source=frozenset(_words(text, reading.get("source") or ())),
                actor=actors.get(reading.get("speaker")),
            )
            for reading in (quotation, *quotation.get("also", ()))
        )
        if readings[0].content:
            found.append(Annotated(quotation, readings))
    return tuple(found)


def _words(text: str, spans: Iterable[Sequence[int]]) -> list[int]:
    """Where the words inside the spans begin, in the spans' order."""
    return [start + word.start() for start, end in spans for word in _WORD.finditer(text[start:end])]


def _content_words(text: str, spans: Iterable[Sequence[int]]) -> Positions:
    places = _words(text, spans)
    first = _WORD.match(text, places[0]) if len(places) > 1 else None
    return frozenset(places[1:] if first and first.group().casefold() in _COMPLEMENTISERS else places)


def _pairs(gold: Sequence[Annotated], system: Sequence[Annotated]) -> tuple[tuple[int, int], ...]:
    """Indices (gold, system) of the quotations that match, best first; of equals the first in the text."""
    likely = []
    for i, one in enumerate(gold):
        for j, other in enumerate(system):
            dice = 2 * len(one.content & other.content) / (len(one.content) + len(other.content))
            if dice >= _MATCH:
                likely.append((-dice, i, j))
    pairs: list[tuple[int, int]] = []
    taken: tuple[set[int], set[int]] = (set(), set())
    for _, i, j in sorted(likely):
        if i not in taken[0] and j not in taken[1]:
            taken[0].add(i)
            taken[1].add(j)
            pairs.append((i, j))
    return tuple(pairs)


def _union(quotations: Iterable[Annotated]) -> Positions:
    return frozenset().union(*(each.content for each in quotations))


def _share(one: Positions, other: Positions) -> bool:
    return bool(one & other) or not (one or other)


def _same_speaker(said: str | None, actor: Record | None) -> bool:
    """Whether a name is one of the actor's; of a person, a part of the full name that ends in the surname will do."""
    if said is None or actor is None:
        return said is None and actor is None
    mine, full = plain(said), plain(actor["name"])
    if not mine:
        return False
    if mine in {full, *map(plain, actor.get("names", ()))}:
        return True
    short, long = sorted((mine, full), key=len)
    return actor.get("kind") == "person" and bool(short) and short[-1] == long[-1] and set(short) <= set(long)


def plain(name: str) -> tuple[str, ...]:
    """The words of a name without case, accents, titles and determiners."""
    decomposed = unicodedata.normalize("NFKD", name)
    bare = "".join(each for each in decomposed if not unicodedata.combining(each) and each != "\u00ad")
    return tuple(word for word in _WORD.findall(bare.casefold()) if word not in _DETERMINERS)
