from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made import analysis

from selon.errors import NoSuchRecord, UsageError
from selon.offsets import Span
from selon.records import ActorKind, Form, Kind, Precision, Speaker, When, content_id
from selon.store import Ledger
from selon.store.reviewing import UNKNOWN, Change, Signed, accept, add, correct, reject, take_back

ANN = Signed("Ann", datetime(2026, 11, 25, 12, tzinfo=UTC))
BEN = Signed("Ben", datetime(2026, 11, 25, 13, tzinfo=UTC))
MACRON = analysis("Emmanuel Macron", "Les munitions arrivent", place="1.txt")
DUPONT = analysis("Marie Dupont", "La loi passera avant la fin de l'année", place="2.txt")
KEY, OTHER = MACRON.statements[0].id, DUPONT.statements[0].id


@pytest.fixture
def filled(fill):
    return fill(MACRON, DUPONT)


def shown(ledger):
    rows = ledger.sql(
        "SELECT id, content, speaker, kind, decided, decided_by FROM statements ORDER BY content"
    ).fetchall()
    return {row[0]: row[1:] for row in rows}


def read_again(found, *, name="Marie Dupont", shift=0, text=None):
    """The analysis another model would give: other ids, other spans."""
    (statement,) = found.statements
    article = found.article if text is None else replace(found.article, text=text, id=content_id("a", "new", text))
    (span,) = statement.quotation.content
    span = Span(span.start + shift, span.end)
    quotation = replace(statement.quotation, id=content_id("q", span, name), article=article.id, content=(span,))
    who = replace(statement.who, name=name)
    made = replace(
        statement, id=content_id("s", quotation.id), quotation=quotation, who=who, content=span.of(article.text)
    )
    return replace(found, article=article, statements=(made,))


def test_an_accepted_statement_says_so_and_a_rejected_one_is_gone(filled):
    accept(filled, KEY, ANN)
    reject(filled, OTHER[:8], BEN)
    assert shown(filled) == {KEY: ("Les munitions arrivent", "Emmanuel Macron", "direct", "accepted", "Ann")}
    assert [each.id for each in filled.statements()] == [KEY]
    assert filled.count() == 1
    assert filled.statements(about="loi") == []
    assert [len(each.statements) for each in filled.analyses()] == [1, 0]
    machine = filled.sql("SELECT count(*) FROM machine_statements").fetchall()
    assert machine == [(2,)]


def test_every_column_that_is_corrected_shows_everywhere_at_once(filled):
    text = DUPONT.article.text
    change = Change(
        kind=Kind.INDIRECT,
        form=Form.FRAGMENT,
        speaker=Speaker("Anne Hidalgo", ActorKind.PERSON, role="maire"),
        content=(Span(2, 16),),
        cue=(),
        said_on=When(ANN.at.date(), ANN.at.date(), Precision.DAY, "a person"),
        addressee="la presse",
    )
    made = correct(filled, OTHER, change, ANN)
    (statement,) = filled.statements(article=DUPONT.article.id)
    assert (statement.speaker, statement.quotation.kind, statement.quotation.form) == (
        *("Anne Hidalgo", Kind.INDIRECT, Form.FRAGMENT),
    )
    assert statement.content == text[2:16] == "La loi passera"
    assert (statement.cue, statement.quotation.cue) == ("", ())
    assert statement.span == Span(2, statement.quotation.source[0].end)
    assert (statement.addressee, str(statement.said_on)) == ("la presse", "2026-11-25")
    assert statement.evidence[0].by == f"decision {made.id}"
    assert made.value["before"]["speaker"] == "Marie Dupont"
    assert made.value["after"]["speaker"] == "Anne Hidalgo"
    assert [each.id for each in filled.statements(speaker="Hidalgo")] == [OTHER]
    assert filled.statements(about="fin") == []
    assert [each.id for each in filled.statements(about="passera")] == [OTHER]


def test_a_speaker_can_be_unknown_and_no_change_is_none(filled):
    correct(filled, KEY, Change(speaker=UNKNOWN), ANN)
    assert filled.statement(KEY).who is None
    with pytest.raises(UsageError, match="nothing would change"):
        correct(filled, KEY, Change(speaker=UNKNOWN), BEN)
    for spans in ((), (Span(3, 3),), (Span(5, 900),), (Span(9, 12), Span(2, 4))):
        with pytest.raises(UsageError, match="no such words"):
            correct(filled, KEY, Change(content=spans), BEN)
    with pytest.raises(NoSuchRecord):
        accept(filled, "s0123", ANN)


def test_the_latest_decision_counts_and_all_stay(filled):
    reject(filled, KEY, ANN)
    correct(filled, KEY, Change(kind=Kind.MIXED), BEN)
    assert shown(filled)[KEY][2:] == ("mixed", "corrected", "Ben")
    reject(filled, KEY, replace(ANN, at=BEN.at + timedelta(hours=1)))
    assert KEY not in shown(filled)
    assert [each.value["do"] for each in filled.decisions(KEY)] == ["reject", "correct", "reject"]


def test_what_is_taken_back_is_as_if_it_had_not_been(filled):
    before = filled.sql("SELECT * FROM statements ORDER BY id").fetchall()
    made = [
        correct(filled, KEY, Change(content=(Span(6, 15),)), ANN),
        reject(filled, KEY, ANN),
        accept(filled, OTHER, ANN),
        add(filled, DUPONT.article.id, Change(content=(Span(45, 50),)), ANN),
    ]
    for each in reversed(made):
        take_back(filled, each.id, BEN)
    assert filled.sql("SELECT * FROM statements ORDER BY id").fetchall() == before
    assert [each.id for each in filled.statements(about="munitions")] == [KEY]
    with pytest.raises(NoSuchRecord, match="take back"):
        take_back(filled, made[0].id, BEN)


def test_a_missed_statement_can_be_added_and_decided_on(filled):
    change = Change(kind=Kind.INDIRECT, speaker=Speaker("L'Élysée", ActorKind.ORGANIZATION), content=(Span(30, 40),))
    made = add(filled, MACRON.article.id, change, ANN)
    assert shown(filled)[made.target] == (MACRON.article.text[30:40], "L'Élysée", "indirect", "added", "Ann")
    assert [each.id for each in filled.analysis(MACRON.article.id).statements] == [KEY, made.target]
    with pytest.raises(UsageError, match="already"):
        add(filled, MACRON.article.id, change, ANN)
    correct(filled, made.target, Change(kind=Kind.MIXED), BEN)
    assert shown(filled)[made.target][2:] == ("mixed", "added", "Ben")
    reject(filled, made.target, BEN)
    assert made.target not in shown(filled)


def test_another_process_sees_it_at_its_next_question(filled):
    with Ledger.open(filled.folder) as other:
        assert len(shown(other)) == 2
        reject(filled, KEY, ANN)
        assert len(shown(other)) == 1
        correct(other, OTHER, Change(kind=Kind.MIXED), BEN)
        assert shown(filled)[OTHER][2] == "mixed"
        assert other.statements(about="munitions") == []


def test_another_model_s_statement_is_found_by_its_words(fill, filled):
    correct(filled, OTHER, Change(kind=Kind.MIXED), ANN)
    reject(filled, KEY, ANN)
    again = read_again(DUPONT, name="Marie D.", shift=3)
    fill(again, read_again(MACRON, shift=4))
    assert shown(filled) == {
        again.statements[0].id: (again.statements[0].content, "Marie D.", "mixed", "corrected", "Ann")
    }
    accept(filled, again.statements[0].id, BEN)
    assert {each.target for each in filled.decisions()} == {KEY, OTHER}
    fill(DUPONT, MACRON)
    assert shown(filled)[OTHER][2:] == ("mixed", "corrected", "Ben")
    assert KEY not in shown(filled)


def test_what_the_machine_finds_no_more_remains_and_a_rejection_waits(fill, filled):
    accept(filled, OTHER, ANN)
    reject(filled, KEY, ANN)
    fill(replace(DUPONT, statements=()), replace(MACRON, statements=()))
    assert shown(filled) == {OTHER: (DUPONT.statements[0].content, "Marie Dupont", "direct", "accepted", "Ann")}
    assert [each.id for each in filled.statements(about="passera")] == [OTHER]
    fill(MACRON)
    assert list(shown(filled)) == [OTHER]


def test_a_changed_article_keeps_its_corrections_by_their_words(fill, filled):
    correct(filled, OTHER, Change(content=(Span(2, 16),), kind=Kind.MIXED), ANN)
    text = "Mise à jour. " + DUPONT.article.text.replace("avant", "dès avant")
    fill(replace(read_again(DUPONT, text=text), statements=()))
    (row,) = [each for each in filled.statements() if each.id == OTHER]
    assert row.content == "La loi passera"
    assert row.quotation.content[0].of(text) == row.content
    assert row.quotation.cue[0].of(text) == row.cue == "a affirm"
    assert row.quotation.kind is Kind.MIXED


def test_words_that_are_gone_are_listed_as_orphaned(fill, filled):
    accept(filled, OTHER, ANN)
    fill(replace(read_again(DUPONT, text="Tout autre chose que ce qui stood là. " * 3), statements=()))
    assert OTHER not in shown(filled)
    states = dict(filled.log_database.execute("SELECT key, state FROM corrections").fetchall())
    assert states == {OTHER: "orphaned"}
    assert [each.value["do"] for each in filled.decisions(OTHER)] == ["accept"]


DOES = st.lists(
    st.tuples(st.sampled_from(["accept", "reject", "kind", "speaker", "content", "undo"]), st.integers(0, 5)),
    max_size=8,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(does=DOES, shift=st.integers(0, 8))
def test_any_decisions_survive_a_rerun_and_leave_nothing_when_taken_back(tmp_path_factory, empty_folder, does, shift):
    import itertools
    import shutil

    import made

    folder = tmp_path_factory.mktemp("any") / "ledger"
    shutil.copytree(empty_folder, folder)
    runs = itertools.count(1)

    def fill(ledger, *outcomes):
        with ledger.writing():
            made.stage(ledger, *outcomes, run=next(runs))
            ledger.absorb()

    query = "SELECT content, speaker, kind, decided, decided_by FROM statements ORDER BY ALL"
    with Ledger.open(folder) as ledger:
        fill(ledger, MACRON, DUPONT)
        bare = ledger.sql("SELECT * FROM statements ORDER BY id").fetchall()
        held = []
        for number, (do, choice) in enumerate(does):
            signed = Signed("Ann", ANN.at + timedelta(minutes=number))
            held = _done(ledger, do, choice, held, signed)
        before = ledger.sql(query).fetchall()
        with Ledger.open(folder) as other:
            assert other.sql(query).fetchall() == before
        fill(ledger, read_again(DUPONT, shift=shift), read_again(MACRON, name="Emmanuel Macron", shift=shift))
        judged = [row for row in ledger.sql(query).fetchall() if row[3] == "corrected"]
        assert len(judged) == len([row for row in before if row[3] == "corrected"])
        assert len(ledger.sql(query).fetchall()) == len(before)
        fill(ledger, DUPONT, MACRON)
        assert ledger.sql(query).fetchall() == before
        for number, each in enumerate(held):
            take_back(ledger, each, Signed("Ben", BEN.at + timedelta(minutes=number)))
        assert ledger.sql("SELECT * FROM statements ORDER BY id").fetchall() == bare


def _done(ledger, do, choice, held, signed):
    key = (KEY, OTHER)[choice % 2]
    if do == "undo":
        if held:
            take_back(ledger, held[choice % len(held)], signed)
            del held[choice % len(held)]
        return held
    changes = {
        "kind": Change(kind=list(Kind)[choice % 3]),
        "speaker": Change(speaker=Speaker(f"N{choice}", ActorKind.PERSON)),
        "content": Change(content=(Span(2, 14 + choice),)),
    }
    try:
        made = (
            correct(ledger, key, changes[do], signed)
            if do in changes
            else {"accept": accept, "reject": reject}[do](ledger, key, signed)
        )
    except UsageError:
        return held
    return [*held, made.id]
