"""Coded statements -> how many a day, week, month or year, by a variable and the qualifier."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from selon.discourse.networks.codes import UNDATED, Codes, Ints
from selon.discourse.networks.counts import levels_of
from selon.discourse.networks.options import NetworkOptions
from selon.discourse.networks.records import Period, Timeline
from selon.discourse.networks.selection import qualifier_codes, selected, without_duplicates
from selon.errors import UsageError

_DAY = 86400
_FITTING = 60
"""So many periods are chosen at most where none is asked for."""
_MOST = 10_000


def timeline(codes: Codes, options: NetworkOptions, variable: str, period: Period | None = None) -> Timeline:
    """The statements that fit the options, without duplicates, counted by period, variable and qualifier.

    Periods follow one another without a gap; where none is asked for, the shortest that makes 60 at most. Labels are
    sorted as DNA sorts them; a statement without one is left out. Raises UsageError for a variable that the statements
    do not have, and when there would be more than 10,000 periods.
    """
    kept = without_duplicates(selected(codes, options).codes, options)
    kept = kept.only(kept.column(variable).codes >= 0)
    column = kept.column(variable)
    used, label = np.unique(column.codes, return_inverse=True)
    graded = options.qualifier in kept.variables
    values = levels_of(codes, options).values if graded else (0,)
    level = np.searchsorted(values, qualifier_codes(kept, options.qualifier)) if graded else label * 0
    dated = kept.times != UNDATED
    place, periods, unit = _periods(kept.times[dated], period)
    shape = (len(used), len(periods), len(values))
    counts = _tally((label[dated], place, level[dated]), shape)
    totals = _tally((label, level), (shape[0], shape[2]))
    return Timeline(
        variable=variable,
        labels=tuple(column.labels[each] for each in used),
        periods=periods,
        period=unit,
        levels=_names(codes, options.qualifier, values) if graded else ("",),
        counts=counts,
        totals=totals,
    )


def _tally(places: tuple[Ints, ...], shape: tuple[int, ...]) -> Ints:
    counts: Ints = np.zeros(shape, dtype=np.int64)
    np.add.at(counts, places, 1)
    return counts


def _names(codes: Codes, qualifier: str, values: tuple[int, ...]) -> tuple[str, ...]:
    """What the levels are called: of yes and no −1 and +1, as our ledgers write agreement."""
    if qualifier not in codes.numbers:
        return tuple(codes.column(qualifier).labels[each] for each in values)
    if codes.numbers[qualifier].boolean:
        return ("-1", "+1")
    return tuple(f"{each:+d}" if each else "0" for each in values)


def _periods(times: Ints, wanted: Period | None) -> tuple[Ints, tuple[date, ...], Period]:
    """Each time's place among the periods, the first day of each period, and how long these are."""
    units = (wanted,) if wanted else tuple(Period)
    if not len(times):
        return times, (), units[0]
    numbers = {unit: _number(times, unit) for unit in units}
    unit = next((each for each in units if np.ptp(numbers[each]) < _FITTING), units[-1])
    number = numbers[unit]
    first, last = int(number.min()), int(number.max())
    if last - first >= _MOST:
        raise UsageError(
            f"{last - first + 1:,} {unit.value}s", where="timeline", next="ask for longer periods or a shorter range"
        )
    return number - first, tuple(_first_day(each, unit) for each in range(first, last + 1)), unit


def _number(times: Ints, unit: Period) -> Ints:
    days = times // _DAY
    if unit is Period.DAY:
        return days
    if unit is Period.WEEK:
        return (days + 3) // 7
    months = times.astype("datetime64[s]").astype("datetime64[M]").astype(np.int64)
    return months if unit is Period.MONTH else months // 12


def _first_day(number: int, unit: Period) -> date:
    if unit in (Period.DAY, Period.WEEK):
        return date(1970, 1, 1) + timedelta(days=number * 7 - 3 if unit is Period.WEEK else number)
    months = number if unit is Period.MONTH else number * 12
    return date(1970 + months // 12, months % 12 + 1, 1)
