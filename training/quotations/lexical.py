"""What the model sees of a word: its number in the vocabulary, hashed beginnings and endings, and its shape."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Mapping

COLUMNS = ("word", "prefix", "suffix3", "suffix4", "shape")
HASHED = 4096
SHAPES = 64
PARAGRAPH = "¶"
PADDING, UNKNOWN, BREAK = 0, 1, 2
RESERVED = 3

_DIGITS = re.compile(r"\d")
_MARKS = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "‟": '"', "‹": "«", "›": "»", "‘": "'", "’": "'", "ʼ": "'", "—": "–", "…": "."}
)


class LexicalTable:
    """The five numbers of each word form, remembered by form.

    ``vocabulary`` maps a plain form (see ``plain_form``) to its number, from ``RESERVED`` up. The hash is CRC-32, the
    same on every machine and run.
    """

    def __init__(self, vocabulary: Mapping[str, int]) -> None:
        self._vocabulary = vocabulary
        self._known: dict[str, tuple[int, int, int, int, int]] = {
            PARAGRAPH: (BREAK, BREAK, BREAK, BREAK, BREAK),
        }

    def __call__(self, word: str) -> tuple[int, int, int, int, int]:
        """The numbers of ``word`` as it stands in the text, in the order of ``COLUMNS``."""
        found = self._known.get(word)
        if found is None:
            found = self._known[word] = self._numbers(word)
        return found

    def rows(self, words: Iterable[str]) -> list[tuple[int, int, int, int, int]]:
        """The numbers of each word of a text, in order."""
        return [self(word) for word in words]

    def _numbers(self, word: str) -> tuple[int, int, int, int, int]:
        plain = plain_form(word)
        return (
            self._vocabulary.get(plain, UNKNOWN),
            _bucket("p" + plain[:3], HASHED),
            _bucket("s" + plain[-3:], HASHED),
            _bucket("t" + plain[-4:], HASHED),
            _bucket(_shape(word), SHAPES),
        )


def plain_form(word: str) -> str:
    """``word`` in lower case, with one kind of apostrophe, dash and straight double mark, and every digit a zero."""
    return _DIGITS.sub("0", word.translate(_MARKS).lower())


def _bucket(key: str, size: int) -> int:
    return RESERVED + zlib.crc32(key.encode()) % (size - RESERVED)


def _shape(word: str) -> str:
    """Capitals, small letters, digits and marks, repeats squeezed: ``X`` ``Xx`` ``x`` ``d`` ``x-x``.

    Marks stand for themselves.
    """
    kinds = []
    for character in word[:12].translate(_MARKS):
        if character.isdigit():
            kind = "d"
        elif character.isalpha():
            kind = "X" if character.isupper() else "x"
        else:
            kind = character
        if not kinds or kinds[-1] != kind:
            kinds.append(kind)
    return "".join(kinds[:4]) + (str(len(word)) if len(word) < 3 else "")
