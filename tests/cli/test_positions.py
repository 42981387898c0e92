import csv
import io
import json
import re

import pytest

BOOK = "proposition\ttext\npont\tle pont de Brisecaille est fermé\nbus\tun bus scolaire sera détourné\n"


@pytest.fixture
def coded(pile, tmp_path, selon):
    folder = tmp_path / "ledger"
    assert selon("run", pile, "--ledger", folder, "--workers", "1").code == 0
    book = tmp_path / "book.tsv"
    book.write_text(BOOK, encoding="utf-8")
    answer = selon("positions", folder, "--codebook", book, "--by", "moi", "--format", "json", "--least", "0.05")
    assert answer.code == 0
    assert "codebook of 2 propositions" in answer.err
    return folder


def rows(selon, ledger, *more):
    return json.loads(selon("positions", ledger, "--least", "0.05", "--format", "json", *more).out)


def test_positions_are_listed_by_proposition(selon, coded):
    told = rows(selon, coded)
    signs = {(row["proposition"], row["speaker"], row["content"][:8]): row["agreement"] for row in told}
    assert signs["pont", "Solène Kermarrec", "Nous fer"] == 1
    assert signs["bus", "Anatole Vaugrenard", "aucun bu"] == -1
    shown = " ".join(selon("positions", coded).out.split())
    assert re.search(r"le pont de Brisecaille est fermé .* \+ .* Solène Kermarrec", shown)


def test_a_correction_is_kept_and_shown(selon, coded):
    first = next(row for row in rows(selon, coded) if row["proposition"] == "pont")
    answer = selon(
        "positions", coded, "--correct", first["statement"][:9], "pont", "-", "--by", "moi", "--format", "json"
    )
    assert answer.code == 0
    again = {row["statement"]: row for row in rows(selon, coded)}[first["statement"]]
    assert (again["agreement"], again["decided"], again["confidence"]) == (-1, True, 1.0)
    assert "decided" in selon("positions", coded).out


def test_wrong_corrections_are_refused(selon, coded):
    statement = rows(selon, coded)[0]["statement"]
    assert selon("positions", coded, "--correct", statement, "nobody", "+").code == 1
    assert selon("positions", coded, "--correct", statement, "pont", "maybe").code in (1, 2)
    assert selon("positions", coded, "--correct", "s000000000", "pont", "+").code == 1


def test_the_codebook_stays_until_put_away(selon, coded):
    assert {row["proposition"] for row in rows(selon, coded)} <= {"pont", "bus"}
    assert "put away" in selon("positions", coded, "--suggest", "--by", "moi").err
    assert not {row["proposition"] for row in rows(selon, coded)} & {"pont", "bus"}


def test_contradictions_side_by_side(selon, coded):
    told = rows(selon, coded, "--proposition", "pont")
    other = next(row for row in told if row["speaker"] != told[0]["speaker"])
    selon("positions", coded, "--correct", told[0]["statement"], "pont", "+", "--by", "moi")
    selon("positions", coded, "--correct", other["statement"], "pont", "-", "--by", "moi")
    table = list(csv.DictReader(io.StringIO(selon("contradictions", coded, "--format", "csv").out)))
    pair = {(row["first_statement"], row["second_statement"]) for row in table}
    assert any({told[0]["statement"], other["statement"]} == set(each) for each in pair)
    assert "conflict" in selon("contradictions", coded).out
    assert selon("contradictions", coded, "--kind", "nonsense").code in (1, 2)


def test_link_says_positions(selon, tmp_path):
    text = (
        "Le pont\n\n« Le pont de Brisecaille est fermé », a déclaré mardi la maire de Port-Aubin, Solène Kermarrec, "
        "devant les habitants réunis dans la salle du conseil municipal pour la dernière fois de l'année.\n"
    )
    records, book = tmp_path / "r.jsonl", tmp_path / "book.tsv"
    records.write_text(json.dumps({"id": "x", "lang": "fr", "text": text}), encoding="utf-8")
    book.write_text(BOOK, encoding="utf-8")
    record = json.loads(selon("link", records, "--codebook", book).out)
    (position,) = record["quotations"][0]["positions"]
    assert (position["proposition"], position["agreement"]) == ("pont", 1)
    assert selon("link", records, "--codebook", tmp_path / "none.tsv").code == 2


def test_reports_of_one_utterance_that_differ_are_shown(selon, tmp_path):
    said = "« L'explosion du dépôt de Port-Aubin a fait {} morts parmi les ouvriers », a déclaré mardi {}."
    who = "la préfète du Morbihan, Solène Kermarrec"
    rest = " Les secours étaient encore sur place dans la soirée, et les riverains attendaient de rentrer chez eux."
    for name, number in (("un", 23), ("deux", 32)):
        text = f"L'explosion de Port-Aubin\n\n{said.format(number, who)}{rest}\n"
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    ledger = tmp_path / "ledger"
    assert selon("run", tmp_path, "--ledger", ledger, "--workers", "1").code == 0
    table = json.loads(selon("contradictions", ledger, "--kind", "wording", "--format", "json").out)
    assert [row["evidence"][0]["saw"] for row in table] in (["23 / 32 mort"], ["32 / 23 mort"])
