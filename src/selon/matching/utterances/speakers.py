"""How the speakers of two statements stand to one another: by actor, by the names they bear, by their descriptions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from copy import copy

import numpy as np
from numpy.typing import NDArray

from selon.matching.utterances.records import Reported
from selon.matching.utterances.wordings import Floats, Ints, WordEncoder, plain_form

RELATIONS = ("unknown", "actor", "name", "part of a name", "description", "other")
"""In the order of their numbers: one is not known; the same actor; the last word of the name, or another name word, is
shared; at least one has no name; both have names and share none."""

_CHUNK = 1 << 11
_NAME = re.compile(r"[^\W\d_]+")


class Speakers:
    """The speakers of many statements, each distinct one once.

    ``of`` is the number of each statement's speaker; ``keys`` one number for all speakers with the same actor or last
    name, -1 where there is neither.
    """

    def __init__(self, said: Sequence[Reported], encoder: WordEncoder) -> None:
        places: dict[tuple[str, str, str, tuple[str, ...], str], int] = {}
        bare = ((s.language, s.speaker, s.speaker_kind, s.names, s.actor) for s in said)
        self.of = np.array([places.setdefault(each, len(places)) for each in bare], dtype=np.int32)
        words: dict[str, int] = {}
        last = [_names(speaker)[-1:] for _, speaker, *_ in places]
        every = [set(_names(" ".join((speaker, *names)))) for _, speaker, _, names, _ in places]
        self._some = np.array([bool(speaker) for _, speaker, *_ in places], dtype=bool)
        self._actors = _numbered([actor for *_, actor in places])
        self._last = np.array([words.setdefault(each[0], len(words)) if each else -1 for each in last], dtype=np.int32)
        self._all = np.full((len(places), max(map(len, every), default=0)), -1, dtype=np.int32)
        for row, names in enumerate(every):
            self._all[row, : len(names)] = [words.setdefault(name, len(words)) for name in names]
        wordings: dict[tuple[str, str], int] = {}
        self._wording = np.array(
            [wordings.setdefault((language, speaker), len(wordings)) for language, speaker, *_ in places],
            dtype=np.int32,
        )
        self._vectors = encoder.encode([text for _, text in wordings], [language for language, _ in wordings])
        numbers: dict[str, int] = {}
        keys = [
            numbers.setdefault(actor or name[0], len(numbers)) if actor or name else -1
            for (*_, actor), name in zip(places, last, strict=True)
        ]
        self.keys = np.array(keys, dtype=np.int32)[self.of] if keys else np.zeros(0, dtype=np.int32)

    def some(self, rows: Sequence[int]) -> Speakers:
        """Those of these rows."""
        chosen = copy(self)
        chosen.of, chosen.keys = self.of[list(rows)], self.keys[list(rows)]
        return chosen

    def compare(self, left: Ints, right: Ints) -> tuple[NDArray[np.int8], Floats]:
        """For each pair of rows the number of its relation in ``RELATIONS``, and the cosine of the two names."""
        relations, cosines = np.zeros(len(left), dtype=np.int8), np.zeros(len(left), dtype=np.float32)
        for at in range(0, len(left), _CHUNK):
            part = slice(at, at + _CHUNK)
            a, b = self.of[left[part]], self.of[right[part]]
            relations[part] = self._relation(a, b)
            one, other = self._vectors[self._wording[a]], self._vectors[self._wording[b]]
            cosines[part] = np.einsum("nd,nd->n", one, other)
        return relations, cosines

    def _relation(self, a: Ints, b: Ints) -> NDArray[np.int8]:
        some = self._some[a] & self._some[b]
        actor = (a == b) | ((self._actors[a] >= 0) & (self._actors[a] == self._actors[b]))
        both = (self._last[a] >= 0) & (self._last[b] >= 0)
        name = both & (self._last[a] == self._last[b])
        one, other = self._all[a], self._all[b]
        part = ((one[:, :, None] == other[:, None, :]) & (one >= 0)[:, :, None]).any(axis=(1, 2))
        return np.select([~some, actor, name, part, ~both], [0, 1, 2, 3, 4], 5).astype(np.int8)


def _numbered(values: Sequence[str]) -> Ints:
    """A number for each, the same for equal ones, -1 for an empty one."""
    numbers: dict[str, int] = {}
    return np.array([numbers.setdefault(each, len(numbers)) if each else -1 for each in values], dtype=np.int32)


def _names(text: str) -> list[str]:
    """The capitalised words of a name, lower case and without accents, in order."""
    return [plain_form(word.lower()) for word in _NAME.findall(text) if word[:1].isupper()]
