"""``selon import`` and ``selon export``: files of other people's tools, from the command line."""

import importlib.util
import json
import sqlite3
import sys
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from selon.exports import extras
from selon.exports.dna.writing import write_dna
from selon.exports.label_studio import CONFIG
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
    assert (
        "not as it was: documents with characters that DNA's window and its exports count in two ways (kept): 1"
        in answer.err
    )
    assert answer.out == ""
    with closing(sqlite3.connect(tmp_path / "out.dna")) as database:
        query = "SELECT substr(Text, Start + 1, Stop - Start) FROM STATEMENTS JOIN DOCUMENTS d ON d.ID = DocumentId"
        assert database.execute(query).fetchall() == [("Le maire",), ("a dit non",)]


def test_run_tells_a_dna_file_where_to_go(selon, dna, tmp_path):
    answer = selon("run", dna, "--ledger", tmp_path / "ledger", "--workers", "1")
    assert "selon import" in answer.out + answer.err


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


READERS = {
    "annotations": lambda path: json.loads(path.read_bytes())["total"],
    "cas": lambda path: len(zipfile.ZipFile(path).namelist()),
    "label-studio": lambda path: len(json.loads(path.read_bytes())),
    "stix": lambda path: len(json.loads(path.read_bytes())["objects"]),
    "claims": lambda path: len(json.loads(path.read_bytes())["@graph"]),
}


@pytest.mark.parametrize("target", READERS)
def test_export_to_every_tool(selon, ledger, tmp_path, target):
    answer = selon("export", ledger, "--to", target, "-o", tmp_path / "out")
    assert (answer.code, answer.out) == (0, "")
    assert str(tmp_path / "out") in answer.err
    assert READERS[target](tmp_path / "out") >= 3
    first = (tmp_path / "out").read_bytes()
    selon("export", ledger, "--to", target, "-o", tmp_path / "out")
    assert (tmp_path / "out").read_bytes() == first
    assert [each.name for each in tmp_path.iterdir()] == ["out"]


def test_export_to_a_tool_nobody_knows(selon, ledger, tmp_path):
    assert selon("export", ledger, "--to", "abaque", "-o", tmp_path / "out").code == 2


def test_a_missing_library_leaves_the_old_file(selon, ledger, tmp_path, monkeypatch):
    def absent(name):
        raise ImportError(name)

    monkeypatch.setattr(extras, "import_module", absent)
    (tmp_path / "out").write_text("old")
    for target in ("stix", "cas"):
        answer = selon("export", ledger, "--to", target, "-o", tmp_path / "out")
        assert answer.code == 2
        assert "pip install 'selon[exchange]'" in answer.err
    assert (tmp_path / "out").read_text() == "old"
    assert [each.name for each in tmp_path.iterdir()] == ["out"]


def test_the_labelling_interface_is_in_the_docs():
    page = (Path(__file__).parents[2] / "docs" / "exports.md").read_text(encoding="utf-8")
    assert CONFIG in page
