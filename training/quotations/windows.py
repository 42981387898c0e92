"""Which words may belong to a quotation, given its cue, and how each stands to that cue.

Standard library and numpy only.
"""

from __future__ import annotations

import numpy as np

from training.quotations.document import Document
from training.quotations.lexical import PARAGRAPH

_LEFT, _RIGHT = 90, 120
_EDGES = np.array([1, 2, 3, 4, 5, 7, 9, 13, 19, 29, 46])
DISTANCES = 2 * (len(_EDGES) + 1)
CUED, UNCUED = 0, 1


class WindowMaker:
    """Windows over one document: the cue's sentence and its neighbours, stretched to the ends of quoted stretches."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self.sentences = np.array(document.sentences)
        self.paragraphs = np.cumsum([word == PARAGRAPH for word in document.words])
        self._states = np.array(document.states)
        self._starts = np.searchsorted(self.sentences, np.arange(self.sentences[-1] + 2))

    def bounds(self, first: int, last: int, kind: int) -> tuple[int, int]:
        """First place and end of the window around the cue that takes the places ``first`` to ``last``.

        A quotation without a cue (an answer after a dash) may take all the rest of its paragraph.
        """
        lowest = int(self._starts[max(0, self.sentences[first] - 1)])
        highest = int(self._starts[min(len(self._starts) - 1, self.sentences[last] + 2)])
        if kind == UNCUED:
            highest = max(highest, int(np.searchsorted(self.paragraphs, self.paragraphs[first], side="right")))
        for opening, end in self._document.quotes:
            if opening < highest and end >= lowest:
                lowest, highest = min(lowest, opening), max(highest, end + 1)
        return max(lowest, first - _LEFT, 0), min(highest, last + _RIGHT, len(self._document.words))

    def features(self, first: int, last: int, low: int, high: int) -> np.ndarray:
        """``(high - low, 4)`` numbers.

        Distance bucket (0 = the cue itself), same sentence, same paragraph, state of the marks.
        """
        places = np.arange(low, high)
        away = np.where(places < first, first - places, np.where(places > last, places - last, 0))
        bucket = np.searchsorted(_EDGES, away, side="right")
        bucket = np.where(places > last, bucket + len(_EDGES), bucket)
        sentence = self.sentences[low:high]
        near = np.clip(sentence - self.sentences[first], -1, 1) + 1
        same = (self.paragraphs[low:high] == self.paragraphs[first]).astype(np.int64)
        return np.stack([bucket, near, same, self._states[low:high]], 1)
