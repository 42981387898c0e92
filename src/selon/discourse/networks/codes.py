"""Coded statements as columns: what every network and timeline is counted from."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from selon.errors import UsageError

Ints = NDArray[np.int64]
UNDATED = int(np.iinfo(np.int64).max)
"""The time of a statement without a date: after all others, and in no window."""
PLACES = ("id", "time", "document", "start", "stop")
"""Columns that say where and when a statement stands; all others are variables."""


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """A variable of names: its labels in the order of their UTF-16 units (DNA's), and each statement's, −1 for none."""

    labels: tuple[str, ...]
    codes: Ints


@dataclass(frozen=True, slots=True, eq=False)
class Numbers:
    """A variable of numbers, such as agreement; ``boolean`` when it was coded as yes or no (1 or 0)."""

    values: Ints
    boolean: bool


@dataclass(frozen=True, slots=True, eq=False)
class Codes:
    """Coded statements, sorted by time, document, place in the text and id.

    ``times`` are seconds since 1970 of the local date and time, ``rows`` the places in what ``coded`` was given.
    ``document_level`` are the variables that belong to the document and not to the statement.
    """

    times: Ints
    rows: Ints
    documents: Column
    columns: Mapping[str, Column]
    numbers: Mapping[str, Numbers]
    document_level: frozenset[str] = frozenset()

    def __len__(self) -> int:
        return len(self.times)

    @property
    def variables(self) -> tuple[str, ...]:
        """The names of all variables."""
        return (*self.columns, *self.numbers)

    def column(self, name: str) -> Column:
        """The variable of names called so. Raises UsageError when there is none."""
        if name == "document" and name not in self.columns:
            return self.documents
        if name not in self.columns:
            raise UsageError(f"no variable {name!r} in the coded statements", next=f"use {', '.join(self.columns)}")
        return self.columns[name]

    def only(self, kept: NDArray[Any] | slice) -> Codes:
        """The statements at these places or where the mask is true, in the same order."""
        return replace(
            self,
            times=self.times[kept],
            rows=self.rows[kept],
            documents=replace(self.documents, codes=self.documents.codes[kept]),
            columns={name: replace(each, codes=each.codes[kept]) for name, each in self.columns.items()},
            numbers={name: replace(each, values=each.values[kept]) for name, each in self.numbers.items()},
        )


def coded(columns: Mapping[str, Sequence[Any]], *, document_level: Collection[str] = ()) -> Codes:
    """Coded statements from columns of equal length.

    ``time`` holds dates, date-times or ISO texts (None where unknown), ``document``, ``start``, ``stop`` and ``id`` say
    where a statement stands (all four may be missing); every other column is a variable: of names, or of numbers where
    all its values are booleans or integers. Raises UsageError when the columns are not of one length, or a date or a
    number cannot be read.
    """
    lengths = {len(column) for column in columns.values()}
    if len(lengths) > 1:
        raise UsageError("the columns of the coded statements differ in length", next="give a value or None in each")
    size = lengths.pop() if lengths else 0
    times = _times(columns.get("time", [None] * size))
    documents = _encoded(columns.get("document", [""] * size), none="")
    place = [_order(columns[name]) for name in ("id", "stop", "start") if name in columns]
    order = np.lexsort([*place, documents.codes, times]) if size else np.empty(0, np.int64)
    found: dict[str, Column] = {}
    numbers: dict[str, Numbers] = {}
    for name, values in columns.items():
        if name in PLACES:
            continue
        if (number := _numbers(values)) is not None:
            numbers[name] = number
        else:
            found[name] = _encoded(values)
    return Codes(times, np.arange(size), documents, found, numbers, frozenset(document_level)).only(order)


def java_order(labels: Iterable[str]) -> list[str]:
    """The labels as DNA sorts them: by UTF-16 code units.

    >>> java_order(["é", "b", "Z", "\U0001f600", "\uffee"]) == ["Z", "b", "é", "\U0001f600", "\uffee"]
    True
    """
    return sorted(labels, key=lambda label: label.encode("utf-16-be", "surrogatepass"))


def _encoded(values: Sequence[Any], *, none: str | None = None) -> Column:
    """The column of these values; what is empty or None has no label (unless ``none`` gives it one)."""
    codes_of: dict[Any, int] = {}
    raw = np.fromiter((codes_of.setdefault(value, len(codes_of)) for value in values), np.int64, len(values))
    empty = {value for value in codes_of if value is None or value == "" or value != value}
    named = {value: str(value) for value in codes_of if value not in empty or none is not None}
    labels = _number_order(named) if _all_ints(named) else java_order(set(named.values()))
    place = {label: number for number, label in enumerate(labels)}
    table = np.array([place[named[value]] if value in named else -1 for value in codes_of], dtype=np.int64)
    return Column(tuple(labels), table[raw] if len(values) else raw)


def _all_ints(named: Mapping[Any, str]) -> bool:
    return bool(named) and all(isinstance(value, int | np.integer) for value in named)


def _number_order(named: Mapping[Any, str]) -> list[str]:
    return [named[value] for value in sorted(named)]


def _numbers(values: Sequence[Any]) -> Numbers | None:
    """The values as numbers, or None when one is neither a boolean nor an integer, or there is none."""
    if isinstance(values, np.ndarray) and values.dtype.kind in "bi":
        return Numbers(values.astype(np.int64), values.dtype.kind == "b")
    kinds = {type(value) for value in values}
    if not kinds or not all(issubclass(kind, int | np.integer | np.bool_) for kind in kinds):
        return None
    boolean = all(issubclass(kind, bool | np.bool_) for kind in kinds)
    return Numbers(np.array(values, dtype=np.int64), boolean)


def _times(values: Sequence[Any]) -> Ints:
    try:
        moments = np.asarray(values if isinstance(values, np.ndarray) else list(values), dtype="datetime64[s]")
    except (ValueError, TypeError) as error:
        raise UsageError(f"not a date: {error}", where="time", next="write 2024-06-03 or 2024-06-03T12:30:00") from None
    seconds = moments.astype(np.int64)
    return np.where(np.isnat(moments), UNDATED, seconds)


def _order(values: Sequence[Any]) -> Ints:
    """Numbers that sort as the values do."""
    if all(isinstance(value, int | np.integer) for value in values):
        return np.array(values, dtype=np.int64)
    return _encoded(values, none="").codes
