"""The ledger's schema, as named steps in order; ``ledger.json`` says how many of them a ledger has been through."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from sqlite3 import Connection

from selon.errors import LedgerTooNew, NotALedger
from selon.store import disk

CARD = "ledger.json"
_FORMAT = "selon ledger"


def m001_initial(database: Connection) -> None:
    """The log of decisions, which nothing may change or delete, and the record of runs."""
    database.executescript(
        """
        CREATE TABLE IF NOT EXISTS decisions (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            made_at TEXT NOT NULL, made_by TEXT NOT NULL,
            kind TEXT NOT NULL, target TEXT NOT NULL, value TEXT NOT NULL, note TEXT NOT NULL);
        CREATE INDEX IF NOT EXISTS decisions_target ON decisions (target);
        CREATE TRIGGER IF NOT EXISTS decisions_stay BEFORE UPDATE ON decisions
            BEGIN SELECT raise(ABORT, 'decisions are never changed: add a new one'); END;
        CREATE TRIGGER IF NOT EXISTS decisions_last BEFORE DELETE ON decisions
            BEGIN SELECT raise(ABORT, 'decisions are never deleted: add a new one'); END;
        CREATE TABLE IF NOT EXISTS runs (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            started_at TEXT NOT NULL, ended_at TEXT, ending TEXT NOT NULL, seconds REAL,
            code TEXT NOT NULL, data TEXT NOT NULL, settings TEXT NOT NULL, counts TEXT NOT NULL);
        """
    )


def m002_search(database: Connection) -> None:
    """Full-text search over statements and articles, accents folded. Made from the tables; can be thrown away."""
    database.executescript(
        """
        CREATE TABLE IF NOT EXISTS searchable (
            number INTEGER PRIMARY KEY, kind TEXT NOT NULL, id TEXT NOT NULL, UNIQUE (kind, id));
        CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5 (body, tokenize = "unicode61 remove_diacritics 2");
        """
    )


def m003_corrections(database: Connection) -> None:
    """What comes of the decisions on statements, and what that and the index were made from. Can be thrown away."""
    database.executescript(
        """
        CREATE TABLE IF NOT EXISTS corrections (
            key TEXT PRIMARY KEY, revision INTEGER NOT NULL, article TEXT NOT NULL, found TEXT NOT NULL,
            state TEXT NOT NULL, decided TEXT NOT NULL, decided_by TEXT NOT NULL, statement TEXT NOT NULL);
        CREATE INDEX IF NOT EXISTS corrections_article ON corrections (article);
        CREATE INDEX IF NOT EXISTS corrections_revision ON corrections (revision);
        CREATE INDEX IF NOT EXISTS decisions_kind ON decisions (kind);
        CREATE TABLE IF NOT EXISTS made_from (name TEXT PRIMARY KEY, stamp TEXT NOT NULL);
        """
    )


def m004_beginnings(database: Connection) -> None:
    """The search again, with an index of beginnings of three and four letters: ``con`` in a million in a fifth."""
    database.executescript(
        """
        DROP TABLE IF EXISTS words;
        DELETE FROM searchable;
        DELETE FROM made_from WHERE name = 'search';
        CREATE VIRTUAL TABLE words USING fts5 (
            body, tokenize = "unicode61 remove_diacritics 2", prefix = "3 4");
        """
    )


MIGRATIONS: tuple[Callable[[Connection], None], ...] = (m001_initial, m002_search, m003_corrections, m004_beginnings)
SCHEMA_VERSION = len(MIGRATIONS)


def schema_version(ledger: Path) -> int:
    """How many steps the ledger in this folder has been through. Raises NotALedger, LedgerTooNew."""
    try:
        card = json.loads((ledger / CARD).read_text(encoding="utf-8"))
        version = int(card["schema_version"]) if card["format"] == _FORMAT else 0
    except FileNotFoundError:
        raise NotALedger(
            "no ledger here", where=str(ledger), next="make one with: selon run PATH --ledger DIR"
        ) from None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise NotALedger(
            f"{CARD} cannot be read: {error}", where=str(ledger), next="give the folder of a ledger"
        ) from error
    if version < 1:
        raise NotALedger(f"{CARD} is not one of ours", where=str(ledger), next="give the folder of a ledger")
    if version > SCHEMA_VERSION:
        raise LedgerTooNew(
            f"written by a later version of selon (schema {version}, this one knows {SCHEMA_VERSION})",
            where=str(ledger),
            next="install a newer selon",
        )
    return version


def migrate(ledger: Path, database: Connection, version: int) -> None:
    """Take the ledger through the steps after ``version``; each may be run again after a crash. Raises LedgerError."""
    with disk.writing_to(ledger):
        for step in MIGRATIONS[version:]:
            step(database)
        card = {"format": _FORMAT, "schema_version": SCHEMA_VERSION}
        disk.write_text(ledger / CARD, json.dumps(card, indent=2) + "\n")
