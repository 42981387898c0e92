"""Which words may belong to a quotation, given its cue, and how each stands to that cue."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from selon.models.reader.document import Document
from selon.models.reader.lexical import BREAK_WORD

CUED, UNCUED = 0, 1

_LEFT, _RIGHT = 90, 120
_EDGES = np.array([1, 2, 3, 4, 5, 7, 9, 13, 19, 29, 46])


class Anchor(NamedTuple):
    """A cue, or the first word of a quotation without one, at places ``first`` to ``last``, with its chance."""

    first: int
    last: int
    kind: int
    chance: float


class Windows:
    """Windows over one document: the cue's sentence and its neighbours, stretched to the ends of quoted stretches."""

    def __init__(self, document: Document) -> None:
        self._size = len(document.words)
        self._quotes = document.quotes
        self._openings = [opening for opening, _ in document.quotes]
        self._farthest = list(accumulate((end for _, end in document.quotes), max, initial=-1))
        self._sentences = np.array(document.sentences)
        self._paragraphs = np.cumsum([word == BREAK_WORD for word in document.words])
        self._states = np.array(document.states)
        self._starts = np.searchsorted(self._sentences, np.arange(self._sentences[-1] + 2))

    def bounds(self, anchor: Anchor) -> tuple[int, int]:
        """First place and end of the window around ``anchor``.

        A quotation without a cue (an answer after a dash) may take all the rest of its paragraph.
        """
        first, last = anchor.first, anchor.last
        lowest = int(self._starts[max(0, self._sentences[first] - 1)])
        highest = int(self._starts[min(len(self._starts) - 1, self._sentences[last] + 2)])
        if anchor.kind == UNCUED:
            highest = max(highest, int(np.searchsorted(self._paragraphs, self._paragraphs[first], side="right")))
        floor, ceiling = max(first - _LEFT, 0), min(last + _RIGHT, self._size)
        # of the quoted stretches that open before the floor only the farthest end matters
        inside = bisect_left(self._openings, floor)
        if self._farthest[inside] >= lowest:
            lowest, highest = min(lowest, floor), max(highest, self._farthest[inside] + 1)
        for opening, end in self._quotes[inside : bisect_left(self._openings, ceiling)]:
            if opening < highest and end >= lowest:
                lowest, highest = min(lowest, opening), max(highest, end + 1)
        return max(lowest, floor), min(highest, ceiling)

    def relations(self, anchors: Sequence[Anchor], bounds: NDArray[np.int64]) -> NDArray[np.int64]:
        """How each word of each window stands to its anchor, ``(time, windows, 4)``; zeros beyond a window's end.

        Bucket of the distance (0 is the cue itself), same sentence or a neighbour, same paragraph, state of the marks.
        """
        first = np.array([anchor.first for anchor in anchors])
        last = np.array([anchor.last for anchor in anchors])
        places, within = grid(bounds)
        places = np.minimum(places, self._size - 1)
        away = np.maximum(np.maximum(first - places, places - last), 0)
        bucket = np.searchsorted(_EDGES, away, side="right") + np.where(places > last, len(_EDGES), 0)
        near = np.clip(self._sentences[places] - self._sentences[first], -1, 1) + 1
        same = self._paragraphs[places] == self._paragraphs[first]
        stacked = np.stack([bucket, near, same, self._states[places]], 2).astype(np.int64)
        stacked *= within[..., None]
        return stacked


def grid(bounds: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """The places of windows ``(time, windows)``, and which lie before their window's end."""
    steps = np.arange((bounds[:, 1] - bounds[:, 0]).max())[:, None]
    places = steps + bounds[:, 0]
    return places, places < bounds[:, 1]
