"""What is exported stands under actors' names and with positions, where the ledger has worked them out."""

import made
import pytest

from selon.records import ActorKind
from selon.store import tables
from selon.store.links import write_linked
from selon.store.spoken import spoken

ACTORS = tables.Table(
    "actors", {"id": "VARCHAR", "name": "VARCHAR", "kind": "VARCHAR", "organisation": "VARCHAR"}, "id"
)
ACTOR_STATEMENTS = tables.Table("actor_statements", {"statement": "VARCHAR", "actor": "VARCHAR"}, "statement")
POSITIONS, PROPOSITIONS = tables.POSITIONS, tables.PROPOSITIONS
LINKED = (ACTORS, ACTOR_STATEMENTS, POSITIONS, PROPOSITIONS)


@pytest.fixture
def one(monkeypatch, ledger, fill):
    """A ledger with one statement, by an actor of a party, on two propositions."""
    monkeypatch.setattr("selon.store.views.LINKED", LINKED)
    monkeypatch.setattr(tables, "LINKED", LINKED)
    fill(made.analysis("Dupont"))
    (statement,) = ledger.statements()
    rows = {
        "actors": [{"id": "A1", "name": "Marie Dupont", "kind": "person", "organisation": "Parti du pont"}],
        "actor_statements": [{"statement": statement.id, "actor": "A1"}],
        "positions": [
            {"statement": statement.id, "proposition": "loi", "agreement": 1, "confidence": 0.9},
            {"statement": statement.id, "proposition": "vote", "agreement": 0, "confidence": 0.9},
            {"statement": statement.id, "proposition": "taxe", "agreement": 1, "confidence": 0.3},
        ],
        "propositions": [
            {"proposition": "loi", "position": 0, "text": "La loi doit passer.", "suggested": False},
            {"proposition": "vote", "position": 1, "text": "Le vote aura lieu.", "suggested": False},
            {"proposition": "taxe", "position": 2, "text": "La taxe baissera.", "suggested": False},
        ],
    }
    write_linked(ledger.folder, [(table, rows[table.name]) for table in LINKED], "stamp")
    ledger.look_again()
    return ledger


def test_speakers_stand_under_their_actors_names(one):
    (analysis,) = spoken(one).named(one.analyses())
    (statement,) = analysis.statements
    assert (statement.speaker, statement.who.kind, statement.who.role) == ("Marie Dupont", ActorKind.PERSON, "ministre")
    assert statement.source == "Dupont"


def test_a_line_for_each_position(one):
    known = spoken(one)
    (analysis,) = known.named(one.analyses())
    lines = known.lines(analysis.statements[0])
    assert {(each.person, each.organization) for each in lines} == {("Marie Dupont", "Parti du pont")}
    assert [(each.concept, each.agreement) for each in lines] == [("La loi doit passer.", 1), ("Le vote aura lieu.", 0)]


def test_a_ledger_without_such_tables_gives_statements_as_they_are(ledger, fill, monkeypatch):
    monkeypatch.setattr("selon.store.views.LINKED", ())
    monkeypatch.setattr(tables, "LINKED", ())
    fill(made.analysis())
    known = spoken(ledger)
    assert list(known.named(ledger.analyses())) == list(ledger.analyses())
    (line,) = known.lines(ledger.statements()[0])
    assert (line.person, line.concept, line.agreement) == ("Marie Dupont", "", None)
