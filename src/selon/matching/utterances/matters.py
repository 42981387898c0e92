"""What an article's statements are all about: likeness to that is no likeness to one another."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from selon.matching.utterances.wordings import Floats, Ints

_NEAREST = 2


def matter(sentences: Floats, articles: Ints) -> Floats:
    """For each row the mean cosine of its two nearest in its own article, 0 where it stands alone there.

    Rows of an article stand together. Two statements of two articles that are no more alike than each is to its
    neighbours at home share a matter and no more (a local scaling, as CSLS of Conneau et al. 2018).
    """
    found = np.zeros(len(sentences), dtype=np.float32)
    if not len(articles):
        return found
    bounds = np.flatnonzero(np.concatenate([[True], articles[1:] != articles[:-1], [True]])).tolist()
    for start, stop in pairwise(bounds):
        if stop - start > 1:
            near = sentences[start:stop] @ sentences[start:stop].T
            np.fill_diagonal(near, -1.0)
            kept = min(_NEAREST, stop - start - 1)
            found[start:stop] = np.partition(near, -kept, axis=1)[:, -kept:].mean(axis=1)
    return np.maximum(found, 0.0)


def rarity_at_home(plain: Ints, articles: Ints) -> Floats:
    """For each word of each row 1 where only this row of its article has it, less the more rows do: one by the root."""
    rows, places = np.nonzero(plain >= 0)
    width = np.int64(int(plain.max(initial=0)) + 1)
    words = articles[rows].astype(np.int64) * width + plain[rows, places]
    once = np.unique(np.stack([words, rows], axis=1), axis=0)[:, 0]
    distinct, counts = np.unique(once, return_counts=True)
    found = np.ones(plain.shape, dtype=np.float32)
    if len(words):
        found[rows, places] = 1 / np.sqrt(counts[np.searchsorted(distinct, words)])
    return found
