"""What a neural reader makes of the article: more candidates for the cues, and what it thinks of those of the rules."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from selon.attribution.draft import Draft, Range, trim
from selon.attribution.infinitives import infinitive
from selon.attribution.words import Words
from selon.languages import LanguagePack
from selon.models.reader import Reading, load_reader
from selon.models.reader.reader import QuotationReader

FOLDER = "reader"
KEEP = 0.05
"""Least confidence of a reading that is looked at; the ranker judges it."""
RULE = "network"
_STEPS = (0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9)
_SURE = 0.2
"""Least confidence of a reading without cue that becomes a candidate of its own."""
_RIVAL = 0.35
_SHORT = 60
"""A text of fewer tokens is too short for the reader, which learnt from whole articles: its silence means nothing."""
_TOLD = 0.8
"""A reading that shares more of its words than this with a draft says nothing new."""


@cache
def network(pack: LanguagePack) -> QuotationReader | None:
    """The pack's neural reader, loaded once, or None when it has none. Raises PackError when it is damaged."""
    return load_reader(pack.folder / FOLDER, keep=KEEP)


@dataclass(frozen=True, slots=True)
class Read:
    """A reading in token ranges; ``words`` are the content's words, ``cued`` the tokens of the cue.

    ``pronoun`` is the token of an inverted pronoun that is the source (``a-t-il``); then there is no ``source``.
    """

    content: tuple[Range, ...]
    cue: tuple[Range, ...]
    source: Range | None
    confidence: float
    words: frozenset[int]
    cued: frozenset[int]
    pronoun: int | None = None


class Readings:
    """The readings of one article, asked by cue or by content; without a reader there are none and nothing is said."""

    def __init__(self, words: Words, reader: QuotationReader | None) -> None:
        self._words = words
        self._silent = reader is None
        self._contents: dict[tuple[Range, ...], frozenset[int]] = {}
        found = reader.read(as_read(words)) if reader is not None else []
        self._keep([read for reading in found if (read := _read(words, reading)) is not None])
        if not self._reads and len(words) < _SHORT:
            self._silent = True

    def _keep(self, reads: list[Read]) -> None:
        """Take the readings, with an index from tokens to those whose cue or content they belong to."""
        self._reads = reads
        self._by_cue: dict[int, list[Read]] = {}
        self._by_word: dict[int, list[Read]] = {}
        for read in reads:
            for i in read.cued:
                self._by_cue.setdefault(i, []).append(read)
            for i in read.words:
                self._by_word.setdefault(i, []).append(read)

    @classmethod
    def given(cls, words: Words, readings: Iterable[Reading]) -> Readings:
        """The readings that were made before, as training does with a reader that never saw the article."""
        made = cls(words, None)
        made._silent = False
        made._keep([read for reading in readings if (read := _read(words, reading)) is not None])
        return made

    def candidates(self, cue: Range, drafts: Sequence[Draft]) -> list[Draft]:
        """Contents that the reader gives the cue and the rules do not."""
        known = {_content(self._words, draft.content) for draft in drafts}
        model = drafts[0]
        made = []
        for read in _each(self._by_cue, range(cue[0], cue[1] + 1)):
            if read.words not in known:
                lacks = read.source is None and read.pronoun is None
                source = model.source if lacks else read.source
                pronoun = model.pronoun if lacks else read.pronoun
                made.append(Draft(read.content, model.cue, source, RULE, read.confidence, pronoun=pronoun))
        return made

    def alone(self, cues: Iterable[Range]) -> list[Draft]:
        """Readings whose cue is none of those that the rules know."""
        taken = {i for first, last in cues for i in range(first, last + 1)}
        return [
            Draft(read.content, read.cue, read.source, RULE, read.confidence, pronoun=read.pronoun)
            for read in self._reads
            if read.cued and taken.isdisjoint(read.cued)
        ]

    def without_cue(self, kept: Sequence[Draft], drafts: Sequence[Draft]) -> list[Draft]:
        """Readings without a cue that say something new beside what was kept and the cue-less ``drafts``."""
        covered = {i for draft in kept for first, last in draft.content for i in range(first, last + 1)}
        cues = {i for draft in kept for first, last in draft.cue for i in range(first, last + 1)}
        told = {i for i in cues if self._words.quoted_of[i] is None}
        known: dict[int, list[frozenset[int]]] = {}
        for draft in drafts:
            content = self._content(draft.content)
            for i in content:
                known.setdefault(i, []).append(content)
        made = []
        for read in self._reads:
            if read.cued or read.confidence < _SURE or 2 * len(read.words & covered) >= len(read.words):
                continue
            if not told.isdisjoint(read.words):
                continue
            if all(_dice(read.words, other) <= _TOLD for i in read.words for other in known.get(i, ())):
                made.append(Draft(read.content, (), read.source, RULE, read.confidence))
        return made

    def features(self, draft: Draft) -> Iterator[str]:
        """What the reader says of a candidate: how sure it is of the cue, and how far it agrees on the content."""
        if self._silent:
            return
        words, rule = self._content(draft.content), draft.rule
        read = self._nearest(draft, words)
        if read is None:
            others = (other for other in _each(self._by_word, words) if other.confidence > _RIVAL)
            rival = max((_dice(words, other.words) for other in others), default=0.0)
            yield "net=none"
            yield f"net=none|rule={rule}"
            yield f"other={_alike(rival)}"
            return
        sure, alike = bisect_right(_STEPS, read.confidence), _alike(_dice(words, read.words))
        first, last = min(words, default=-1) == min(read.words), max(words, default=-1) == max(read.words)
        yield f"net={sure}"
        yield f"net={sure}|rule={rule}"
        yield f"net={sure}|dice={alike}"
        yield f"dice={alike}|rule={rule}"
        yield f"first={first}|{sure}"
        yield f"last={last}|{sure}"
        yield f"first={first}|rule={rule}"
        yield f"last={last}|rule={rule}"

    def _content(self, ranges: tuple[Range, ...]) -> frozenset[int]:
        """The words of a content, remembered: many candidates share one."""
        found = self._contents.get(ranges)
        if found is None:
            found = self._contents[ranges] = _content(self._words, ranges)
        return found

    def nearest(self, draft: Draft) -> Read | None:
        """The surest reading of a draft's cue, or of its content where it has none; None where there is no reading."""
        return self._nearest(draft, self._content(draft.content))

    def _nearest(self, draft: Draft, words: frozenset[int]) -> Read | None:
        cued = [i for first, last in draft.cue for i in range(first, last + 1)]
        near = _each(self._by_cue, cued) if cued else [read for read in _each(self._by_word, words) if not read.cued]
        return max(near, key=lambda read: read.confidence, default=None)


def as_read(words: Words) -> list[list[str]]:
    """The words of each passage; marks of two kinds that hold one stretch (``« … "``) as the reader knows them."""
    alike = words.mended_marks
    return [[alike.get(i, words.tokens[i].text) for i in range(first, last + 1)] for first, last in words.passages]


def _read(words: Words, reading: Reading) -> Read | None:
    cued = frozenset(i for start, end in reading.cue for i in range(start, end))
    ranges = (_to_marks(words, cued, (_past_link(words, start), end - 1)) for start, end in reading.content)
    content = tuple(part for first, last in ranges if (part := trim(words, first, last)) is not None)
    inside = _content(words, content)
    if not inside:
        return None
    cue = tuple((start, end - 1) for start, end in reading.cue)
    source = (reading.source[0][0], reading.source[0][1] - 1) if reading.source else None
    if source is not None and source[0] == source[1] and words.has(source[0], "inverted_pronouns"):
        return Read(content, cue, None, reading.confidence, inside, cued, source[0])
    return Read(content, cue, source, reading.confidence, inside, cued)


def _to_marks(words: Words, cued: frozenset[int], content: Range) -> Range:
    """The content with the whole of a quoted stretch that it enters or leaves, if the cue stands outside of it."""
    first, last = content
    left, right = words.quoted_of[first], words.quoted_of[last]
    if left is not None and left.level == 0 and cued.isdisjoint(range(left.first, left.last + 1)):
        first = left.first
    if right is not None and right.level == 0 and cued.isdisjoint(range(right.first, right.last + 1)):
        last = right.last
    return first, last


def _past_link(words: Words, start: int) -> int:
    """Past the preposition of an infinitive, which is no part of the content: « menace de partir »."""
    linked = words.among(start, "infinitive_links") and start + 1 < len(words)
    return start + 1 if linked and infinitive(words, start + 1) else start


def _content(words: Words, ranges: Sequence[Range]) -> frozenset[int]:
    return frozenset().union(*(words.plain_within(first, last) for first, last in ranges))


def _dice(mine: frozenset[int], theirs: frozenset[int]) -> float:
    return 2 * len(mine & theirs) / (len(mine) + len(theirs)) if mine or theirs else 0.0


def _alike(dice: float) -> str:
    if dice == 1.0:
        return "1"
    return next(
        (name for limit, name in ((0.9, ".9"), (0.7, ".7"), (0.5, ".5")) if dice >= limit), ">0" if dice else "0"
    )


def _each(index: Mapping[int, list[Read]], tokens: Iterable[int]) -> list[Read]:
    """The readings at any of the tokens, each once, in their order."""
    found = {id(read): read for i in sorted(tokens) for read in index.get(i, ())}
    return list(found.values())
