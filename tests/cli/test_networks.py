"""``selon network`` and ``selon timeline``, as they are typed."""

import csv
import io
import json

import networkx
import pytest

CODES = """date;actor;organization;proposition;agreement
2024-03-01;Anne Le Goff;Mairie;Le pont doit fermer.;true
2024-03-02;Bo;Préfecture;Le pont doit fermer.;false
2024-03-02;Bo;Préfecture;L'école doit ouvrir.;true
2024-03-09;Anne Le Goff;Mairie;L'école doit ouvrir.;true
"""


@pytest.fixture
def codes(tmp_path):
    path = tmp_path / "codes.csv"
    path.write_text(CODES, encoding="utf-8-sig")
    return path


def test_a_ledger_without_positions_shows_who_is_quoted_together(selon, ledger):
    ran = selon("network", ledger)
    assert ran.code == 0
    assert "selon positions" in ran.err
    assert any("Kermarrec" in line and "Vaugrenard" in line for line in ran.out.splitlines())


def test_its_timeline_is_of_actors(selon, ledger):
    ran = selon("timeline", ledger, "--by", "actor", "-f", "csv")
    assert ran.code == 0
    assert "Solène Kermarrec" in ran.out


def test_coded_statements_of_a_file(selon, codes):
    ran = selon("network", "--codes", codes, "--mode", "one-mode", "--aggregation", "subtract", "--rows", "actor")
    assert ran.code == 0
    assert "2 actor, 0 ties" in ran.out
    ran = selon("network", "--codes", codes, "--mode", "one-mode", "--aggregation", "conflict", "-f", "csv")
    assert ran.out.splitlines() == ['"";"Mairie";"Préfecture"', '"Mairie";0;1', '"Préfecture";1;0']


def test_exclusions_and_days(selon, codes):
    ran = selon("network", "--codes", codes, "--exclude", "proposition=L'école doit ouvrir.", "-f", "csv")
    assert ran.out.splitlines()[0] == '"";"Le pont doit fermer."'
    ran = selon("network", "--codes", codes, "--only", "actor=Bo", "--until", "2024-03-02", "-f", "events")
    assert len(ran.out.splitlines()) == 3


@pytest.mark.parametrize("ending", ["csv", "dl", "graphml", "gexf", "svg"])
def test_the_name_of_the_file_says_the_format(selon, codes, tmp_path, ending):
    ran = selon("network", "--codes", codes, "-o", tmp_path / f"network.{ending}")
    assert ran.code == 0
    text = (tmp_path / f"network.{ending}").read_text(encoding="utf-8")
    assert "Mairie" in text
    assert not list(tmp_path.glob("*.tmp"))


def test_windows_are_a_file_each_or_one_that_moves(selon, codes, tmp_path):
    ran = selon("network", "--codes", codes, "--window", "3 days", "-o", tmp_path / "w.graphml")
    assert ran.code == 0
    files = sorted(path.name for path in tmp_path.glob("w-*.graphml"))
    assert (files[0], files[-1], len(files)) == ("w-2024-03-02.graphml", "w-2024-03-08.graphml", 7)
    assert selon("network", "--codes", codes, "--window", "3 days", "-o", tmp_path / "w.gexf").code == 0
    assert networkx.read_gexf(tmp_path / "w.gexf").graph["mode"] == "dynamic"
    assert len(selon("network", "--codes", codes, "--window", "1 day").out.splitlines()) == 10


def test_backbone_and_camps(selon, codes):
    assert "taken out" in selon("network", "--codes", codes, "--backbone", "nested").out
    assert "redundant" in selon("network", "--codes", codes, "--backbone", "1").out
    assert "polarization" in selon("network", "--codes", codes, "--camps", "2", "--rows", "actor").out
    over_time = selon("network", "--codes", codes, "--camps", "2", "--window", "3 days", "--rows", "actor")
    assert "–" in over_time.out


def test_a_timeline_for_and_against(selon, codes):
    ran = selon("timeline", "--codes", codes, "--step", "week")
    assert ran.code == 0
    row = next(line for line in ran.out.splitlines() if "pont" in line)
    assert row.split()[-2:] == ["1", "1"]
    rows = list(csv.DictReader(io.StringIO(selon("timeline", "--codes", codes, "--by", "actor", "-f", "csv").out)))
    assert sum(int(row["statements"]) for row in rows) == 4


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((), "give a ledger or --codes FILE"),
        (("--codes", "CODES", "--rows", "nobody"), "use actor, organization, proposition"),
        (("--codes", "CODES", "--window", "soon"), 'write it as "30 days"'),
        (("--codes", "CODES", "--kernel", "gaussian"), 'add --window "30 days"'),
        (("--codes", "CODES", "--exclude", "Bo"), "organization=Senate"),
        (("--codes", "CODES", "-o", "network.xls"), "use csv, dl"),
        (("--codes", "CODES", "--backbone", "all"), "write nested, a number"),
        (("--codes", "CODES", "--backbone", "7"), "no backbone of 7"),
        (("--codes", "CODES", "--since", "March"), "write it as 2024-06-03"),
        (("--codes", "CODES", "--aggregation", "conflict"), "a two-mode network has no"),
    ],
)
def test_what_makes_no_sense_is_told(selon, codes, arguments, told):
    ran = selon("network", *(codes if each == "CODES" else each for each in arguments))
    assert ran.code == 2
    assert told in ran.err
    assert "Traceback" not in ran.err


@pytest.mark.parametrize(
    ("text", "told", "code"),
    [
        ("", "an empty table", 1),
        ("actor,agreement\nBo\n", "row 2 has 1 cells, not 2", 2),
        ("actor,actor\na,b\n", "two columns are 'actor'", 2),
        ("actor,proposition,agreement\na,x,maybe\n", "agreement is 'maybe' in row 2", 2),
        ("actor,proposition,date\na,x,yesterday\n", "not a date", 2),
        (b"\xff\xfe", "not UTF-8", 1),
    ],
)
def test_bad_files_are_told(selon, tmp_path, text, told, code):
    path = tmp_path / "bad.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    ran = selon("network", "--codes", path)
    assert (ran.code, "Traceback" in ran.err) == (code, False)
    assert told in ran.err


def test_open_positions_are_left_out_and_told(selon, tmp_path):
    path = tmp_path / "signed.tsv"
    path.write_text("actor\tproposition\tagreement\na\tx\t1\nb\tx\t-1\nc\tx\t0\nd\tx\t\n", encoding="utf-8")
    ran = selon("network", "--codes", path, "--aggregation", "subtract", "-f", "csv")
    assert ran.out.splitlines() == ['"";"x"', '"a";1', '"b";-1']
    assert "1 rows that leave it open" in ran.err
    assert "1 rows without agreement" in ran.err


def test_an_imported_file_gives_its_own_network(selon, tmp_path):
    from pathlib import Path

    sample = Path(__file__).parents[3] / "shared" / "dna" / "sample.dna"
    if not sample.exists():
        pytest.skip("../shared/dna/sample.dna is not here")
    assert selon("import", sample, "--ledger", tmp_path / "ledger").code == 0
    ran = selon("network", tmp_path / "ledger", "--mode", "one-mode", "-f", "ties")
    assert sum(float(row["weight"]) for row in csv.DictReader(io.StringIO(ran.out))) == 276 / 2
    golden = json.loads((sample.parent / "golden.json").read_text())["matrices"][0]
    matrix = selon("network", tmp_path / "ledger", "--mode", "one-mode", "-f", "csv").out.splitlines()
    assert [[float(cell) for cell in line.split(";")[1:]] for line in matrix[1:]] == golden["values"]


def test_positions_of_a_ledger_are_counted_once_there_are_some(selon, ledger, tmp_path):
    import shutil

    copy = tmp_path / "ledger"
    shutil.copytree(ledger, copy)
    codebook = tmp_path / "codebook.tsv"
    codebook.write_text("proposition\ttext\npont\tLe pont de Brisecaille doit fermer\n", encoding="utf-8")
    assert selon("positions", copy, "--codebook", codebook).code == 0
    ran = selon("network", copy, "-f", "ties")
    assert ran.code == 0
    assert "selon positions" not in ran.err
    ties = list(csv.DictReader(io.StringIO(ran.out)))
    assert ("Solène Kermarrec", "Le pont de Brisecaille doit fermer") in {(t["source"], t["target"]) for t in ties}
    assert selon("network", copy, "--use", "quoted", "-f", "ties").out != ran.out
    assert selon("network", ledger, "--use", "positions").code == 2
