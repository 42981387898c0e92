"""Spans to ask of, quickly, however many there are."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from selon.offsets import Span


class Stretches:
    """The union of some spans: whether a span lies in it or touches it, in logarithmic time."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for span in sorted(spans):
            if self._ends and span.start <= self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], span.end)
            else:
                self._starts.append(span.start)
                self._ends.append(span.end)

    def contains(self, span: Span) -> bool:
        """Whether the whole span lies within one stretch."""
        at = bisect_right(self._starts, span.start) - 1
        return at >= 0 and span.end <= self._ends[at]

    def within(self, span: Span) -> list[Span]:
        """The parts of the stretches that lie in the span, in order."""
        at = bisect_right(self._ends, span.start)
        parts = []
        while at < len(self._starts) and self._starts[at] < span.end:
            parts.append(Span(max(self._starts[at], span.start), min(self._ends[at], span.end)))
            at += 1
        return parts
