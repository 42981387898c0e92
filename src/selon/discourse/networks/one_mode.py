"""Ties between rows: over which columns two actors agree, disagree, or meet at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, vstack

from selon.discourse.networks.counts import Counts, Floats, present
from selon.discourse.networks.options import Aggregation, Normalisation

_BLOCK = 1024
_BLAS = 30
"""How many times faster a multiplication is in a dense block than in a sparse one."""
_ROUNDING = 1e-13
_DENSEST = 50_000_000
"""How many numbers a dense copy of the counts may have."""

Product = Callable[[slice], "csr_array | Floats"]
Places = NDArray[np.integer[Any]]
Divisor = Callable[[slice, Places, Places], Floats]


def one_mode(counts: Counts, aggregation: Aggregation, normalisation: Normalisation) -> csr_array:
    """The weight of each two rows: symmetric, nothing on the diagonal.

    DNA manual, “one-mode network”; jaccard is divided by the statements on what only one of the two says, plus the
    product of those on what both say, levels told apart. A divisor of 0 gives 0.
    """
    divisor = _divisor(counts, normalisation)
    blocks = [_divided(block, rows, divisor) for rows, block in _blocks(counts, aggregation)]
    size = len(counts.rows)
    made = csr_array(vstack(blocks, format="csr")) if blocks else csr_array((size, size))
    made.eliminate_zeros()
    return made


def _blocks(counts: Counts, aggregation: Aggregation) -> Iterator[tuple[slice, csr_array]]:
    """The raw weights of a stretch of rows to all rows, without the diagonal."""
    raw = _raw(counts, aggregation)
    size = len(counts.rows)
    # What cancels out under a kernel leaves a rest of rounding, which is no tie.
    least = _ROUNDING * counts.cells.data.max(initial=0)
    for start in range(0, size, _BLOCK):
        rows = slice(start, min(start + _BLOCK, size))
        block = raw(rows)
        if not isinstance(block, csr_array):
            block[np.arange(rows.stop - start), np.arange(start, rows.stop)] = 0
            block[np.abs(block) < least] = 0
            yield rows, csr_array(block)
            continue
        block = block.tocoo()
        off = (block.row + start != block.col) & (np.abs(block.data) >= least)
        yield rows, csr_array((block.data[off], (block.row[off], block.col[off])), shape=block.shape)


def _raw(counts: Counts, aggregation: Aggregation) -> Product:
    if aggregation is Aggregation.IGNORE:
        regardless = counts.folded(counts.roots, np.ones(len(counts.levels.values)))
        return _product(regardless, regardless)
    if not counts.levels.numeric:
        return _by_names(counts, aggregation)
    distances = counts.levels.distances
    similarity = {
        Aggregation.CONGRUENCE: 1 - distances,
        Aggregation.CONFLICT: distances,
        Aggregation.SUBTRACT: 1 - 2 * distances,
    }[aggregation]
    return _product(counts.roots, _weighed(counts, similarity))


def _weighed(counts: Counts, similarity: Floats) -> csr_array:
    """Each row's statements as the other one meets them: levels mixed by their similarity."""
    from scipy.sparse import eye_array, kron

    return csr_array(counts.roots @ csr_array(kron(eye_array(len(counts.columns)), csr_array(similarity), "csr")))


def _by_names(counts: Counts, aggregation: Aggregation) -> Product:
    """Levels that are names agree when they are the same; what only one of the two uses is conflict."""
    same = _product(counts.roots, counts.roots)
    there = present(counts.cells)
    one, other = _product(counts.cells, there), _product(there, counts.cells)
    activity = counts.activity

    def conflict(rows: slice) -> Floats:
        shared = _dense(one(rows)) + _dense(other(rows))
        return activity[rows][:, None] + activity[None, :] - shared

    return {
        Aggregation.CONGRUENCE: same,
        Aggregation.CONFLICT: conflict,
        Aggregation.SUBTRACT: lambda rows: _dense(same(rows)) - conflict(rows),
    }[aggregation]


def _product(left: csr_array, right: csr_array) -> Product:
    """``left @ right.T`` by stretches of rows, in dense blocks where these are cheaper."""
    per_column = [np.diff(each.tocsc().indptr).astype(float) for each in (left, right)]
    sparse_cost = float(per_column[0] @ per_column[1])
    dense_cost = float(left.shape[0]) * right.shape[0] * right.shape[1] / _BLAS
    if sparse_cost > dense_cost and np.prod(right.shape) <= _DENSEST:
        whole = right.toarray().T
        return lambda rows: left[rows].toarray() @ whole
    turned = right.T.tocsr()
    return lambda rows: csr_array(left[rows] @ turned)


def _divided(block: csr_array, rows: slice, divisor: Divisor | None) -> csr_array:
    if divisor is None or not block.nnz:
        return block
    own = np.repeat(np.arange(rows.start, rows.stop), np.diff(block.indptr))
    by = divisor(rows, own, block.indices)
    block.data = np.divide(block.data, by, out=np.zeros_like(block.data), where=by != 0)
    return block


def _divisor(counts: Counts, normalisation: Normalisation) -> Divisor | None:
    """What the ties between a stretch of rows (each tie's own row given) and other rows are divided by."""
    if normalisation is Normalisation.NO:
        return None
    activity = counts.activity
    if normalisation is Normalisation.AVERAGE:
        return lambda _, own, other: (activity[own] + activity[other]) / 2
    if normalisation is Normalisation.COSINE:
        return lambda _, own, other: activity[own] * activity[other]
    cells, roots, there = counts.cells, counts.roots, present(counts.cells)
    products = [_product(left, right) for left, right in ((roots, roots), (cells, there), (there, cells))]

    def jaccard(rows: slice, own: Places, other: Places) -> Floats:
        """m10 + m01 + m11."""
        place = (own - rows.start, other)
        both, one_too, other_too = (_dense(product(rows))[place] for product in products)
        found: Floats = activity[own] + activity[other] - one_too - other_too + both
        return found

    return jaccard


def _dense(block: csr_array | Floats) -> Floats:
    return block.toarray() if isinstance(block, csr_array) else block
