"""What the encoder sees of a word: the engine's numbers without those of the lexicon, which the tagger adds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from selon.models.reader.lexical import BREAK, BREAK_WORD, HASHED, RESERVED, SHAPES, UNKNOWN, plain_form
from selon.models.reader.lexical import LexicalTable as EngineTable

COLUMNS = ("word", "prefix", "suffix3", "suffix4", "shape")
PARAGRAPH = BREAK_WORD

__all__ = [
    "BREAK",
    "COLUMNS",
    "HASHED",
    "PARAGRAPH",
    "RESERVED",
    "SHAPES",
    "UNKNOWN",
    "LexicalTable",
    "plain_form",
]


class LexicalTable:
    """The five numbers of each word form; ``vocabulary`` maps a plain form to its number, from ``RESERVED`` up."""

    def __init__(self, vocabulary: Mapping[str, int]) -> None:
        self._table = EngineTable(vocabulary, {})

    def __call__(self, word: str) -> tuple[int, int, int, int, int]:
        """The numbers of ``word`` as it stands in the text, in the order of ``COLUMNS``."""
        return self._table(word)[:5]

    def rows(self, words: Iterable[str]) -> list[tuple[int, int, int, int, int]]:
        """The numbers of each word of a text, in order."""
        return [self(word) for word in words]
