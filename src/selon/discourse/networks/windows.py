"""Networks over time: one a window, or one a moment with what lies near it weighing more."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

import numpy as np

from selon.discourse.networks.codes import UNDATED, Codes
from selon.discourse.networks.counts import Floats
from selon.discourse.networks.networks import counts_of, scale, tied, weighed_counts
from selon.discourse.networks.options import NetworkOptions
from selon.discourse.networks.records import Network
from selon.discourse.networks.selection import Selection, seconds, selected, without_duplicates
from selon.errors import UsageError


class Unit(StrEnum):
    """What a window's width is counted in."""

    EVENTS = "events"
    SECONDS = "seconds"
    MINUTES = "minutes"
    HOURS = "hours"
    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"


class Kernel(StrEnum):
    """How a statement's weight falls off with its distance from the moment; NO cuts windows instead."""

    NO = "no"
    UNIFORM = "uniform"
    TRIANGULAR = "triangular"
    EPANECHNIKOV = "epanechnikov"
    GAUSSIAN = "gaussian"


@dataclass(frozen=True, slots=True)
class Windows:
    """Windows of so many units (an even number reaches as far as the next odd one), a unit apart.

    With a kernel the width (an odd one as the next even one) is twice the distance where a weight reaches 0, or one
    standard deviation of the Gaussian one, which reaches everywhere; ``indent`` begins and ends half a width inside.
    """

    unit: Unit = Unit.DAYS
    width: int = 30
    kernel: Kernel = Kernel.NO
    indent: bool = False

    def __post_init__(self) -> None:
        if self.width < 1:
            raise UsageError(f"a window of {self.width} {self.unit.value}", next="give a width of 1 or more")
        if self.kernel is not Kernel.NO and self.unit is Unit.EVENTS:
            raise UsageError("a kernel needs a unit of time", next="use days, or no kernel")


_SECONDS = {
    Unit.SECONDS: 1.0,
    Unit.MINUTES: 60.0,
    Unit.HOURS: 3600.0,
    Unit.DAYS: 86400.0,
    Unit.WEEKS: 604800.0,
    Unit.MONTHS: 365.2425 / 12 * 86400,
    Unit.YEARS: 365.2425 * 86400,
}
_EPOCH = datetime(1970, 1, 1)
_MOST = 100_000


def networks_over_time(codes: Codes, options: NetworkOptions, windows: Windows) -> Iterator[Network]:
    """A network for each window or moment, in time order, empty ones too; each says from when to when it reaches.

    A window lies wholly between ``since`` and ``until``, or the first and last statement. Every window is counted anew
    with all options, and the qualifier has one scale in all. Statements without a date are in none. In windows of
    events statements of one moment stand in the order of documents and places in the text, where DNA draws lots.
    Raises UsageError when there would be more than 100,000.
    """
    chosen = selected(codes, options)
    chosen = replace(chosen, codes=chosen.codes.only(chosen.codes.times != UNDATED))
    if not len(chosen.codes):
        return
    levels = scale(codes, options)
    if windows.kernel is not Kernel.NO:
        once = replace(chosen, codes=without_duplicates(chosen.codes, options))
        for moment, weights in _weights(once.codes, options, windows):
            near = weights > 0
            part = Selection(once.codes.only(near), once.labelled)
            counts = weighed_counts(part, options, levels, weights[near])
            yield replace(tied(counts, options), first=moment, last=moment)
        return
    cut = _events(chosen.codes, windows) if windows.unit is Unit.EVENTS else _periods(chosen.codes, options, windows)
    for first, last, inside in cut:
        counts = counts_of(Selection(chosen.codes.only(inside), chosen.labelled), options, levels)
        yield replace(tied(counts, options), first=first, last=last)


def kernel_weight(kernel: Kernel, distance: Floats, *, as_dna: bool = False) -> Floats:
    """The weight at a signed distance, where 1 is half a window; the density of each kernel, 0 outside it.

    ``as_dna`` gives the triangular and the Epanechnikov kernel as DNA codes them (the latter before 3.1): lopsided.
    """
    if kernel is Kernel.GAUSSIAN:
        return np.asarray(np.exp(-(distance**2) / 2) / np.sqrt(2 * np.pi))
    shape = {
        Kernel.UNIFORM: np.full_like(distance, 0.5),
        Kernel.TRIANGULAR: np.abs(1 - distance) if as_dna else 1 - np.abs(distance),
        Kernel.EPANECHNIKOV: 0.75 * ((1 - distance) ** 2 if as_dna else 1 - distance**2),
    }[kernel]
    return np.where(np.abs(distance) <= 1, shape, 0.0)


def _weights(codes: Codes, options: NetworkOptions, windows: Windows) -> Iterator[tuple[datetime, Floats]]:
    """Each moment, a unit apart, and the weight of every statement then."""
    width = windows.width + windows.width % 2
    first, last = int(codes.times[0]), int(codes.times[-1])
    start, stop = _span(options, first, last, inside=True)
    half = width // 2 if windows.indent else 0
    for moment in _walk(start, stop, windows.unit):
        if windows.indent and not (_moved(start, half, windows.unit) <= moment <= _moved(stop, -half, windows.unit)):
            continue
        distance = 2 * (codes.times - seconds(moment)) / _SECONDS[windows.unit] / width
        yield moment, kernel_weight(windows.kernel, distance, as_dna=options.as_dna)


def _events(codes: Codes, windows: Windows) -> Iterator[tuple[datetime, datetime, slice]]:
    half = windows.width // 2
    for centre in range(half, len(codes) - half):
        first, last = centre - half, centre + half
        yield _moment(codes.times[first]), _moment(codes.times[last]), slice(first, last + 1)


def _periods(codes: Codes, options: NetworkOptions, windows: Windows) -> Iterator[tuple[datetime, datetime, slice]]:
    start, stop = _span(options, int(codes.times[0]), int(codes.times[-1]), inside=False)
    half = windows.width // 2
    for centre in _walk(start, stop, windows.unit):
        first, last = _moved(centre, -half, windows.unit), _moved(centre, half, windows.unit)
        if first >= start and last <= stop:
            left = int(np.searchsorted(codes.times, seconds(first), "left"))
            right = int(np.searchsorted(codes.times, seconds(last), "right"))
            yield first, last, slice(left, right)


def _span(options: NetworkOptions, first: int, last: int, *, inside: bool) -> tuple[datetime, datetime]:
    start, stop = _moment(first), _moment(last)
    if options.since is not None:
        start = max(start, options.since) if inside else options.since
    if options.until is not None:
        stop = min(stop, options.until) if inside else options.until
    return start, stop


def _walk(start: datetime, stop: datetime, unit: Unit) -> Iterator[datetime]:
    if (stop - start).total_seconds() / _SECONDS[unit] > _MOST:
        raise UsageError(
            f"more than {_MOST:,} windows from {start} to {stop}", next=f"use a unit longer than {unit.value}"
        )
    number, moment = 0, start
    while moment <= stop:
        yield moment
        number += 1
        moment = _moved(start, number, unit)


def _moved(moment: datetime, number: int, unit: Unit) -> datetime:
    """So many units later; a month later than the 31st is the last day of a shorter month."""
    if unit not in (Unit.MONTHS, Unit.YEARS):
        return moment + number * _delta(unit)
    months = moment.year * 12 + moment.month - 1 + number * (12 if unit is Unit.YEARS else 1)
    year, month = divmod(months, 12)
    if not 1 <= year <= 9999:
        return datetime.min if year < 1 else datetime.max
    length = monthrange(year, month + 1)[1]
    return moment.replace(year=year, month=month + 1, day=min(moment.day, length))


def _delta(unit: Unit) -> timedelta:
    return timedelta(seconds=_SECONDS[unit])


def _moment(second: int) -> datetime:
    return _EPOCH + timedelta(seconds=int(second))
