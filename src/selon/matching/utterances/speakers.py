"""How the speakers of two statements stand to one another: by actor, by the names they bear, by their descriptions."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from selon.matching.utterances.records import Reported
from selon.matching.utterances.wordings import Floats, Ints, WordEncoder, plain_form

RELATIONS = ("unknown", "actor", "name", "part of a name", "description", "other")
"""In the order of their numbers: one is not known; the same actor; the last word of the name, or another name word, is
shared; at least one has no name; both have names and share none."""

_NAME = re.compile(r"[^\W\d_]+")


class Speakers:
    """The speakers of many statements, each distinct one once.

    ``of`` is the number of each statement's speaker; ``keys`` one number for all speakers with the same actor or last
    name, -1 where there is neither.
    """

    def __init__(self, said: Sequence[Reported], encoder: WordEncoder) -> None:
        places: dict[Reported, int] = {}
        bare = [Reported("", "", 0, s.language, "", "", "", s.speaker, s.speaker_kind, s.names, s.actor) for s in said]
        self.of = np.array([places.setdefault(each, len(places)) for each in bare], dtype=np.int32)
        self._speakers = list(places)
        self._last = [_names(each.speaker)[-1:] for each in self._speakers]
        self._all = [frozenset(_names(" ".join((each.speaker, *each.names)))) for each in self._speakers]
        self._vectors = encoder.encode(
            [each.speaker for each in self._speakers], [each.language for each in self._speakers]
        )
        numbers: dict[str, int] = {}
        keys = [
            numbers.setdefault(each.actor or last[0], len(numbers)) if each.actor or last else -1
            for each, last in zip(self._speakers, self._last, strict=True)
        ]
        self.keys = np.array(keys, dtype=np.int32)[self.of] if keys else np.zeros(0, dtype=np.int32)

    def compare(self, left: Ints, right: Ints) -> tuple[NDArray[np.int8], Floats]:
        """For each pair of rows the number of its relation in ``RELATIONS``, and the cosine of the two names."""
        if not len(left):
            return np.zeros(0, dtype=np.int8), np.zeros(0, dtype=np.float32)
        a, b = self.of[left].astype(np.int64), self.of[right].astype(np.int64)
        codes, back = np.unique(a * len(self._speakers) + b, return_inverse=True)
        pairs = zip((codes // len(self._speakers)).tolist(), (codes % len(self._speakers)).tolist(), strict=True)
        relations = np.fromiter((self._relation(x, y) for x, y in pairs), dtype=np.int8, count=len(codes))
        cosines = np.concatenate(
            [
                np.einsum("nd,nd->n", self._vectors[a[at : at + 65536]], self._vectors[b[at : at + 65536]])
                for at in range(0, len(a), 65536)
            ]
        )
        return relations[back.reshape(-1)], cosines.astype(np.float32)

    def _relation(self, a: int, b: int) -> int:
        one, other = self._speakers[a], self._speakers[b]
        if not one.speaker or not other.speaker:
            return 0
        if a == b or (one.actor and one.actor == other.actor):
            return 1
        if self._last[a] and self._last[a] == self._last[b]:
            return 2
        if self._all[a] & self._all[b]:
            return 3
        return 5 if self._last[a] and self._last[b] else 4


def _names(text: str) -> list[str]:
    """The capitalised words of a name, lower case and without accents, in order."""
    return [plain_form(word.lower()) for word in _NAME.findall(text) if word[:1].isupper()]
