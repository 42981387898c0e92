"""Where two wordings of one utterance differ: words without a counterpart, changed ones, marks, attribution."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from selon.languages import LanguagePack
from selon.matching.utterances.records import Reported
from selon.matching.utterances.wordings import Floats, WordEncoder, wordings

_WORD = re.compile(r"[^\W\d_]+|\d+(?:[.,\s]\d+)*")
_NEAR, _LIGHT = 0.35, 0.9
"""The cosine from which on a word has a counterpart, and the weight below which a word is not missed."""
_PLAIN = frozenset({"say", "add", "write", "reply", "announce", "source", "show"})
"""Classes of cues that take no side on what was said."""
_LOADED = frozenset({"admit", "accuse", "deny", "promise", "order", "praise", "judge"})
"""Classes of cues that do: *a dit* is weaker than *a admis*."""


Place = tuple[int, int]
Word = tuple[str, Place]


@dataclass(frozen=True, slots=True)
class Difference:
    """What one wording has that another has not, and the reverse, as spans of the contents' characters, in order.

    ``changed`` pairs a span of either; ``marks`` is ``lost``, ``added`` or empty; ``attribution`` is ``stronger``,
    ``weaker`` or empty; ``numbers`` says whether one has a number that the other lacks, ``denial`` whether only one
    denies.
    """

    dropped: tuple[Place, ...]
    added: tuple[Place, ...]
    changed: tuple[tuple[Place, Place], ...]
    marks: str = ""
    attribution: str = ""
    numbers: bool = False
    denial: bool = False


def difference(one: Reported, other: Reported, encoder: WordEncoder, packs: Mapping[str, LanguagePack]) -> Difference:
    """How ``other`` words what ``one`` says. Each word is held against the nearest of the other wording, by vectors."""
    words = (_words(one.content), _words(other.content))
    near = _cosines(one, other, words, encoder)
    heavy = tuple(
        np.linalg.norm(encoder.word_vectors([w for w, _ in found], each.language), axis=1) >= _LIGHT
        for each, found in zip((one, other), words, strict=True)
    )
    dropped = _unmatched(words[0], near.max(axis=1, initial=0.0), heavy[0])
    added = _unmatched(words[1], near.max(axis=0, initial=0.0), heavy[1])
    changed = []
    if one.language == other.language and near.size:
        for row, (form, span) in enumerate(words[0]):
            place = int(near[row].argmax())
            if heavy[0][row] and near[row, place] >= _NEAR and words[1][place][0] != form:
                changed.append((span, words[1][place][1]))
    both = wordings([one, other], encoder, packs)
    numbers = [set(row[~np.isnan(row)].tolist()) for row in both.numbers]
    return Difference(
        dropped=dropped,
        added=added,
        changed=tuple(changed),
        marks=_marks(one.kind, other.kind),
        attribution=_attribution(*both.class_names),
        numbers=numbers[0] != numbers[1],
        denial=bool(both.denied[0] != both.denied[1]),
    )


def _unmatched(words: Sequence[Word], best: Floats, heavy: NDArray[np.bool_]) -> tuple[Place, ...]:
    return tuple(span for (_, span), near, weighs in zip(words, best, heavy, strict=True) if weighs and near < _NEAR)


def _words(text: str) -> list[Word]:
    return [(match.group().lower(), match.span()) for match in _WORD.finditer(text)]


def _cosines(one: Reported, other: Reported, words: Sequence[Sequence[Word]], encoder: WordEncoder) -> Floats:
    vectors = [
        encoder.word_vectors([form for form, _ in found], each.language)
        for each, found in zip((one, other), words, strict=True)
    ]
    units = [each / np.maximum(np.linalg.norm(each, axis=1, keepdims=True), 1e-6) for each in vectors]
    near: Floats = units[0] @ units[1].T
    for row, (form, _) in enumerate(words[0]):
        for column, (twin, _) in enumerate(words[1]):
            if form == twin:
                near[row, column] = 1.0
    return near


def _marks(one: str, other: str) -> str:
    marked = (one in {"direct", "mixed"}, other in {"direct", "mixed"})
    return {(True, False): "lost", (False, True): "added"}.get(marked, "")


def _attribution(one: str, other: str) -> str:
    if one in _PLAIN and other in _LOADED:
        return "stronger"
    return "weaker" if one in _LOADED and other in _PLAIN else ""
