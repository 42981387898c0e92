r"""A text with ``\n`` only, as browsers and Java's windows show it, and where its spans stand then."""

from __future__ import annotations

import re
from bisect import bisect_left

from selon.offsets import Span

_PAIR = re.compile("\r(?=\n)")


class LineEnds:
    r"""A text whose line ends are all ``\n``; a text that has them already costs nothing.

    >>> lines = LineEnds("un\r\ndeux\rtrois")
    >>> lines.text, lines.mended, lines.moved(Span(4, 8))
    ('un\ndeux\ntrois', 2, Span(start=3, end=7))
    """

    def __init__(self, text: str) -> None:
        self.mended = text.count("\r")
        self._gone = [match.start() for match in _PAIR.finditer(text)] if self.mended else []
        self.text = _PAIR.sub("", text).replace("\r", "\n") if self.mended else text

    def moved(self, span: Span) -> Span:
        """Where a span of the given text stands in this one."""
        return Span(*(place - bisect_left(self._gone, place) for place in span))
