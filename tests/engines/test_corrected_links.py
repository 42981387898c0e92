"""What is worked out across articles follows what people corrected, and finds it again after a rerun."""

import itertools
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent / "store"))
from made import analysis, stage

from selon.engines.linking import link
from selon.records import ActorKind, Kind, Proposition, Speaker, content_id
from selon.store import Ledger
from selon.store.positions import decide_codebook, decide_position
from selon.store.reviewing import Change, Signed, accept, correct, reject, take_back

AT = datetime(2026, 11, 25, tzinfo=UTC)
ANN = Signed("Ann", AT)
SAID = analysis("Emmanuel Macron", "La réforme des retraites passera avant l'été", place="1.txt")
KEY = SAID.statements[0].id


@pytest.fixture
def ledger(tmp_path):
    numbers = itertools.count(1)
    with Ledger.create(tmp_path / "ledger") as ledger:

        def fill(*outcomes):
            with ledger.writing():
                stage(ledger, *outcomes, run=next(numbers))
                ledger.absorb()

        fill(SAID)
        ledger.fill = fill
        yield ledger


def speakers(ledger):
    return [row[0] for row in ledger.sql("SELECT name FROM actors ORDER BY 1").fetchall()]


def test_links_are_made_again_for_a_correction_and_not_for_acceptance(ledger):
    link(ledger)
    accept(ledger, KEY, ANN)
    assert link(ledger) == ()
    made = correct(ledger, KEY, Change(speaker=Speaker("Anne Hidalgo", ActorKind.PERSON)), ANN)
    assert set(link(ledger)) == {"actors", "utterances", "positions"}
    assert speakers(ledger) == ["Anne Hidalgo"]
    reject(ledger, KEY, ANN)
    link(ledger)
    assert speakers(ledger) == []
    assert ledger.sql("SELECT count(*) FROM utterances").fetchall() == [(0,)]
    take_back(ledger, made.id, ANN)
    take_back(ledger, made.id + 1, ANN)
    link(ledger)
    assert speakers(ledger) == ["Emmanuel Macron"]


def test_a_decided_position_finds_its_statement_after_a_rerun(ledger):
    decide_codebook(ledger, [Proposition("p1", "la réforme est juste", "fr")], by="Ann", at=AT)
    link(ledger)
    made = decide_position(ledger, KEY, "p1", -1, by="Ann", at=AT)
    (statement,) = SAID.statements
    quotation = replace(statement.quotation, id=content_id("q", 2), kind=Kind.MIXED)
    again = replace(statement, id=content_id("s", 2), quotation=quotation)
    ledger.fill(replace(SAID, statements=(again,)))
    link(ledger)
    query = "SELECT statement, agreement FROM positions WHERE decided"
    assert ledger.sql(query).fetchall() == [(again.id, -1)]
    assert ledger.sql("SELECT decided FROM statements").fetchall() == [("",)]
    take_back(ledger, made.id, ANN)
    link(ledger)
    assert ledger.sql(query).fetchall() == []
