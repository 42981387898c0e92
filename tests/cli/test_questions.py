import csv
import io
import json
import re
import subprocess
import sys

import duckdb
import pytest

KERMARREC = "Nous fermons le pont de Brisecaille dès lundi"


def test_the_table_shows_who_said_what(selon, ledger):
    answer = selon("statements", ledger, "--speaker", "kermarrec", "--kind", "direct")
    assert answer.code == 0
    assert "Solène Kermarrec" in " ".join(answer.out.split())
    assert "« Nous fermons" in answer.out
    assert max(map(len, answer.out.splitlines())) <= 80


def test_limits_are_told(selon, ledger, opened):
    total = opened.counts()["statements"]
    answer = selon("statements", ledger, "--limit", "1")
    assert f"1 of {total} statements; --limit 0 shows all" in answer.out
    assert "--limit" not in selon("statements", ledger, "--limit", "0").out
    assert selon("statements", ledger, "--speaker", "nobody").out == "No statement fits.\n"


def test_formats_hold_the_same(selon, ledger, tmp_path):
    everything = json.loads(selon("statements", ledger, "--format", "json").out)
    lines = [json.loads(line) for line in selon("statements", ledger, "--format", "jsonl").out.splitlines()]
    rows = list(csv.DictReader(io.StringIO(selon("statements", ledger, "--format", "csv").out)))
    assert selon("statements", ledger, "--format", "parquet", "-o", tmp_path / "s.parquet").code == 0
    table = duckdb.sql(f"SELECT id FROM '{tmp_path}/s.parquet'").fetchall()
    assert everything == lines
    assert [row["id"] for row in rows] == [line["id"] for line in lines] == [key for (key,) in table]
    assert len(lines) > 3


def test_an_answer_goes_to_a_file_whole_or_not_at_all(selon, ledger, tmp_path):
    answer = selon("statements", ledger, "--format", "csv", "-o", tmp_path / "missing" / "s.csv")
    assert answer.code == 1
    assert "cannot write: No such file or directory" in answer.err
    assert selon("statements", ledger, "--format", "csv", "-o", tmp_path / "s.csv").out == ""
    assert [path.name for path in tmp_path.iterdir()] == ["s.csv"]


def test_show_tells_everything_about_a_statement(selon, ledger, opened, monkeypatch):
    monkeypatch.setenv("COLUMNS", "120")
    statement = next(each for each in opened.statements() if each.content == KERMARREC)
    answer = selon("show", ledger, statement.id[:10])
    flat = " ".join(answer.out.split())
    assert f"[{KERMARREC}]" in flat
    assert "{a déclaré}" in flat
    assert "La mairie ferme le vieux pont" in flat
    assert "direct clause" in flat
    places = re.search(r"content .*?(\d+)–(\d+) +(\d+)–(\d+)", answer.out).groups()
    text = opened.article(statement.quotation.article).text
    assert text[int(places[0]) : int(places[1])] == KERMARREC
    assert places[:2] == places[2:]
    assert "À Port-Aubin, le pont de la discorde" in flat
    assert "Brisecaille" in flat.partition("the same event?")[2]


def test_nothing_in_an_article_steers_the_terminal(selon, ledger, opened):
    statement = next(each for each in opened.statements() if "rougit" in each.content)
    for answer in (selon("statements", ledger), selon("show", ledger, statement.id), selon("articles", ledger)):
        assert "\x1b" not in answer.out
        assert "\u202e" not in answer.out
    assert "rougit" in selon("statements", ledger).out


def test_articles_and_failures(selon, ledger):
    answer = selon("articles", ledger)
    assert "La mairie ferme le vieux pont" in " ".join(answer.out.split())
    assert len(json.loads(selon("articles", ledger, "--format", "json").out)) == 3
    failures = selon("failures", ledger)
    assert "photo.txt" in failures.out.replace("\n", "")
    assert "→" in failures.out


def test_report(selon, ledger, tmp_path):
    answer = selon("report", ledger, "-o", tmp_path / "report.html")
    assert answer.code == 0
    assert "3 articles" in answer.err
    assert KERMARREC in (tmp_path / "report.html").read_text(encoding="utf-8")


def test_a_reader_that_leaves_early_is_no_error(ledger):
    command = f"{sys.executable} -m selon statements {ledger} --format jsonl | head -c 10"
    finished = subprocess.run(["bash", "-o", "pipefail", "-c", command], capture_output=True, text=True, timeout=30)
    assert finished.returncode == 0, finished.stderr
    assert finished.stderr == ""


@pytest.mark.parametrize("width", ["40", "80", "120", "200"])
def test_tables_keep_to_the_width_of_the_terminal(selon, ledger, opened, monkeypatch, width):
    monkeypatch.setenv("COLUMNS", width)
    key = opened.statements()[0].id
    for answer in (
        selon("statements", ledger),
        selon("articles", ledger),
        selon("show", ledger, key),
    ):
        assert max(len(line) for line in answer.out.splitlines()) <= min(int(width), 120)
