"""A timeline as a picture: a row a label, agreement upward and disagreement downward, one scale for all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from selon.discourse.networks import Period, Timeline
from selon.exports.pictures import svg
from selon.exports.pictures.lettering import lines_of, width
from selon.exports.pictures.svg import LEADING

_SIZE, _SMALL, _HEADING = 13.0, 11.0, 16.0
_MARGIN, _LABEL, _TOTALS, _CHART = 34.0, 230.0, 60.0, 640.0
_HIGHEST, _LEAST, _ROWGAP = 48.0, 30.0, 12.0
_WIDEST_BAR = 26.0
_LOOKS = ((svg.AGREE, svg.AGREE, "+"), ("url(#against)", svg.DISAGREE, "−"))
_PLAIN = ((svg.NEUTRAL, svg.QUIET, ""), (svg.NEUTRAL, svg.QUIET, ""))


@dataclass(frozen=True, slots=True)
class _Plan:
    """Where the chart stands: its left end, a period's width, a statement's height, and the most in a bar."""

    left: float
    step: float
    unit: float
    most: int
    signed: bool


@dataclass(frozen=True, slots=True)
class _Row:
    """A label with its lines, the statements that go up and down, and the room above and below its line."""

    label: str
    lines: list[str]
    up: tuple[int, ...]
    down: tuple[int, ...]
    totals: tuple[int, int]
    above: float
    below: float


def timeline_picture(timeline: Timeline, title: str = "", most: int = 20) -> str:
    """The timeline as SVG, at most so many rows, those with most statements first; what is left out is said below."""
    order = np.argsort(-timeline.totals.sum(axis=1), kind="stable")[: most or None].tolist()
    if not order or not timeline.periods:
        return svg.page(420, 90, title or "an empty timeline", [svg.text((210, 50), ["No dated statement"], _SIZE)])
    plan, rows = _planned(timeline, order)
    top = _MARGIN + (_HEADING * 1.9 if title else 0)
    bottom = top + sum(row.above + row.below + _ROWGAP for row in rows)
    body = [*_axis(timeline.periods, timeline.period, plan, (top, bottom))]
    if title:
        style = f'fill="{svg.INK}" font-weight="bold"'
        body.append(svg.text((_MARGIN, _MARGIN + 4), [title], _HEADING, style, anchor="start"))
    base = top
    for row in rows:
        body += _row(timeline, row, plan, base + row.above)
        base += row.above + row.below + _ROWGAP
    words = _words(timeline, len(rows), plan)
    body += _foot(words, bottom + 34, signed=plan.signed)
    widest = max(width(words, _SMALL), width(title, _HEADING)) + 2 * _MARGIN
    height = bottom + 34 + (3 if plan.signed else 1) * _SMALL * 1.7 + 10
    return svg.page(max(plan.left + _CHART + _TOTALS + _MARGIN, widest), height, title or words, body)


def _planned(timeline: Timeline, order: Sequence[int]) -> tuple[_Plan, list[_Row]]:
    """One scale for all rows, and each row as high as its bars and its label need."""
    signed = set(timeline.levels) == {"-1", "+1"}
    halves = [("+1", "-1"), (timeline.levels, ())][not signed]
    up, down = (_sum(timeline.counts, timeline.levels, half) for half in halves)
    totals = [_sum(timeline.totals, timeline.levels, half) for half in halves]
    most = max(int(up[order].max()), int(down[order].max()), 1)
    plan = _Plan(_MARGIN + _LABEL + 16, _CHART / len(timeline.periods), _HIGHEST / most, most, signed)
    rows = []
    for each in order:
        lines = lines_of(timeline.labels[each], _SIZE, _LABEL, most=3)
        above, below = (int(half[each].max()) * plan.unit for half in (up, down))
        missing = max(len(lines) * _SIZE * LEADING, _LEAST if signed else 0) - above - below
        above, below = above + max(missing, 0) * 0.6, below + max(missing, 0) * 0.4
        said = int(totals[0][each]), int(totals[1][each])
        rows.append(_Row(timeline.labels[each], lines, tuple(up[each]), tuple(down[each]), said, above, below))
    return plan, rows


def _sum(counts: NDArray[np.int64], levels: Sequence[str], wanted: Sequence[str] | str) -> NDArray[np.int64]:
    """The counts at the wanted levels together."""
    among = [level in ((wanted,) if isinstance(wanted, str) else wanted) for level in levels]
    return np.asarray(counts[..., among].sum(axis=-1))


def _row(timeline: Timeline, row: _Row, plan: _Plan, base: float) -> Iterator[str]:
    middle = base + (row.below - row.above) / 2
    first = middle - (len(row.lines) - 1) * _SIZE * LEADING / 2 + _SIZE * 0.35
    yield svg.told(svg.text((plan.left - 14, first), row.lines, _SIZE, anchor="end"), row.label)
    yield svg.line((plan.left, base), (plan.left + _CHART, base), f'stroke="{svg.QUIET}" stroke-width="0.8"')
    bar = min(plan.step * 0.8, _WIDEST_BAR)
    for place, counts in enumerate(zip(row.up, row.down, strict=True)):
        left = plan.left + (place + 0.5) * plan.step - bar / 2
        when = _told_period(timeline.periods[place], timeline.period)
        for count, (fill, colour, sign) in zip(counts, _LOOKS if plan.signed else _PLAIN, strict=True):
            if count:
                corner = base if sign == "−" else base - count * plan.unit
                style = f'fill="{fill}" stroke="{colour}" stroke-width="0.8"'
                yield svg.told(
                    svg.box((left, corner), (bar, count * plan.unit), style), f"{row.label}, {when}: {sign}{count}"
                )
    yield from _totals(row, plan, middle)


def _totals(row: _Row, plan: _Plan, middle: float) -> Iterator[str]:
    right = plan.left + _CHART + 10
    looks = _LOOKS if plan.signed else _PLAIN
    told = [(f"{sign}{count:,}", colour) for count, (_, colour, sign) in zip(row.totals, looks, strict=True) if count]
    for number, (words, colour) in enumerate(told):
        down = middle + _SMALL * 0.35 + (number - (len(told) - 1) / 2) * _SMALL * LEADING
        yield svg.text((right, down), [words], _SMALL, f'fill="{colour}"', anchor="start")


def _axis(periods: Sequence[date], period: Period, plan: _Plan, ends: tuple[float, float]) -> Iterator[str]:
    """Fine lines with dates: as many as there is room for."""
    yield (
        '<defs><pattern id="against" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        f'<rect width="5" height="5" fill="{svg.PAPER}"/><rect width="2.6" height="5" fill="{svg.DISAGREE}"/>'
        "</pattern></defs>"
    )
    shown = _ticks(periods, period)
    for place in shown:
        across = plan.left + place * plan.step
        yield svg.line((across, ends[0] - 4), (across, ends[1] - 4), f'stroke="{svg.FAINT}" stroke-width="0.8"')
        label = _told_period(periods[place], period)
        yield svg.text((across + 2, ends[1] + 8), [label], _SMALL, f'fill="{svg.QUIET}"', anchor="start")


def _ticks(periods: Sequence[date], period: Period) -> list[int]:
    """The periods to name: each, or those that begin a round number of months or years, or every so many."""
    room = max(width(_told_period(each, period), _SMALL) for each in (periods[0], periods[-1])) + 16
    most = max(int(_CHART / room), 1)
    early = 7 if period is Period.WEEK else 1
    round_ones = [
        [n for n, each in enumerate(periods) if each.day <= early and not (each.year * 12 + each.month - 1) % months]
        for months in (1, 2, 3, 4, 6, 12, 24, 60, 120)
    ]
    for places in (list(range(len(periods))), *round_ones):
        if 3 < len(places) <= most:
            return places
    return list(range(0, len(periods), -(-len(periods) // most)))


def _told_period(first: date, period: Period) -> str:
    return {Period.YEAR: f"{first:%Y}", Period.MONTH: f"{first:%Y-%m}"}.get(period, f"{first:%Y-%m-%d}")


def _words(timeline: Timeline, rows: int, plan: _Plan) -> str:
    undated = int(timeline.totals.sum() - timeline.counts.sum())
    parts = [f"Statements a {timeline.period.value} by {timeline.variable}; the highest bar is {plan.most:,}"]
    if rows < len(timeline.labels):
        parts.append(f"the {rows} of {len(timeline.labels):,} with most statements")
    if undated:
        parts.append(f"{undated:,} without a date are in the totals only")
    return "; ".join(parts) + "."


def _foot(words: str, top: float, *, signed: bool) -> Iterator[str]:
    down = top
    for (fill, colour, sign), says in zip(_LOOKS, ("agreement, upward", "disagreement, downward"), strict=True):
        if not signed:
            break
        yield svg.box((_MARGIN, down - 9), (20, 10), f'fill="{fill}" stroke="{colour}" stroke-width="0.8"')
        yield svg.text((_MARGIN + 30, down), [f"{sign} {says}"], _SMALL, f'fill="{svg.QUIET}"', anchor="start")
        down += _SMALL * 1.7
    yield svg.text((_MARGIN, down), [words], _SMALL, f'fill="{svg.QUIET}"', anchor="start")
