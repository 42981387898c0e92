"""What the model sees of a word: number in the vocabulary, hashed beginning and endings, shape, lexicon entry."""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping

BREAK_WORD = "¶"
"""Stands before, between and after the passages of an article."""
HASHED = 4096
SHAPES = 64
PADDING, UNKNOWN, BREAK = 0, 1, 2
RESERVED = 3

Row = tuple[int, int, int, int, int, int, int]

_MOST_REMEMBERED = 200_000
_DIGITS = re.compile(r"\d")
_ONE_KIND = {
    "“": '"',
    "”": '"',
    "„": '"',
    "‟": '"',
    "‹": "«",
    "›": "»",
    "‘": "'",
    "’": "'",
    "ʼ": "'",
    "—": "–",
    "…": ".",
}
_MARKS = str.maketrans(_ONE_KIND)


class LexicalTable:
    """The seven numbers of each word form, remembered by form.

    ``vocabulary`` maps a plain form (see ``plain_form``) to its number, from ``RESERVED`` up; ``lexicon`` a lower-case
    form to its lemma's number and the number of its pattern of facts. The hash is CRC-32, the same on every machine.
    """

    def __init__(self, vocabulary: Mapping[str, int], lexicon: Mapping[str, tuple[int, int]]) -> None:
        self._vocabulary = vocabulary
        self._lexicon = lexicon
        self._known: dict[str, Row] = {}

    def __call__(self, word: str) -> Row:
        """Number of ``word``, its prefix, endings of three and four letters, shape, lemma and pattern."""
        row = self._known.get(word)
        if row is None:
            if len(self._known) >= _MOST_REMEMBERED:
                self._known.clear()
            row = self._known[word] = self._row(word)
        return row

    def _row(self, word: str) -> Row:
        lemma, pattern = self._lexicon.get(word.lower(), (0, 0))
        if word == BREAK_WORD:
            return BREAK, BREAK, BREAK, BREAK, BREAK, lemma, pattern
        plain = plain_form(word)
        return (
            self._vocabulary.get(plain, UNKNOWN),
            _bucket("p" + plain[:3], HASHED),
            _bucket("s" + plain[-3:], HASHED),
            _bucket("t" + plain[-4:], HASHED),
            _bucket(_shape(word), SHAPES),
            lemma,
            pattern,
        )


def plain_form(word: str) -> str:
    """``word`` in lower case, with one kind of apostrophe, dash and straight double mark, and every digit a zero."""
    return _DIGITS.sub("0", word.translate(_MARKS).lower())


def is_word(word: str) -> bool:
    """Whether a letter or a digit is in it: no mark, no break."""
    return word.isalnum() or any(map(str.isalnum, word))


def _bucket(key: str, size: int) -> int:
    # a lone surrogate, from a damaged page, must not stop the reading
    return RESERVED + zlib.crc32(key.encode(errors="surrogatepass")) % (size - RESERVED)


def _shape(word: str) -> str:
    """Capitals, small letters, digits and marks, repeats squeezed: ``X`` ``Xx`` ``x`` ``d`` ``x-x``."""
    kinds: list[str] = []
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
