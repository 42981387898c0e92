import json
from datetime import date

import pytest
from typer.testing import CliRunner

from selon.cli import app
from selon.store import Ledger
from training.gold import GoldQuotation, _quotation

TEXT = (
    "« La loi passera avant l'été », a affirmé Marie Dupont mardi. Jean Martin a répondu que le texte était mauvais. "
    "Les députés voteront jeudi."
)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(TEXT, encoding="utf-8")
    assert run("run", tmp_path / "in", "--ledger", tmp_path / "ledger").exit_code == 0
    return tmp_path / "ledger"


def run(*arguments):
    return CliRunner().invoke(app, [str(each) for each in arguments])


def rows(folder):
    return json.loads(run("statements", folder, "--format", "json").stdout)


def test_a_statement_is_corrected_added_and_taken_back(folder):
    before = rows(folder)
    first, second = (row["id"] for row in before)
    assert run("correct", folder, first[:8], "--accept", "--by", "Ann").exit_code == 0
    assert (
        run(
            "correct", folder, second, "--speaker", "Jeanne Martin", "--content", "le texte était", "--by", "Ann"
        ).exit_code
        == 0
    )
    assert (
        run("correct", folder, before[0]["article"], "--add", "Les députés voteront", "--speaker", "unknown").exit_code
        == 0
    )
    shown = rows(folder)
    assert [row["speaker"] for row in shown] == ["Marie Dupont", "Jeanne Martin", None]
    assert [row["content"] for row in shown][1:] == ["le texte était", "Les députés voteront"]
    assert [row["decided"] for row in shown] == ["accepted", "corrected", "added"]
    assert run("correct", folder, first, "--reject", "--by", "Ben").exit_code == 0
    assert len(rows(folder)) == 2
    for number in (1, 2, 3, 4):
        assert run("correct", folder, "--undo", number).exit_code == 0
    assert rows(folder) == before


def test_wrong_usage_says_what_to_do(folder):
    key = rows(folder)[0]["id"]
    for wrong in (("--accept", "--reject"), (), ("--content", "nowhere at all in this text")):
        answer = run("correct", folder, key, *wrong)
        assert answer.exit_code != 0
    assert run("correct", folder, "--undo", 7).exit_code != 0
    assert run("correct", folder).exit_code != 0


def test_decisions_are_listed_exported_and_compared(folder, tmp_path):
    key, other = (row["id"] for row in rows(folder))
    run("correct", folder, key, "--accept", "--by", "Ann")
    run("correct", folder, key, "--kind", "mixed", "--by", "Ben")
    run("correct", folder, other, "--accept", "--by", "Ben")
    listed = json.loads(run("decisions", folder, "--format", "json").stdout)
    assert [(each["made_by"], each["done"]) for each in listed] == [
        ("Ben", "accept"),
        ("Ben", "correct"),
        ("Ann", "accept"),
    ]
    assert listed[1]["after"] == "kind: mixed"
    assert "kind" in run("decisions", folder, "--conflicts").stdout
    told = json.loads(run("agreement", folder, "--format", "json").stdout)
    assert {"kappa", "alpha"} == {each["measure"] for each in told if each["variable"] == "kind"}
    assert run("decisions", folder, "--coder", "Ben", "--export", tmp_path / "ben.jsonl").exit_code == 0
    lines = (tmp_path / "ben.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 2
    assert run("decisions", folder, "--import", tmp_path / "ben.jsonl").exit_code == 0
    with Ledger.open(folder) as opened:
        assert len(opened.decisions()) == 3


def test_what_people_decided_is_training_data(folder, tmp_path):
    key, other = (row["id"] for row in rows(folder))
    run("correct", folder, key, "--kind", "mixed")
    assert run("export", folder, "--to", "training", "-o", tmp_path / "t.jsonl").exit_code == 0
    (line,) = (tmp_path / "t.jsonl").read_text(encoding="utf-8").splitlines()
    record = json.loads(line)
    assert record["text"] == TEXT
    assert record["lang"] == "fr"
    first, second = record["quotations"]
    assert (first["type"], "optional" in first, second["optional"]) == ("mixed", False, True)
    ((start, end),) = first["content"]
    assert TEXT[start:end] == "La loi passera avant l'été"
    assert {each["key"] for each in record["actors"]} == {first["speaker"], second["speaker"]}
    gold = _quotation(record["text"], first)
    assert isinstance(gold, GoldQuotation)
    assert len(gold.readings[0].content) == 6
    assert date.fromisoformat(record["date"]) if record["date"] else True
    run("correct", folder, key, "--reject")
    run("correct", folder, other, "--accept")
    run("export", folder, "--to", "training", "-o", tmp_path / "t.jsonl")
    record = json.loads((tmp_path / "t.jsonl").read_text(encoding="utf-8"))
    assert len(record["quotations"]) == 1
