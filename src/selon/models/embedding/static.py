"""Static bilingual word vectors: a text is the weighted mean of its words (numpy only, some 10^5 texts a second)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from selon.models.embedding.subwords import identity_vector, subword_buckets
from selon.models.embedding.words import words

_CHUNK = 4096


@dataclass(frozen=True)
class Table:
    """The trained numbers: int8 rows with a scale each; a row's length is the word's weight.

    ``places`` holds, by language, the row of each word; ``subwords`` are the rows of the letter sequences; ``weight``
    is that of a word that is not in the table, ``own`` the share of its vector that is its own identity.
    """

    rows: NDArray[np.int8]
    scales: NDArray[np.float32]
    places: Mapping[str, Mapping[str, int]]
    subwords: NDArray[np.float32]
    weight: float
    own: float


class StaticEncoder:
    """Encodes texts by a ``Table``; keeps the vectors of words that it met outside the table."""

    def __init__(self, table: Table, fingerprint: str) -> None:
        self._table = table
        self._fingerprint = fingerprint

    @property
    def dimensions(self) -> int:
        """How many numbers a vector has."""
        return int(self._table.rows.shape[1])

    @property
    def fingerprint(self) -> str:
        """The SHA-256 of the shipped table."""
        return self._fingerprint

    def encode(self, texts: Sequence[str], languages: Sequence[str]) -> NDArray[np.float32]:
        """A unit row a text, in order; zeros where a text has no words. A language that is unknown has no words."""
        out = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for start in range(0, len(texts), _CHUNK):
            stop = start + _CHUNK
            bags = [words(text) for text in texts[start:stop]]
            out[start:stop] = self._means(bags, languages[start:stop])
        return out

    def words(self, language: str) -> Sequence[str]:
        """The words of a language that have a vector of their own, most frequent first."""
        return tuple(self._table.places.get(language, ()))

    def word_vectors(self, forms: Sequence[str], language: str) -> NDArray[np.float32]:
        """A row a word (lower case), in order; its length is the word's weight."""
        places = self._table.places.get(language, {})
        found = [places.get(form, -1) for form in forms]
        out = self._known(np.asarray(found, dtype=np.int64).clip(0))
        for number, place in enumerate(found):
            if place < 0:
                out[number] = self._unknown(forms[number])
        return out

    def _means(self, bags: Sequence[Sequence[str]], languages: Sequence[str]) -> NDArray[np.float32]:
        """The mean of each bag's words, to length 1; each distinct word is looked up once."""
        index: dict[tuple[str, str], int] = {}
        flat = [
            index.setdefault((language, form), len(index))
            for bag, language in zip(bags, languages, strict=True)
            for form in bag
        ]
        means = np.zeros((len(bags), self.dimensions), dtype=np.float32)
        if not flat:
            return means
        vectors = np.zeros((len(index), self.dimensions), dtype=np.float32)
        for language in {language for language, _ in index}:
            rows = [row for (of, _), row in index.items() if of == language]
            forms = [form for of, form in index if of == language]
            if language in self._table.places:
                vectors[rows] = self.word_vectors(forms, language)
        lengths = np.fromiter(map(len, bags), dtype=np.int64, count=len(bags))
        filled = lengths > 0
        starts = (np.cumsum(lengths) - lengths)[filled]
        means[filled] = np.add.reduceat(vectors[flat], starts, axis=0)
        norms = np.linalg.norm(means, axis=1, keepdims=True)
        means /= np.maximum(norms, np.float32(1e-12))
        return means

    def _known(self, places: NDArray[np.int64]) -> NDArray[np.float32]:
        rows: NDArray[np.float32] = self._table.rows[places].astype(np.float32)
        rows *= self._table.scales[places, None]
        return rows

    def _unknown(self, form: str) -> NDArray[np.float32]:
        """Of a word outside the table: a number is itself alone; a name is near to what is spelt like it."""
        own = identity_vector(form, self.dimensions)
        if form[:1].isdigit():
            return own * np.float32(self._table.weight)
        spelt = self._table.subwords[subword_buckets(form, len(self._table.subwords))].mean(axis=0)
        share = (1 - self._table.own) / (float(np.linalg.norm(spelt)) or 1.0)
        mixed: NDArray[np.float32] = own * np.float32(self._table.own) + spelt * np.float32(share)
        mixed *= np.float32(self._table.weight / (float(np.linalg.norm(mixed)) or 1.0))
        return mixed
