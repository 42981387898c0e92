from datetime import UTC, datetime

import pytest

from selon.engines.linking import Link, link
from selon.errors import LedgerBusy
from selon.pipeline import analyse
from selon.records import Document
from selon.settings import Settings
from selon.store import Ledger, links, tables
from selon.store.lock import writing_lock
from selon.store.staging import Staging

COUNTS = tables.Table("word_counts", {"article": "VARCHAR", "day": "DATE", "words": "INTEGER"}, "article")
DOUBLES = tables.Table("doubles", {"article": "VARCHAR", "words": "INTEGER"}, "article")


def counted(ledger):
    more = sum(each.value for each in ledger.decisions() if each.kind == "more")
    rows = ledger.sql("SELECT id, text FROM articles").fetchall()
    return {
        "word_counts": [{"article": key, "day": "2024-06-03", "words": len(text.split()) + more} for key, text in rows]
    }


def doubled(ledger):
    rows = ledger.sql("SELECT article, words FROM word_counts ORDER BY article DESC").fetchall()
    return {"doubles": [{"article": key, "words": 2 * words} for key, words in rows]}


LINKS = (
    Link("counts", (COUNTS,), ("articles",), ("more",), ("tokens.py",), counted),
    Link("doubles", (DOUBLES,), ("counts",), (), ("tokens.py",), doubled),
)


@pytest.fixture
def ledger(tmp_path, monkeypatch):
    monkeypatch.setattr("selon.store.views.LINKED", (COUNTS, DOUBLES))
    with Ledger.create(tmp_path / "ledger") as ledger:
        read(ledger, 1, "a.txt", "« La loi passera », a affirmé Marie Dupont, ministre des Transports, mardi.")
        yield ledger


def read(ledger, run, place, text):
    with ledger.writing():
        staging = Staging(ledger.staging, run, lambda: 0.0)
        staging.add(analyse(Document(place, text, "text/plain", language="fr"), Settings()), digest="d", recipe="r")
        staging.close()
        ledger.absorb()


def words(ledger):
    return ledger.sql("SELECT w.words, d.words FROM word_counts w JOIN doubles d USING (article) ORDER BY 1").fetchall()


def test_tables_that_are_not_made_yet_are_empty(ledger):
    assert words(ledger) == []


def test_links_are_made_once_and_again_when_articles_change(ledger):
    assert link(ledger, LINKS) == ("counts", "doubles")
    assert words(ledger) == [(13, 26)]
    assert link(ledger, LINKS) == ()
    read(ledger, 2, "b.txt", "« Non », a répondu le maire de la ville, qui refuse de signer cet accord.")
    assert link(ledger, LINKS) == ("counts", "doubles")
    assert words(ledger) == [(13, 26), (16, 32)]


def test_a_decision_of_its_kind_makes_a_link_and_those_above_it_anew(ledger):
    link(ledger, LINKS)
    ledger.decide("else", "x", 1, by="me", at=datetime.now(UTC))
    assert link(ledger, LINKS) == ()
    ledger.decide("more", "x", 1, by="me", at=datetime.now(UTC))
    assert link(ledger, LINKS) == ("counts", "doubles")
    assert words(ledger) == [(14, 28)]


def test_what_a_crash_left_half_exchanged_is_made_again(ledger):
    link(ledger, LINKS)
    links.write_linked(ledger.folder, [(COUNTS, [])], "another")
    assert link(ledger, LINKS) == ("counts",)
    (ledger.folder / DOUBLES.file).write_bytes(b"PAR1 damaged")
    ledger.look_again()
    assert link(ledger, LINKS) == ("doubles",)
    assert words(ledger) == [(13, 26)]


def test_the_same_rows_give_the_same_bytes_in_any_order(ledger):
    rows = [{"article": f"a{n}", "day": None, "words": n} for n in range(100)]
    links.write_linked(ledger.folder, [(COUNTS, rows)], "s")
    first = (ledger.folder / COUNTS.file).read_bytes()
    links.write_linked(ledger.folder, [(COUNTS, rows[::-1])], "s")
    assert (ledger.folder / COUNTS.file).read_bytes() == first
    assert not list(ledger.folder.glob("*.tmp"))


def test_while_a_run_goes_on_nothing_is_made(ledger):
    with writing_lock(ledger.folder), pytest.raises(LedgerBusy):
        link(ledger, LINKS)


def test_a_build_that_fails_leaves_the_tables_as_they_were(ledger):
    link(ledger, LINKS)
    broken = Link("counts", (COUNTS,), ("articles",), ("more",), ("offsets.py",), lambda _: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        link(ledger, (broken,))
    assert words(ledger) == [(13, 26)]
