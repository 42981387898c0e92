"""The words of a text as the vectors know them: lower case, apostrophes and hyphens divide, marks dropped."""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W\d_]+|\d+(?:[.,]\d+)*")


def words(text: str) -> list[str]:
    """The words and numbers of a text in order; a decimal comma becomes a point, as English writes it."""
    return [word.replace(",", ".") for word in _WORD.findall(text.lower())]
