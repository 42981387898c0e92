"""What stays the same when a sentence is translated: names, numbers, and words that two languages share."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

_UNIT = re.compile(r"\d+(?:[.,\s]\d{3})*(?:[.,]\d+)?|[^\W\d_]+")
_STEM = 5
_LONG_NAME = 3
_NAME, _NUMBER, _DIGIT, _WORD, _SHORT = 2.5, 3.0, 1.0, 1.0, 0.4


def anchors(sentence: str) -> Mapping[str, float]:
    """The anchors of a sentence and what each weighs: ``{"tarkovic": 2.5, "#118": 3.0, "denie": 1.0}``.

    A word is its first five letters without accents, so that ``président`` and ``president``, ``fédération`` and
    ``federation`` meet (cognates: Simard, Foster and Isabelle 1992); a number its digits; a name itself.
    """
    found: dict[str, float] = {}
    for match in _UNIT.finditer(sentence):
        word = match.group()
        if word[0].isdigit():
            digits = "".join(filter(str.isdigit, word))
            found["#" + digits] = _NUMBER if len(digits) > 1 else _DIGIT
            continue
        bare = fold(word)
        if word[0].isupper() and len(bare) >= _LONG_NAME:
            found[bare] = max(found.get(bare, 0.0), _NAME)
            if len(bare) > _STEM:
                found.setdefault(bare[:_STEM], _SHORT)
        elif len(bare) >= _STEM:
            found.setdefault(bare[:_STEM], _WORD)
        elif len(bare) == _STEM - 1:
            found.setdefault(bare, _SHORT)
    return found


def fold(word: str) -> str:
    """The word in small letters without accents."""
    if word.isascii():
        return word.lower()
    return "".join(mark for mark in unicodedata.normalize("NFD", word.lower()) if not unicodedata.combining(mark))
