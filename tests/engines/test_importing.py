"""What people coded in DNA, into a ledger and out again: nothing that DNA can hold is lost."""

import importlib.util
import json
import sqlite3
import sys
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pytest

from selon.discourse.codings import DOCUMENT_LEVEL, coded, coded_columns
from selon.discourse.networks import Aggregation, Duplicates, Mode, NetworkOptions, Normalisation, network
from selon.discourse.networks import coded as counted
from selon.engines import importing
from selon.engines.importing import import_dna
from selon.errors import InputError, LedgerError
from selon.exports.dna.project import project
from selon.exports.dna.reading import read_dna
from selon.exports.dna.schema import DATA, LAYOUTS
from selon.exports.dna.writing import write_dna
from selon.settings import Settings
from selon.store import Ledger

HERE = Path(__file__).parent
SAMPLE = Path(__file__).parents[3] / "shared" / "dna" / "sample.dna"
sample = pytest.mark.skipif(not SAMPLE.exists(), reason="needs ../shared/dna")
FRENCH = (
    "Le pont ferme lundi.\n\n« Nous fermons le pont de Brisecaille dès lundi », a déclaré mardi la maire de "
    "Port-Aubin, Solène Kermarrec, devant les habitants de la commune réunis dans la salle des fêtes.\n"
)


def now():
    return datetime(2026, 11, 25, tzinfo=UTC)


@pytest.fixture
def made(monkeypatch):
    """The maker of files beside the tests of the format."""
    spec = importlib.util.spec_from_file_location("dna_files", HERE.parent / "exports" / "dna" / "conftest.py")
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "dna_files", module)
    spec.loader.exec_module(module)
    return module.tables


@pytest.fixture
def ledger(tmp_path):
    with Ledger.create(tmp_path / "ledger") as ledger:
        yield ledger


@pytest.fixture
def take(ledger, tmp_path, made):
    """Import a file of these tables; gives what was done."""

    def take(name="projet.dna", settings=None, change=None, **given):
        tables = made(**given)
        if change:
            change(tables)
        write_dna(tmp_path / name, tables)
        return import_dna(ledger, read_dna(tmp_path / name), now, settings=settings)

    return take


def rows_of(ledger):
    answer = ledger.sql("SELECT * FROM codings ORDER BY position")
    return [dict(zip(answer.columns, row, strict=True)) for row in answer.fetchall()]


def out(ledger, path):
    write_dna(path, project(ledger.analyses(), coded(ledger.decisions()), date(2026, 11, 25)).tables)
    return path


def content(path):
    """Every table of a file, but for the ids of values, which nothing refers to."""
    with closing(sqlite3.connect(path)) as database:
        found = {}
        for name in LAYOUTS:
            rows = database.execute(f"SELECT * FROM {name}").fetchall()
            values = name in {table for table, _ in DATA.values()}
            found[name] = sorted((row[1:] if values else row for row in rows), key=str)
        return found


def test_an_import_keeps_texts_and_codings(take, ledger):
    done = take()
    assert (done.articles, done.codings, done.new, done.repairs) == (1, 3, 3, ())
    (heading,) = ledger.articles()
    assert (heading.title, heading.outlet, str(heading.published)) == ("Le pont", "Le Fanal", "2024-06-03")
    article = ledger.article(heading.id)
    first, second, third = rows_of(ledger)
    assert article.text[first["span"]["start"] : first["span"]["end"]] == "Le maire, O'Brien, a dit non."
    assert (first["person"], first["organization"], first["concept"]) == (
        "Odile O'Brien", "Mairie", "Le pont doit fermer.",
    )  # fmt: skip
    assert [each["agreement"] for each in (first, second, third)] == [1, -1, 1]
    assert second["span"] == third["span"]
    assert (first["coder"], first["type"], first["document_section"]) == ("Anna", "DNA Statement", "Locale")
    assert first["document_time"] == datetime(2024, 6, 3, 16, 0)
    assert {each.made_by for each in ledger.decisions() if each.kind == "coding"} == {"Anna"}


def test_networks_find_columns(take, ledger):
    take()
    columns = coded_columns(rows_of(ledger))
    assert columns["agreement"] == [True, False, True]
    assert columns["organization"] == ["Mairie"] * 3
    assert columns["section"] == ["Locale"] * 3
    assert columns["time"] == [datetime(2024, 6, 3, 16, 0)] * 3
    assert coded_columns(rows_of(ledger), "Annotation")["id"] == []


def test_a_round_trip_loses_nothing(take, ledger, tmp_path):
    take()
    assert content(out(ledger, tmp_path / "back.dna")) == content(tmp_path / "projet.dna")


def test_a_round_trip_keeps_wide_characters_and_the_count_of_dnas_window(take, ledger, tmp_path):
    done = take(text="Été 😀 « non »", spans=((9, 12),))
    assert [row["span"] for row in rows_of(ledger)] == [{"start": 8, "end": 11}]
    assert content(out(ledger, tmp_path / "back.dna")) == content(tmp_path / "projet.dna")
    assert len(done.repairs) == 1


def test_numbers_of_any_size(take, ledger, tmp_path):
    def huge(tables):
        for name in ("STATEMENTS", "DOCUMENTS"):
            tables[name][-1]["ID"] = 2**62
        for name, _ in DATA.values():
            for row in tables[name]:
                row["StatementId"] = 2**62 if row["StatementId"] == 3 else row["StatementId"]
        for row in tables["STATEMENTS"]:
            row["DocumentId"] = 2**62

    take(text=FRENCH, spans=((22, 71), (0, 20), (0, 4)), change=huge, settings=Settings(workers=1))
    assert max(row["number"] for row in rows_of(ledger)) == 2**62
    with closing(sqlite3.connect(out(ledger, tmp_path / "back.dna"))) as database:
        assert database.execute("SELECT count(*) FROM STATEMENTS").fetchall() == [(3 + len(ledger.statements()),)]


def test_the_same_file_again_changes_nothing(take, ledger):
    take()
    before = len(ledger.decisions())
    done = take()
    assert (done.codings, done.new, done.withdrawn) == (3, 0, 0)
    assert len(ledger.decisions()) == before


def test_a_file_coded_further_brings_what_changed(take, ledger, tmp_path):
    take()
    done = take(spans=((0, 29), (30, 51)))
    assert (done.codings, done.new, done.withdrawn) == (2, 1, 1)
    assert [row["span"]["end"] for row in rows_of(ledger)] == [29, 51]
    assert content(out(ledger, tmp_path / "back.dna")) == content(tmp_path / "projet.dna")


def test_a_text_that_changed_takes_the_place_of_the_old_one(take, ledger, tmp_path):
    take()
    take(text="Un autre texte, plus long que le premier, avec des mots pour tous.")
    assert len(ledger.articles()) == 1
    assert {row["article"] for row in rows_of(ledger)} == {ledger.articles()[0].id}
    assert content(out(ledger, tmp_path / "back.dna")) == content(tmp_path / "projet.dna")


def test_a_document_that_is_gone_is_set_aside(take, ledger):
    take()

    def empty(tables):
        for name in ("DOCUMENTS", "STATEMENTS", *(table for table, _ in DATA.values())):
            tables[name].clear()

    take(change=empty)
    assert ledger.articles() == []
    assert [each.reason for each in ledger.set_aside()] == ["no longer in the .dna file"]
    assert rows_of(ledger) == []


def test_two_files_become_one(take, ledger, tmp_path):
    take()
    take("autre.dna", person="Léa Roy", concept="Le pont doit rester.")
    made = content(out(ledger, tmp_path / "both.dna"))
    assert len(made["DOCUMENTS"]) == 2
    assert len(made["STATEMENTS"]) == 6
    assert [row[1] for row in made["CODERS"]] == ["Admin", "Anna"]
    with closing(sqlite3.connect(tmp_path / "both.dna")) as database:
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        persons = database.execute("SELECT Value FROM ENTITIES WHERE VariableId = 1").fetchall()
    assert sorted(persons) == [("Léa Roy",), ("Odile O'Brien",)]


def test_two_files_whose_variables_differ_keep_a_type_each(take, ledger, tmp_path):
    take()

    def scaled(tables):
        next(row for row in tables["VARIABLES"] if row["Variable"] == "agreement")["DataType"] = "integer"
        tables["DATAINTEGER"] = [{**row, "Value": -1} for row in tables["DATABOOLEAN"]]
        tables["DATABOOLEAN"] = []

    take("autre.dna", change=scaled)
    with closing(sqlite3.connect(out(ledger, tmp_path / "both.dna"))) as database:
        labels = database.execute(
            "SELECT DISTINCT Label FROM STATEMENTS JOIN STATEMENTTYPES t ON t.ID = StatementTypeId"
        )
        assert sorted(labels) == [("DNA Statement",), ("DNA Statement (2)",)]
        assert database.execute("SELECT DISTINCT Value FROM DATAINTEGER").fetchall() == [(-1,)]


def test_selon_reads_the_documents_too_when_asked(take, ledger, tmp_path):
    done = take(text=FRENCH, spans=((22, 71),), settings=Settings(workers=1))
    assert done.statements == len(ledger.statements()) > 0
    assert ledger.articles()[0].language == "fr"
    assert ledger.article(ledger.articles()[0].id).text == FRENCH
    with closing(sqlite3.connect(out(ledger, tmp_path / "both.dna"))) as database:
        query = (
            "SELECT Label, Name FROM STATEMENTS s JOIN STATEMENTTYPES t ON t.ID = StatementTypeId "
            "JOIN CODERS c ON c.ID = s.Coder"
        )
        assert set(database.execute(query)) == {("DNA Statement", "Anna"), ("selon statement", "selon")}
        assert len(database.execute("SELECT * FROM VARIABLES WHERE StatementTypeId = 1").fetchall()) == 4


def test_what_selon_found_stays_when_a_title_or_a_coding_changes(take, ledger):
    take(text=FRENCH, spans=((22, 71),), settings=Settings(workers=1))
    found = ledger.statements()
    assert str(found[0].said_on) == "2024-05-28"

    def retitled(tables):
        tables["DOCUMENTS"][0]["Author"] = "B"
        tables["DOCUMENTS"][0]["Title"] = "Le pont"
        tables["DOCUMENTS"][0]["Source"] = "Le Phare"

    done = take(text=FRENCH, spans=((22, 60),), change=retitled)
    assert (done.new, done.statements) == (1, 0)
    assert ledger.articles()[0].outlet == "Le Phare"
    assert ledger.statements() == found


def test_another_file_of_the_same_name_is_refused(take, ledger):
    take()

    def other(tables):
        tables["DOCUMENTS"][0]["Title"] = "Tout autre chose"

    with pytest.raises(InputError, match="give the file a name of its own"):
        take(change=other)
    assert len(rows_of(ledger)) == 3


def test_a_file_is_the_same_wherever_it_lies(take, ledger, tmp_path):
    take()
    (tmp_path / "ailleurs").mkdir()
    path = (tmp_path / "projet.dna").rename(tmp_path / "ailleurs" / "projet.dna")
    assert import_dna(ledger, read_dna(path), now).new == 0
    assert len(ledger.articles()) == 1


def test_a_document_in_another_language_is_kept(take, ledger):
    german = (
        "Der Minister hat gestern gesagt, dass die Brücke geschlossen werden muss, und die Leute waren dagegen. " * 3
    )
    done = take(text=german, settings=Settings(workers=1))
    assert (done.statements, done.unread) == (0, ())
    assert ledger.articles()[0].language == "de"
    assert len(rows_of(ledger)) == 3


def test_an_import_that_fails_leaves_the_ledger_as_it_was(take, ledger, monkeypatch):
    take()
    before = (ledger.counts(), len(ledger.decisions()), rows_of(ledger))

    def full(*_):
        raise LedgerError("the disk is full")

    monkeypatch.setattr(importing.Ledger, "decide_all", full)
    with pytest.raises(LedgerError, match="full"):
        take("autre.dna")
    monkeypatch.undo()
    with ledger.writing():
        pass
    assert (ledger.counts(), len(ledger.decisions()), rows_of(ledger)) == before
    assert [run.ending for run in ledger.runs()] == ["finished", "failed"]


@pytest.mark.shared
@sample
def test_the_sample_comes_back_whole(ledger, tmp_path):
    done = import_dna(ledger, read_dna(SAMPLE), now)
    assert (done.articles, done.codings, done.repairs) == (7, 41, ())
    assert content(out(ledger, tmp_path / "back.dna")) == content(SAMPLE)


def network_of(ledger, **options):
    return network(counted(coded_columns(rows_of(ledger)), document_level=DOCUMENT_LEVEL), NetworkOptions(**options))


def test_an_import_gives_networks(take, ledger, tmp_path):
    """Two for and one against, by one organization: as DNA subtracts, 2 − 1; and so after a round trip."""
    take()
    for _ in range(2):
        made = network_of(ledger, rows="organization", columns="concept", aggregation=Aggregation.SUBTRACT)
        assert (made.rows, made.columns, made.weights.toarray().tolist()) == (
            ("Mairie",), ("Le pont doit fermer.",), [[1.0]],
        )  # fmt: skip
        path = out(ledger, tmp_path / "back.dna")
        ledger = Ledger.create(tmp_path / "again")
        import_dna(ledger, read_dna(path), now)
    ledger.close()


@pytest.mark.shared
@sample
def test_networks_of_an_import_are_those_of_the_file(ledger, tmp_path):
    """The 92 matrices worked out from the sample file by the formulas of DNA's manual, from what was imported."""
    import_dna(ledger, read_dna(SAMPLE), now)
    codes = counted(coded_columns(rows_of(ledger)), document_level=DOCUMENT_LEVEL)
    matrices = json.loads((SAMPLE.parent / "golden.json").read_text(encoding="utf-8"))["matrices"]
    for each in matrices:
        options = NetworkOptions(
            rows=each["variable1"],
            columns=each["variable2"],
            qualifier=each["qualifier"] or "",
            mode=Mode.ONE_MODE if each["network"] == "onemode" else Mode.TWO_MODE,
            aggregation=Aggregation(each["aggregation"]),
            normalisation=Normalisation(each["normalization"]),
            duplicates=Duplicates(each["duplicates"]),
            isolates=each["isolates"],
        )
        made = network(codes, options)
        assert (list(made.rows), list(made.columns)) == (each["rows"], each["cols"])
        assert made.weights.toarray() == pytest.approx(np.array(each["values"]), abs=1e-9), options
    assert len(matrices) == 92
