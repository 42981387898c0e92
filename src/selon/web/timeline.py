"""Statements over time as a small picture: a bar a day, month or year, drawn on the server, styled by classes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple
from urllib.parse import quote

from markupsafe import Markup, escape

from selon.records import Precision
from selon.web.words import Words

_WIDTH, _HEIGHT, _FOOT, _HEAD = 760.0, 120.0, 22.0, 14.0
_KINDS = ("direct", "mixed", "indirect")
_PRECISE = {
    "day": {Precision.DAY},
    "month": {Precision.DAY, Precision.MONTH},
    "year": {Precision.DAY, Precision.MONTH, Precision.YEAR, Precision.INTERVAL},
}
_LONGEST_MONTH = 31
_EDGE = 16.0
_DAYS, _MONTHS = 45, 72
_CENTURY, _NEVER = 100, 9990
_TICKS = 8
_WIDEST = 26.0


class Counted(NamedTuple):
    """So many statements of a kind on a day, or in the month or year that begins with it."""

    day: date | None
    precision: str
    kind: str
    number: int


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of time, its last day included, and how many statements of each kind were made in it."""

    first: date
    last: date
    name: str
    counts: Counter[str]

    @property
    def total(self) -> int:
        """All of them."""
        return self.counts.total()


@dataclass(frozen=True, slots=True)
class Chart:
    """The picture, the bars that hold something, for those who read a table, and how many have no date."""

    svg: Markup
    bars: tuple[Bar, ...]
    undated: int


def timeline(said: Sequence[Counted], words: Words, *, actor: str) -> Chart:
    """A chart of statements by day and kind; each bar leads to the list of the actor's statements in it.

    A statement of which only the month is known is in a chart of months, not in one of days.
    """
    years = sorted(each.day.year for each in said if each.day is not None)
    middle = years[len(years) // 2] if years else 0
    # What is a century from the others is a mistake; it must not make a picture of empty centuries.
    known = [each for each in said if each.day is not None and _near(each.day.year, middle)]
    bars = _bars(known, words)
    total = sum(each.number for each in said)
    shown = Markup("\n").join(_drawn(bars, words, actor)) if any(bar.total for bar in bars) else Markup("")
    return Chart(shown, tuple(bar for bar in bars if bar.total), total - sum(bar.total for bar in bars))


def _near(year: int, middle: int) -> bool:
    return abs(year - middle) <= _CENTURY and year < _NEVER


def _bars(said: Sequence[Counted], words: Words) -> list[Bar]:
    # What is known to the day says how long the chart is: the first of a month of which no more is known does not.
    exact = [each.day for each in said if each.day is not None and each.precision == Precision.DAY]
    days = exact or [each.day for each in said if each.day is not None]
    if not days:
        return []
    starts = list(stretches(min(days), max(days)))
    apart = (starts[1] - starts[0]).days
    step = "day" if apart == 1 else "month" if apart <= _LONGEST_MONTH else "year"
    bars = [
        Bar(first, after - timedelta(days=1), _name(first, step, words), Counter()) for first, after in pairwise(starts)
    ]
    places = {bar.first: bar for bar in bars}
    for each in said:
        if each.day is not None and each.precision in _PRECISE[step]:
            first = {"day": each.day, "month": each.day.replace(day=1), "year": each.day.replace(month=1, day=1)}[step]
            if first in places:
                places[first].counts[each.kind] += each.number
    return bars


def stretches(first: date, last: date) -> Iterator[date]:
    """Where each stretch begins, and where the one after the last would: days, else months, else years."""
    if (last - first).days < _DAYS:
        yield from (first + timedelta(days=number) for number in range((last - first).days + 2))
    elif (last.year - first.year) * 12 + last.month - first.month < _MONTHS:
        months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month + 1)
        yield from (date(number // 12, number % 12 + 1, 1) for number in months)
    else:
        yield from (date(year, 1, 1) for year in range(first.year, last.year + 2))


def _name(first: date, step: str, words: Words) -> str:
    if step == "day":
        return words.day(first)
    months = words.settings["months"]
    return f"{months[first.month - 1]} {first.year}" if step == "month" else str(first.year)


def _drawn(bars: Sequence[Bar], words: Words, actor: str) -> Iterator[Markup]:
    most = max(bar.total for bar in bars)
    step = _WIDTH / len(bars)
    wide = min(step * 0.8, _WIDEST)
    unit = (_HEIGHT - _HEAD) / most
    title = words.t("timeline.title", most=words.number(most))
    yield Markup('<svg class="timeline" viewBox="{} 0 {} {}" role="group" aria-label="{}">').format(
        -round(_EDGE), round(_WIDTH + 2 * _EDGE), round(_HEIGHT + _FOOT), title
    )
    yield Markup('<line class="base" x1="0" x2="{}" y1="{}" y2="{}"/>').format(_WIDTH, _HEIGHT, _HEIGHT)
    each = max(-(-len(bars) // _TICKS), 1)
    for place, bar in enumerate(bars):
        left = (place + 0.5) * step
        if place % each == 0:
            yield Markup('<text x="{:.1f}" y="{:.1f}">{}</text>').format(left, _HEIGHT + 15, _short(bar, words))
        if bar.total:
            yield _bar(bar, (left - wide / 2, wide, unit), words, actor)
    yield Markup("</svg>")


def _bar(bar: Bar, place: tuple[float, float, float], words: Words, actor: str) -> Markup:
    left, wide, unit = place
    told = f"{bar.name}: {words.n('count.statements', bar.total)}"
    address = f"/statements?actor={quote(actor)}&since={bar.first}&until={bar.last}"
    parts = [Markup('<a href="{}" aria-label="{}"><title>{}</title>').format(address, told, told)]
    bottom = _HEIGHT
    for kind in _KINDS:
        high = bar.counts[kind] * unit
        if high:
            bottom -= high
            parts.append(
                Markup('<rect class="{}" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}"/>').format(
                    kind, left, bottom, wide, high
                )
            )
    if bar.total * unit < _HEIGHT:
        parts.append(
            Markup('<text class="n" x="{:.1f}" y="{:.1f}">{}</text>').format(left + wide / 2, bottom - 3, bar.total)
        )
    return Markup("").join([*parts, Markup("</a>")])


def _short(bar: Bar, words: Words) -> Markup:
    """The name of a stretch under the line, short enough to stand beside others."""
    if bar.first == bar.last:
        return escape(f"{bar.first.day} {words.settings['months_short'][bar.first.month - 1]}")
    if bar.last.year == bar.first.year and bar.first.month == bar.last.month:
        return escape(f"{bar.first:%Y-%m}")
    return escape(bar.first.year)
