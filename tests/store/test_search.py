"""The search index: what is found by which beginning of a word, and people deciding while it is brought up to date."""

from datetime import UTC, datetime

import made
import pytest

from selon.store import Ledger, search
from selon.store.reviewing import Signed, accept, reject

ANN = Signed("Ann", datetime(2026, 11, 25, 12, tzinfo=UTC))
SAID = ("L'UE paiera", "Une union", "Le contrat", "Les contrôles")


@pytest.mark.parametrize("fresh", [True, False])
@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("con", {"Le contrat", "Les contrôles"}),
        ("cont", {"Le contrat", "Les contrôles"}),
        ("contr le", {"Le contrat"}),
        ("UE", {"L'UE paiera"}),
        ("u", set()),
        ("un", set()),
        ("uni", {"Une union"}),
    ],
)
def test_from_three_letters_on_a_word_is_found_by_its_beginning(fill, words, found, fresh):
    ledger = fill(*(made.analysis(place=f"{number}.txt", content=each) for number, each in enumerate(SAID)))
    if not fresh:
        ledger.log_database.execute("DELETE FROM made_from WHERE name = 'search'")
    assert search.is_fresh(ledger.log_database, ledger.cursor()) is fresh
    assert {each.content for each in ledger.statements(about=words)} == found


def test_people_decide_while_a_run_writes_its_index(fill, monkeypatch):
    first = made.analysis(place="0.txt", content="Nous voterons")
    ledger = fill(first)
    more = [made.analysis(place=f"{number}.txt", content=f"Nous fermerons {number} lits") for number in range(1, 7)]
    breaths = []

    def decide(_):
        breaths.append(1)
        with Ledger.open(ledger.folder) as elsewhere:
            elsewhere.log_database.execute("PRAGMA busy_timeout = 0")
            last = more[-1].statements[0].id
            (accept if len(breaths) > 1 else reject)(
                elsewhere, last if len(breaths) < 3 else first.statements[0].id, ANN
            )

    monkeypatch.setattr(search, "_BATCH", 2)
    monkeypatch.setattr(search.time, "sleep", decide)
    fill(*more)
    assert len(breaths) > 3
    assert len(ledger.decisions()) == len(breaths)
    assert len(ledger.statements(about="fermerons")) == 6
    assert len(ledger.statements(about="voterons")) == 1
    (twice,) = ledger.log_database.execute(
        "SELECT count(*) FROM (SELECT 1 FROM searchable GROUP BY kind, id HAVING count(*) > 1)"
    ).fetchone()
    assert not twice


def test_an_index_that_was_left_half_done_is_completed(fill, monkeypatch):
    class Killed(BaseException):
        pass

    def die(_):
        raise Killed

    more = [made.analysis(place=f"{number}.txt", content=f"Nous fermerons {number} lits") for number in range(6)]
    with monkeypatch.context() as patched, pytest.raises(Killed):
        patched.setattr(search, "_BATCH", 2)
        patched.setattr(search.time, "sleep", die)
        fill(*more)
    ledger = fill(made.analysis(place="9.txt", content="Rien"))
    assert search.is_fresh(ledger.log_database, ledger.cursor())
    assert search.latest(ledger.log_database, "statement", "fermerons", 100)
    assert len(ledger.statements(about="fermerons")) == 6
