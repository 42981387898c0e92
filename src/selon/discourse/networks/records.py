"""What comes out: a network, or a timeline."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array


class Tie(NamedTuple):
    """Two labels of a network and the weight between them; negative where they stand against one another."""

    source: str
    target: str
    weight: float


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """Who said what (two-mode), or who sides with whom over it (one-mode), in all or between two moments.

    ``weights`` has a row a row label and a column a column label; in a one-mode network both are the same, it is
    symmetric and its diagonal empty. ``row_statements`` and ``column_statements`` count what each label was counted in.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    weights: csr_array
    row_variable: str
    column_variable: str
    mode: str
    aggregation: str
    normalisation: str
    statements: int
    row_statements: tuple[int, ...]
    column_statements: tuple[int, ...]
    first: datetime | None = None
    last: datetime | None = None

    @property
    def one_mode(self) -> bool:
        """Whether rows are tied to rows."""
        return self.mode == "one-mode"

    def ties(self) -> Iterator[Tie]:
        """Its ties that are not 0, by row and column; of a one-mode network each once."""
        for row, column, weight in self.cells():
            yield Tie(self.rows[row], self.columns[column], weight)

    def cells(self) -> Iterator[tuple[int, int, float]]:
        """The same as places of rows and columns; a row at a time, as there may be a hundred million."""
        ends = self.weights.indptr.tolist()
        for row, (start, stop) in enumerate(pairwise(ends)):
            columns, weights = self.weights.indices[start:stop].tolist(), self.weights.data[start:stop].tolist()
            for column, weight in zip(columns, weights, strict=True):
                if not self.one_mode or row < column:
                    yield row, column, weight

    def strongest(self, most: int | None = None) -> list[Tie]:
        """So many ties, the strongest first, those of one strength by row and column."""
        found = self.weights.tocoo()
        once = found.row < found.col if self.one_mode else np.ones(found.nnz, dtype=bool)
        row, column, weight = found.row[once], found.col[once], found.data[once]
        best = np.argsort(-np.abs(weight), kind="stable")[:most].tolist()
        return [Tie(self.rows[row[each]], self.columns[column[each]], float(weight[each])) for each in best]


class Period(StrEnum):
    """How long a step of a timeline is, shortest first."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True, eq=False)
class Timeline:
    """How many statements each label of a variable had, period after period, by the level of the qualifier.

    ``counts[label, period, level]``; ``periods`` are first days, one after the other without a gap; ``levels`` are
    ``-1`` and ``+1`` where agreement is coded, one empty name where nothing is. ``totals[label, level]`` hold the
    statements without a date too.
    """

    variable: str
    labels: tuple[str, ...]
    periods: tuple[date, ...]
    period: Period
    levels: tuple[str, ...]
    counts: NDArray[np.int64]
    totals: NDArray[np.int64]
