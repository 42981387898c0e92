"""The contents of statements as arrays: words with their vectors and weights, names, numbers, negation, cue."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from selon.languages import LanguagePack
from selon.languages.inflection import forms
from selon.matching.utterances.records import Reported
from selon.models.embedding import Encoder

LONGEST, NUMBERS = 48, 8
"""Words of a content that are compared (of a longer one those that weigh most), and numbers."""
_LARGEST, _THOUSAND = 1e15, 1000
"""Longer digits are no quantity."""
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
    ``numbers`` holds the values named (NaN after the last); ``sentences`` unit vectors of contents, ``cues``
    of the distinct cues, of which ``cue`` tells each row's.
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
    cue: Ints
    classes: Ints
    class_names: tuple[str, ...]
    vocabulary: Floats

    def some(self, rows: Sequence[int]) -> Wordings:
        """Those of these rows."""
        chosen = list(rows)
        arrays = ("words", "weights", "plain", "names", "numbers", "denied", "sentences", "cue", "classes")
        names = tuple(self.class_names[row] for row in chosen)
        return replace(self, class_names=names, **{name: getattr(self, name)[chosen] for name in arrays})


def wordings(said: Sequence[Reported], encoder: WordEncoder, packs: Mapping[str, LanguagePack]) -> Wordings:
    """The arrays of the statements; a language without a pack in ``packs`` has no negations and number words."""
    reader = _Reader(encoder, packs)
    count = len(said)
    words = np.full((count, LONGEST), -1, dtype=np.int32)
    names = np.zeros((count, LONGEST), dtype=bool)
    numbers = np.full((count, NUMBERS), np.nan)
    denied = np.zeros(count, dtype=bool)
    cues: dict[tuple[str, str], int] = {}
    cue = np.zeros(count, dtype=np.int32)
    for row, each in enumerate(said):
        content = reader.content(each.content, each.language)
        words[row, : len(content.places)] = content.places
        names[row, : len(content.named)] = content.named
        numbers[row, : len(content.numbers)] = content.numbers
        cue[row] = cues.setdefault((each.language, each.cue), len(cues))
        denied[row] = content.negated
    width = max(1, int((words >= 0).sum(axis=1).max(initial=0)))  # mostly far fewer than there may be
    words, names = words[:, :width].copy(), names[:, :width].copy()
    vectors, plain = reader.vocabulary()
    lengths = np.linalg.norm(vectors, axis=1)
    used = words >= 0
    read = [reader.cue(text, language) for language, text in cues]
    classes = np.array([kind for kind, _ in read], dtype=np.int32)[cue]
    return Wordings(
        words=words,
        weights=np.where(used, lengths.astype(np.float32)[words], np.float32(0.0)),
        plain=np.where(used, plain[words], np.int32(-1)),
        names=names,
        numbers=numbers,
        denied=denied != np.array([opposed for _, opposed in read], dtype=bool)[cue],
        sentences=encoder.encode([each.content for each in said], [each.language for each in said]),
        cues=encoder.encode([text for _, text in cues], [language for language, _ in cues]),
        cue=cue,
        classes=classes,
        class_names=tuple(reader.class_names[number] for number in classes.tolist()),
        vocabulary=(vectors / np.maximum(lengths, 1e-6)[:, None]).astype(np.float32),
    )


class _Content(NamedTuple):
    places: Sequence[int]
    named: Sequence[bool]
    numbers: Sequence[float]
    negated: bool


class _Word(NamedTuple):
    """A word as it is written: its place in the vocabulary, its form, what it is by itself."""

    place: int
    form: str
    named: bool
    value: float
    negates: bool


class _Reader:
    """Reads contents word by word; each distinct word of a language gets a place in the vocabulary."""

    def __init__(self, encoder: WordEncoder, packs: Mapping[str, LanguagePack]) -> None:
        tables = {code: pack.table("matching") for code, pack in packs.items()}
        self._encoder = encoder
        self._negations = {code: frozenset(table["negations"]) for code, table in tables.items()}
        self._joints = {code: frozenset(table["joints"]) for code, table in tables.items()}
        self._values = {code: dict(table["numbers"]) for code, table in tables.items()}
        self._forms = {code: forms(pack) for code, pack in packs.items()}
        self._places: dict[tuple[str, str], int] = {}
        self._met: dict[str, dict[str, _Word]] = {}
        self._classes: dict[str, int] = {"": 0}

    def content(self, text: str, language: str) -> _Content:
        """Its words, which of them name, its numbers, and whether a negation stands in it."""
        met = self._met.setdefault(language, {})
        found = _WORD.findall(text)
        words = [met.get(word) or met.setdefault(word, self._word(word, language)) for word in found]
        places, named = [word.place for word in words], [word.named for word in words]
        if words and text.startswith(found[0]):
            named[0] = False  # a capital there is no sign of a name
        values = set(_numbers(words, self._joints.get(language, frozenset()))) - {0.0}
        if len(places) > LONGEST:
            weights = np.linalg.norm(self._encoder.word_vectors([word.form for word in words], language), axis=1)
            kept = sorted(np.argsort(-weights, kind="stable")[:LONGEST].tolist())
            places, named = [places[i] for i in kept], [named[i] for i in kept]
        return _Content(places, named, sorted(values)[:NUMBERS], any(word.negates for word in words))

    def _word(self, word: str, language: str) -> _Word:
        form = word.lower()
        value = _value(form) if form[0].isdigit() else float(self._values.get(language, {}).get(form, 0))
        place = self._places.setdefault((language, form), len(self._places))
        return _Word(place, form, word[:1].isupper(), value, form in self._negations.get(language, ()))

    def cue(self, text: str, language: str) -> tuple[int, bool]:
        """The number of the cue's class, 0 where unknown, and whether it denies its content."""
        known = self._forms.get(language, {})
        lower = [word.lower() for word in _WORD.findall(text)]
        readings = [each for form in reversed(lower) for each in known.get(form, ())]
        kind = readings[0].cue.kind if readings else ""
        opposed = bool(readings) and readings[0].cue.polarity == "-"
        return self._classes.setdefault(kind, len(self._classes)), opposed

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


def _numbers(words: Sequence[_Word], joints: Container[str]) -> Iterator[float]:
    """The numbers told, those of several words as one (*cent cinquante mille*, *4,6 millions*), and zeros."""
    run: list[_Word] = []
    for word in words:
        if word.value:
            run.append(word)
        elif word.form not in joints:
            yield from _composed(run)
            run = []
    yield from _composed(run)


def _composed(run: Sequence[_Word]) -> Iterator[float]:
    """The numbers that number words side by side make."""
    whole, part, figures = 0.0, 0.0, False  # thousands and more; what those may still multiply; is that in figures
    for word in run:
        if word.form[0].isdigit():
            yield whole + part
            whole, part, figures = 0.0, word.value, True
        elif word.value >= _THOUSAND and (part or not whole):
            whole, part, figures = min(whole + max(part, 1.0) * word.value, _LARGEST), 0.0, False
        elif not figures and (more := _counted_on(part, word.value)):
            part = more
        else:
            yield whole + part
            whole, part, figures = 0.0, word.value, False
    yield whole + part


def _counted_on(part: float, value: float) -> float:
    """What number words below a thousand and the next one make together (*quatre-vingt-dix*), 0 where nothing."""
    tens = part % 100
    if value == 100 and part < 100:
        return max(part, 1.0) * 100
    if value == 20 and tens == 4:
        return part + 76
    room = tens == 0 or (value < 10 and tens >= 20 and part % 10 == 0) or (value < 20 and tens in {60, 80})
    return part + value if value < 100 and room else 0.0


def _value(digits: str) -> float:
    """``4,6`` is 4.6; ``180.000``, ``180,000`` and ``180 000`` are one hundred and eighty thousand."""
    parts = re.split(r"[.,\s]", _THOUSANDS.sub("", digits))
    return min(float(".".join(parts)) if len(parts) <= 2 else float(parts[0]), _LARGEST)


def plain_form(form: str) -> str:
    """The form without its accents."""
    if form.isascii():
        return form
    return "".join(c for c in unicodedata.normalize("NFKD", form) if not unicodedata.combining(c))
