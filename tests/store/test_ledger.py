import json
import shutil
from datetime import UTC, date, datetime

import pytest
from made import analysis, stage

from selon.errors import LedgerError, LedgerTooNew, NoSuchRecord, NotALedger, UsageError
from selon.records import Failure, SetAside
from selon.store import Ledger


@pytest.fixture(scope="module")
def filled_folder(tmp_path_factory, empty_folder):
    folder = tmp_path_factory.mktemp("filled") / "ledger"
    shutil.copytree(empty_folder, folder)
    with Ledger.open(folder) as ledger:
        stage(ledger, *OUTCOMES)
        with ledger.writing():
            return folder


@pytest.fixture
def filled(tmp_path, filled_folder):
    shutil.copytree(filled_folder, tmp_path / "filled")
    with Ledger.open(tmp_path / "filled") as ledger:
        yield ledger


OUTCOMES = (
    analysis("Emmanuel Macron", "Les munitions arrivent", place="1.txt", day=date(2024, 6, 3)),
    analysis("Jean Le Pen", "La Présidente n'y croit pas", place="2.txt", day=date(2024, 6, 5), outlet="L'Écho"),
    analysis("Éric Ciotti", "Il faut des munitions et du pain", place="3.txt", day=date(2024, 7, 1)),
    analysis("Anne Hidalgo", "Je reste", place="4.txt", day=None),
    Failure("bad.bin", "binary data", "give text", "reading"),
    SetAside("de.txt", "language: de"),
)


def contents(statements):
    return [statement.content for statement in statements]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"speaker": "macron"}, ["Les munitions arrivent"]),
        ({"speaker": "EMMANUEL MACRON"}, ["Les munitions arrivent"]),
        ({"speaker": "le pen"}, ["La Présidente n'y croit pas"]),
        ({"speaker": "pen le"}, []),
        ({"speaker": "acron"}, []),
        ({"speaker": "eric"}, ["Il faut des munitions et du pain"]),
        ({"about": "munition"}, ["Les munitions arrivent", "Il faut des munitions et du pain"]),
        ({"about": "pain MUNITIONS"}, ["Il faut des munitions et du pain"]),
        ({"about": "presidente"}, ["La Présidente n'y croit pas"]),
        ({"about": "unitions"}, []),
        ({"outlet": "écho"}, ["La Présidente n'y croit pas"]),
        ({"since": "2024-06-05", "until": date(2024, 6, 30)}, ["La Présidente n'y croit pas"]),
        ({"kind": "direct", "limit": 1}, ["Les munitions arrivent"]),
        ({"kind": "mixed"}, []),
        ({"speaker": "%"}, []),
    ],
)
def test_filters(filled, wanted, found):
    assert contents(filled.statements(**wanted)) == found
    assert [row["content"] for row in filled.rows(**wanted)] == found
    assert wanted.get("limit") or filled.count(**wanted) == len(found)


def test_undated_statements_come_last_and_drop_out_when_a_day_is_asked_for(filled):
    assert contents(filled.statements())[-1] == "Je reste"
    assert "Je reste" not in contents(filled.statements(since="1900-01-01"))


def test_search_syntax_is_only_words(filled):
    for words in ("NEAR(a b)", "a OR b", "content:x", "a AND", "les NOT munitions", 'munitions" OR "pain'):
        assert filled.statements(about=words) == []
    for words in ('"', "*", "--", "?!"):
        with pytest.raises(UsageError, match="nothing to look for"):
            filled.statements(about=words)


def test_search_works_without_its_index(filled):
    filled.log_database.execute("DELETE FROM made_from WHERE name = 'search'")
    for words, found in (("munition", 2), ("pain MUNITIONS", 1), ("presidente", 1), ("unitions", 0)):
        assert len(filled.statements(about=words)) == found == filled.count(about=words)
    assert [heading.where for heading in filled.articles(about="pain")] == ["3.txt"]


def test_wrong_filters_are_said(filled):
    for wanted in ({"kind": "loud"}, {"since": "yesterday"}, {"spaeker": "x"}, {"about": "?!"}):
        with pytest.raises(UsageError):
            filled.statements(**wanted)


def test_records_by_id_and_by_the_beginning_of_it(filled):
    statement = filled.statements(speaker="Macron")[0]
    assert filled.statement(statement.id) == filled.statement(statement.id[:6]) == statement
    assert filled.article(statement.quotation.article[:7]).where == "1.txt"
    with pytest.raises(NoSuchRecord, match="no statement 'zz'"):
        filled.statement("zz")
    with pytest.raises(NoSuchRecord, match="several statements begin with 's'"):
        filled.statement("s")
    with pytest.raises(NoSuchRecord):
        filled.statement("")


def test_articles_are_listed_without_their_text(filled):
    assert [heading.where for heading in filled.articles()] == ["1.txt", "2.txt", "3.txt", "4.txt"]
    assert [heading.where for heading in filled.articles(outlet="echo")] == ["2.txt"]
    assert [heading.where for heading in filled.articles(about="pain")] == ["3.txt"]
    assert filled.articles()[0].statements == 1


def test_lists_and_counts(filled):
    assert filled.failures() == [Failure("bad.bin", "binary data", "give text", "reading")]
    assert filled.set_aside() == [SetAside("de.txt", "language: de")]
    assert filled.counts() == {
        "documents": 5, "articles": 4, "passages": 4, "statements": 4, "rejected": 4, "failures": 1, "set_aside": 1,
    }  # fmt: skip


def test_sql_answers_and_only_answers(filled, tmp_path):
    query = "SELECT speaker, content_spans[1].end AS stop FROM statements WHERE content_spans[1].start = $at ORDER BY 1"
    assert filled.sql(query, {"at": 2}).fetchall()[0] == ("Anne Hidalgo", 10)
    secret = tmp_path / "secret.txt"
    secret.write_text("x")
    for attack in (
        f"SELECT * FROM read_text('{secret}')",
        f"SELECT * FROM '{secret}'",
        f"COPY (SELECT 1) TO '{filled.folder}/statements.parquet' (FORMAT parquet, USE_TMP_FILE false)",
        f"ATTACH '{tmp_path}/x.db'",
        "INSTALL httpfs",
        "DROP VIEW statements",
        "SET enable_external_access = true",
        "SELECT 1; SELECT 2",
        "",
        "SELEC",
    ):
        with pytest.raises(UsageError):
            filled.sql(attack)
    assert filled.counts()["statements"] == 4


def test_an_answer_that_is_not_read_to_its_end_blocks_nothing(filled):
    half = filled.analyses()
    open_answer = filled.sql("SELECT id FROM statements")
    assert next(half).article.where == "1.txt"
    assert len(filled.statements()) == 4
    assert [each.article.where for each in half] == ["2.txt", "3.txt", "4.txt"]
    assert len(open_answer.fetchall()) == 4


def test_pandas_and_arrow(filled, monkeypatch):
    assert filled.df("SELECT speaker FROM statements ORDER BY 1").speaker.iloc[0] == "Anne Hidalgo"
    assert filled.arrow("SELECT id FROM articles").num_rows == 4
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    for method in (filled.df, filled.arrow):
        with pytest.raises(UsageError, match=r"pip install 'selon\[arrow\]'"):
            method()


def test_the_notebook_escapes_names(fill):
    html = fill(analysis("<script>alert(1)</script>"))._repr_html_()
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_decisions_stay_through_runs_and_cannot_be_changed(ledger, fill):
    at = datetime(2026, 11, 25, 12, tzinfo=UTC)
    decision = ledger.decide("wrong", "s1", {"because": "père ≠ fils"}, by="me", at=at, note="seen")
    fill(analysis())
    fill(analysis(content="Autre chose"))
    assert ledger.decisions() == [decision] == ledger.decisions("s1")
    assert ledger.decisions("s2") == []
    for change in ("UPDATE decisions SET note = ''", "DELETE FROM decisions"):
        with pytest.raises(Exception, match="decisions are never"):
            ledger.log_database.execute(change)
    with Ledger.open(ledger.folder) as again:
        assert again.decisions() == [decision]


def test_a_folder_that_is_no_ledger(tmp_path):
    with pytest.raises(NotALedger, match="no ledger here"):
        Ledger.open(tmp_path)
    (tmp_path / "thesis.odt").write_text("mine")
    with pytest.raises(LedgerError, match="the folder holds other things"):
        Ledger.create(tmp_path)
    (tmp_path / "ledger.json").write_text("{}")
    with pytest.raises(NotALedger):
        Ledger.open(tmp_path)


def test_a_ledger_of_a_later_version(ledger):
    card = ledger.folder / "ledger.json"
    card.write_text(json.dumps({**json.loads(card.read_text()), "schema_version": 99}))
    with pytest.raises(LedgerTooNew, match="install a newer selon"):
        Ledger.open(ledger.folder)


def test_a_damaged_table_is_said_plainly(filled):
    (filled.folder / "statements.parquet").write_bytes(b"PAR1 rubbish")
    with Ledger.open(filled.folder) as again, pytest.raises(LedgerError, match="a table cannot be read"):
        again.statements()


def test_creating_again_opens_what_is_there(filled):
    with Ledger.create(filled.folder) as again:
        assert len(again.statements()) == 4
