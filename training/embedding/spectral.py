"""A first space: truncated SVD of words by sentence pairs (Levy et al. 2017: sentence ids as bilingual features)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

_EXTRA, _ROUNDS = 16, 3


def spectral_vectors(
    counts: sparse.csr_matrix, idf: NDArray[np.float32], dimensions: int, chance: np.random.Generator
) -> NDArray[np.float32]:
    """A vector for each column of ``counts`` (sentence pairs by words of both languages), row for row.

    Subspace iteration on the idf-weighted matrix with rows of unit length (Halko et al. 2011, algorithm 4.4).
    """
    weighted = counts.copy()
    weighted.data[:] = 1.0
    weighted = weighted @ sparse.diags(idf)
    length = np.sqrt(weighted.multiply(weighted).sum(axis=1)).A1
    scale = np.divide(1.0, length, out=np.zeros_like(length), where=length > 0)
    weighted = (sparse.diags(scale.astype(np.float32)) @ weighted).tocsr().astype(np.float32)
    turned = weighted.T.tocsr()
    basis = chance.standard_normal((counts.shape[1], dimensions + _EXTRA)).astype(np.float32)
    for _ in range(_ROUNDS):
        basis, _upper = np.linalg.qr(turned @ (weighted @ basis))
    seen = weighted @ basis
    values, turn = np.linalg.eigh((seen.T @ seen).astype(np.float64))
    order = np.argsort(-values)[1 : dimensions + 1]  # the first direction is how frequent a word is
    vectors = basis @ turn[:, order].astype(np.float32)
    vectors *= np.sqrt(np.sqrt(np.maximum(values[order], 0.0))).astype(np.float32)
    return vectors
