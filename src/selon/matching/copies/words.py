"""The words of a text as numbers, with their places: what can be compared at the speed of arrays."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.int64]
Hashes = NDArray[np.uint64]

SIZE = 5
"""Words in a gram."""

_STEP = np.uint64(0xD6E8FEB86659FD93)
_TABLED = 0x3000
_NO_WORD, _UNSEEN = 0, 1
_BASE = 0x9E3779B97F4A7C15
_INVERSE = pow(_BASE, -1, 1 << 64)


@dataclass(frozen=True)
class Words:
    """The words of a text in order: ``starts`` and ``ends`` in code points, ``hashes`` of their folded letters."""

    starts: Places
    ends: Places
    hashes: Hashes

    def __len__(self) -> int:
        return len(self.starts)

    @cached_property
    def grams(self) -> Hashes:
        """The hash of the five words from each word on."""
        return gram_hashes(self.hashes)


def words_of(text: str) -> Words:
    """The words and numbers of a text; case, accents and every mark aside, so that ``l’Été`` is ``l`` and ``ete``.

    A soft hyphen or a combining accent stands inside a word and is not seen. The hash of a word is a polynomial of its
    letters (Karp and Rabin 1987), taken for the whole text at once; the same word has the same hash on every machine.
    """
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    letters = _folded(codes)
    places = None
    if (letters == _UNSEEN).any():
        places = np.flatnonzero(letters != _UNSEEN)
        letters = letters[places]
    inside = np.concatenate(([False], letters != _NO_WORD, [False]))
    edges = np.flatnonzero(inside[1:] != inside[:-1])
    starts, ends = edges[::2], edges[1::2]
    hashes = _hashed(letters, starts, ends)
    if places is None:
        return Words(starts, ends, hashes)
    return Words(places[starts], places[ends - 1] + 1, hashes)


def gram_hashes(words: Hashes) -> Hashes:
    """The hash of the five words from each word on; four fewer than there are words."""
    if len(words) < SIZE:
        return np.zeros(0, np.uint64)
    last = len(words) - SIZE + 1
    total = words[:last].copy()
    for offset in range(1, SIZE):
        total = total * _STEP + words[offset : offset + last]
    return mixed(total)


def mixed(numbers: Hashes) -> Hashes:
    """The numbers with their bits spread evenly (the finalizer of SplitMix64, Steele et al. 2014)."""
    numbers = (numbers ^ (numbers >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    numbers = (numbers ^ (numbers >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return numbers ^ (numbers >> np.uint64(31))


def _folded(codes: NDArray[np.uint32]) -> NDArray[np.uint32]:
    if len(codes) and int(codes.max()) >= _TABLED:
        return np.where(codes < _TABLED, _table()[np.minimum(codes, _TABLED - 1)], codes)
    return _table()[codes]


def _hashed(letters: NDArray[np.uint32], starts: Places, ends: Places) -> Hashes:
    powers, inverses = _powers(1 << max(len(letters), 1).bit_length())
    sums = np.zeros(len(letters) + 1, dtype=np.uint64)
    np.cumsum(letters * powers[: len(letters)], out=sums[1:])
    return mixed((sums[ends] - sums[starts]) * inverses[starts])


@cache
def _powers(size: int) -> tuple[Hashes, Hashes]:
    """The powers of the base and of its inverse modulo 2^64, from the 0th."""
    powers, inverses = np.full(size, _BASE, dtype=np.uint64), np.full(size, _INVERSE, dtype=np.uint64)
    powers[0] = inverses[0] = 1
    return np.multiply.accumulate(powers), np.multiply.accumulate(inverses)


@cache
def _table() -> NDArray[np.uint32]:
    """For each code point what it counts as: its bare small letter, 0 outside words, 1 where it is not seen."""
    table = np.zeros(_TABLED, dtype=np.uint32)
    for code in range(_TABLED):
        character = chr(code)
        if character.isalnum():
            table[code] = ord(unicodedata.normalize("NFD", character)[0].lower()[0])
        elif unicodedata.category(character) in ("Mn", "Cf"):
            table[code] = _UNSEEN
    return table
