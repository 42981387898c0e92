"""What an article's statements are all about: likeness to that is no likeness to one another."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from selon.matching.utterances.wordings import Floats, Ints

_NEAREST, _ROWS = 2, 1 << 16


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
    found = np.ones(plain.shape, dtype=np.float32)
    width = np.int64(int(plain.max(initial=0)) + 1)
    for start, stop in _blocks(articles):
        rows, places = np.nonzero(plain[start:stop] >= 0)
        if not len(rows):
            continue
        words = articles[start + rows].astype(np.int64) * width + plain[start + rows, places]
        # Words of an article in order, and of each the rows: how many different ones there are is what counts.
        order = np.lexsort((rows, words))
        words, rows, places = words[order], rows[order], places[order]
        fresh = np.append(True, words[1:] != words[:-1])
        others = np.append(True, fresh[1:] | (rows[1:] != rows[:-1]))
        word = np.cumsum(fresh) - 1
        found[start + rows, places] = 1 / np.sqrt(np.bincount(word[others]))[word]
    return found


def _blocks(articles: Ints) -> Iterator[tuple[int, int]]:
    """Some thousand rows after the other, whole articles; rows of an article stand together."""
    begins = np.flatnonzero(np.append(True, articles[1:] != articles[:-1])) if len(articles) else np.zeros(0, int)
    start = 0
    while start < len(articles):
        after = begins[np.searchsorted(begins, start + _ROWS) :]
        stop = int(after[0]) if len(after) else len(articles)
        yield start, stop
        start = stop
