import json

import pytest

from selon.store import Ledger

FIRST = (
    "Le pont reste fermé\n\n"
    "« Nous fermons le pont de Brisecaille dès lundi », a déclaré mardi la maire de Port-Aubin, Solène Kermarrec. "
    "Le préfet Anatole Vaugrenard a promis une visite du chantier avec les élus de Hautebrise.\n"
)
SECOND = (
    "À Port-Aubin, le pont de la discorde\n\n"
    "« Les travaux dureront six mois », a répondu Solène Kermarrec, la maire de Port-Aubin. "
    "Selon le préfet Anatole Vaugrenard, aucun bus scolaire ne sera détourné par la commune de Hautebrise.\n"
)
OTHER = (
    "Un livre sur les ponts\n\n"
    "« Les ponts sont des phrases », a écrit Yann Kermarrec, romancier. "
    "Il a ajouté que celui de Brisecaille lui manquait. "
    "« On ne traverse jamais deux fois le même pont », a plaisanté une lectrice de Hautebrise.\n"
)


@pytest.fixture
def bridge(selon, tmp_path):
    """A ledger of three articles: two of one event, and one of a man of the same surname."""
    folder = tmp_path / "press"
    folder.mkdir()
    rows = [("2024-06-04", FIRST), ("2024-06-05", SECOND), ("2024-11-20", OTHER)]
    lines = [json.dumps({"text": text, "date": day, "outlet": f"Journal {n}"}) for n, (day, text) in enumerate(rows)]
    (folder / "all.jsonl").write_text("\n".join(lines), encoding="utf-8")
    answer = selon("run", folder, "--ledger", tmp_path / "ledger", "--workers", "1", "--lang", "fr")
    assert answer.code == 0, answer.err
    return tmp_path / "ledger"


def listed(selon, ledger, *options):
    return {each["name"]: each for each in json.loads(selon("actors", ledger, "--format", "json", *options).out)}


def test_the_table_and_the_record(selon, bridge):
    found = listed(selon, bridge)
    assert found["Solène Kermarrec"]["articles"] == 2
    assert found["Anatole Vaugrenard"]["articles"] == 2
    assert found["Yann Kermarrec"]["articles"] == 1
    table = " ".join(selon("actors", bridge, "--kind", "person").out.split())
    assert "Solène Kermarrec" in table
    assert selon("actors", bridge, "--name", "nobody").out == "No actor fits.\n"


def test_one_actor_in_full(selon, bridge, monkeypatch):
    monkeypatch.setenv("COLUMNS", "120")
    answer = selon("actor", bridge, "solene kermarrec")
    flat = " ".join(answer.out.split())
    assert "2 articles, 2024-06-04 – 2024-06-05" in flat
    assert "Journal 0 1 · Journal 1 1" in flat
    assert "maire de Port-Aubin" in flat
    assert "same full name" in flat
    said = json.loads(selon("actor", bridge, "solene kermarrec", "--format", "json").out)
    assert said[0]["content"] == "Nous fermons le pont de Brisecaille dès lundi"


def test_several_of_a_name_are_listed(selon, bridge):
    answer = selon("actor", bridge, "Kermarrec")
    assert answer.code == 1
    assert "2 actors go by 'Kermarrec'" in answer.err
    assert "Yann Kermarrec, romancier" in answer.err
    one = answer.err.split("(")[1].split()[0]
    assert selon("actor", bridge, one).code == 0
    nobody = selon("actor", bridge, "Personne")
    assert nobody.code == 1
    assert "list them with: selon actors" in nobody.err


def test_a_merge_holds_and_can_be_taken_back(selon, bridge):
    answer = selon("merge", bridge, "Solène Kermarrec", "Yann Kermarrec", "--by", "Odile")
    assert answer.code == 0
    assert "--undo 1" in answer.out
    merged = next(iter(listed(selon, bridge, "--name", "Kermarrec").values()))
    assert merged["articles"] == 3
    assert any(each["by"] == "decision 1" for each in merged["evidence"])
    assert "by Odile" in selon("actor", bridge, merged["id"]).out
    assert selon("merge", bridge, "Yann Kermarrec", "Solène Kermarrec").code == 2
    assert selon("merge", bridge, "--undo", "1").code == 0
    assert set(listed(selon, bridge, "--name", "Kermarrec")) == {"Solène Kermarrec", "Yann Kermarrec"}
    assert "no decision 1 to take back" in selon("merge", bridge, "--undo", "1").err
    assert selon("merge", bridge, "--undo", "7").code == 1


def test_a_split_by_statement_survives_reading_anew(selon, bridge, tmp_path):
    said = json.loads(selon("actor", bridge, "Solène Kermarrec", "--format", "json").out)
    assert selon("split", bridge, "Solène Kermarrec", said[1]["id"]).code == 0
    found = json.loads(selon("actors", bridge, "--name", "Solène Kermarrec", "--format", "json").out)
    assert [each["articles"] for each in found] == [1, 1]
    more = tmp_path / "more.txt"
    more.write_text(OTHER.replace("Yann", "Loïc"), encoding="utf-8")
    assert selon("run", more, "--ledger", bridge, "--workers", "1").code == 0
    found = json.loads(selon("actors", bridge, "--name", "Solène Kermarrec", "--format", "json").out)
    assert [each["articles"] for each in found] == [1, 1]


def test_what_is_no_part_is_refused(selon, bridge):
    answer = selon("split", bridge, "Solène Kermarrec", "Anatole Vaugrenard")
    assert answer.code == 1
    assert "is no part of Solène Kermarrec" in answer.err
    assert selon("split", bridge, "Solène Kermarrec", "Solène Kermarrec").code == 2
    assert selon("split", bridge, "Solène Kermarrec").code == 2
    assert selon("merge", bridge, "Solène Kermarrec").code == 2
    with Ledger.open(bridge) as ledger:
        assert ledger.decisions() == []


def test_a_register_gives_ids_and_stays(selon, bridge, tmp_path):
    register = tmp_path / "register.csv"
    register.write_text("name,aliases,kind,wikidata\nSolène Kermarrec,Kermarrec,person,Q1\n", encoding="utf-8")
    text = tmp_path / "third.txt"
    text.write_text(FIRST.replace("Le pont reste fermé", "Encore le pont"), encoding="utf-8")
    answer = selon("run", text, "--ledger", bridge, "--register", register, "--workers", "1")
    assert "1 actor in the register" in answer.err
    assert listed(selon, bridge)["Solène Kermarrec"]["wikidata"] == "Q1"
    selon("run", text, "--ledger", bridge, "--register", register, "--workers", "1")
    with Ledger.open(bridge) as ledger:
        assert len(ledger.decisions()) == 1


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.csv", "nom\nJean\n", "no such column: nom"),
        ("a.csv", "name,kind\nJean,robot\n", "line 2): use one of person"),
        ("a.csv", "name,wikidata\nJean,57\n", "no Wikidata id: 57"),
        ("a.csv", "name\n", "the register has no actors"),
        ("a.yaml", "name: Jean", "not a list of actors"),
        ("a.yaml", "- aliases: [Jean]", "an actor without a name"),
        ("a.yaml", "- {", "no YAML"),
    ],
)
def test_a_register_that_is_none_says_so_before_anything_is_read(selon, tmp_path, name, content, words):
    (tmp_path / name).write_text(content, encoding="utf-8")
    (tmp_path / "text.txt").write_text(FIRST, encoding="utf-8")
    answer = selon("run", tmp_path / "text.txt", "--ledger", tmp_path / "l", "--register", tmp_path / name)
    assert answer.code == 2
    assert words in answer.err


def test_a_register_as_yaml(selon, tmp_path):
    from selon.cli.register import entries_in

    (tmp_path / "a.yaml").write_text(
        "- name: Jean Morel\n  aliases: [Morel, le maire]\n  wikidata: Q1\n", encoding="utf-8"
    )
    (tmp_path / "a.csv").write_text("name;aliases;wikidata\nJean Morel;Morel|le maire;Q1\n", encoding="utf-8")
    assert entries_in(tmp_path / "a.yaml") == entries_in(tmp_path / "a.csv")


def test_statements_are_found_by_any_name(selon, bridge):
    selon("merge", bridge, "Solène Kermarrec", "Yann Kermarrec")
    found = json.loads(selon("statements", bridge, "--speaker", "Yann Kermarrec", "--format", "json").out)
    assert {each["speaker"] for each in found} == {"Yann Kermarrec", "Solène Kermarrec"}
