"""Names as they are compared: without case and accents, and in a key that transliterations of one name share."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from selon.matching.actors.tables import table

_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "’": "'", "ʼ": "'"}
)
_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")


@lru_cache(maxsize=200_000)
def folded(text: str) -> str:
    """The text in lower case, without accents, apostrophes straight, white space single.

    >>> folded("  Marek  SEDLÁČEK")
    'marek sedlacek'
    """
    bare = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return " ".join("".join(mark for mark in bare if not unicodedata.combining(mark) and mark != "\u00ad").split())


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text, folded, hyphens inside kept.

    >>> words_of("Jérémie Ouellet-Nguyen (PLQ)")
    ('jeremie', 'ouellet-nguyen', 'plq')
    """
    return tuple(_WORD.findall(folded(text)))


@lru_cache(maxsize=200_000)
def skeleton(word: str) -> str:
    """A key that spellings of one name share, by the rules of ``transliteration.tsv``; the word itself if none is left.

    >>> skeleton("Peskow") == skeleton("Peskov"), skeleton("Poutine") == skeleton("Putin")
    (True, True)
    """
    key = folded(word)
    for pattern, becomes in _rules():
        key = pattern.sub(becomes, key)
    return key or folded(word)


@cache
def _rules() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(row["pattern"]), row["becomes"].strip("-")) for row in table("transliteration"))
