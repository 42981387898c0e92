"""Where words stand: how much two contents share, and the place of words in a text that was changed."""

from __future__ import annotations

import re
from collections.abc import Sequence

Pieces = tuple[tuple[int, int], ...]
"""The pieces of a part of a statement, each from its first character to behind its last."""
LIKE = 88.0
"""Words that were changed are found where rapidfuzz's partial ratio (0 to 100) is at least this."""
_SHORT = 20
"""Fewer characters than this are only looked for as they are: something like ``le maire`` is everywhere."""


def placed(pieces: Pieces, words: str, text: str) -> Pieces:
    """Where the words of the pieces (joined by `` […] ``) stand in ``text``, nearest to where they stood; else nothing.

    Words that were changed a little are found by their likeness to the text.
    """
    places: list[tuple[int, int]] = []
    start = 0
    for one in pieces:
        length = one[1] - one[0]
        place = found(words[start : start + length], text, one[0])
        if place is None:
            return ()
        places.append(place)
        start += length + len(" […] ")
    return tuple(places)


def dice(one: Pieces, other: Pieces) -> float:
    """The Dice coefficient of the characters of two contents of one text, 0 to 1."""
    whole = _length(one) + _length(other)
    return 2 * common(one, other) / whole if whole else 0.0


def common(one: Pieces, other: Pieces) -> int:
    """How many characters both cover; the pieces of each do not overlap."""
    return sum(max(0, min(a[1], b[1]) - max(a[0], b[0])) for a in one for b in other)


def _length(pieces: Sequence[tuple[int, int]]) -> int:
    return sum(end - start for start, end in pieces)


def found(words: str, text: str, near: int) -> tuple[int, int] | None:
    """Where words stand, nearest to ``near``, else where something very like them does; None where nothing is."""
    if not words:
        return None
    starts = [match.start() for match in re.finditer(f"(?={re.escape(words)})", text)]
    if starts:
        start = min(starts, key=lambda each: (abs(each - near), each))
        return start, start + len(words)
    if len(words) < _SHORT:
        return None
    from rapidfuzz.fuzz import partial_ratio_alignment

    like = partial_ratio_alignment(words, text, score_cutoff=LIKE)
    # The first argument may be the longer one; then the text is a part of the words, not the other way round.
    return (like.dest_start, like.dest_end) if like and len(words) <= len(text) else None
