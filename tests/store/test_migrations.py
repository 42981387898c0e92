"""Old ledgers are brought up to date when opened, and lose nothing."""

import json
import sqlite3
from datetime import UTC, datetime

import pytest
from made import analysis

from selon.errors import LedgerBusy
from selon.store import Ledger
from selon.store.lock import writing_lock
from selon.store.migrations import MIGRATIONS, SCHEMA_VERSION, m001_initial


@pytest.fixture
def old(ledger, fill):
    """A ledger as version 1 of the schema left it: tables, decisions and runs, no search."""
    fill(analysis())
    ledger.close()
    for suffix in ("", "-wal", "-shm"):
        (ledger.folder / f"decisions.sqlite{suffix}").unlink(missing_ok=True)
    database = sqlite3.connect(ledger.folder / "decisions.sqlite")
    m001_initial(database)
    database.execute(
        "INSERT INTO decisions (made_at, made_by, kind, target, value, note) VALUES (?, 'me', 'wrong', 's1', '1', '')",
        (datetime(2026, 1, 1, tzinfo=UTC).isoformat(),),
    )
    database.commit()
    database.close()
    (ledger.folder / "ledger.json").write_text(json.dumps({"format": "selon ledger", "schema_version": 1}))
    return ledger.folder


def test_an_old_ledger_is_brought_up_to_date(old):
    with Ledger.open(old) as ledger:
        assert [decision.target for decision in ledger.decisions()] == ["s1"]
        assert len(ledger.statements(about="loi")) == 1
    assert json.loads((old / "ledger.json").read_text())["schema_version"] == SCHEMA_VERSION


def test_a_migration_that_was_cut_short_is_done_again(old):
    card = (old / "ledger.json").read_text()
    Ledger.open(old).close()
    (old / "ledger.json").write_text(card)
    with Ledger.open(old) as ledger:
        assert len(ledger.statements(about="loi")) == 1
        assert len(ledger.decisions()) == 1


def test_an_old_ledger_that_another_run_holds_is_left_alone(old):
    with writing_lock(old), pytest.raises(LedgerBusy):
        Ledger.open(old)
    assert json.loads((old / "ledger.json").read_text())["schema_version"] == 1


def test_steps_are_named_in_order():
    assert [step.__name__[:4] for step in MIGRATIONS] == [f"m{number:03}" for number in range(1, len(MIGRATIONS) + 1)]
    assert all(step.__doc__ for step in MIGRATIONS)
