"""Words and marks with their places, by one compiled pattern a language."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple


class Token(NamedTuple):
    """A word, number or mark: ``text[start:end]``; ``form`` is its lower-case form with straight apostrophes."""

    start: int
    end: int
    text: str
    form: str


class Tokenizer:
    """Splits text into tokens: elided words (``l'``, ``qu’``) and clitics (``-t-il``) apart, every mark alone.

    ``elisions`` are the stems before an apostrophe, ``clitics`` the endings after a hyphen, ``suffixes`` endings after
    an apostrophe (``'s``), ``whole`` the words that are never split. White space is dropped; all else is kept.
    """

    def __init__(
        self,
        elisions: Sequence[str] = (),
        clitics: Sequence[str] = (),
        suffixes: Sequence[str] = (),
        whole: Sequence[str] = (),
    ) -> None:
        mark = "['’ʼ]"
        clitic = rf"-(?:{_any(clitics, mark)})(?![\w-])" if clitics else r"(?!)"
        suffix = rf"(?:{_any(suffixes, mark)})(?!\w)" if suffixes else r"(?!)"
        parts = [
            rf"(?:{_any(whole, mark)})(?!\w)" if whole else r"(?!)",
            rf"(?:{_any(elisions, mark)}){mark}" if elisions else r"(?!)",
            suffix,
            clitic,
            rf"(?-i:[^\W\d_a-zà-ÿ]{mark}[^\W\d_a-zà-ÿ])\w+",
            r"(?:[^\W\d_]\.){2,}(?:[^\W\d_](?!\w))?",
            r"\d+(?:[.,]\d+)*[^\W\d_]*\d*",
            rf"\w+?(?:(?={suffix})|(?!\w))(?:(?!{clitic})-\w+)*",
            r"\.{2,}|…",
            r"[^\w\s]",
        ]
        self._pattern = re.compile("|".join(parts), re.IGNORECASE)

    def __call__(self, text: str, start: int = 0, end: int | None = None) -> list[Token]:
        """The tokens of ``text[start:end]``, in order, with places in the whole ``text``."""
        found = self._pattern.finditer(text, start, len(text) if end is None else end)
        tokens = []
        for match in found:
            word = match.group()
            tokens.append(Token(match.start(), match.end(), word, word.lower().replace("’", "'").replace("ʼ", "'")))
        return tokens


def _any(words: Sequence[str], mark: str) -> str:
    longest_first = sorted(words, key=len, reverse=True)
    return "|".join(re.escape(word).replace("'", mark) for word in longest_first)
