"""Offsets counted in code points, as selon counts, and in UTF-16 code units, as Java and JavaScript do: both ways."""

from __future__ import annotations

import re
from bisect import bisect_left

from selon.offsets import Span

_WIDE = re.compile("[\U00010000-\U0010ffff]")
"""The characters that take two units: those beyond the Basic Multilingual Plane (``😀``, ``𝒳``, rare ideographs)."""


class CodeUnits:
    """The two ways to count in one text; a text without wide characters costs nothing.

    >>> units = CodeUnits("Été 😀 non")
    >>> units.length, units.to_units(Span(6, 9)), units.to_points(Span(7, 10))
    (10, Span(start=7, end=10), Span(start=6, end=9))
    """

    def __init__(self, text: str) -> None:
        self._points = [match.start() for match in _WIDE.finditer(text)]
        self._units = [place + before for before, place in enumerate(self._points)]
        self.length = len(text) + len(self._points)

    def to_units(self, span: Span) -> Span:
        """The span of code points, counted in code units."""
        return Span(self.unit(span.start), self.unit(span.end))

    def to_points(self, span: Span) -> Span:
        """The span of code units, counted in code points; an end that cuts a character in two takes it in whole."""
        return Span(self.point(span.start), self.point(span.end, up=True))

    def unit(self, point: int) -> int:
        """One offset in code points as code units."""
        return point + bisect_left(self._points, point)

    def point(self, unit: int, *, up: bool = False) -> int:
        """One offset in code units as code points; between the two units of a character, its start, or ``up`` its end.

        >>> CodeUnits("😀").point(1), CodeUnits("😀").point(1, up=True)
        (0, 1)
        """
        before = bisect_left(self._units, unit)
        cut = before > 0 and self._units[before - 1] + 1 == unit
        return unit - before + (1 if cut and up else 0)


def narrowed(text: str, stand_in: str = "\ufffd") -> str:
    """The text with one stand-in for each wide character, so that both ways of counting agree.

    >>> narrowed("Été 😀", "?")
    'Été ?'
    """
    return _WIDE.sub(stand_in, text)
