"""Which columns (concepts, propositions) carry a one-mode network, and which are redundant.

A set of columns is as good as the spectrum of the network counted over it alone is near that of the whole: the loss is
the sum of the differences of the sorted eigenvalues of the Laplacian, scaled to a sum of 1, negative weights set to 0
(Leifeld, DNA 3 manual, “backbones”).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import combinations
from math import comb, exp

import numpy as np
from scipy.sparse import csr_array

from selon.discourse.networks.codes import Codes
from selon.discourse.networks.counts import Counts, Floats
from selon.discourse.networks.networks import counts_of, scale
from selon.discourse.networks.one_mode import one_mode
from selon.discourse.networks.options import Mode, NetworkOptions
from selon.discourse.networks.selection import selected
from selon.errors import UsageError

_ENUMERABLE = 5000
_STEPS = 20_000
_MOST_ROWS = 1500


@dataclass(frozen=True, slots=True)
class Removal:
    """A column taken out of the backbone: what is lost without it and those before it, and by these alone."""

    rank: int
    label: str
    backbone_loss: float
    redundant_loss: float
    statements: int


@dataclass(frozen=True, slots=True)
class Backbone:
    """The columns that carry the network and the others, with their losses; ``exact`` when all sets were tried."""

    backbone: tuple[str, ...]
    redundant: tuple[str, ...]
    backbone_loss: float
    redundant_loss: float
    exact: bool


def nested_backbone(codes: Codes, options: NetworkOptions) -> tuple[Removal, ...]:
    """The columns in the order in which they can best be spared, one by one, until none is left."""
    loss = _Loss(codes, options)
    kept = list(range(loss.size))
    removed: list[Removal] = []
    while kept:
        losses = [loss(frozenset(kept) - {each}) for each in kept]
        least = kept.pop(int(np.argmin(losses)))
        gone = frozenset(range(loss.size)) - frozenset(kept)
        removed.append(Removal(len(removed) + 1, loss.labels[least], min(losses), loss(gone), loss.statements(least)))
    return tuple(removed)


def fixed_backbone(codes: Codes, options: NetworkOptions, size: int, chance: np.random.Generator) -> Backbone:
    """The best backbone of so many columns: of all where these are few, else by simulated annealing.

    Raises UsageError when there are not more columns than that.
    """
    loss = _Loss(codes, options)
    if not 0 < size < loss.size:
        raise UsageError(f"no backbone of {size} in {loss.size} columns", next=f"give 1 to {loss.size - 1}")
    if comb(loss.size, size) <= _ENUMERABLE:
        sets: Iterable[frozenset[int]] = map(frozenset, combinations(range(loss.size), size))
        return loss.told(min(sets, key=lambda kept: (loss(kept), sorted(kept))), exact=True)
    first = frozenset(int(each) for each in chance.choice(loss.size, size, replace=False))
    return loss.told(_annealed(loss, first, loss.swapped, chance), exact=False)


def penalised_backbone(codes: Codes, options: NetworkOptions, penalty: float, chance: np.random.Generator) -> Backbone:
    """The backbone that is best when a large one is punished: loss · exp(−penalty · share of redundant columns).

    At least one column is redundant and one is not. Raises UsageError when there are fewer than two.
    """
    loss = _Loss(codes, options)
    size = loss.size
    if size < 2:
        raise UsageError("a backbone needs two columns or more", next="code more than one")

    def punished(kept: frozenset[int]) -> float:
        return loss(kept) * exp(-penalty * (size - len(kept)) / size)

    if 2**size <= _ENUMERABLE:
        sets = (frozenset(each) for many in range(1, size) for each in combinations(range(size), many))
        return loss.told(min(sets, key=lambda kept: (punished(kept), sorted(kept))), exact=True)
    first = frozenset(np.flatnonzero(chance.random(size) < 0.5).tolist()) or frozenset({0})
    return loss.told(_annealed(punished, first - {size - 1} or frozenset({0}), loss.changed, chance), exact=False)


class _Loss:
    """The loss of a set of columns; what was worked out once is kept."""

    def __init__(self, codes: Codes, options: NetworkOptions) -> None:
        self.options = replace(options, mode=Mode.ONE_MODE)
        self.counts = counts_of(selected(codes, self.options), self.options, scale(codes, self.options))
        self.labels, self.size = self.counts.columns, len(self.counts.columns)
        if len(self.counts.rows) > _MOST_ROWS:
            raise UsageError(
                f"a backbone of {len(self.counts.rows):,} rows takes too long",
                next=f"keep {_MOST_ROWS:,} or fewer, by excluding values or a shorter range",
            )
        self._known: dict[frozenset[int], float] = {}
        self._whole = self._spectrum(frozenset(range(self.size)))

    def __call__(self, kept: frozenset[int]) -> float:
        if kept not in self._known:
            self._known[kept] = float(np.abs(self._whole - self._spectrum(kept)).sum())
        return self._known[kept]

    def statements(self, column: int) -> int:
        return int(self.counts.about[column])

    def told(self, kept: frozenset[int], *, exact: bool) -> Backbone:
        gone = frozenset(range(self.size)) - kept
        labels = [tuple(self.labels[each] for each in sorted(those)) for those in (kept, gone)]
        return Backbone(labels[0], labels[1], self(kept), self(gone), exact)

    def swapped(self, kept: frozenset[int], chance: np.random.Generator) -> frozenset[int]:
        """One column exchanged for another."""
        out = sorted(kept)[int(chance.integers(len(kept)))]
        others = sorted(set(range(self.size)) - kept)
        return (kept - {out}) | {others[int(chance.integers(len(others)))]}

    def changed(self, kept: frozenset[int], chance: np.random.Generator) -> frozenset[int]:
        """One column in or out, or exchanged; never all or none."""
        each = int(chance.integers(self.size))
        made = kept ^ {each}
        return made if 0 < len(made) < self.size and chance.random() < 0.7 else self.swapped(kept, chance)

    def _spectrum(self, kept: frozenset[int]) -> Floats:
        size = len(self.counts.rows)
        if not kept or not size:
            return np.zeros(size)
        weights = one_mode(_over(self.counts, sorted(kept)), self.options.aggregation, self.options.normalisation)
        ties = np.maximum(weights.toarray(), 0)
        degrees = ties.sum(axis=1)
        values = np.sort(degrees if self.options.as_dna else np.linalg.eigvalsh(np.diag(degrees) - ties))
        total = values.sum()
        return values / total if total > 0 else values * 0


def _over(counts: Counts, kept: list[int]) -> Counts:
    """The same counts over some of the columns only."""
    size = len(counts.levels.values)
    places = np.array([each * size + level for each in kept for level in range(size)])
    cells = csr_array(counts.cells[:, places])
    return replace(
        counts,
        cells=cells,
        roots=cells,
        columns=tuple(counts.columns[each] for each in kept),
        about=counts.about[kept],
    )


def _annealed(
    loss: Callable[[frozenset[int]], float],
    first: frozenset[int],
    neighbour: Callable[[frozenset[int], np.random.Generator], frozenset[int]],
    chance: np.random.Generator,
) -> frozenset[int]:
    """The best set met; a worse one is taken with exp(−difference) · temperature, which falls from 1 to 0."""
    current = best = first
    for temperature in _temperatures():
        proposed = neighbour(current, chance)
        worse = loss(proposed) - loss(current)
        if worse < 0 or chance.random() < exp(-worse) * temperature:
            current = proposed
        if loss(current) < loss(best):
            best = current
    return best


def _temperatures() -> Iterator[float]:
    for step in range(_STEPS):
        yield 1 - 1 / (1 + exp(-(-5 + 12 * step / _STEPS)))
