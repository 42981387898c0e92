"""What the forms of the review send: words and spans of an article, and days with what is known of them."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from selon.errors import UsageError
from selon.offsets import Span
from selon.records import Precision, When
from selon.store.placing import found as place_of

_DAY = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
BY_HAND = "decision"
"""The evidence of a day that a person gave."""


def spans_of(words: str, text: str, near: int, part: str) -> tuple[Span, ...]:
    """Where words stand, pieces parted by `` […] ``, nearest to a place. Raises UsageError where they do not."""
    if not words:
        return ()
    places = [place_of(piece, text, near) for piece in words.split(" […] ")]
    if None in places:
        raise UsageError(f"not in the article: {words[:80]!r}", where=part, next="give words as they stand there")
    return tuple(Span(*place) for place in places if place)


def given_spans(told: str, text: str) -> dict[str, tuple[Span, ...]]:
    """Spans as the page's own script sends them: ``content:120-180;cue:`` in code points. Raises UsageError."""
    spans = {}
    for each in filter(None, told.split(";")):
        part, _, places = each.partition(":")
        pairs = [place.partition("-") for place in places.split(",") if place]
        if part not in ("content", "cue", "source") or not all(a.isdigit() and b.isdigit() for a, _, b in pairs):
            raise UsageError(f"no such spans: {each[:40]!r}", where="spans", next="mark the words anew")
        spans[part] = tuple(Span(min(int(a), len(text)), min(int(b), len(text))) for a, _, b in pairs)
    return spans


def selected(words: str, text: str, near: int) -> Span | None:
    """Where words that somebody selected in the reader stand, nearest to a place, however lines are broken there."""
    pieces = [re.escape(piece) for piece in words.split()]
    matches = list(re.finditer(r"\s+".join(pieces), text)) if pieces else []
    best = min(matches, key=lambda each: (abs(each.start() - near), each.start()), default=None)
    return Span(*best.span()) if best else None


def day_of(text: str) -> When:
    """A day, month or year as somebody writes it (``2024-06-03``, ``2024-06``, ``2024``); unknown where empty.

    Raises UsageError.
    """
    told = text.strip()
    if not told:
        return When(evidence=BY_HAND)
    first, _, last = told.partition("/")
    try:
        one, other = _known(first), _known(last or first)
    except ValueError:
        raise UsageError(
            f"not a date: {told[:40]!r}", where="said_on", next="write 2024-06-03, 2024-06 or 2024"
        ) from None
    if last and one.first and other.last:
        return When(min(one.first, other.first or one.first), other.last, Precision.INTERVAL, BY_HAND)
    return one


def _known(text: str) -> When:
    match = _DAY.fullmatch(text.strip())
    if match is None:
        raise ValueError(text)
    year, month, day = (int(each) if each else 0 for each in match.groups())
    if day:
        return When(date(year, month, day), date(year, month, day), Precision.DAY, BY_HAND)
    if month:
        return When(date(year, month, 1), date(year, month, monthrange(year, month)[1]), Precision.MONTH, BY_HAND)
    return When(date(year, 1, 1), date(year, 12, 31), Precision.YEAR, BY_HAND)
