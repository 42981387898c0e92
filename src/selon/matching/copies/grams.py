"""The reuse index: a sample of the five-word sequences of each article, such that no shared passage goes unseen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from selon.matching.copies.words import SIZE, Hashes, Places, gram_hashes, words_of
from selon.offsets import Span

WINDOW = 12
"""Of so many grams in a row at least one is kept: sixteen words taken over word for word are always seen."""


@dataclass(frozen=True, slots=True)
class Postings:
    """Kept grams, as three columns: the hash, the number of the article, and where in its text the gram begins."""

    grams: Hashes
    articles: NDArray[np.int32]
    starts: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.grams)


def sampled_grams(texts: Sequence[str], holes: Sequence[Sequence[Span]], first: int = 0) -> Postings:
    """The kept grams of articles numbered from ``first``, in text order; nothing from inside ``holes`` or across them.

    Which are kept is decided by winnowing (Schleimer, Wilkerson and Aiken 2003): the least hash of every window. It
    depends on the words alone, so that two articles keep the same grams of a passage that they share.
    """
    begins = np.cumsum([0, *(len(text) + 1 for text in texts)])
    words = words_of("\n".join(texts))
    breaks, inside = _holes(holes, begins)
    stretch = np.searchsorted(breaks, words.starts, side="right")
    if len(inside):
        kept = np.searchsorted(inside[:, 0], words.starts, side="right") - 1
        outside = (kept < 0) | (words.starts >= inside[np.maximum(kept, 0), 1])
        starts, hashes, stretch = words.starts[outside], words.hashes[outside], stretch[outside]
    else:
        starts, hashes = words.starts, words.hashes
    if len(starts) < SIZE:
        return Postings(np.zeros(0, np.uint64), np.zeros(0, np.int32), np.zeros(0, np.int32))
    whole = np.flatnonzero(stretch[: 1 - SIZE] == stretch[SIZE - 1 :])
    grams, stretch, starts = gram_hashes(hashes)[whole], stretch[whole], starts[whole]
    chosen = _winnowed(grams, stretch)
    starts = starts[chosen]
    article = np.searchsorted(begins, starts, side="right") - 1
    return Postings(grams[chosen], (article + first).astype(np.int32), (starts - begins[article]).astype(np.int32))


def _holes(holes: Sequence[Sequence[Span]], begins: Places) -> tuple[Places, Places]:
    """Where grams may not cross (each article's begin, each hole's end), and the holes as sorted pairs of ends."""
    pairs = [
        (span.start + begin, span.end + begin)
        for spans, begin in zip(holes, begins[:-1].tolist(), strict=True)
        for span in sorted(spans)
        if span.end > span.start
    ]
    inside = np.array(_joined(pairs), dtype=np.int64).reshape(-1, 2)
    return np.sort(np.concatenate((begins, inside[:, 1]))), inside


def _joined(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in pairs:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _winnowed(grams: Hashes, stretch: Places) -> Places:
    """The indices of the grams that are the least of some window within their stretch; of a short stretch the least."""
    firsts = np.flatnonzero(np.concatenate(([True], stretch[1:] != stretch[:-1]))) if len(grams) else np.zeros(0, int)
    lengths = np.diff(np.concatenate((firsts, [len(grams)])))
    chosen = [
        int(first + np.argmin(grams[first : first + length]))
        for first, length in zip(firsts.tolist(), lengths.tolist(), strict=True)
        if length < WINDOW
    ]
    least: Places = np.zeros(0, np.int64)
    if len(grams) >= WINDOW:
        begins = np.flatnonzero(stretch[: 1 - WINDOW] == stretch[WINDOW - 1 :])
        windows = np.lib.stride_tricks.sliding_window_view(grams, WINDOW)
        # The first of the least: as the window moves on it never moves back, so that equal ones stand side by side.
        least = begins + np.argmin(windows[begins] if len(begins) < len(windows) else windows, axis=1)
        least = least[np.concatenate(([True], least[1:] != least[:-1]))] if len(least) else least
    return np.sort(np.concatenate((least, np.array(chosen, dtype=np.int64)))) if chosen else least
