import hashlib
import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import fake_pipeline
import pytest

import selon
from selon.engines import filling, recipe
from selon.errors import LedgerError
from selon.records import Document, Failure
from selon.settings import Limits, Settings
from selon.store import Ledger

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
WATCH = filling.Watch(now=lambda: NOW, analyse=fake_pipeline.obey)
ONE = Settings(workers=1)


@pytest.fixture
def ledger(tmp_path):
    with Ledger.create(tmp_path / "ledger") as ledger:
        yield ledger


def documents(**texts):
    return [Document(f"{name}.txt", text, "text/plain") for name, text in texts.items()]


def fill(ledger, stream, settings=ONE, watch=WATCH):
    return filling.fill(ledger, stream, settings, watch)


def test_a_second_run_reads_only_what_is_new_or_changed_or_failed(ledger):
    first = fill(ledger, documents(a="ok 1", b="ok 2", c="aside", d="raise"))
    assert (first.articles, first.unchanged, len(first.failures), len(first.set_aside)) == (2, 0, 1, 1)
    second = fill(ledger, documents(a="ok 1", b="ok changed", c="aside", d="raise", e="ok 3"))
    assert (second.articles, second.unchanged, len(second.failures)) == (2, 2, 1)
    third = fill(ledger, documents(d="ok mended"))
    assert (third.articles, third.unchanged) == (1, 0)
    assert [heading.where for heading in ledger.articles()] == ["a.txt", "b.txt", "d.txt", "e.txt"]
    assert ledger.failures() == []
    assert ledger.article(ledger.articles()[1].id).text == "ok changed"


@pytest.mark.parametrize("change", ["language", "limits", "code"])
def test_another_recipe_reads_everything_again(ledger, monkeypatch, change):
    fill(ledger, documents(a="ok 1"))
    settings = ONE
    if change == "language":
        settings = Settings(language="fr", workers=1)
    elif change == "limits":
        settings = Settings(workers=1, limits=Limits(seconds=9.0))
    else:
        monkeypatch.setattr(recipe, "code_hash", lambda *_: "another")
    assert fill(ledger, documents(a="ok 1"), settings).unchanged == 0


def test_the_number_of_workers_is_no_part_of_the_recipe_and_none_of_the_bytes(tmp_path):
    hashes = set()
    for workers in (1, 3):
        with Ledger.create(tmp_path / str(workers)) as ledger:
            texts = {f"n{number}": f"sleep {number % 3 / 50} {number}" for number in range(12)}
            fill(ledger, documents(**texts), Settings(workers=workers))
            tables = sorted(ledger.folder.glob("*.parquet"))
            hashes.add(hashlib.sha256(b"".join(table.read_bytes() for table in tables)).hexdigest())
            assert fill(ledger, documents(**texts), Settings(workers=4)).unchanged == 12
    assert len(hashes) == 1


def test_one_place_met_twice_is_read_once(ledger):
    assert fill(ledger, documents(a="ok 1") * 2).documents == 1


def test_the_run_is_on_record(ledger):
    fill(ledger, [*documents(a="ok 1"), Failure("x", "no permission", "ask", "reading")])
    (run,) = ledger.runs()
    assert (run.started_at, run.ended_at, run.ending) == (NOW, NOW, "finished")
    assert run.code.startswith(f"{selon.__version__}+")
    assert set(run.data) == {"en", "fr"}
    assert run.settings["seconds"] == 10.0
    assert run.counts == {
        "documents": 2, "unchanged": 0, "articles": 1, "statements": 0, "words": 2, "failures": 1, "set_aside": 0,
    }  # fmt: skip


def test_an_interrupt_keeps_what_was_read(ledger):
    def interrupted():
        yield from documents(**{f"n{number}": f"ok {number}" for number in range(100)})
        raise KeyboardInterrupt

    tally = fill(ledger, interrupted())
    assert tally.ending == "interrupted" == ledger.runs()[-1].ending
    assert 0 < len(ledger.articles()) == tally.articles <= 100
    assert not ledger.staging.exists()


def test_an_error_of_the_input_leaves_the_tables_and_is_on_record(ledger):
    fill(ledger, documents(a="ok 1"))

    def broken():
        yield from documents(b="ok 2")
        raise RuntimeError("a bug in a reader")

    with pytest.raises(RuntimeError):
        fill(ledger, broken())
    assert ledger.runs()[-1].ending == "failed"
    assert [heading.where for heading in ledger.articles()] == ["a.txt"]


def test_a_full_disk_stops_the_run_and_leaves_the_tables(ledger, monkeypatch):
    fill(ledger, documents(a="ok 1"))
    monkeypatch.setattr("selon.store.disk.sync", _full)
    with pytest.raises(LedgerError, match="the disk is full"):
        fill(ledger, documents(b="ok 2"))
    monkeypatch.undo()
    assert [heading.where for heading in ledger.articles()] == ["a.txt"]
    fill(ledger, documents(b="ok 2"))
    assert [heading.where for heading in ledger.articles()] == ["a.txt", "b.txt"]


def _full(path):
    raise OSError(28, "No space left on device", str(path))


KILLED = """
import sys
sys.path.insert(0, {here!r})
import fake_pipeline
from datetime import UTC, datetime
from selon.engines import filling
from selon.records import Document
from selon.settings import Settings
from selon.store import Ledger, staging
staging.SHARD_DOCUMENTS = 5
stream = (Document(f"{{n}}.txt", f"sleep 0.01 {{n}}", "text/plain") for n in range(100_000))
watch = filling.Watch(now=lambda: datetime.now(UTC), analyse=fake_pipeline.obey)
with Ledger.open({folder!r}) as ledger:
    print("go", flush=True)
    filling.fill(ledger, stream, Settings(workers=2), watch)
"""


def test_after_kill_9_the_old_tables_stand_and_finished_shards_are_picked_up(ledger):
    fill(ledger, documents(old="ok"))
    script = KILLED.format(here=str(Path(__file__).parent), folder=str(ledger.folder))
    process = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE)
    assert process.stdout.readline() == b"go\n"
    deadline = time.monotonic() + 30
    while len(list(ledger.staging.glob("*.jsonl.gz"))) < 3 and time.monotonic() < deadline:
        time.sleep(0.02)
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    with Ledger.open(ledger.folder) as reader:
        assert [heading.where for heading in reader.articles()] == ["old.txt"]
    tally = fill(ledger, documents(new="ok new"))
    assert tally.articles == 1
    assert len(ledger.articles()) >= 2 + 15
    assert [run.ending for run in ledger.runs()] == ["finished", "running", "finished"]
