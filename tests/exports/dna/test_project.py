"""A ledger as a file of DNA: every rule that DNA 3 takes for granted holds, and what it cannot hold is said."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selon.discourse.codings import Coded
from selon.exports.dna.fitting import FittedText, fitted, is_password, password_hash
from selon.exports.dna.project import Line, project
from selon.exports.dna.reading import read_dna
from selon.exports.dna.schema import LAYOUTS
from selon.exports.dna.writing import write_dna
from selon.offsets import Span
from selon.records import ActorKind, Precision, Speaker, When

NOTHING = Coded({}, {}, ())
TODAY = date(2026, 11, 25)
TEXTS = st.text(st.sampled_from("ab \n\r😀\0é"), max_size=30)


NEVER = """
    SELECT * FROM CODERS a JOIN CODERS b ON a.ID <> b.ID
    LEFT JOIN CODERRELATIONS r ON r.Coder = a.ID AND r.OtherCoder = b.ID WHERE r.ID IS NULL;
    SELECT s.ID, v.ID FROM STATEMENTS s JOIN VARIABLES v USING (StatementTypeId)
    WHERE (s.ID, v.ID) NOT IN (
        SELECT StatementId, VariableId FROM DATABOOLEAN UNION SELECT StatementId, VariableId FROM DATAINTEGER UNION
        SELECT StatementId, VariableId FROM DATASHORTTEXT UNION SELECT StatementId, VariableId FROM DATALONGTEXT);
    SELECT * FROM ENTITIES e JOIN ATTRIBUTEVARIABLES v USING (VariableId)
    LEFT JOIN ATTRIBUTEVALUES a ON a.EntityId = e.ID AND a.AttributeVariableId = v.ID WHERE a.ID IS NULL;
    SELECT * FROM ENTITIES WHERE Red IS NULL OR Green IS NULL OR Blue IS NULL;
    SELECT * FROM DATASHORTTEXT d JOIN ENTITIES e ON e.ID = d.Entity WHERE e.VariableId <> d.VariableId;
    SELECT * FROM STATEMENTS s JOIN DOCUMENTS d ON d.ID = s.DocumentId WHERE s.Stop > length(d.Text);
    SELECT * FROM STATEMENTS WHERE Start >= Stop;
    SELECT * FROM STATEMENTS LEFT JOIN DOCUMENTS d ON d.ID = DocumentId LEFT JOIN CODERS c ON c.ID = STATEMENTS.Coder
    LEFT JOIN STATEMENTTYPES t ON t.ID = StatementTypeId WHERE d.ID IS NULL OR c.ID IS NULL OR t.ID IS NULL;
    SELECT * FROM DOCUMENTS WHERE instr(Text, char(13))
    OR max(length(Title), length(Author), length(Source), length(Section), length(Type)) > 190;
    SELECT * FROM ENTITIES WHERE length(Value) > 190
"""
"""Queries that find what must not be."""


@pytest.fixture
def written(tmp_path):
    """The database that analyses give, and what was lost."""

    def write(analyses, **given):
        made = project(analyses, NOTHING, TODAY, **given)
        write_dna(tmp_path / "out.dna", made.tables)
        return read_only(tmp_path / "out.dna"), made

    return write


def read_only(path):
    return sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)


def rows(database, query):
    return database.execute(query).fetchall()


def check_rules(database):
    """Each rule as a query that must find nothing (networks.md, 1.1)."""
    assert rows(database, "PRAGMA integrity_check") == [("ok",)]
    assert rows(database, "PRAGMA foreign_key_check") == []
    assert rows(database, "PRAGMA encoding") == [("UTF-8",)]
    assert rows(database, "PRAGMA user_version") == [(0,)]
    tables = {name for (name,) in rows(database, "SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert tables == set(LAYOUTS)
    for rule in NEVER.split(";"):
        assert rows(database, rule) == [], rule
    assert all(letter <= "\uffff" for (text,) in rows(database, "SELECT Text FROM DOCUMENTS") for letter in text)
    assert rows(database, "SELECT Value FROM SETTINGS WHERE Property = 'version'")[0][0].startswith("3.0")
    passwords = rows(database, "SELECT Password FROM CODERS")
    assert all(len(each) == 64 for (each,) in passwords)


def test_every_rule_of_dna_holds(written, analyses):
    database, made = written(analyses)
    with closing(database):
        check_rules(database)
        assert rows(database, "SELECT count(*) FROM STATEMENTS")[0][0] == made.found > 50
        assert rows(database, "SELECT count(*) FROM DOCUMENTS") == [(len(analyses),)]


def test_a_statement_is_marked_where_it_was_said(written, analyses):
    database, _ = written(analyses[:1])
    found = rows(database, "SELECT substr(Text, Start + 1, Stop - Start) FROM STATEMENTS JOIN DOCUMENTS d ON d.ID = 1")
    database.close()
    text = analyses[0].article.text
    wanted = [
        text[min(s.start for s in each.quotation.content) : max(s.end for s in each.quotation.content)]
        for each in analyses[0].statements
    ]
    assert [words for (words,) in found] == wanted


def test_persons_and_organizations_stand_in_their_variables(written, analyses):
    database, _ = written(analyses)
    found = rows(
        database,
        "SELECT v.Variable, e.Value, a.AttributeValue FROM ENTITIES e JOIN VARIABLES v ON v.ID = e.VariableId JOIN "
        "ATTRIBUTEVALUES a ON a.EntityId = e.ID JOIN ATTRIBUTEVARIABLES t ON t.ID = a.AttributeVariableId "
        "WHERE t.AttributeVariable = 'Type' AND e.Value <> ''",
    )
    database.close()
    kinds = {each.who.name: each.who.kind for one in analyses for each in one.statements if each.who}
    for variable, name, kind in found:
        if variable in ("person", "organization"):
            assert kind == kinds[name].value
            assert (variable == "person") == (kinds[name] in (ActorKind.PERSON, ActorKind.UNKNOWN))


def test_a_position_counts_and_an_undecided_one_stands_apart(written, analyses):
    lines = {0: [Line("P", "O", "C", 1), Line("P", "O", "D", -1)], 1: [Line("P", "O", "C", 0)], 2: [Line("P")]}
    one = replace(analyses[0], statements=analyses[0].statements[:3])
    numbers = {statement.id: number for number, statement in enumerate(one.statements)}
    database, made = written([one], lines=lambda statement: lines[numbers[statement.id]])
    with closing(database):
        check_rules(database)
        coded = rows(
            database,
            "SELECT e.Value, b.Value FROM DATABOOLEAN b JOIN DATASHORTTEXT s USING (StatementId) JOIN ENTITIES e ON "
            "e.ID = s.Entity WHERE s.VariableId = 3 AND b.VariableId = 4 ORDER BY StatementId",
        )
        assert coded == [("C", 1), ("D", 0), ("", 1)]
        labels = rows(database, "SELECT Label FROM STATEMENTS JOIN STATEMENTTYPES t ON t.ID = StatementTypeId")
        assert sorted(labels) == [("DNA Statement",)] * 3 + [("undecided",)]
        undecided = "SELECT Variable FROM VARIABLES WHERE StatementTypeId = 4"
        assert ("agreement",) not in rows(database, undecided)
    assert made.found == 4


def test_what_dna_cannot_hold_is_said(written, analyses, tmp_path):
    text = "Titre\r\n\r\n😀 « Non », a dit Léa.\r\n"
    start = text.index("Non")
    first = analyses[0].statements[0]
    quotation = replace(first.quotation, content=(Span(start, start + 3),), cue=(), source=())
    who = Speaker("L'Œil d'Or " + "é" * 300, ActorKind.PERSON, ())
    told = When(date(2020, 1, 1), date(2020, 1, 1), Precision.DAY, "hier")
    statement = replace(first, quotation=quotation, who=who, content="Non", said_on=told)
    article = replace(analyses[0].article, text=text, title="T" * 300, published=When(), boilerplate=())
    database, made = written([replace(analyses[0], article=article, statements=(statement,), passages=())])
    with closing(database):
        check_rules(database)
        (words,) = rows(database, "SELECT substr(Text, Start + 1, Stop - Start) FROM STATEMENTS JOIN DOCUMENTS")[0]
        notes, title = rows(database, "SELECT Notes, Title FROM DOCUMENTS")[0]
    assert words == "Non"
    assert f"Title: {'T' * 300}" in notes
    assert len(title) == 190
    assert len(made.losses) == 6, made.losses
    back = read_dna(tmp_path / "out.dna")
    assert who.name in {row["Value"] for row in back.tables["ENTITIES"]}
    assert "the name that an export cut is whole again" in " ".join(map(str, back.repairs))


def test_the_same_ledger_gives_the_same_bytes(tmp_path, analyses):
    for name in ("a.dna", "b.dna"):
        write_dna(tmp_path / name, project(analyses, NOTHING, TODAY).tables)
    assert (tmp_path / "a.dna").read_bytes() == (tmp_path / "b.dna").read_bytes()


def test_a_file_that_cannot_be_written_leaves_the_old_one(tmp_path, analyses):
    made = project(analyses, NOTHING, TODAY)
    (tmp_path / "out.dna").write_bytes(b"old")
    made.tables["STATEMENTS"][0]["Stop"] = 0
    with pytest.raises(Exception, match="break a rule of DNA"):
        write_dna(tmp_path / "out.dna", made.tables)
    assert (tmp_path / "out.dna").read_bytes() == b"old"
    assert [each.name for each in tmp_path.iterdir()] == ["out.dna"]
    with pytest.raises(OSError, match="No such file"):
        write_dna(tmp_path / "nowhere" / "out.dna", made.tables)


def test_a_password_is_kept_as_dna_keeps_it():
    kept = password_hash("sel", bytes(range(16)))
    assert len(kept) == 64
    assert is_password("sel", kept)
    assert not is_password("poivre", kept)


@given(TEXTS, st.data())
def test_a_fitted_text_keeps_the_words_of_its_spans(text, data):
    start = data.draw(st.integers(0, len(text)))
    span = Span(start, data.draw(st.integers(start, len(text))))
    made = FittedText(text)
    plain = str.maketrans({"😀": "�", "\0": "�"})
    assert made.moved(span).of(made.text) == span.of(text.replace("\r\n", "\x01\n")).translate(plain).replace(
        "\x01\n", "\n"
    ).replace("\x01", "").replace("\r", "\n")


@given(st.text(max_size=400), st.text(max_size=400))
def test_fitted_values_fit_and_stay_apart(one, other):
    assert len(fitted(one)) <= 190
    assert (fitted(one) == fitted(other)) == (one.replace("\0", "�") == other.replace("\0", "�"))
