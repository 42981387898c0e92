"""Counts the words and phrases of a pack's lists in many texts at once."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cache

import numpy as np

from selon.discourse.positions.words import Bags, Floats, Ints, Vocabulary
from selon.languages import languages, load_pack
from selon.models.embedding.words import words

LISTS = ("negations", "denials", "affirmations", "open", "playing_down", "modal")


class Phrases:
    """The lists of every pack's ``stance.toml``, as numbers of a vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._size = len(vocabulary.forms)
        self._forms: dict[str, list[tuple[str, int]]] = {}
        for number, (language, form) in enumerate(vocabulary.forms):
            self._forms.setdefault(language, []).append((form, number))
        for known in self._forms.values():
            known.sort()

    def counted(self, name: str, bags: Bags) -> Floats:
        """How often a phrase of the list stands in each text, in the language of its words."""
        marks = np.zeros(len(bags.words), dtype=np.float32)
        text_of = np.repeat(np.arange(len(bags)), np.diff(bags.starts))
        single = np.zeros(self._size, dtype=np.float32)
        for language in self._forms:
            for phrase in _phrases(language, name):
                parts = [self._matching(token, language) for token in phrase]
                if len(parts) == 1:
                    single[parts[0]] = 1
                elif all(len(part) for part in parts):
                    marks[self._runs(bags.words, text_of, parts)] = 1
        marks = np.maximum(marks, single[bags.words]) if len(bags.words) else marks
        out: Floats = np.bincount(text_of, weights=marks, minlength=len(bags)).astype(np.float32)
        return out

    def sides(self, language: str) -> tuple[list[Ints], list[Ints]]:
        """The word numbers of the first and of the second side of each pair of opposites."""
        pairs = _antonyms(language)
        return (
            [self._matching(f"{one}*", language) for one, _ in pairs],
            [self._matching(f"{other}*", language) for _, other in pairs],
        )

    def _runs(self, row: Ints, text_of: Ints, parts: Sequence[Ints]) -> Ints:
        """Where the words of a phrase stand one after the other within a text."""
        places = np.flatnonzero(np.isin(row, parts[0]))
        for step, part in enumerate(parts[1:], start=1):
            places = places[places + step < len(row)]
            places = places[np.isin(row[places + step], part) & (text_of[places + step] == text_of[places])]
        return places

    def _matching(self, token: str, language: str) -> Ints:
        forms = self._forms.get(language, [])
        start = token.rstrip("*")
        low = bisect_left(forms, (start, -1))
        found = []
        for form, number in forms[low:]:
            if not form.startswith(start) or (form != start and not token.endswith("*")):
                break
            found.append(number)
        return np.asarray(found, dtype=np.int64)


@cache
def _phrases(language: str, name: str) -> tuple[tuple[str, ...], ...]:
    if language not in languages():
        return ()
    entries = load_pack(language).table("stance")[name]
    return tuple(_tokens(entry) for entry in entries)


@cache
def _antonyms(language: str) -> tuple[tuple[str, str], ...]:
    if language not in languages():
        return ()
    return tuple((str(one), str(other)) for one, other in load_pack(language).table("stance")["antonyms"])


def _tokens(entry: str) -> tuple[str, ...]:
    """The words of an entry as the vocabulary divides them, each with its star."""
    out = []
    for part in entry.split():
        tokens = words(part)
        if part.endswith("*"):
            tokens[-1] += "*"
        out += tokens
    return tuple(out)
