"""The coded statements that the pages count networks of, read once for the ledger as it is, and what is asked."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from selon.discourse.networks import Codes, Network, NetworkOptions, amended, coded
from selon.discourse.networks import network as count
from selon.store.codes import Basis, CodedColumns, ledger_codes
from selon.store.counting import Given, network_options
from selon.web.timeline import stretches

if TYPE_CHECKING:
    from selon.store import Ledger
    from selon.web.tables import Tables

ROWS = 400
"""How many labels of the row variable a page counts, those with the most statements in the days asked for."""
EXPORTED = 2_000
"""How many an export counts."""
VIEWS: Mapping[str, tuple[str, str]] = {
    "affiliation": ("two-mode", "subtract"),
    "congruence": ("one-mode", "congruence"),
    "conflict": ("one-mode", "conflict"),
    "subtract": ("one-mode", "subtract"),
    "together": ("one-mode", "ignore"),
    "said": ("two-mode", "ignore"),
}
"""What can be looked at: the mode of the network and what becomes of agreement, as ``selon network`` names them."""
NORMALISATIONS = {"two-mode": ("no", "activity", "prominence"), "one-mode": ("no", "average", "jaccard", "cosine")}
QUALIFIER = "agreement"
_WANTED = ("id", "actor", "organization", "actor_kind", "outlet", "article", "document", "time")
_FEW = 50
"""Fewer ids than this are compared one by one, where more are looked up: numpy would sort a million for them."""
_UNDATED = int(np.iinfo(np.int64).max)


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of time, from a day up to another, and how many statements there are in it."""

    first: date
    after: date
    statements: int


@dataclass(frozen=True, slots=True)
class _Read:
    """The coded statements with the id of each, by the place it was read at."""

    given: Given
    ids: NDArray[np.bytes_]


def given_here(tables: Tables, ledger: Ledger, use: str) -> Given:
    """The coded statements of the ledger, read once; what people decide on later is exchanged. Raises UsageError."""

    def made() -> _Read:
        return _read(ledger_codes(ledger, Basis(use) if use else None, _WANTED))

    def with_touched(before: _Read, touched: Sequence[str]) -> _Read:
        return _amended(ledger, before, touched)

    return tables.kept(f"codes {use}", ledger, made, with_touched).given


def _read(source: CodedColumns) -> _Read:
    columns = {name: column for name, column in source.columns.items() if name != "id"}
    codes = coded(columns, document_level=source.document_level)
    # Of all columns only their names are looked at from here on.
    slim = replace(source, columns=dict.fromkeys(columns, ()), texts=[])
    return _Read(Given(codes, slim), np.array(list(source.columns.get("id", ())), dtype=np.bytes_))


def _amended(ledger: Ledger, before: _Read, touched: Sequence[str]) -> _Read:
    codes, source = before.given.codes, before.given.source
    if source.basis is Basis.CODINGS:
        return before
    more = ledger_codes(ledger, source.basis, _WANTED, touched)
    new = _read(more)
    ids = np.concatenate([before.ids, new.ids])
    gone = set(touched)
    left = amended(codes, ~_among(before.ids, gone)[codes.rows], new.given.codes)
    open_ones = (*(key for key in source.open if key not in gone), *more.open)
    return _Read(Given(left, replace(source, open=open_ones)), ids)


def _among(ids: NDArray[np.bytes_], wanted: Collection[str]) -> NDArray[np.bool_]:
    keys = {each.encode() for each in wanted}
    if len(keys) < _FEW:
        return np.isin(ids, list(keys))
    return np.fromiter((each in keys for each in ids.tolist()), bool, len(ids))


def left_out(given: Given) -> int:
    """How many statements are not counted: positions that leave it open, or statements of unknown speakers."""
    if given.source.basis is Basis.QUOTED:
        return int((given.codes.column("actor").codes < 0).sum())
    return len(given.source.open)


def views(given: Given) -> list[str]:
    """The views that these statements allow, the first of them first."""
    signed = QUALIFIER in given.codes.variables
    return [name for name, (_, aggregation) in VIEWS.items() if signed or aggregation == "ignore"]


def options_of(given: Given, asked: Mapping[str, Any]) -> NetworkOptions:
    """The options of ``selon network`` that a view and its filters stand for. Raises UsageError."""
    mode, aggregation = VIEWS[asked["view"]]
    chosen = asked["normalisation"] if asked["normalisation"] in NORMALISATIONS[mode] else "no"
    wanted = {**asked, "mode": mode, "aggregation": aggregation, "normalisation": chosen, "qualifier": QUALIFIER}
    return network_options(given, wanted)


def counted(given: Given, options: NetworkOptions, most: int) -> tuple[Network, int]:
    """The network of the row labels with the most statements, and how many of the others are left out."""
    rows = given.codes.column(options.rows)
    size = len(rows.labels)
    if size <= most:
        return count(given.codes, options), 0
    inside = (rows.codes >= 0) & _within(given.codes, options)
    said = np.bincount(rows.codes[inside], minlength=size)
    best = np.argsort(-said, kind="stable")[:most]
    kept = np.zeros(size + 1, dtype=bool)
    kept[best] = True
    left_out = int((said > 0).sum()) - int((said[best] > 0).sum())
    return count(given.codes.only(kept[rows.codes]), options), left_out


def bars(given: Given) -> list[Bar]:
    """How many statements there are in each day, month or year, for the slider."""
    days = given.codes.times[given.codes.times != _UNDATED] // 86400
    if not len(days):
        return []
    first, last = (datetime.fromtimestamp(int(each) * 86400, UTC).date() for each in (days[0], days[-1]))
    edges = list(stretches(first, last))
    numbers = np.searchsorted(days, [(edge - date(1970, 1, 1)).days for edge in edges])
    return [
        Bar(one, other, int(numbers[place + 1] - numbers[place])) for place, (one, other) in enumerate(pairwise(edges))
    ]


def labels(given: Given, exclude: Sequence[str] = ()) -> list[str]:
    """The variables of names among the statements."""
    return [name for name in given.codes.columns if name not in exclude]


def _within(codes: Codes, options: NetworkOptions) -> Any:  # noqa: ANN401 - a numpy mask
    inside = np.ones(len(codes), dtype=bool)
    for moment, after in ((options.since, True), (options.until, False)):
        if moment is not None:
            seconds = int(moment.replace(tzinfo=UTC).timestamp())
            inside &= codes.times >= seconds if after else codes.times <= seconds
    return inside
