"""Ties between rows and columns: who said what."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_array, diags_array

from selon.discourse.networks.counts import Counts, present
from selon.discourse.networks.options import Aggregation, Normalisation


def two_mode(counts: Counts, aggregation: Aggregation, normalisation: Normalisation) -> csr_array:
    """The weight of each row with each column (DNA manual, “two-mode network”); a divisor of 0 gives 0.

    Activity divides a row, prominence a column: by its sum (ignore), its cells that are not 0 (combine), or its
    statements (subtract).
    """
    signed = aggregation is Aggregation.SUBTRACT and counts.levels.numeric
    combined = aggregation is Aggregation.COMBINE
    weights = counts.combined if combined else counts.signed if signed else counts.regardless
    if normalisation is Normalisation.NO:
        return weights
    axis = 1 if normalisation is Normalisation.ACTIVITY else 0
    total = present(weights) if combined else counts.regardless
    divisor = np.asarray(total.sum(axis=axis), dtype=float).ravel()
    scale = diags_array(np.divide(1, divisor, out=np.zeros_like(divisor), where=divisor != 0))
    return csr_array(scale @ weights) if axis else csr_array(weights @ scale)
