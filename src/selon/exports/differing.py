"""Two stretches of text side by side: the words that only one of them has."""

from __future__ import annotations

import re
from collections.abc import Sequence

Stretch = tuple[int, int]
"""Where some words begin and end, as places of the text's characters."""
_WORD = re.compile(r"\S+")
_AROUND = "«»“”„\"'‘().,;:!?…–—"
_MOST = 4000
"""How many words of each side are held against one another; what is behind them differs."""


def differing(here: str, there: str) -> tuple[list[Stretch], list[Stretch]]:
    """The stretches of either text whose words the other lacks in that place, in order.

    Words are what stands between blanks; case and marks around a word or beside it are no difference. What both have
    is their longest common subsequence of words.

    >>> differing("Le port ferme lundi.", "Le port « ferme » mardi")
    ([(14, 20)], [(18, 23)])
    """
    from rapidfuzz.distance import LCSseq

    ours, theirs = _words(here), _words(there)
    changes = [each for each in LCSseq.opcodes(_bare(ours[:_MOST]), _bare(theirs[:_MOST])) if each.tag != "equal"]
    return (
        _stretches(ours, [(each.src_start, each.src_end) for each in changes]),
        _stretches(theirs, [(each.dest_start, each.dest_end) for each in changes]),
    )


def _words(text: str) -> list[re.Match[str]]:
    return [word for word in _WORD.finditer(text) if any(letter.isalnum() for letter in word.group())]


def _bare(words: Sequence[re.Match[str]]) -> list[str]:
    return [word.group().lower().replace("’", "'").strip(_AROUND) or word.group() for word in words]


def _stretches(words: Sequence[re.Match[str]], places: list[Stretch]) -> list[Stretch]:
    if len(words) > _MOST:
        places.append((_MOST, len(words)))
    return [(words[start].start(), words[end - 1].end()) for start, end in places if end > start]
