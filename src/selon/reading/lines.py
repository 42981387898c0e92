"""Lines of a plain text, and the blocks they make: a paragraph hard-wrapped at column 72 is one block of ten lines."""

from __future__ import annotations

import re
from itertools import pairwise

from selon.offsets import Span

# U+0085 is left out: in text that was read as Latin-1 it is the last byte of a damaged "…", not a line end.
_LINE = re.compile(r"[^\n\r\v\f\u2028\u2029]+")
_WIDEST_WRAP = 100
_NARROWEST_WRAP = 40
_SHARE_OF_LONG_LINES = 0.05
_MARKS_AT_END = '.!?…:;»”")'


def blocks(text: str) -> tuple[Span, ...]:
    """The lines of ``text`` as spans without the blanks around them, wrapped lines joined into one; no blank lines.

    In text order, not overlapping. A line break joins only where the page is wrapped at one width (40 to 100) and the
    next word would not have fitted on the line, so a title is not joined with the paragraph under it.
    """
    lines = [trimmed for match in _LINE.finditer(text) if (trimmed := trim(text, Span(*match.span())))]
    width = _wrap_width(text, lines)
    if not width:
        return tuple(lines)
    joined: list[Span] = []
    for place, line in enumerate(lines):
        if place and _adjacent(text, lines[place - 1], line) and _full(text, lines[place - 1], line, width):
            joined[-1] = Span(joined[-1].start, line.end)
        else:
            joined.append(line)
    return tuple(joined)


def trim(text: str, span: Span) -> Span | None:
    """The span without the blanks at its ends, or None where nothing is left."""
    words = span.of(text)
    inner = words.strip()
    if not inner:
        return None
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, start + len(inner))


def _wrap_width(text: str, lines: list[Span]) -> int:
    """The width the page is wrapped at, or 0: hardly a line is longer, and many lines break off mid-sentence."""
    long = sum(1 for line in lines if line.end - line.start > _WIDEST_WRAP)
    if long > len(lines) * _SHARE_OF_LONG_LINES:
        return 0
    pairs = [(line, after) for line, after in pairwise(lines) if _adjacent(text, line, after)]
    lengths = [line.end - line.start for line, _ in pairs if " " in line.of(text)]
    width = max((length for length in lengths if length <= _WIDEST_WRAP), default=0)
    if width < _NARROWEST_WRAP:
        return 0
    full = [line for line, after in pairs if _full(text, line, after, width)]
    broken_off = sum(1 for line in full if text[line.end - 1] not in _MARKS_AT_END)
    return width if broken_off >= max(2, len(full) / 2) and len(full) >= len(pairs) / 3 else 0


def _adjacent(text: str, line: Span, after: Span) -> bool:
    """Whether one line break and no blank line stands between the two."""
    gap = text[line.end : after.start]
    return gap.count("\n") <= 1 and gap.count("\r") <= 1


def _full(text: str, line: Span, after: Span, width: int) -> bool:
    """Whether the first word of the next line would not have fitted on this one."""
    first_word = text.find(" ", after.start, after.end)
    first_word = (first_word if first_word >= 0 else after.end) - after.start
    return line.end - line.start + 1 + first_word > width
