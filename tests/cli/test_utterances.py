import json
import sys

import pytest

from selon import cli

FIRST = (
    "La mairie ferme le vieux pont\n\nPublié le 6 mai 2024\n\n« Nous fermons le pont de Brisecaille dès lundi pour six "
    "mois », a déclaré la maire de Port-Aubin, Solène Kermarrec, devant les habitants réunis dans la salle.\n"
)
SECOND = (
    "Le pont sera fermé\n\nPublié le 7 mai 2024\n\nLa maire de Port-Aubin, Solène Kermarrec, a admis que le pont de "
    "Brisecaille serait fermé dès lundi pour six mois. Les commerçants n'ont pas encore réagi à cette nouvelle.\n"
)


@pytest.fixture(scope="module")
def twice(tmp_path_factory):
    folder = tmp_path_factory.mktemp("twice")
    lines = [
        {"url": f"https://{name}.example/1", "outlet": name, "date": day, "text": text}
        for name, day, text in (("un", "2024-05-06", FIRST), ("deux", "2024-05-07", SECOND))
    ]
    (folder / "a.jsonl").write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), encoding="utf-8")
    target = folder / "ledger"
    monkey = pytest.MonkeyPatch()
    monkey.setattr(sys, "argv", ["selon", "run", str(folder / "a.jsonl"), "--ledger", str(target), "--workers", "1"])
    with pytest.raises(SystemExit):
        cli.main()
    monkey.undo()
    return target


def listed(selon, *arguments):
    return [json.loads(line) for line in selon(*arguments, "-f", "jsonl").out.splitlines()]


def test_two_wordings_are_one_utterance_with_two_witnesses(selon, twice):
    (row,) = listed(selon, "utterances", twice)
    assert (row["witnesses"], row["articles"], row["speaker"]) == (2, 2, "Solène Kermarrec")
    assert (row["first_outlet"], row["first_published"]) == ("un", "2024-05-06")
    assert listed(selon, "utterances", twice, "--speaker", "malaquin") == []
    assert listed(selon, "utterances", twice, "--witnesses", "3") == []
    assert listed(selon, "utterances", twice, "--since", "2024-06-01") == []
    assert listed(selon, "utterances", twice, "--repeated") == []
    assert "2 witnesses" in selon("utterances", twice).out


def test_compare_says_what_the_second_changed(selon, twice):
    (row,) = listed(selon, "utterances", twice)
    first, second = listed(selon, "compare", twice, row["id"][:6])
    assert first["marks"] == first["attribution"] == first["dropped"] == ""
    assert (second["marks"], second["attribution"]) == ("lost", "stronger")
    shown = selon("compare", twice, row["first_statement"]).out
    assert "first seen" in shown
    assert "quotation marks lost" in shown
    assert "attribution stronger" in shown


def test_every_statement_has_its_utterance(selon, twice):
    from selon.store import Ledger

    with Ledger.open(twice) as opened:
        ((statements,),) = opened.sql("SELECT count(*) FROM statements").fetchall()
        ((witnesses,),) = opened.sql("SELECT count(DISTINCT statement) FROM witnesses").fetchall()
        assert statements == witnesses > 0


def test_bad_wishes_are_named(selon, twice):
    assert selon("utterances", twice, "--since", "soon").code == 2
    answer = selon("compare", twice, "zzz")
    assert answer.code == 1
    assert "zzz" in answer.err
