"""Decisions between colleagues: as lines of JSON, each under a key made of what it says, so that none counts twice."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from selon.errors import InputError
from selon.records import content_id
from selon.store.decisions import Decision

if TYPE_CHECKING:
    from selon.store.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of an import: how many decisions are new, how many were there, how many undo what nobody here knows."""

    new: int
    known: int
    unknown: int


def lines_of(log: Sequence[Decision], wanted: Iterable[Decision] | None = None) -> Iterator[str]:
    """A line of JSON for each decision of a log, or for those that are ``wanted``.

    One that takes another back names it by its key, not by its number.
    """
    keys = keys_of(log)
    for each in log if wanted is None else wanted:
        yield json.dumps({"key": keys[each.id], **_told(each, keys)}, ensure_ascii=False, sort_keys=True) + "\n"


def keys_of(decisions: Sequence[Decision]) -> dict[int, str]:
    """The key of each decision by its number: the same wherever it was taken over."""
    keys: dict[int, str] = {}
    for each in sorted(decisions, key=_undoes):
        keys[each.id] = content_id("d", json.dumps(_told(each, keys), ensure_ascii=False, sort_keys=True))
    return keys


def take_in(ledger: Ledger, lines: Iterable[str], where: str) -> Taken:
    """Add the decisions in lines of JSON that the ledger does not have yet, all or none. Raises InputError."""
    records = [_record(line, f"{where}, line {number}") for number, line in enumerate(lines, start=1) if line.strip()]
    there = {key: number for number, key in keys_of(ledger.decisions()).items()}
    fresh = {key: made for key, made in records if key not in there}
    opening = {key: made for key, made in fresh.items() if not _undoes(made)}
    taken = dict(zip(opening, ledger.decide_all(opening.values()), strict=True)) if opening else {}
    numbers = {**there, **{key: made.id for key, made in taken.items()}}
    closing = [made for made in fresh.values() if _undoes(made)]
    known = [made for made in closing if made.value["undo"] in numbers]
    if known:
        ledger.decide_all(replace(made, value={"undo": numbers[made.value["undo"]]}) for made in known)
    return Taken(len(opening) + len(known), len(records) - len(fresh), len(closing) - len(known))


def _undoes(decision: Decision) -> bool:
    return isinstance(decision.value, dict) and "undo" in decision.value


def _told(decision: Decision, keys: Mapping[int, str]) -> dict[str, Any]:
    value = decision.value
    if _undoes(decision):
        value = {"undo": keys.get(value["undo"], value["undo"])}
    return {
        "made_at": decision.made_at.astimezone(UTC).isoformat(),
        "made_by": decision.made_by,
        "kind": decision.kind,
        "target": decision.target,
        "value": value,
        "note": decision.note,
    }


def _record(line: str, where: str) -> tuple[str, Decision]:
    try:
        told = json.loads(line)
        at = datetime.fromisoformat(told["made_at"])
        names = {name: str(told[name]) for name in ("made_by", "kind", "target", "note")}
        made = Decision(0, at, names["made_by"], names["kind"], names["target"], told["value"], names["note"])
        return str(told["key"]), made
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(
            f"not a decision: {error}", where=where, next="give a file that selon decisions --export wrote"
        ) from error
