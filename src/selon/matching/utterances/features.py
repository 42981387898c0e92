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
    a, b = w.words[left], w.words[right]
    a, b = a[:, : max(1, int((a >= 0).sum(axis=1).max()))], b[:, : max(1, int((b >= 0).sum(axis=1).max()))]
    there = (a >= 0)[:, :, None] & (b >= 0)[:, None, :]
    same = (w.plain[left][:, : a.shape[1], None] == w.plain[right][:, None, : b.shape[1]]) & there
    near = np.matmul(w.vocabulary[a], w.vocabulary[b].transpose(0, 2, 1))
    near[same] = 1.0
    near *= there & (near >= _NEAR)
    weights = (w.weights[left][:, : a.shape[1]], w.weights[right][:, : b.shape[1]])
    names = (w.names[left][:, : a.shape[1]], w.names[right][:, : b.shape[1]])
    best = (near.max(axis=2), near.max(axis=1))
    found = (same.any(axis=2), same.any(axis=1))
    cover = [_share(best[side], weights[side]) for side in (0, 1)]
    exact = [_share(found[side], weights[side]) for side in (0, 1)]
    named = [_share(best[side], weights[side] * names[side], empty=-1.0) for side in (0, 1)]
    lengths = np.stack([(a >= 0).sum(axis=1), (b >= 0).sum(axis=1)])
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
        _numbers(w.numbers[left], w.numbers[right]),
        (w.denied[left] != w.denied[right]).astype(np.float32),
        np.einsum("nd,nd->n", w.cues[w.cue[left]], w.cues[w.cue[right]]),
        ((w.classes[left] == w.classes[right]) & (w.classes[left] > 0)).astype(np.float32),
        lengths.min(axis=0) / np.maximum(lengths.max(axis=0), 1),
        np.minimum(lengths.min(axis=0), 20) / 20,
    ]
    return np.stack(columns, axis=1).astype(np.float32)


def _share(found: NDArray[np.float32] | NDArray[np.bool_], weights: Floats, empty: float = 0.0) -> Floats:
    """How much of the weight is found; ``empty`` where there is no weight."""
    total = weights.sum(axis=1)
    part = (found * weights).sum(axis=1)
    return np.where(total > 0, part / np.maximum(total, 1e-6), empty).astype(np.float32)


def _shared_pairs(same: NDArray[np.bool_], words: NDArray[np.int64]) -> Floats:
    """The share of the shorter one's neighbouring words that are neighbours in the other one too."""
    both = same[:, :-1, :-1] & same[:, 1:, 1:]
    shared = np.minimum(both.any(axis=2).sum(axis=1), both.any(axis=1).sum(axis=1))
    shares: Floats = (shared / np.maximum(words - 1, 1)).astype(np.float32)
    return shares


def _longest(same: NDArray[np.bool_]) -> Floats:
    """The longest run of the same words in the same order, in words, ``_RUN`` at most."""
    longest = np.zeros(len(same), dtype=np.float32)
    rows, run = np.arange(len(same)), same
    for length in range(1, _RUN + 1):
        there = run.any(axis=(1, 2))
        rows, run = rows[there], run[there]
        longest[rows] = length
        if not len(rows) or min(run.shape[1:]) < 2:
            break
        run = run[:, :-1, :-1] & same[rows, length:, length:]
    return longest


def _numbers(left: NDArray[np.float64], right: NDArray[np.float64]) -> Floats:
    """The share of the fewer numbers that stand on the other side too; -1 where one side has none."""
    one, other = (~np.isnan(left)).sum(axis=1), (~np.isnan(right)).sum(axis=1)
    fewer = np.minimum(one, other)
    if not fewer.any():
        return np.full(len(left), -1.0, dtype=np.float32)
    left, right = left[:, : one.max()], right[:, : other.max()]
    equal = np.abs(left[:, :, None] - right[:, None, :]) <= (np.abs(right) * 1e-6)[:, None, :]
    shared = np.minimum(equal.any(axis=2).sum(axis=1), equal.any(axis=1).sum(axis=1))
    return np.where(fewer == 0, -1.0, shared / np.maximum(fewer, 1)).astype(np.float32)
