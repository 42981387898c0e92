import json

import pytest

FIRST = (
    "La mairie ferme le vieux pont\n\n« Nous fermons le pont de Brisecaille dès lundi pour six mois », a déclaré mardi "
    "la maire de Port-Aubin, Solène Kermarrec, devant les habitants réunis dans la salle du conseil.\n"
)
SECOND = (
    "Le pont sera fermé\n\nLa maire de Port-Aubin, Solène Kermarrec, a déclaré que le pont de Brisecaille serait fermé "
    "dès lundi pour six mois. Les commerçants de la rue du port n'ont pas encore réagi à cette nouvelle.\n"
)


@pytest.fixture
def records(tmp_path):
    path = tmp_path / "records.jsonl"
    lines = [
        {"id": "x-1", "lang": "fr", "outlet": "Un", "date": "2024-05-06", "text": FIRST},
        {"id": "x-2", "lang": "fr", "outlet": "Deux", "date": "2024-05-07", "text": SECOND},
    ]
    path.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), encoding="utf-8")
    return path


def test_two_wordings_share_a_key(selon, records):
    answer = selon("link", records)
    assert answer.code == 0
    first, second = map(json.loads, answer.out.splitlines())
    assert (first["id"], second["id"]) == ("x-1", "x-2")
    assert first["quotations"][0]["utterance"] == second["quotations"][0]["utterance"]
    assert set(first) == {"id", "quotations", "copies"}
    assert set(first["quotations"][0]) == {"content", "speaker", "utterance", "positions"}


def test_given_quotations_are_taken_and_what_the_gold_knows_is_not_looked_at(selon, records):
    lines = [json.loads(line) for line in records.read_text(encoding="utf-8").splitlines()]
    start = FIRST.index("Nous")
    lines[0]["quotations"] = [
        {"content": [[start, start + 20]], "type": "direct", "form": "clause", "u": "gold", "speaker": "gold"}
    ]
    lines[1]["quotations"] = []
    records.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    answer = selon("link", records, "--quotations", "given")
    first, second = map(json.loads, answer.out.splitlines())
    assert [each["content"] for each in first["quotations"]] == [[[start, start + 20]]]
    assert "gold" not in answer.out
    assert second["quotations"] == []


def test_two_records_with_one_text_are_two_articles_and_a_copy(selon, tmp_path):
    path = tmp_path / "records.jsonl"
    lines = [{"id": f"x-{n}", "lang": "fr", "date": f"2024-05-0{n}", "text": FIRST} for n in (6, 7)]
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    first, second = map(json.loads, selon("link", path).out.splitlines())
    assert first["copies"] == []
    assert second["copies"] == [{"of": "x-6", "kind": "full"}]


@pytest.mark.parametrize(
    ("line", "said"), [("{", "not JSON"), ("[]", "not a JSON object"), ('{"id": "x"}', "no such field")]
)
def test_a_bad_record_is_named(selon, tmp_path, line, said):
    path = tmp_path / "bad.jsonl"
    path.write_text(line)
    answer = selon("link", path)
    assert answer.code in (1, 2)
    assert said in answer.err
    assert "bad.jsonl" in answer.err or "id" in answer.err


def test_a_missing_file_is_named(selon, tmp_path):
    answer = selon("link", tmp_path / "none.jsonl")
    assert answer.code == 2
    assert "none.jsonl" in answer.err
