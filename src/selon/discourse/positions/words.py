"""Texts as bags of word numbers, with what is known of each word: its vector, weight, stem and classes."""

from __future__ import annotations

import math
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from selon.discourse.positions.records import WordVectors
from selon.languages import languages, load_pack
from selon.models.embedding.words import words

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

_SHORTEST_STEM = 4


@dataclass(frozen=True, slots=True)
class Bags:
    """Texts as runs of word numbers: text ``i`` is ``words[starts[i]:starts[i + 1]]``."""

    words: Ints
    starts: Ints

    def __len__(self) -> int:
        return len(self.starts) - 1

    def summed(self, rows: Floats) -> Floats:
        """For each text the sum of the rows of its words; zeros where it has none."""
        return self._reduced(np.add, rows)

    def highest(self, rows: Floats) -> Floats:
        """For each text the highest of the rows of its words, column by column; zeros where it has none."""
        return self._reduced(np.maximum, rows)

    def _reduced(self, how: np.ufunc, rows: Floats) -> Floats:
        out = np.zeros((len(self), rows.shape[1]), dtype=np.float32)
        filled = np.flatnonzero(np.diff(self.starts))
        for low in range(0, len(filled), _CHUNK):
            some = filled[low : low + _CHUNK]
            first, last = self.starts[some[0]], self.starts[some[-1] + 1]
            out[some] = how.reduceat(rows[self.words[first:last]], self.starts[some] - first, axis=0)
        return out


_CHUNK = 2048
_CLOSED = (
    "determiners",
    "demonstrative_pronouns",
    "subject_pronouns",
    "inverted_pronouns",
    "strong_pronouns",
    "object_clitics",
    "relative_pronouns",
    "question_words",
    "coordinators",
    "subordinators",
    "prepositions",
    "negations",
    "negative_words",
)


class Vocabulary:
    """Numbers words as they come, a language apart; grammatical words are marked in ``grammatical``."""

    def __init__(self) -> None:
        self.forms: list[tuple[str, str]] = []
        self.grammatical: list[bool] = []
        self._numbers: dict[str, dict[str, int]] = {}

    def bags(self, texts: Iterable[str], languages_: Iterable[str]) -> Bags:
        """The texts as runs of word numbers, grammatical words included."""
        flat: list[int] = []
        starts = [0]
        for text, language in zip(texts, languages_, strict=True):
            known = self._numbers.setdefault(language, {})
            for form in words(text):
                number = known.get(form)
                flat.append(self._added(form, language, known) if number is None else number)
            starts.append(len(flat))
        return Bags(np.asarray(flat, dtype=np.int64), np.asarray(starts, dtype=np.int64))

    def known(self, texts: Iterable[tuple[str, str]]) -> Bags:
        """Texts with their languages as runs of word numbers, words that nobody numbered left out."""
        flat: list[int] = []
        starts = [0]
        for text, language in texts:
            numbers = self._numbers.get(language, {})
            flat += [numbers[form] for form in words(text) if form in numbers]
            starts.append(len(flat))
        return Bags(np.asarray(flat, dtype=np.int64), np.asarray(starts, dtype=np.int64))

    def lexical(self, bags: Bags) -> Bags:
        """The same without grammatical words."""
        keep = ~np.asarray(self.grammatical, dtype=bool)[bags.words]
        kept = np.concatenate(([0], np.cumsum(keep)))
        return Bags(bags.words[keep], kept[bags.starts])

    def vectors(self, encoder: WordVectors) -> Floats:
        """A row a word, in the order of their numbers."""
        out = np.zeros((len(self.forms), encoder.dimensions), dtype=np.float32)
        for language, known in self._numbers.items():
            if known:
                out[list(known.values())] = encoder.word_vectors(list(known), language)
        return out

    def stems(self) -> list[str]:
        """Each word without accents and ending."""
        return [stem(form, language) for language, form in self.forms]

    def _added(self, form: str, language: str, known: dict[str, int]) -> int:
        number = known[form] = len(self.forms)
        self.forms.append((language, form))
        short = len(form) < 3 and not form[0].isdigit()
        self.grammatical.append(short or fold(form) in grammatical_words(language))
        return number


@lru_cache(maxsize=1 << 16)  # the same words come back in every statement
def fold(form: str) -> str:
    """A word in lower case without accents."""
    return "".join(c for c in unicodedata.normalize("NFD", form.lower()) if not unicodedata.combining(c))


@lru_cache(maxsize=1 << 16)
def stem(form: str, language: str) -> str:
    """A word without accents and without the longest ending of its pack that leaves four letters."""
    bare = fold(form)
    for ending in _endings(language):
        if bare.endswith(ending) and len(bare) - len(ending) >= _SHORTEST_STEM:
            return bare[: -len(ending)]
    return bare


def rarity(groups: Sequence[Iterable[str]]) -> dict[str, float]:
    """For each stem the logarithm of how many times rarer it is than one that stands in every group."""
    counts = Counter(each for group in groups for each in set(group))
    return {each: math.log((len(groups) + 1) / (count + 0.5)) for each, count in counts.items()}


@cache
def grammatical_words(language: str) -> frozenset[str]:
    """The closed classes of a pack, folded, word by word; empty for a language without pack."""
    if language not in languages():
        return frozenset()
    table = load_pack(language).table("function_words")
    entries = [words(str(entry)) for key in _CLOSED for entry in table.get(key, ())]
    return frozenset(fold(entry[0]) for entry in entries if len(entry) == 1)


@cache
def _endings(language: str) -> tuple[str, ...]:
    if language not in languages():
        return ()
    return tuple(sorted({fold(each) for each in load_pack(language).table("stance")["endings"]}, key=len, reverse=True))
