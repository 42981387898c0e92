"""How often each row said each column at each level of the qualifier: DNA's three-way array, as a sparse matrix."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from selon.discourse.networks.codes import Codes, Ints
from selon.discourse.networks.options import Aggregation, NetworkOptions
from selon.discourse.networks.selection import qualifier_codes

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Levels:
    """The levels of the qualifier in ascending order; ``numeric`` when they are numbers, which have distances.

    ``span`` is the greatest distance of two levels: 0 where there is one level only, or where levels are names.
    """

    values: tuple[int, ...]
    numeric: bool
    span: int = 0
    boolean: bool = False

    @property
    def distances(self) -> Floats:
        """|k − k'| over the span, for each two levels; none where all are one."""
        values = np.array(self.values, dtype=float)
        distances: Floats = np.abs(values[:, None] - values[None, :]) / (self.span or 1)
        return distances


@dataclass(frozen=True, slots=True, eq=False)
class Counts:
    """``cells[i, j * K + k]``: statements (or their weights) of row i on column j at level k of K.

    ``roots`` are the same with each statement's weight under a root, so that the product of two is the mean weight of a
    pair. ``said`` and ``about`` are plain numbers of statements a row and a column, whatever their weight.
    """

    cells: csr_array
    roots: csr_array
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    levels: Levels
    said: Ints
    about: Ints

    @property
    def regardless(self) -> csr_array:
        """``[i, j]``: the same without regard to the level."""
        return self.folded(self.cells, np.ones(len(self.levels.values)))

    @property
    def signed(self) -> csr_array:
        """``[i, j]``: the sum of the levels; of yes and no, yes minus no."""
        values = self.levels.values
        return self.folded(self.cells, np.array([-1.0, 1.0] if self.levels.boolean else values, dtype=float))

    @property
    def combined(self) -> csr_array:
        """``[i, j]``: which levels occur, in bits, the lowest level's the highest; of yes and no, 1, 2 or 3."""
        ranks = np.exp2(np.arange(len(self.levels.values) - 1, -1, -1, dtype=float))
        return self.folded(present(self.cells), ranks)

    @property
    def activity(self) -> Floats:
        """How many statements each row made."""
        return np.asarray(self.cells.sum(axis=1), dtype=float).ravel()

    def folded(self, cells: csr_array, weights: Floats) -> csr_array:
        """``[i, j]``: the cells at all levels added up, each level with its weight."""
        size, levels = len(self.columns), len(self.levels.values)
        indices = np.arange(size * levels)
        fold = csr_array((np.tile(weights, size), (indices, indices // levels)), shape=(size * levels, size))
        folded = csr_array(cells @ fold)
        folded.eliminate_zeros()
        return folded


def counted(codes: Codes, labelled: Codes, levels: Levels, options: NetworkOptions, weights: Floats | None) -> Counts:
    """The counts of these statements; rows and columns are the labels that occur in ``labelled``.

    ``weights`` are one a statement, and 1 where not given.
    """
    row, rows = _places(codes, labelled, options.rows)
    column, columns = _places(codes, labelled, options.columns)
    size = len(levels.values)
    place = (row, column * size + _level_places(codes, levels, options))
    shape = (len(rows), len(columns) * size)
    cells = csr_array((np.ones(len(codes)) if weights is None else weights, place), shape=shape, dtype=float)
    return Counts(
        cells=cells,
        roots=cells if weights is None else csr_array((np.sqrt(weights), place), shape=shape),
        rows=rows,
        columns=columns,
        levels=levels,
        said=np.bincount(row, minlength=len(rows)),
        about=np.bincount(column, minlength=len(columns)),
    )


def present(cells: csr_array) -> csr_array:
    """1 where there is anything."""
    made = cells.copy()
    made.data = (made.data > 0).astype(float)
    return made


def levels_of(codes: Codes, options: NetworkOptions) -> Levels:
    """The levels of the qualifier that occur in these statements; of a yes-or-no qualifier, both."""
    name = options.qualifier
    if not name or (options.aggregation is Aggregation.IGNORE and name not in codes.variables):
        return Levels((0,), numeric=True)
    found = np.unique(qualifier_codes(codes, name))
    if name in codes.numbers and codes.numbers[name].boolean:
        return Levels((0, 1), numeric=True, span=1, boolean=True)
    if name not in codes.numbers or name in codes.document_level:
        return Levels(tuple(int(each) for each in found), numeric=False)
    span = int(found[-1] - found[0]) if len(found) else 0
    return Levels(tuple(int(each) for each in found), numeric=True, span=span)


def _places(codes: Codes, labelled: Codes, name: str) -> tuple[Ints, tuple[str, ...]]:
    """Each statement's place among the labels that occur, and these labels."""
    column = labelled.column(name)
    occurs = np.zeros(len(column.labels) + 1, dtype=bool)
    occurs[column.codes] = True
    occurs[-1] = False
    place = np.cumsum(occurs) - 1
    labels = tuple(label for label, there in zip(column.labels, occurs, strict=False) if there)
    return place[codes.column(name).codes], labels


def _level_places(codes: Codes, levels: Levels, options: NetworkOptions) -> Ints:
    if len(levels.values) == 1:
        return np.zeros(len(codes), dtype=np.int64)
    return np.searchsorted(np.array(levels.values), qualifier_codes(codes, options.qualifier))
