"""How wide words are, and how they break into lines: what a layout needs to know before anything is drawn."""

from __future__ import annotations

import unicodedata

FONTS = "Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif"
# Advance widths of Helvetica (Adobe's font metrics) in thousandths of the size; Arial and Liberation Sans are as wide.
_NARROW = {
    **dict.fromkeys("ijl'", 222),
    **dict.fromkeys(" !,./:;I[]\\ft|’‘·", 278),
    **dict.fromkeys('"*()-r{}`°', 370),
    **dict.fromkeys("Jckszvxy«»", 500),
}
_WIDE = {
    **dict.fromkeys("FTZ", 611),
    **dict.fromkeys("ABEKPSVXY&", 667),
    **dict.fromkeys("CDHNRUw", 722),
    **dict.fromkeys("GOQ", 778),
    **dict.fromkeys("Mm%", 860),
    **dict.fromkeys("W@—…", 1000),
}
_WIDTHS = {**_NARROW, **_WIDE}
_ROOM = 1.05
"""Fonts that stand in for Helvetica are a little wider."""


def width(text: str, size: float) -> float:
    """How wide the text is, in the unit of the size.

    >>> round(width("il", 100)), round(width("Élan", 100)), round(width("言", 100))
    (47, 210, 105)
    """
    return sum(map(_advance, unicodedata.normalize("NFD", text))) * size / 1000 * _ROOM


def lines_of(text: str, size: float, widest: float, most: int = 3) -> list[str]:
    """The text in lines no wider than that, ``most`` at most; what does not fit ends in ``…``.

    >>> lines_of("There should be legislation", 10, 80)
    ['There should be', 'legislation']
    >>> lines_of("There should be legislation", 10, 80, most=1)
    ['There should…']
    """
    lines: list[str] = []
    for word in text.split():
        if lines and width(f"{lines[-1]} {word}", size) <= widest:
            lines[-1] = f"{lines[-1]} {word}"
        else:
            lines.extend(_broken(word, size, widest))
    if len(lines) > most:
        lines = [*lines[: most - 1], _cut(lines[most - 1], size, widest)]
    return lines


def _broken(word: str, size: float, widest: float) -> list[str]:
    """A word that is wider than a line, in pieces."""
    pieces = [""]
    for letter in word:
        if pieces[-1] and width(pieces[-1] + letter, size) > widest:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def _cut(line: str, size: float, widest: float) -> str:
    while line and width(line + "…", size) > widest:
        line = line[:-1]
    return line.rstrip(" ,;:.") + "…"


def _advance(letter: str) -> int:
    if letter in _WIDTHS:
        return _WIDTHS[letter]
    if unicodedata.combining(letter) or unicodedata.category(letter) in {"Cf", "Mn"}:
        return 0
    return 1000 if unicodedata.east_asian_width(letter) in "WF" else 556 if letter < "\u0370" else 640
