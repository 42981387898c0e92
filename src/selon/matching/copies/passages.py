"""What two articles of one language share, word for word and nearly so: seeds chained into aligned passages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from rapidfuzz.distance import LCSseq

from selon.matching.copies.words import SIZE, Words

GAP = 15
"""So many words may differ between two seeds of one passage, on either side."""
_MOST = 20_000
"""Shared sequences of two articles that are looked at one by one."""


@dataclass(frozen=True, slots=True)
class Run:
    """A shared passage in word numbers: words ``[left, left_end)`` of one article, ``[right, right_end)`` of the other.

    ``same`` are the pairs of words that are equal in both, in order, as ``(left, right, length)`` blocks.
    """

    left: int
    left_end: int
    right: int
    right_end: int
    same: tuple[tuple[int, int, int], ...]

    @property
    def matched(self) -> int:
        """How many words are equal."""
        return sum(length for _, _, length in self.same)


def shared_runs(left: Words, right: Words) -> list[Run]:
    """The passages that two articles share, longest match first in time, by place in the left article.

    Five equal words in a row are a seed; seeds on one line grow into each other while no more than ``GAP`` words lie
    between them on either side, and what lies between is aligned by its longest common subsequence. A passage that was
    moved is one of its own.
    """
    seeds = _seeds(left, right)
    runs = [_filled(chain, left, right) for chain in _chains(seeds)]
    return sorted(runs, key=lambda run: (run.left, run.right))


def _seeds(left: Words, right: Words) -> list[tuple[int, int, int]]:
    """The longest equal stretches of at least five words, as ``(left, right, length)``, by place on the right."""
    ours, theirs = left.grams, right.grams
    if not len(ours) or not len(theirs):
        return []
    unique, first = np.unique(ours, return_index=True)
    at = np.minimum(np.searchsorted(unique, theirs), len(unique) - 1)
    rights = np.flatnonzero(unique[at] == theirs)
    if not len(rights):
        return []
    if len(rights) > _MOST:
        # A word said ten thousand times over: each sequence counts where it stands first.
        rights = np.sort(rights[np.unique(theirs[rights], return_index=True)[1]])
    lefts = first[at[rights]]
    cut = np.flatnonzero((np.diff(rights) != 1) | (np.diff(lefts) != 1)) + 1
    begins = np.concatenate(([0], cut))
    lengths = np.diff(np.concatenate((begins, [len(rights)]))) + SIZE - 1
    return list(zip(lefts[begins].tolist(), rights[begins].tolist(), lengths.tolist(), strict=True))


def _chains(seeds: list[tuple[int, int, int]]) -> Iterator[list[tuple[int, int, int]]]:
    """The seeds in chains: each begins behind the end of the one before it, on both sides, and not far behind."""
    open_chains: list[list[tuple[int, int, int]]] = []
    for seed in seeds:
        best = min(
            (chain for chain in open_chains if _follows(chain[-1], seed)),
            key=lambda chain: abs(_gap(chain[-1], seed, 0) - _gap(chain[-1], seed, 1)),
            default=None,
        )
        if best is None:
            open_chains.append([seed])
        else:
            best.append(_trimmed(best[-1], seed))
        finished = [chain for chain in open_chains if _gap(chain[-1], seed, 1) > GAP]
        open_chains = [chain for chain in open_chains if chain not in finished]
        yield from finished
    yield from open_chains


def _gap(before: tuple[int, int, int], after: tuple[int, int, int], side: int) -> int:
    return after[side] - before[side] - before[2]


def _follows(before: tuple[int, int, int], after: tuple[int, int, int]) -> bool:
    """Whether a seed goes on from another; they may overlap by less than the later one's length."""
    return all(-min(SIZE - 1, after[2] - 1) <= _gap(before, after, side) <= GAP for side in (0, 1))


def _trimmed(before: tuple[int, int, int], seed: tuple[int, int, int]) -> tuple[int, int, int]:
    over = max(0, -_gap(before, seed, 0), -_gap(before, seed, 1))
    return seed[0] + over, seed[1] + over, seed[2] - over


def _filled(chain: list[tuple[int, int, int]], left: Words, right: Words) -> Run:
    same = [chain[0]]
    for seed in chain[1:]:
        before = same[-1]
        from_left, from_right = before[0] + before[2], before[1] + before[2]
        if seed[0] > from_left and seed[1] > from_right:
            inner = LCSseq.opcodes(
                left.hashes[from_left : seed[0]].tolist(), right.hashes[from_right : seed[1]].tolist()
            )
            same += [
                (from_left + op.src_start, from_right + op.dest_start, op.src_end - op.src_start)
                for op in inner
                if op.tag == "equal"
            ]
        same.append(seed)
    last = same[-1]
    return Run(same[0][0], last[0] + last[2], same[0][1], last[1] + last[2], tuple(same))
