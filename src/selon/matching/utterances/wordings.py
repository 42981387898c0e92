"""The contents of statements as arrays: words with their vectors and weights, names, numbers, negation, cue."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from selon.languages import LanguagePack
from selon.languages.inflection import forms
from selon.matching.utterances.records import Reported
from selon.models.embedding import Encoder

LONGEST, NUMBERS = 48, 8
"""Words of a content that are compared (of a longer one those that weigh most), and numbers."""
_WORD = re.compile(r"[^\W\d_]+|\d+(?:[.,\s]\d+)*")
_THOUSANDS = re.compile(r"[.,\s](?=\d{3}(?!\d))")

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]


class WordEncoder(Encoder, Protocol):
    """An encoder that has vectors of single words too."""

    def word_vectors(self, forms: Sequence[str], language: str) -> Floats:
        """A row a word, its length the word's weight."""


@dataclass(frozen=True)
class Wordings:
    """Row for row with the statements; ``words`` holds places in the vocabulary, -1 after the last word.

    ``plain`` tells words alike but for accents by the same number in all languages; ``names`` marks words that name,
    ``numbers`` holds the values named (NaN after the last); ``sentences`` unit vectors of contents, ``cues`` of cues.
    ``class_names`` are the classes of the cues, empty where unknown.
    ``denied`` says whether the statement as a whole denies: a negation in its content or in its cue, not in both.
    """

    words: Ints
    weights: Floats
    plain: Ints
    names: NDArray[np.bool_]
    numbers: NDArray[np.float64]
    denied: NDArray[np.bool_]
    sentences: Floats
    cues: Floats
    classes: Ints
    class_names: tuple[str, ...]
    vocabulary: Floats


def wordings(said: Sequence[Reported], encoder: WordEncoder, packs: Mapping[str, LanguagePack]) -> Wordings:
    """The arrays of the statements; a language without a pack in ``packs`` has no negations and number words."""
    reader = _Reader(encoder, packs)
    count = len(said)
    words = np.full((count, LONGEST), -1, dtype=np.int32)
    names = np.zeros((count, LONGEST), dtype=bool)
    numbers = np.full((count, NUMBERS), np.nan)
    denied = np.zeros(count, dtype=bool)
    classes = np.zeros(count, dtype=np.int32)
    for row, each in enumerate(said):
        content = reader.content(each.content, each.language)
        words[row, : len(content.places)] = content.places
        names[row, : len(content.named)] = content.named
        numbers[row, : len(content.numbers)] = content.numbers
        classes[row], opposed = reader.cue(each.cue, each.language)
        denied[row] = content.negated != opposed
    vectors, plain = reader.vocabulary()
    lengths = np.linalg.norm(vectors, axis=1)
    used = words >= 0
    languages = [each.language for each in said]
    return Wordings(
        words=words,
        weights=np.where(used, lengths[words], 0.0).astype(np.float32),
        plain=np.where(used, plain[words], -1).astype(np.int32),
        names=names,
        numbers=numbers,
        denied=denied,
        sentences=encoder.encode([each.content for each in said], languages),
        cues=encoder.encode([each.cue for each in said], languages),
        classes=classes,
        class_names=tuple(reader.class_names[number] for number in classes.tolist()),
        vocabulary=(vectors / np.maximum(lengths, 1e-6)[:, None]).astype(np.float32),
    )


class _Content(NamedTuple):
    places: Sequence[int]
    named: Sequence[bool]
    numbers: Sequence[float]
    negated: bool


class _Reader:
    """Reads contents word by word; each distinct word of a language gets a place in the vocabulary."""

    def __init__(self, encoder: WordEncoder, packs: Mapping[str, LanguagePack]) -> None:
        tables = {code: pack.table("matching") for code, pack in packs.items()}
        self._encoder = encoder
        self._negations = {code: frozenset(table["negations"]) for code, table in tables.items()}
        self._values = {code: dict(table["numbers"]) for code, table in tables.items()}
        self._forms = {code: forms(pack) for code, pack in packs.items()}
        self._places: dict[tuple[str, str], int] = {}
        self._classes: dict[str, int] = {"": 0}
        self._cues: dict[tuple[str, str], tuple[int, bool]] = {}

    def content(self, text: str, language: str) -> _Content:
        """Its words, which of them name, its numbers, and whether a negation stands in it."""
        found = [(match.group(), match.start()) for match in _WORD.finditer(text)]
        lower = [word.lower() for word, _ in found]
        places = [self._places.setdefault((language, form), len(self._places)) for form in lower]
        named = [word[:1].isupper() and start > 0 for word, start in found]
        known = self._values.get(language, {})
        values = {_value(form) if form[0].isdigit() else float(known.get(form, 0)) for form in lower} - {0.0}
        negated = not self._negations.get(language, frozenset()).isdisjoint(lower)
        if len(places) > LONGEST:
            weights = np.linalg.norm(self._encoder.word_vectors(lower, language), axis=1)
            kept = sorted(np.argsort(-weights, kind="stable")[:LONGEST].tolist())
            places, named = [places[i] for i in kept], [named[i] for i in kept]
        return _Content(places, named, sorted(values)[:NUMBERS], negated)

    def cue(self, text: str, language: str) -> tuple[int, bool]:
        """The number of the cue's class, 0 where unknown, and whether it denies its content."""
        key = (language, text)
        if key not in self._cues:
            known = self._forms.get(language, {})
            lower = [word.lower() for word in _WORD.findall(text)]
            readings = [each for form in reversed(lower) for each in known.get(form, ())]
            kind = readings[0].cue.kind if readings else ""
            opposed = bool(readings) and readings[0].cue.polarity == "-"
            self._cues[key] = self._classes.setdefault(kind, len(self._classes)), opposed
        return self._cues[key]

    @property
    def class_names(self) -> tuple[str, ...]:
        """The classes of the cues met so far, by their numbers."""
        return tuple(self._classes)

    def vocabulary(self) -> tuple[Floats, Ints]:
        """The vector of each place, and a number that is the same for words alike but for accents."""
        vectors = np.zeros((len(self._places) + 1, self._encoder.dimensions), dtype=np.float32)
        plain = np.zeros(len(vectors), dtype=np.int32)
        by_language: dict[str, list[tuple[str, int]]] = {}
        for (language, form), place in self._places.items():
            by_language.setdefault(language, []).append((form, place))
        alike: dict[str, int] = {}
        for language, entries in by_language.items():
            vectors[[place for _, place in entries]] = self._encoder.word_vectors([f for f, _ in entries], language)
            for form, place in entries:
                plain[place] = alike.setdefault(plain_form(form), len(alike))
        return vectors, plain


def _value(digits: str) -> float:
    """``4,6`` is 4.6; ``180.000``, ``180,000`` and ``180 000`` are one hundred and eighty thousand."""
    parts = re.split(r"[.,\s]", _THOUSANDS.sub("", digits))
    return float(".".join(parts)) if len(parts) <= 2 else float(parts[0])


def plain_form(form: str) -> str:
    """The form without its accents."""
    if form.isascii():
        return form
    return "".join(c for c in unicodedata.normalize("NFKD", form) if not unicodedata.combining(c))
