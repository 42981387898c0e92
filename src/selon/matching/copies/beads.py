"""Sentences of a text beside those of another in another language: which stands for which, in order."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]

_SHAPES = ((1, 1), (1, 0), (0, 1), (2, 1), (1, 2))
_ALONE = 3.0
_MERGED = 2.0
_PAIRED = 2.0
_LIKENESS = 30.0
_WORST_LENGTH = 6.0
_RATIO, _SPREAD = 1.15, 6.8


class Bead(NamedTuple):
    """Sentences ``[left, left_end)`` of one text that stand for ``[right, right_end)`` of another; one may be none."""

    left: int
    left_end: int
    right: int
    right_end: int

    @property
    def paired(self) -> bool:
        """Whether there is something on both sides."""
        return self.left_end > self.left and self.right_end > self.right


class Side(NamedTuple):
    """One text: the anchors of each of its sentences, and their lengths in characters."""

    anchors: Sequence[Mapping[str, float]]
    lengths: Sequence[int]


def likeness(left: Side, right: Side) -> Matrix:
    """How far the anchors of each sentence on the left are those of each on the right: 0 to 1 (weighted Dice)."""
    shared, ours, theirs = _overlaps(left, right)
    total = ours[:, None] + theirs[None, :]
    return 2 * np.divide(shared, total, out=np.zeros_like(shared), where=total > 0)


def aligned(left: Side, right: Side, alike: Matrix) -> tuple[list[Bead], float]:
    """The best beads in text order, and what they cost in all (less is better).

    Dynamic programming over one to one, one to none, two to one (Gale and Church 1993, section 3), where the cost of a
    bead is its misfit in length less its likeness.
    """
    rows, columns = len(left.lengths), len(right.lengths)
    costs = {shape: _costs(shape, left, right, alike) for shape in _SHAPES if all(shape)}
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    came: dict[tuple[int, int], tuple[int, int]] = {}
    for row in range(rows + 1):
        for column in range(columns + 1):
            if row == column == 0:
                continue
            least, shape = math.inf, (1, 0)
            for step in _SHAPES:
                if step[0] > row or step[1] > column:
                    continue
                cost = best[row - step[0]][column - step[1]] + (
                    costs[step][row - step[0]][column - step[1]] if step in costs else _ALONE
                )
                if cost < least:
                    least, shape = cost, step
            best[row][column] = least
            came[row, column] = shape
    return _traced(came, rows, columns), best[rows][columns]


def _traced(came: Mapping[tuple[int, int], tuple[int, int]], row: int, column: int) -> list[Bead]:
    beads = []
    while row or column:
        up, back = came[row, column]
        beads.append(Bead(row - up, row, column - back, column))
        row, column = row - up, column - back
    return beads[::-1]


def _overlaps(left: Side, right: Side) -> tuple[Matrix, Matrix, Matrix]:
    names = {name: number for number, name in enumerate({name for each in left.anchors for name in each})}
    ours = np.zeros((len(left.anchors), max(len(names), 1)))
    theirs = np.zeros((len(right.anchors), max(len(names), 1)))
    for matrix, side in ((ours, left), (theirs, right)):
        for row, each in enumerate(side.anchors):
            for name, weight in each.items():
                if name in names:
                    matrix[row, names[name]] = weight
    shared = np.sqrt(ours) @ np.sqrt(theirs).T
    ours_whole, theirs_whole = (np.array([sum(each.values()) for each in side.anchors]) for side in (left, right))
    return shared, ours_whole, theirs_whole


def _costs(shape: tuple[int, int], left: Side, right: Side, alike: Matrix) -> list[list[float]]:
    """The cost of a bead of this shape that begins at each pair of sentences.

    French text is taken to be 1.15 times as long as English; which side is French is not known here, so that the
    better of the two readings counts.
    """
    up, back = shape
    rows, columns = alike.shape[0] - up + 1, alike.shape[1] - back + 1
    if rows <= 0 or columns <= 0:
        return []
    ours = np.array(left.lengths[: alike.shape[0]], dtype=float)
    theirs = np.array(right.lengths[: alike.shape[1]], dtype=float)
    ours = ours if up == 1 else ours[:-1] + ours[1:]
    theirs = theirs if back == 1 else theirs[:-1] + theirs[1:]
    near = alike if shape == (1, 1) else (alike[:-1] + alike[1:] if up == 2 else alike[:, :-1] + alike[:, 1:]) * 2 / 3
    spread = np.sqrt(_SPREAD * np.maximum(1.0, (ours[:, None] + theirs[None, :]) / 2))
    distance = np.minimum(abs(theirs[None, :] - ours[:, None] * _RATIO), abs(theirs[None, :] * _RATIO - ours[:, None]))
    z = distance / spread
    fit = np.minimum(0.5 * z * z + np.log1p(z), _WORST_LENGTH)
    costs: list[list[float]] = (fit + _PAIRED + (0 if shape == (1, 1) else _MERGED) - _LIKENESS * near).tolist()
    return costs
