"""The space made better: a sentence's weighted mean must lie nearer to its translation than to any other of its batch.

InfoNCE in both directions (van den Oord et al. 2018; with static vectors as in Wieting et al. 2019), Adam on the rows
that a batch touches. A word's length is its weight in the mean, so the weights are learnt with the directions.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Recipe:
    """How long and how hard to train; ``temperature`` divides the cosines."""

    epochs: int = 3
    batch: int = 1024
    rate: float = 0.01
    temperature: float = 0.06
    keep: float = 0.8


class _Adam:
    """Adam over the rows of one table that a step touches."""

    def __init__(self, table: Floats) -> None:
        self.table = table
        self.first = np.zeros_like(table)
        self.second = np.zeros_like(table)
        self.steps = np.zeros(len(table), dtype=np.float32)

    def step(self, rows: NDArray[np.int64], slope: Floats, rate: float) -> None:
        self.steps[rows] += 1
        taken = self.steps[rows, None]
        first = self.first[rows] * 0.9 + slope * 0.1
        second = self.second[rows] * 0.999 + slope * slope * 0.001
        self.first[rows], self.second[rows] = first, second
        self.table[rows] -= rate * (first / (1 - 0.9**taken)) / (np.sqrt(second / (1 - 0.999**taken)) + 1e-8)


def sharpen(
    sides: tuple[sparse.csr_matrix, sparse.csr_matrix],
    tables: tuple[Floats, Floats],
    recipe: Recipe,
    chance: np.random.Generator,
    tell: Callable[[str], None] = print,
) -> None:
    """Train both tables in place on the sentence pairs: row for row in the two ``sides``, counts of words."""
    left, right = sides
    adams = (_Adam(tables[0]), _Adam(tables[1]))
    pairs = left.shape[0]
    total, done, smooth = recipe.epochs * (pairs // recipe.batch), 0, 0.0
    for epoch in range(recipe.epochs):
        order = chance.permutation(pairs)
        for start in range(0, pairs - recipe.batch + 1, recipe.batch):
            chosen = order[start : start + recipe.batch]
            bags = (_thin(left[chosen], recipe.keep, chance), _thin(right[chosen], recipe.keep, chance))
            rate = recipe.rate * (1 - done / total) + recipe.rate * 0.02
            loss = _step(bags, adams, recipe.temperature, rate)
            done += 1
            smooth = 0.98 * smooth + 0.02 * loss if done > 1 else loss
        tell(f"epoch {epoch + 1}: loss {smooth:.4f}")


def _thin(bag: sparse.csr_matrix, keep: float, chance: np.random.Generator) -> sparse.csr_matrix:
    """Some words left out, so that no sentence hangs on one word (quotations are shortened)."""
    bag.data = bag.data * (chance.random(len(bag.data)) < keep)
    return bag


def _step(
    bags: tuple[sparse.csr_matrix, sparse.csr_matrix], adams: tuple[_Adam, _Adam], temperature: float, rate: float
) -> float:
    rows, local, units, lengths = [], [], [], []
    for bag, adam in zip(bags, adams, strict=True):
        touched, columns = np.unique(bag.indices, return_inverse=True)
        small = sparse.csr_matrix((bag.data, columns, bag.indptr), shape=(bag.shape[0], len(touched)))
        summed = small @ adam.table[touched]
        length = np.linalg.norm(summed, axis=1, keepdims=True) + 1e-6
        rows.append(touched)
        local.append(small)
        units.append(summed / length)
        lengths.append(length)
    scores = (units[0] @ units[1].T) / temperature
    loss, slope = _entropy(scores)
    slope /= temperature
    slopes = (slope @ units[1], slope.T @ units[0])
    for side in (0, 1):
        along = np.sum(slopes[side] * units[side], axis=1, keepdims=True)
        through = (slopes[side] - along * units[side]) / lengths[side]
        adams[side].step(rows[side], np.asarray(local[side].T @ through), rate)
    return loss


def _entropy(scores: Floats) -> tuple[float, Floats]:
    """The mean loss of both directions, and its slope by the scores."""
    count = len(scores)
    peak = np.exp(scores - scores.max(axis=1, keepdims=True))
    across = peak / peak.sum(axis=1, keepdims=True)
    peak = np.exp(scores - scores.max(axis=0, keepdims=True))
    down = peak / peak.sum(axis=0, keepdims=True)
    own = np.arange(count)
    loss = -0.5 * float(np.mean(np.log(across[own, own] + 1e-9) + np.log(down[own, own] + 1e-9)))
    slope = (across + down) * np.float32(0.5)
    slope[own, own] -= 1.0
    return loss, slope / count
