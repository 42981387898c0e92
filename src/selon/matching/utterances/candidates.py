"""Which statements may be about one thing: pairs that share a key within a window of days, never all pairs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from selon.matching.utterances.records import Reported
from selon.matching.utterances.speakers import Speakers
from selon.matching.utterances.wordings import Floats, Ints, Wordings

WINDOW = 7
"""Days between two publications within which both may report one occasion."""
NEIGHBOURS, KEPT = 32, 8
"""How many statements next in time are looked at under a key, and how many candidates a statement keeps."""
_RARE, _WEIGHTY, _TABLES, _BITS = 4, 6, 4, 10
_NONE = -(2**31)

Keys = NDArray[np.int64]


@dataclass(frozen=True)
class Days:
    """First and last possible day of publication by row, as ordinals."""

    first: NDArray[np.int64]
    last: NDArray[np.int64]

    @property
    def vague(self) -> NDArray[np.bool_]:
        """Whether the day is unknown, or known to no better than the window."""
        unknown: NDArray[np.bool_] = (self.first == _NONE) | (self.last - self.first > WINDOW)
        return unknown


def days_of(said: Sequence[Reported]) -> Days:
    """When each statement's article was published."""
    first = [each.published[0].toordinal() if each.published else _NONE for each in said]
    last = [each.published[1].toordinal() if each.published else _NONE for each in said]
    return Days(np.array(first, dtype=np.int64), np.array(last, dtype=np.int64))


def candidates(
    wordings: Wordings, speakers: Speakers, days: Days, articles: Ints, kept: int = KEPT
) -> tuple[Ints, Ints]:
    """Pairs of rows (the smaller first), each once, in order.

    Keys are a speaker, a speaker with a weighty word, a rare word or name or number, and buckets of near vectors
    (random hyperplanes, Charikar 2002). Under a key each statement meets the ``NEIGHBOURS`` next in time; of all that
    it meets it keeps the ``kept`` nearest ones.
    """
    count = len(articles)
    found = [np.zeros(0, dtype=np.int64)]
    for rows, keys in _keyed(wordings, speakers):
        found.append(_met(rows, keys, days, articles))
    pairs = np.unique(np.concatenate(found))
    left, right = (pairs // max(count, 1)).astype(np.int32), (pairs % max(count, 1)).astype(np.int32)
    return _nearest(wordings.sentences, left, right, kept)


def _keyed(w: Wordings, speakers: Speakers) -> list[tuple[Ints, Keys]]:
    """For each kind of key the rows that have one, and their keys; a row may stand several times."""
    count = len(w.words)
    rows = np.arange(count, dtype=np.int32)
    named = speakers.keys
    known = named >= 0
    heavy = np.argsort(-w.weights, axis=1, kind="stable")[:, :_WEIGHTY]
    words = np.take_along_axis(w.plain, heavy, axis=1).astype(np.int64)
    both = known[:, None] & (words >= 0)
    by_word = named[:, None].astype(np.int64) * (2**31) + words
    used = w.plain[w.plain >= 0]
    frequency = np.bincount(used) if len(used) else np.zeros(1, dtype=np.int64)
    seen = np.where(w.plain >= 0, frequency[w.plain], 0)
    rare_first = np.argsort(np.where(seen > 1, seen, 2**40), axis=1, kind="stable")[:, :_RARE]
    rare = np.take_along_axis(w.plain, rare_first, axis=1).astype(np.int64)
    shared = np.take_along_axis(seen, rare_first, axis=1) > 1
    values = np.where(np.isnan(w.numbers), -1, np.nan_to_num(w.numbers * 100)).astype(np.int64)
    spread = np.repeat(rows[:, None], max(_RARE, _WEIGHTY, values.shape[1]), axis=1)
    made = [
        (rows[known], named[known].astype(np.int64)),
        (spread[:, : words.shape[1]][both], by_word[both]),
        (spread[:, : rare.shape[1]][shared], rare[shared]),
        (spread[:, : values.shape[1]][values >= 10_00], values[values >= 10_00]),
    ]
    chance = np.random.default_rng(1)  # the planes are part of the method, and always the same
    for _ in range(_TABLES):
        planes = chance.standard_normal((w.sentences.shape[1], _BITS)).astype(np.float32)
        bits = (w.sentences @ planes) > 0
        made.append((rows, bits @ (1 << np.arange(_BITS, dtype=np.int64))))
    return made


def _met(rows: Ints, keys: Keys, days: Days, articles: Ints) -> Keys:
    """Codes of the pairs (smaller row times the number of rows, plus larger) that share a key within the window."""
    count = len(articles)
    order = np.lexsort((rows, days.first[rows], keys))
    rows, keys = rows[order], keys[order]
    vague, first, last = days.vague[rows], days.first[rows], days.last[rows]
    met = []
    for step in range(1, min(NEIGHBOURS, len(rows) - 1) + 1):
        here = np.flatnonzero(keys[:-step] == keys[step:])
        if not len(here):
            break
        there = here + step
        near = vague[here] | vague[there] | (first[there] - last[here] <= WINDOW)
        near &= rows[here] != rows[there]
        a, b = rows[here[near]].astype(np.int64), rows[there[near]].astype(np.int64)
        met.append(np.unique(np.minimum(a, b) * count + np.maximum(a, b)))
    return np.concatenate(met) if met else np.zeros(0, dtype=np.int64)


def _nearest(sentences: Floats, left: Ints, right: Ints, most: int) -> tuple[Ints, Ints]:
    """The pairs in which one is among the ``most`` nearest of the other."""
    if not len(left):
        return left, right
    step = 1 << 16
    cosines = np.concatenate(
        [
            np.einsum("nd,nd->n", sentences[left[at : at + step]], sentences[right[at : at + step]])
            for at in range(0, len(left), step)
        ]
    )
    kept = np.zeros(len(left), dtype=bool)
    for side in (left, right):
        order = np.lexsort((-cosines, side))
        sides = side[order]
        begins = np.flatnonzero(np.concatenate([[True], sides[1:] != sides[:-1]]))
        rank = np.arange(len(sides)) - np.repeat(begins, np.diff(np.append(begins, len(sides))))
        kept[order[rank < most]] = True
    return left[kept], right[kept]
