"""Spans, and the way back from a text that was cleaned to the characters it came from."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple


class Span(NamedTuple):
    """A half-open stretch ``text[start:end]``, counted in Unicode code points."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The characters of ``text`` that the span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans share at least one character."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Whether ``other`` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end


class Run(NamedTuple):
    """A stretch of the reading text that stands in the raw text, moved.

    ``exact``: the raw stretch has the same length and character i is raw character i; otherwise (an entity, a repaired
    mojibake) the reading stretch as a whole comes from the raw stretch as a whole.
    """

    text_start: int
    text_end: int
    raw_start: int
    raw_end: int
    exact: bool


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """Where each character of an article's reading text stands in the raw file.

    ``runs`` are in text order and do not overlap; characters of the reading text outside every run (a line break that
    stands for ``</p>``) come from nowhere. The method is eyecite's SpanUpdater turned round: the map is built
    while the text is made, not guessed from a diff afterwards.
    """

    runs: tuple[Run, ...]

    def to_raw(self, span: Span) -> tuple[Span, ...]:
        """The stretches of the raw file that a span of the reading text came from, in order, touching ones joined.

        >>> m = OffsetMap((Run(0, 5, 3, 8, True), Run(5, 6, 8, 15, False), Run(7, 10, 22, 25, True)))
        >>> m.to_raw(Span(2, 6)), m.to_raw(Span(2, 8))
        ((Span(start=5, end=15),), (Span(start=5, end=15), Span(start=22, end=23)))
        """
        return tuple(_joined(self._pieces(span)))

    def through(self, earlier: OffsetMap) -> OffsetMap:
        """The map from this text straight to the raw text of ``earlier``, whose reading text is this map's raw text.

        >>> mended = OffsetMap((Run(0, 3, 0, 3, True), Run(3, 4, 3, 5, False)))
        >>> cut = OffsetMap((Run(0, 5, 10, 15, True),))
        >>> mended.through(cut).runs[1]
        Run(text_start=3, text_end=4, raw_start=13, raw_end=15, exact=False)
        """
        return OffsetMap(tuple(run for step in self.runs for run in _carried(step, earlier)))

    def _pieces(self, span: Span) -> Iterator[Span]:
        first = bisect_right(self.runs, span.start, key=lambda run: run.text_end)
        for place in range(first, len(self.runs)):
            run = self.runs[place]
            if run.text_start >= span.end:
                return
            if not run.exact:
                yield Span(run.raw_start, run.raw_end)
                continue
            shift = run.raw_start - run.text_start
            yield Span(max(span.start, run.text_start) + shift, min(span.end, run.text_end) + shift)


def _carried(step: Run, earlier: OffsetMap) -> Iterator[Run]:
    """One run of a later map as runs of both maps together."""
    if not step.exact:
        pieces = earlier.to_raw(Span(step.raw_start, step.raw_end))
        if pieces:
            yield Run(step.text_start, step.text_end, pieces[0].start, pieces[-1].end, exact=False)
        return
    shift = step.text_start - step.raw_start
    first = bisect_right(earlier.runs, step.raw_start, key=lambda run: run.text_end)
    for place in range(first, len(earlier.runs)):
        run = earlier.runs[place]
        if run.text_start >= step.raw_end:
            return
        start, end = max(step.raw_start, run.text_start), min(step.raw_end, run.text_end)
        into = run.raw_start - run.text_start
        raw = Span(start + into, end + into) if run.exact else Span(run.raw_start, run.raw_end)
        yield Run(start + shift, end + shift, raw.start, raw.end, run.exact)


def _joined(spans: Iterable[Span]) -> Iterator[Span]:
    last: Span | None = None
    for span in spans:
        if last is not None and span.start == last.end:
            last = Span(last.start, span.end)
            continue
        if last is not None:
            yield last
        last = span
    if last is not None:
        yield last
