"""Which articles may share a passage: postings grouped by gram, counted by pair of articles."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from selon.matching.copies.words import Hashes

EACH = 24
"""The first so many articles of a gram are all paired with each other."""
FIRST = 4
"""An article that comes later is paired with the first so many: a wire printed by a thousand is no million pairs."""
COMMON = 0.25
"""What a gram of more than ``EACH`` articles counts: a phrase of everybody's tells little."""
LEAST = 2.0
"""What a pair must share to be compared word for word."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Pairs of article numbers ``earlier << 32 | later``, each once and in order, with what they share."""

    pairs: Hashes
    shared: NDArray[np.float64]


def pair_counts(grams: Hashes, articles: NDArray[np.int32]) -> Counts:
    """What each pair of articles shares of these grams: the group step, for any part of the grams that is whole.

    Rows must be in order of gram, then of article; articles must be numbered as they appeared in time, since the first
    ones of a frequent gram stand for all (see ``EACH`` and ``FIRST``).
    """
    fresh = np.ones(len(grams), dtype=bool)
    fresh[1:] = (grams[1:] != grams[:-1]) | (articles[1:] != articles[:-1])
    grams, articles = grams[fresh], articles[fresh]
    begins = np.flatnonzero(np.concatenate(([True], grams[1:] != grams[:-1]))) if len(grams) else np.zeros(0, np.int64)
    sizes = np.diff(np.concatenate((begins, [len(grams)])))
    shared = np.repeat(sizes > 1, sizes)
    begin, size = np.repeat(begins, sizes)[shared], np.repeat(sizes, sizes)[shared]
    rank = np.flatnonzero(shared) - begin
    partners = np.where(rank < EACH, rank, FIRST)
    before = np.cumsum(partners) - partners
    other = np.repeat(begin, partners) + np.arange(int(partners.sum())) - np.repeat(before, partners)
    later = np.repeat(articles[shared], partners).astype(np.uint64)
    weight = np.repeat(np.where(size > EACH, COMMON, 1.0), partners)
    return _summed(articles[other].astype(np.uint64) << np.uint64(32) | later, weight)


def in_order(grams: Hashes, articles: NDArray[np.int32]) -> tuple[Hashes, NDArray[np.int32]]:
    """The rows as ``pair_counts`` wants them, without those of a gram that stands but once."""
    order = np.argsort(grams)
    grams, articles = grams[order], articles[order]
    same = grams[1:] == grams[:-1]
    shared = np.concatenate((same, [False])) | np.concatenate(([False], same)) if len(grams) else np.zeros(0, bool)
    grams, articles = grams[shared], articles[shared]
    order = np.lexsort((articles, grams))
    return grams[order], articles[order]


def candidates(parts: Iterable[Counts]) -> list[tuple[int, int]]:
    """The pairs that share enough over all parts, as ``(earlier, later)`` article numbers in order: the merge step."""
    given = list(parts)
    if not given:
        return []
    total = _summed(np.concatenate([each.pairs for each in given]), np.concatenate([each.shared for each in given]))
    kept = total.pairs[total.shared >= LEAST]
    firsts, seconds = (kept >> np.uint64(32)).tolist(), (kept & np.uint64(0xFFFFFFFF)).tolist()
    return list(zip(firsts, seconds, strict=True))


def _summed(pairs: Hashes, weights: NDArray[np.float64]) -> Counts:
    if not len(pairs):
        return Counts(np.zeros(0, np.uint64), np.zeros(0, np.float64))
    order = np.argsort(pairs, kind="stable")
    pairs, weights = pairs[order], weights[order]
    begins = np.flatnonzero(np.concatenate(([True], pairs[1:] != pairs[:-1])))
    return Counts(pairs[begins], np.add.reduceat(weights, begins))
