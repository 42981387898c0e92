"""``decisions.sqlite``: what people decided (never changed, never deleted) and what the runs were."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

FILE = "decisions.sqlite"


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody decided about a record (``target`` is its id); a later one on the same matter overrules it."""

    id: int
    made_at: datetime
    made_by: str
    kind: str
    target: str
    value: Any
    note: str = ""


@dataclass(frozen=True, slots=True)
class RunRecord:
    """One run: when, with what, what it gave, how it ended (``finished``, ``interrupted``, ``failed``, ``running``).

    ``code`` is the version and a hash of the stages' code; ``data`` the hash of each language pack and model.
    """

    id: int
    started_at: datetime
    ended_at: datetime | None
    ending: str
    seconds: float | None
    code: str
    data: Mapping[str, str] = field(default_factory=dict)
    settings: Mapping[str, Any] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)


def connect(ledger: Path) -> sqlite3.Connection:
    """Open the ledger's database: write-ahead log, every commit on the disk; read-only where the folder is.

    Threads may take turns with it, not use it at once.
    """
    path = ledger / FILE
    try:
        database = sqlite3.connect(path, timeout=30, isolation_level=None, check_same_thread=False)
        database.execute("PRAGMA journal_mode = WAL")
    except sqlite3.OperationalError:
        database = sqlite3.connect(
            f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, isolation_level=None, check_same_thread=False
        )
    database.execute("PRAGMA synchronous = FULL")
    database.execute("PRAGMA foreign_keys = ON")
    return database


def add_decision(database: sqlite3.Connection, decision: Decision) -> Decision:
    """Append a decision; returns it with its number (the one given is ignored)."""
    values = (
        decision.made_at.isoformat(),
        decision.made_by,
        decision.kind,
        decision.target,
        json.dumps(decision.value, ensure_ascii=False, sort_keys=True),
        decision.note,
    )
    cursor = database.execute(
        "INSERT INTO decisions (made_at, made_by, kind, target, value, note) VALUES (?, ?, ?, ?, ?, ?)", values
    )
    return Decision(cursor.lastrowid or 0, *_decided(values))


def add_decisions(database: sqlite3.Connection, made: Iterable[Decision]) -> None:
    """Append decisions, all or none (their numbers are ignored): one commit, where thousands would take minutes."""
    database.execute("BEGIN IMMEDIATE")
    try:
        for decision in made:
            add_decision(database, decision)
        database.execute("COMMIT")
    except BaseException:
        database.execute("ROLLBACK")
        raise


def decisions(database: sqlite3.Connection, target: str = "") -> list[Decision]:
    """All decisions, oldest first; only those about one record when ``target`` is given."""
    query = "SELECT id, made_at, made_by, kind, target, value, note FROM decisions WHERE ?1 IN ('', target) ORDER BY id"
    rows = database.execute(query, (target,))
    return [decision_from(row) for row in rows]


def of_kind(database: sqlite3.Connection, kind: str) -> list[Decision]:
    """The decisions of one kind, oldest first."""
    query = "SELECT id, made_at, made_by, kind, target, value, note FROM decisions WHERE kind = ? ORDER BY id"
    return [decision_from(row) for row in database.execute(query, (kind,))]


def latest(database: sqlite3.Connection, kind: str) -> int:
    """The number of the latest decision of a kind; 0 where there is none."""
    return int(database.execute("SELECT coalesce(max(id), 0) FROM decisions WHERE kind = ?", (kind,)).fetchone()[0])


def decision_from(row: Sequence[Any]) -> Decision:
    """The decision in a row of the log."""
    number, *values = row
    return Decision(number, *_decided(values))


def standing(made: Iterable[Decision]) -> list[Decision]:
    """The decisions that nobody took back (``{"undo": 12}``), in the order they were made, wherever they came from."""
    told = list(made)
    undone = {each.value["undo"] for each in told if _is_undo(each)}
    held = [each for each in told if not _is_undo(each) and each.id not in undone]
    return sorted(held, key=lambda each: (each.made_at, each.id))


def _is_undo(decision: Decision) -> bool:
    return isinstance(decision.value, dict) and "undo" in decision.value


def start_run(database: sqlite3.Connection, record: RunRecord) -> RunRecord:
    """Write down that a run has begun; returns the record with its number (the one given is ignored)."""
    cursor = database.execute(
        "INSERT INTO runs (started_at, ending, code, data, settings, counts) VALUES (?, ?, ?, ?, ?, '{}')",
        (record.started_at.isoformat(), record.ending, record.code, _json(record.data), _json(record.settings)),
    )
    return RunRecord(
        cursor.lastrowid or 0, record.started_at, None, record.ending, None, record.code, record.data, record.settings
    )


def end_run(database: sqlite3.Connection, record: RunRecord) -> None:
    """Write down how the run ended and what it gave."""
    ended = record.ended_at.isoformat() if record.ended_at else None
    database.execute(
        "UPDATE runs SET ended_at = ?, ending = ?, seconds = ?, counts = ? WHERE id = ?",
        (ended, record.ending, record.seconds, _json(record.counts), record.id),
    )


def runs(database: sqlite3.Connection) -> list[RunRecord]:
    """All runs, oldest first. One that was killed stays ``running``."""
    rows = database.execute(
        "SELECT id, started_at, ended_at, ending, seconds, code, data, settings, counts FROM runs ORDER BY id"
    )
    return [
        RunRecord(
            number,
            datetime.fromisoformat(started),
            datetime.fromisoformat(ended) if ended else None,
            ending,
            seconds,
            code,
            *(json.loads(text) for text in texts),
        )
        for number, started, ended, ending, seconds, code, *texts in rows
    ]


def _decided(values: Iterable[Any]) -> tuple[datetime, str, str, str, Any, str]:
    made_at, made_by, kind, target, value, note = values
    return datetime.fromisoformat(made_at), made_by, kind, target, json.loads(value), note


def _json(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
