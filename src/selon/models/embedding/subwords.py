"""The vector of a word that the table lacks: from its letter sequences, and from its own identity."""

from __future__ import annotations

import hashlib
import unicodedata
import zlib
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

_SHORTEST, _LONGEST = 3, 5


def subword_buckets(word: str, buckets: int) -> list[int]:
    """The buckets of a word's 3- to 5-letter sequences, its ends marked, accents dropped (Bojanowski et al. 2017)."""
    marked = f"<{_plain(word)}>"
    return [
        zlib.crc32(marked[start : start + length].encode()) % buckets
        for length in range(_SHORTEST, _LONGEST + 1)
        for start in range(len(marked) - length + 1)
    ]


@lru_cache(maxsize=1 << 14)
def identity_vector(word: str, dimensions: int) -> NDArray[np.float32]:
    """A unit vector that is the word's alone: the same in every language, at right angles to nearly all others."""
    bits = np.frombuffer(hashlib.shake_128(_plain(word).encode()).digest((dimensions + 7) // 8), dtype=np.uint8)
    signs = np.unpackbits(bits)[:dimensions].astype(np.float32) * 2 - 1
    signs /= np.float32(np.sqrt(dimensions))
    return signs


def _plain(word: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
