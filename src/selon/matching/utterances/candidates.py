"""Which statements may be about one thing: pairs that share a key within a window of days, never all pairs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from selon.matching.utterances.speakers import Speakers
from selon.matching.utterances.wordings import Floats, Ints, Wordings

WINDOW = 7
"""Days between two publications within which both may report one occasion."""
REACH = 14
"""The same where the one article retells the other: a translation, a reprint."""
NEIGHBOURS, KEPT = 32, 8
"""How many statements next in time are looked at under a key, and how many candidates a statement keeps."""
_RARE, _WEIGHTY, _TABLES, _BITS = 4, 6, 4, 10
_SLAB, _BLOCK, _CHUNK = 1 << 15, 1 << 16, 1 << 11
"""So many statements are met with others at a time; so many rows keyed; so many pairs of vectors multiplied."""
_NONE = -(2**31)

Keys = NDArray[np.int64]


@dataclass(frozen=True)
class Days:
    """First and last possible day by row, as ordinals."""

    first: NDArray[np.int64]
    last: NDArray[np.int64]

    @cached_property
    def vague(self) -> NDArray[np.bool_]:
        """Whether the day is unknown, or known to no better than the window."""
        unknown: NDArray[np.bool_] = (self.first == _NONE) | (self.last - self.first > WINDOW)
        return unknown

    def far(self, left: Ints, right: Ints, most: int) -> NDArray[np.bool_]:
        """Which pairs of rows are surely more than so many days apart."""
        known = (self.first[left] != _NONE) & (self.first[right] != _NONE)
        gap = np.maximum(self.first[right] - self.last[left], self.first[left] - self.last[right])
        apart: NDArray[np.bool_] = known & (gap > most)
        return apart


def days_of(days: Sequence[tuple[date, date] | None]) -> Days:
    """First and last days, by row."""
    first = [each[0].toordinal() if each else _NONE for each in days]
    last = [each[1].toordinal() if each else _NONE for each in days]
    return Days(np.array(first, dtype=np.int64), np.array(last, dtype=np.int64))


def candidates(
    wordings: Wordings, speakers: Speakers, days: Days, articles: Ints, kept: int = KEPT
) -> tuple[Ints, Ints]:
    """Pairs of rows (the smaller first), each once, in order.

    Keys are a speaker, a speaker with a weighty word, a rare word or name or number, and buckets of near vectors
    (random hyperplanes, Charikar 2002). Under a key each statement meets the ``NEIGHBOURS`` next in time; of all that
    it meets it keeps the ``kept`` nearest ones. This is worked out for one slab of time after the other, so that all
    that meet never lie in memory at once; how thick a slab is changes nothing.
    """
    count = len(articles)
    time = np.argsort(days.first, kind="stable").astype(np.int32)
    place = np.empty_like(time)
    place[time] = np.arange(count, dtype=np.int32)
    shelves = [_shelf(rows, keys, place) for rows, keys in _keyed(wordings, speakers)]
    codes, cosines = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.float32)]
    for start in range(0, count, _SLAB):
        met = distinct(np.concatenate([_met(shelf, (start, start + _SLAB), time, days) for shelf in shelves]))
        left, right = _rows(met, count)
        near = _cosines(wordings.sentences, left, right)
        # Which of two is the earlier is the same under all keys: no other slab has the pair. The nearest of all that a
        # statement meets are among its nearest of each slab.
        best = _nearest(left, right, near, kept)
        codes.append(met[best])
        cosines.append(near[best])
    pairs, near = np.concatenate(codes), np.concatenate(cosines)
    order = np.argsort(pairs)
    left, right = _rows(pairs[order], count)
    best = _nearest(left, right, near[order], kept)
    return left[best], right[best]


def distinct(codes: Keys) -> Keys:
    """Each code once, ascending; ``numpy.unique`` hashes whole numbers, which is much slower where few are equal."""
    ordered = np.sort(codes)
    fresh = np.ones(len(ordered), dtype=bool)
    np.not_equal(ordered[1:], ordered[:-1], out=fresh[1:])
    return ordered[fresh]


def _rows(codes: Keys, count: int) -> tuple[Ints, Ints]:
    left = codes // max(count, 1)
    return left.astype(np.int32), (codes - left * count).astype(np.int32)


def _keyed(w: Wordings, speakers: Speakers) -> list[tuple[Ints, Keys]]:
    """For each kind of key the rows that have one, and their keys; a row may stand several times."""
    count = len(w.words)
    rows = np.arange(count, dtype=np.int32)
    known = speakers.keys >= 0
    used = w.plain[w.plain >= 0]
    frequency = np.bincount(used) if len(used) else np.zeros(1, dtype=np.int64)
    blocks = [_keyed_by_words(w, speakers.keys, frequency, rows[at : at + _BLOCK]) for at in range(0, count, _BLOCK)]
    made = [(rows[known], speakers.keys[known].astype(np.int64))]
    made += [
        (np.concatenate([each for each, _ in kind]), np.concatenate([each for _, each in kind]))
        for kind in zip(*blocks, strict=True)
    ]
    chance = np.random.default_rng(1)  # the planes are part of the method, and always the same
    for _ in range(_TABLES):
        planes = chance.standard_normal((w.sentences.shape[1], _BITS)).astype(np.float32)
        bits = (w.sentences @ planes) > 0
        made.append((rows, bits @ (1 << np.arange(_BITS, dtype=np.int64))))
    return made


def _keyed_by_words(w: Wordings, keys: Ints, frequency: Keys, rows: Ints) -> list[tuple[Ints, Keys]]:
    """The keys that words and numbers of these rows give: with the speaker, rare ones, numbers."""
    plain, named = w.plain[rows], keys[rows].astype(np.int64)[:, None]
    heavy = np.argsort(-w.weights[rows], axis=1, kind="stable")[:, :_WEIGHTY]
    words = np.take_along_axis(plain, heavy, axis=1).astype(np.int64)
    both = (named >= 0) & (words >= 0)
    seen = np.where(plain >= 0, frequency[plain], 0)
    rare_first = np.argsort(np.where(seen > 1, seen, 2**40), axis=1, kind="stable")[:, :_RARE]
    rare = np.take_along_axis(plain, rare_first, axis=1).astype(np.int64)
    shared = np.take_along_axis(seen, rare_first, axis=1) > 1
    values = np.where(np.isnan(w.numbers[rows]), -1, np.nan_to_num(w.numbers[rows] * 100)).astype(np.int64)
    return [
        (np.repeat(rows[:, None], table.shape[1], axis=1)[there], table[there])
        for table, there in ((named * (2**31) + words, both), (rare, shared), (values, values >= 10_00))
    ]


class _Shelf(NamedTuple):
    """Statements under the keys of one kind: by key, then by time; ``places`` are their places in time."""

    places: Ints
    keys: Keys


def _shelf(rows: Ints, keys: Keys, place: Ints) -> _Shelf:
    places = place[rows]
    order = np.lexsort((places, keys))
    return _Shelf(places[order], keys[order])


def _met(shelf: _Shelf, slab: tuple[int, int], time: Ints, days: Days) -> Keys:
    """Codes of the pairs (smaller row times the number of rows, plus larger) that share a key within the window.

    Only those whose earlier statement stands in the slab of places; ``time`` holds the rows in the order of time.
    """
    places, keys = shelf
    here = np.flatnonzero((places >= slab[0]) & (places < slab[1]))
    met = [np.zeros(0, dtype=np.int64)]
    for step in range(1, NEIGHBOURS + 1):
        here = here[: np.searchsorted(here, len(keys) - step)]
        here = here[keys[here + step] == keys[here]]
        if not len(here):
            break
        a, b = time[places[here]], time[places[here + step]]
        near = days.vague[a] | days.vague[b] | (days.first[b] - days.last[a] <= REACH)
        near &= a != b
        a, b = a[near].astype(np.int64), b[near].astype(np.int64)
        met.append(np.minimum(a, b) * len(time) + np.maximum(a, b))
    return np.concatenate(met)


def _cosines(sentences: Floats, left: Ints, right: Ints) -> Floats:
    found = np.empty(len(left), dtype=np.float32)
    for at in range(0, len(left), _CHUNK):
        part = slice(at, at + _CHUNK)
        found[part] = np.einsum("nd,nd->n", sentences[left[part]], sentences[right[part]])
    return found


def _nearest(left: Ints, right: Ints, cosines: Floats, most: int) -> NDArray[np.bool_]:
    """Which pairs are kept: those in which one is among the ``most`` nearest of the other, the first of equals."""
    kept = np.zeros(len(left), dtype=bool)
    # The bits of a float as a whole number: one sort then orders by row and by nearness.
    bits = cosines.view(np.int32).astype(np.int64)
    far = 2**31 - np.where(bits < 0, -(bits & (2**31 - 1)), bits)
    for side in (left, right):
        codes = (side.astype(np.int64) << 32) + far
        order = np.argsort(codes)
        _settle_equals(order, codes[order])
        sides = side[order]
        fresh = np.ones(len(sides), dtype=bool)
        np.not_equal(sides[1:], sides[:-1], out=fresh[1:])
        begins = np.flatnonzero(fresh)
        rank = np.arange(len(sides)) - np.repeat(begins, np.diff(np.append(begins, len(sides))))
        kept[order[rank < most]] = True
    return kept


def _settle_equals(order: NDArray[np.int64], codes: Keys) -> None:
    """Bring those of equal code into the order they were given in; numpy's quick sort leaves them in any."""
    equal = codes[1:] == codes[:-1]
    if equal.any():
        tied = np.flatnonzero(np.append(equal, False) | np.append(False, equal))
        order[tied] = order[tied][np.lexsort((order[tied], codes[tied]))]
