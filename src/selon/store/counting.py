"""Which coded statements are counted, and how, from what a person asks for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from selon.errors import UsageError
from selon.store.codes import Basis

if TYPE_CHECKING:
    from selon.discourse.networks import Codes, NetworkOptions
    from selon.store.codes import CodedColumns

_ROWS = {
    Basis.CODINGS: ("organization", "actor", "person", "speaker"),
    Basis.POSITIONS: ("actor",),
    Basis.QUOTED: ("actor",),
}


@dataclass(frozen=True, slots=True)
class Given:
    """The statements to count, and the columns and words they were made of."""

    codes: Codes
    source: CodedColumns


def network_options(given: Given, asked: Mapping[str, Any]) -> NetworkOptions:
    """The options of a network as asked for; what was not is guessed from the statements. Raises UsageError."""
    from selon.discourse.networks import Aggregation, Duplicates, Mode, NetworkOptions, Normalisation

    quoted = given.source.basis is Basis.QUOTED
    mode = Mode(asked.get("mode") or ("one-mode" if quoted else "two-mode"))
    qualifier = asked["qualifier"] if asked["qualifier"] in given.codes.variables else ""
    across = ("document" if mode is Mode.ONE_MODE else "article",) if quoted else ("proposition", "concept")
    return NetworkOptions(
        rows=asked["rows"] or _guessed(given.codes, _ROWS[given.source.basis], "--rows"),
        columns=asked["columns"] or _guessed(given.codes, across, "--columns"),
        qualifier=qualifier,
        mode=mode,
        aggregation=Aggregation(asked.get("aggregation") or "ignore"),
        normalisation=Normalisation(asked.get("normalisation") or "no"),
        duplicates=Duplicates(asked["duplicates"] or ("document" if quoted else "include")),
        isolates=bool(asked.get("isolates")),
        exclude=_by_variable(asked["exclude"]),
        only=_by_variable(asked["only"]),
        since=_moment(asked["since"], time.min),
        until=_moment(asked["until"], time.max),
        as_dna=bool(asked.get("as_dna")),
    )


def _guessed(codes: Codes, wanted: Sequence[str], option: str) -> str:
    for name in wanted:
        if name in codes.columns or name == "document":
            return name
    there = ", ".join(codes.columns) or "none"
    raise UsageError(f"none of {', '.join(wanted)} is coded", next=f"name a variable with {option}: {there}")


def _by_variable(asked: Sequence[str] | None) -> dict[str, frozenset[str]]:
    chosen: dict[str, set[str]] = {}
    for each in asked or ():
        name, equals, value = each.partition("=")
        if not equals:
            raise UsageError(f"not VARIABLE=VALUE: {each!r}", next="write it as organization=Senate")
        chosen.setdefault(name.strip(), set()).add(value.strip())
    return {name: frozenset(values) for name, values in chosen.items()}


def _moment(day: str, at: time) -> datetime | None:
    if not day:
        return None
    try:
        return (
            datetime.fromisoformat(day) if "T" in day or " " in day else datetime.combine(date.fromisoformat(day), at)
        )
    except ValueError:
        raise UsageError(f"not a date: {day!r}", next="write it as 2024-06-03") from None
