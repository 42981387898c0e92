"""Which statements count: range, documents, excluded values, empty ones, duplicates, in DNA's order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from selon.discourse.networks.codes import UNDATED, Codes, Column, Ints
from selon.discourse.networks.options import Aggregation, Duplicates, NetworkOptions
from selon.errors import UsageError

Mask = NDArray[np.bool_]
_DAY = 86400
_WORDS = {"true": 1, "false": 0}


@dataclass(frozen=True, slots=True, eq=False)
class Selection:
    """The statements that count, and those whose labels stand in the network even without a tie (isolates)."""

    codes: Codes
    labelled: Codes


def selected(codes: Codes, options: NetworkOptions, *, with_empty: bool = False) -> Selection:
    """The statements that a network counts, before duplicates are dropped: these depend on the window.

    ``with_empty`` keeps those that lack a row, a column or a level. Raises UsageError for a variable that the
    statements do not have.
    """
    inside = codes.only(within(codes, options.since, options.until) & _wanted(codes, options, document_level=True))
    kept = _wanted(inside, options, document_level=False)
    for name in () if with_empty else (options.rows, options.columns):
        kept &= inside.column(name).codes >= 0
    if with_empty:
        return Selection(inside.only(kept), inside)
    if options.qualifier and options.aggregation is not Aggregation.IGNORE and options.qualifier not in inside.numbers:
        kept &= inside.column(options.qualifier).codes >= 0
    return Selection(inside.only(kept), inside)


def without_duplicates(codes: Codes, options: NetworkOptions) -> Codes:
    """The statements without those that repeat an earlier one in the same document, week, month, year or at all.

    Two are the same when rows, columns and, unless it is ignored, the qualifier are; whatever their words.
    """
    if options.duplicates is Duplicates.INCLUDE or not len(codes):
        return codes
    keys = [codes.column(options.rows).codes, codes.column(options.columns).codes, _stretch(codes, options)]
    if options.qualifier and options.aggregation is not Aggregation.IGNORE:
        keys.append(qualifier_codes(codes, options.qualifier))
    order = np.lexsort(keys)  # stable: among equals the earliest stands first
    changed = np.zeros(len(codes), dtype=bool)
    changed[0] = True
    for key in keys:
        ordered = key[order]
        changed[1:] |= ordered[1:] != ordered[:-1]
    return codes.only(np.sort(order[changed]))


def qualifier_codes(codes: Codes, name: str) -> Ints:
    """Each statement's level of the qualifier: the number itself, or the place of its label."""
    return codes.numbers[name].values if name in codes.numbers else codes.column(name).codes


def within(codes: Codes, since: datetime | None, until: datetime | None) -> Mask:
    """Which statements lie in the range, both ends included; without one, all do, dated or not."""
    kept = np.ones(len(codes), dtype=bool)
    if since is not None:
        kept &= (codes.times >= seconds(since)) & (codes.times != UNDATED)
    if until is not None:
        kept &= codes.times <= seconds(until)
    return kept


def seconds(moment: datetime) -> int:
    """A local date and time as seconds since 1970, as DNA keeps them: read as if it were UTC.

    >>> seconds(datetime(1970, 1, 2))
    86400
    """
    return int(np.datetime64(moment.replace(tzinfo=None), "s").astype(np.int64))


def _wanted(codes: Codes, options: NetworkOptions, *, document_level: bool) -> Mask:
    kept = np.ones(len(codes), dtype=bool)
    for chosen, drop in ((options.exclude, True), (options.only, False)):
        for mask in _matches(codes, chosen, document_level=document_level):
            kept &= ~mask if drop else mask
    return kept


def _matches(codes: Codes, chosen: Mapping[str, frozenset[str]], *, document_level: bool) -> list[Mask]:
    """For each variable of this level, which statements have one of the chosen values."""
    return [
        _has(codes, name, values)
        for name, values in chosen.items()
        if (name in codes.document_level or name == "document") is document_level
    ]


def _has(codes: Codes, name: str, values: frozenset[str]) -> Mask:
    if name in codes.numbers:
        try:
            return np.isin(codes.numbers[name].values, [_number(value) for value in values])
        except ValueError:
            raise UsageError(
                f"{name} holds numbers", where=", ".join(sorted(values)), next="write 1, 0 or -1"
            ) from None
    column: Column = codes.column(name)
    hit = np.array([*(label in values for label in column.labels), "" in values], dtype=bool)
    return hit[column.codes]  # −1, no label, is the last place


def _number(value: str) -> int:
    return _WORDS[value.lower()] if value.lower() in _WORDS else int(value)


def _stretch(codes: Codes, options: NetworkOptions) -> Ints:
    """What two statements must share to be duplicates, as a number."""
    if options.duplicates is Duplicates.DOCUMENT:
        return codes.documents.codes
    if options.duplicates is Duplicates.ACROSS_RANGE:
        return np.zeros(len(codes), dtype=np.int64)
    undated = codes.times == UNDATED
    times = np.where(undated, 0, codes.times)
    stretch = _number_of(times, options.duplicates, as_dna=options.as_dna)
    return np.where(undated, -1 - codes.documents.codes, stretch + (1 << 40))


def _number_of(times: Ints, unit: Duplicates, *, as_dna: bool) -> Ints:
    days = times // _DAY
    if unit is Duplicates.WEEK:
        weeks = (days + 3) // 7  # weeks begin on Monday, and 1970 on a Thursday
        return _week_of_year(weeks) if as_dna else weeks
    months = times.astype("datetime64[s]").astype("datetime64[M]").astype(np.int64)
    if unit is Duplicates.MONTH:
        return months % 12 if as_dna else months
    return months // 12


def _week_of_year(weeks: Ints) -> Ints:
    """The ISO number of a week: that of its Thursday in the Thursday's year."""
    thursday = (weeks * 7).astype("datetime64[D]")
    first = thursday.astype("datetime64[Y]").astype("datetime64[D]")
    week: Ints = (thursday - first).astype(np.int64) // 7
    return week
