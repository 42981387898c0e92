"""What two statements have in common, pair by pair, as columns of numbers with names."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from selon.matching.utterances.wordings import Floats, Ints, Wordings

CONTENT = (
    "cosine",
    "covered",
    "covered most",
    "covered least",
    "same words",
    "same words most",
    "same pairs",
    "run",
    "names",
    "numbers",
    "denied",
    "cue cosine",
    "cue class",
    "length",
    "short",
)
"""The columns of ``compared``, in order: shares of 0 to 1 (``run`` of ten words); ``names`` and ``numbers`` are -1 if
a side has none."""

_BLOCK, _CHUNK, _RUN = 1 << 14, 256, 10
_NEAR = 0.35
"""Below this cosine two words have nothing to do with one another."""


def compared(wordings: Wordings, left: Ints, right: Ints) -> Floats:
    """A row a pair (``left[i]``, ``right[i]``: rows of the wordings), a column a name of ``CONTENT``.

    The alignment is greedy: each word goes to the nearest of the other content, by the cosine of their vectors, and
    counts by its weight (after BERTScore, Zhang et al. 2020, with static vectors).
    """
    table = np.zeros((len(left), len(CONTENT)), dtype=np.float32)
    words = (wordings.words >= 0).sum(axis=1)
    for start in range(0, len(left), _BLOCK):
        # Pairs of contents of like length stand together, so that hardly any room is filled up.
        part = start + np.lexsort((words[right[start : start + _BLOCK]], words[left[start : start + _BLOCK]]))
        for at in range(0, len(part), _CHUNK):
            chunk = part[at : at + _CHUNK]
            table[chunk] = _chunk(wordings, left[chunk], right[chunk])
    return table


def _chunk(w: Wordings, left: Ints, right: Ints) -> Floats:
    # Pairs lie along the last axis, words along the others: so every step runs over many numbers that lie side by side.
    width, height = (max(1, int((w.words[rows] >= 0).sum(axis=1).max())) for rows in (left, right))
    a, b = w.words[left, :width], w.words[right, :height]
    near = np.matmul(w.vocabulary[a], w.vocabulary[b].transpose(0, 2, 1)).transpose(1, 2, 0).copy()
    a, b = a.T.copy(), b.T.copy()
    there = (a >= 0)[:, None] & (b >= 0)[None]
    same = (w.plain[left, :width].T.copy()[:, None] == w.plain[right, :height].T.copy()[None]) & there
    near[same] = 1.0
    near *= there & (near >= _NEAR)
    weights = (w.weights[left, :width].T.copy(), w.weights[right, :height].T.copy())
    names = (w.names[left, :width].T.copy(), w.names[right, :height].T.copy())
    best, found = (near.max(axis=1), near.max(axis=0)), (same.any(axis=1), same.any(axis=0))
    cover = [_share(best[side], weights[side]) for side in (0, 1)]
    exact = [_share(found[side], weights[side]) for side in (0, 1)]
    named = [_share(best[side], weights[side] * names[side], empty=-1.0) for side in (0, 1)]
    lengths = np.stack([(a >= 0).sum(axis=0), (b >= 0).sum(axis=0)])
    columns = [
        np.einsum("nd,nd->n", w.sentences[left], w.sentences[right]),
        (cover[0] + cover[1]) / 2,
        np.maximum(cover[0], cover[1]),
        np.minimum(cover[0], cover[1]),
        (exact[0] + exact[1]) / 2,
        np.maximum(exact[0], exact[1]),
        _shared_pairs(same, lengths.min(axis=0)),
        _longest(same) / np.float32(_RUN),
        np.where((named[0] < 0) | (named[1] < 0), -1.0, np.maximum(named[0], named[1])),
        _numbers(w.numbers[left].T, w.numbers[right].T),
        w.denied[left] != w.denied[right],
        np.einsum("nd,nd->n", w.cues[w.cue[left]], w.cues[w.cue[right]]),
        (w.classes[left] == w.classes[right]) & (w.classes[left] > 0),
        lengths.min(axis=0) / np.maximum(lengths.max(axis=0), 1),
        np.minimum(lengths.min(axis=0), 20) / 20,
    ]
    return np.stack(columns, axis=1).astype(np.float32)


def _share(found: NDArray[np.float32] | NDArray[np.bool_], weights: Floats, empty: float = 0.0) -> Floats:
    """How much of the weight is found; ``empty`` where there is no weight."""
    total = weights.sum(axis=0)
    part = (found * weights).sum(axis=0)
    return np.where(total > 0, part / np.maximum(total, 1e-6), empty).astype(np.float32)


def _shared_pairs(same: NDArray[np.bool_], words: NDArray[np.int64]) -> Floats:
    """The share of the shorter one's neighbouring words that are neighbours in the other one too."""
    both = same[:-1, :-1] & same[1:, 1:]
    shared = np.minimum(both.any(axis=1).sum(axis=0), both.any(axis=0).sum(axis=0))
    shares: Floats = (shared / np.maximum(words - 1, 1)).astype(np.float32)
    return shares


def _longest(same: NDArray[np.bool_]) -> Floats:
    """The longest run of the same words in the same order, in words, ``_RUN`` at most."""
    longest = np.zeros(same.shape[2], dtype=np.float32)
    run = same
    for length in range(1, _RUN + 1):
        there = run.any(axis=(0, 1))
        if not there.any():
            break
        longest[there] = length
        if min(run.shape[:2]) < 2:
            break
        run = run[:-1, :-1] & same[length:, length:]
    return longest


def _numbers(left: NDArray[np.float64], right: NDArray[np.float64]) -> Floats:
    """The share of the fewer numbers that stand on the other side too; -1 where one side has none."""
    one, other = (~np.isnan(left)).sum(axis=0), (~np.isnan(right)).sum(axis=0)
    fewer = np.minimum(one, other)
    if not fewer.any():
        return np.full(len(fewer), -1.0, dtype=np.float32)
    left, right = left[: one.max()].copy(), right[: other.max()].copy()
    equal = np.abs(left[:, None] - right[None]) <= (np.abs(right) * 1e-6)[None]  # never of what is not there
    shared = np.minimum(equal.any(axis=1).sum(axis=0), equal.any(axis=0).sum(axis=0))
    return np.where(fewer == 0, -1.0, shared / np.maximum(fewer, 1)).astype(np.float32)
