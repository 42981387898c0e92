"""``selon import`` and ``selon export``: files of other people's tools, from the command line."""

import importlib.util
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from selon.exports.dna.writing import write_dna
from selon.store import Ledger


@pytest.fixture
def dna(tmp_path, monkeypatch):
    """A file of DNA with three coded statements."""
    place = Path(__file__).parents[1] / "exports" / "dna" / "conftest.py"
    spec = importlib.util.spec_from_file_location("dna_files", place)
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "dna_files", module)
    spec.loader.exec_module(module)
    write_dna(
        tmp_path / "débat.dna",
        module.tables(text="Le maire\r\na dit non, la préfète 😀 a dit oui.", spans=((0, 8), (9, 18))),
    )
    return tmp_path / "débat.dna"


def test_import_tells_what_it_did(selon, dna, tmp_path):
    answer = selon("import", dna, "--ledger", tmp_path / "ledger")
    assert answer.code == 0
    assert "1 document · 2 coded statements (2 new or changed)" in answer.out
    assert "Mended    2 things" in answer.out
    assert "DOCUMENTS 1: line ends" in answer.out
    again = selon("import", dna, "--ledger", tmp_path / "ledger")
    assert "(0 new or changed)" in again.out


@pytest.mark.parametrize("option", [(), ("--analyse", "--workers", "1")])
def test_what_is_refused_makes_no_ledger(selon, tmp_path, option):
    (tmp_path / "x.dna").write_bytes(b"nothing")
    answer = selon("import", tmp_path / "x.dna", "--ledger", tmp_path / "ledger", *option)
    assert answer.code == 1
    assert answer.err.startswith("selon: not a .dna file")
    assert not (tmp_path / "ledger").exists()


def test_export_of_an_import(selon, dna, tmp_path):
    selon("import", dna, "--ledger", tmp_path / "ledger")
    answer = selon("export", tmp_path / "ledger", "--to", "dna", "-o", tmp_path / "out.dna")
    assert answer.code == 0
    assert "1 document, 0 statements found by selon, 2 coded statements" in answer.err
    assert "not as it was: 1 characters beyond U+FFFF" in answer.err
    assert answer.out == ""
    with closing(sqlite3.connect(tmp_path / "out.dna")) as database:
        query = "SELECT substr(Text, Start + 1, Stop - Start) FROM STATEMENTS JOIN DOCUMENTS d ON d.ID = DocumentId"
        assert database.execute(query).fetchall() == [("Le maire",), ("a dit non",)]


def test_export_of_a_run(selon, ledger, tmp_path):
    answer = selon("export", ledger, "--to", "dna", "-o", tmp_path / "out.dna")
    assert answer.code == 0
    with Ledger.open(ledger) as opened:
        wanted = opened.counts()["statements"]
    with closing(sqlite3.connect(tmp_path / "out.dna")) as database:
        assert database.execute("SELECT count(*) FROM STATEMENTS").fetchall() == [(wanted,)]


def test_export_takes_filters(selon, ledger, tmp_path):
    answer = selon("export", ledger, "--to", "dna", "-o", tmp_path / "out.dna", "--since", "2100-01-01")
    assert "0 documents" in answer.err


def test_export_into_nowhere(selon, ledger, tmp_path):
    answer = selon("export", ledger, "--to", "dna", "-o", tmp_path / "none" / "out.dna")
    assert answer.code == 1
    assert "cannot write: No such file or directory" in answer.err
