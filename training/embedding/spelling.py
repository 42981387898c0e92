"""Vectors of letter sequences: those whose mean comes nearest to the vectors of the words that hold them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from selon.models.embedding.subwords import subword_buckets

_RIDGE, _ROUNDS = 0.05, 25


def spelt_vectors(forms: Sequence[str], vectors: NDArray[np.float32], buckets: int) -> NDArray[np.float32]:
    """A row a bucket, by ridge regression of the words' directions on the means of their buckets.

    After Bojanowski et al. 2017 and Pinter et al. 2017 (mimicking given vectors from spelling); solved by conjugate
    gradients, every dimension with a step of its own.
    """
    held = [subword_buckets(form, buckets) for form in forms]
    rows = np.repeat(np.arange(len(held)), [len(each) for each in held])
    data = np.repeat([1.0 / len(each) for each in held], [len(each) for each in held]).astype(np.float32)
    design = sparse.csr_matrix((data, (rows, np.concatenate(held))), shape=(len(forms), buckets))
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    target = vectors / np.maximum(lengths, 1e-6)
    found = np.zeros((buckets, vectors.shape[1]), dtype=np.float32)
    rest = design.T @ target
    way, before = rest.copy(), np.sum(rest * rest, axis=0)
    for _ in range(_ROUNDS):
        turned = design.T @ (design @ way) + _RIDGE * way
        step = before / np.maximum(np.sum(way * turned, axis=0), 1e-12)
        found += step * way
        rest -= step * turned
        now = np.sum(rest * rest, axis=0)
        way = rest + (now / np.maximum(before, 1e-12)) * way
        before = now
    return found
