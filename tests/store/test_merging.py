"""What the tables hold after runs, repeats, crashes and full disks."""

import errno
import hashlib
import json
import resource
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from made import analysis

from selon.errors import LedgerBusy, LedgerError
from selon.records import Failure, SetAside
from selon.store import Ledger, disk, merging
from selon.store.lock import writing_lock
from selon.store.tables import TABLES


def table_hashes(ledger):
    return {table.name: hashlib.sha256((ledger.folder / table.file).read_bytes()).hexdigest() for table in TABLES}


def places(ledger):
    return [heading.where for heading in ledger.articles()]


def test_a_document_read_again_replaces_what_it_gave(ledger, fill):
    fill(analysis(content="Avant", place="a.txt"), analysis(content="Reste", place="b.txt"))
    assert len(ledger.statements(about="avant")) == 1
    fill(analysis(content="Après", place="a.txt"))
    assert sorted(statement.content for statement in ledger.statements()) == ["Après", "Reste"]
    assert ledger.statements(about="avant") == []
    assert len(ledger.statements(about="apres")) == 1
    assert ledger.counts()["passages"] == ledger.counts()["rejected"] == 2


def test_what_fails_later_keeps_what_it_gave_before_and_the_failure_goes_once_mended(ledger, fill):
    fill(analysis(place="a.txt"))
    fill(Failure("a.txt", "took too long", "split it", "limits"))
    assert places(ledger) == ["a.txt"]
    assert len(ledger.failures()) == 1
    fill(analysis(place="a.txt"))
    assert ledger.failures() == []


def test_what_is_set_aside_later_is_no_article_any_more(ledger, fill):
    fill(analysis(place="a.txt"))
    fill(SetAside("a.txt", "language: de"))
    assert places(ledger) == []
    assert ledger.statements() == []
    fill(analysis(place="a.txt"))
    assert ledger.set_aside() == []


def test_one_text_in_two_places_is_one_article(ledger, fill):
    first = analysis(place="b.txt")
    twin = replace(first, article=replace(first.article, where="a.txt"))
    fill(first, twin)
    assert places(ledger) == ["a.txt"]
    assert len(ledger.statements()) == 1
    assert sorted(ledger.known()) == ["a.txt", "b.txt"]
    fill(analysis(content="Autre", place="a.txt"))
    assert places(ledger) == ["a.txt", "b.txt"] or len(places(ledger)) == 2


def test_the_same_documents_give_the_same_bytes_in_any_order_and_number_of_runs(tmp_path, fill):
    outcomes = [analysis(f"Jean {letter}", place=f"{letter}.txt") for letter in "ABCDEF"]
    outcomes += [Failure("x", "bad", "mend", "reading"), SetAside("y", "no text")]
    one = fill(*outcomes, into=Ledger.create(tmp_path / "one"))
    two = Ledger.create(tmp_path / "two")
    fill(*reversed(outcomes[3:]), into=two)
    fill(*outcomes[:3], into=two)
    assert table_hashes(one) == table_hashes(two)
    one.close()
    two.close()


def test_an_open_ledger_sees_what_a_later_run_wrote(ledger, fill):
    fill(analysis(place="a.txt"))
    with Ledger.open(ledger.folder) as reader:
        assert len(reader.statements()) == 1
        fill(analysis(content="Encore", place="b.txt"))
        assert len(reader.statements()) == 2
        assert len(reader.statements(about="encore")) == 1


def test_finished_shards_of_a_killed_run_are_picked_up(ledger, stage):
    stage(ledger, analysis(place="a.txt"))
    (ledger.staging / "00000002-000001.tmp").write_bytes(b'{"place":"half')
    with Ledger.open(ledger.folder) as again:
        assert again.statements() == []
        with again.writing():
            pass
        assert len(again.statements()) == 1
        assert not again.staging.exists()


@pytest.mark.parametrize("after", [0, 1, 4, len(TABLES)])
def test_a_crash_while_the_tables_are_exchanged_loses_nothing(ledger, fill, stage, monkeypatch, after):
    fill(analysis(content="Avant", place="a.txt"))
    stage(ledger, analysis(content="Après", place="a.txt"), run=9)
    exchange, done = Path.replace, []

    def crashing(self, target):
        if self.parent.name == "merged" and len(done) == after:
            raise KeyboardInterrupt
        if self.parent.name == "merged":
            done.append(self)
        return exchange(self, target)

    monkeypatch.setattr(Path, "replace", crashing)
    if after < len(TABLES):
        with pytest.raises(KeyboardInterrupt):
            ledger.absorb()
    else:
        ledger.absorb()
    monkeypatch.undo()
    with Ledger.open(ledger.folder) as reader:
        assert [statement.content for statement in reader.statements()] == ["Après"]
    with Ledger.open(ledger.folder) as writer, writer.writing():
        assert [statement.content for statement in writer.statements(about="apres")] == ["Après"]
        assert not writer.staging.exists()


@pytest.mark.parametrize("step", ["_write_tables", "_load"])
def test_a_crash_before_the_exchange_leaves_the_old_tables(ledger, fill, stage, monkeypatch, step):
    fill(analysis(content="Avant", place="a.txt"))
    before = table_hashes(ledger)
    stage(ledger, analysis(content="Après", place="a.txt"), run=9)

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(merging, step, full)
    with pytest.raises(LedgerError, match="the disk is full"):
        ledger.absorb()
    assert table_hashes(ledger) == before
    assert [path.suffix for path in ledger.staging.iterdir()] == [".gz"]
    monkeypatch.undo()
    with ledger.writing():
        assert [statement.content for statement in ledger.statements()] == ["Après"]


def test_a_disk_that_is_full_at_fsync_is_said(ledger, stage, monkeypatch):
    def full(_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(LedgerError, match=r"the disk is full .*make room"):
        stage(ledger, analysis())


FILE_LIMIT = """
import resource, sys
from pathlib import Path
sys.path.insert(0, {here!r})
from made import analysis, stage
from selon.store import Ledger
ledger = Ledger.open({folder!r})
resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))
with ledger.writing():
    long = lambda i: " ".join(str((i * 7919 + j * 104729) % 1000003) for j in range(2000))
    stage(ledger, *(analysis(content=long(i), place=f"{{i}}.txt") for i in range(200)), run=9)
    ledger.absorb()
"""


@pytest.mark.parametrize("limit", [1_000, 200_000])
def test_files_that_may_not_grow_leave_the_ledger_whole(ledger, fill, limit):
    fill(analysis(content="Avant", place="a.txt"))
    before = table_hashes(ledger)
    script = FILE_LIMIT.format(here=str(Path(__file__).parent), folder=str(ledger.folder), limit=limit)
    finished = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60)
    assert "LedgerError: the disk is full" in finished.stderr
    assert table_hashes(ledger) == before
    with Ledger.open(ledger.folder) as again, again.writing():
        assert [statement.content for statement in again.statements()] == ["Avant"]


@pytest.mark.parametrize("damage", [lambda data: data[:-20] + b"\0" * 20, lambda data: data[:100], lambda data: b""])
def test_a_damaged_shard_is_passed_over(ledger, stage, damage):
    stage(ledger, analysis(place="a.txt"), run=1)
    stage(ledger, analysis(place="b.txt"), run=2)
    shard = min(ledger.staging.iterdir())
    shard.write_bytes(damage(shard.read_bytes()))
    ledger.absorb()
    assert places(ledger) == ["b.txt"]


def test_a_shard_is_closed_after_so_many_documents_or_seconds(ledger, monkeypatch):
    from selon.store import staging as module

    monkeypatch.setattr(module, "SHARD_DOCUMENTS", 3)
    now = [0.0]
    staging = module.Staging(ledger.staging, 1, lambda: now[0])
    for number in range(7):
        staging.add(analysis(place=f"{number}.txt"), digest="", recipe="")
    assert len(module.shards(ledger.staging)) == 2
    now[0] = module.SHARD_SECONDS
    staging.add(analysis(place="8.txt"), digest="", recipe="")
    assert len(module.shards(ledger.staging)) == 3


def test_a_second_writer_is_told_who_has_the_ledger(ledger):
    script = (
        "import sys\nfrom selon.store import Ledger\n"
        "with Ledger.open(sys.argv[1]).writing():\n    print('held', flush=True)\n    sys.stdin.read()\n"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", script, ledger.folder], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert holder.stdout.readline() == b"held\n"
    with pytest.raises(LedgerBusy, match=rf"process {holder.pid}.*wait until it ends"), ledger.writing():
        pass
    assert ledger.statements() == []
    holder.kill()
    holder.communicate()
    with ledger.writing():
        pass


def test_the_lock_is_let_go(ledger):
    for _ in range(2):
        with writing_lock(ledger.folder):
            pass


def test_big_documents_and_strange_places_pass(ledger, fill):
    fill(analysis(content="é" * 1_500_000, place='it\'s "odd"\\\n.txt'))
    assert len(ledger.articles()) == 1
    assert len(ledger.article(ledger.articles()[0].id).text) > 1_500_000


def test_a_read_only_ledger_can_be_read(ledger, fill):
    fill(analysis())
    ledger.close()
    ledger.folder.chmod(0o555)
    try:
        with Ledger.open(ledger.folder) as reader:
            assert len(reader.statements(about="loi")) == 1
    finally:
        ledger.folder.chmod(0o755)


def test_a_column_that_an_earlier_version_did_not_write_is_empty(ledger, fill):
    import duckdb

    fill(analysis(place="a.txt"))
    table, older = ledger.folder / "articles.parquet", ledger.folder / "older.parquet"
    duckdb.sql(f"COPY (SELECT * EXCLUDE (notes, layout, origin) FROM '{table}') TO '{older}' (FORMAT parquet)")
    older.replace(table)
    with Ledger.open(ledger.folder) as again:
        assert again.article(again.articles()[0].id) == analysis(place="a.txt").article
        fill(analysis(place="b.txt"), into=again)
        assert places(again) == ["a.txt", "b.txt"]


def test_nothing_of_the_run_is_in_the_tables(ledger, fill):
    fill(analysis())
    columns = ledger.sql("SELECT column_name FROM (DESCRIBE documents)").fetchall()
    assert columns == [("place",), ("digest",), ("recipe",), ("outcome",), ("article",)]
    assert json.loads((ledger.folder / "ledger.json").read_text()) == {"format": "selon ledger", "schema_version": 4}
    assert resource and disk
