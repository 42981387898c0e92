import csv
import io
import json
import re

import pytest

from selon.store import Ledger
from tests.matching.copies.made import PARAGRAPHS, WIRE
from tests.matching.copies.test_translations import CLUMSY, ENGLISH

SHORT = "\n\n".join(["Kervalan : le port se vide", *PARAGRAPHS[1:4], "Les pêcheurs, eux, recousaient leurs filets."])


@pytest.fixture(scope="module")
def reused(tmp_path_factory, request):
    folder = tmp_path_factory.mktemp("reused")
    records = [
        ("a", WIRE, "Agence Ponant", "2024-05-01"),
        ("b", SHORT.replace("pluie", "bruine"), "Le Phare", "2024-05-02"),
        ("c", ENGLISH, "The Tide", "2024-05-01"),
        ("d", CLUMSY, "mer-info", "2024-05-02"),
    ]
    lines = [json.dumps({"id": key, "text": text, "outlet": outlet, "date": day}) for key, text, outlet, day in records]
    (folder / "pile.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return folder


@pytest.fixture
def ledger(reused, selon):
    folder = reused / "ledger"
    assert selon("run", reused / "pile.jsonl", "--ledger", folder, "--workers", "1").code == 0
    return folder


def ids(ledger):
    with Ledger.open(ledger) as opened:
        return {heading.outlet: heading.id for heading in opened.articles()}


def test_copies_are_listed_with_why_and_who_was_first(selon, ledger):
    answer = " ".join(selon("copies", ledger).out.split())
    assert re.search(r"translated .* mer-info .* from .* The Tide", answer)
    assert re.search(r"partial .* Le Phare .* from .* Agence Ponant", answer)
    assert "seen first there: 99 %" in answer
    assert "agency: Agence Ponant" in answer


def test_copies_for_other_programs(selon, ledger):
    rows = list(csv.DictReader(io.StringIO(selon("copies", ledger, "--format", "csv").out)))
    assert sorted((row["kind"], row["derived_outlet"], row["origin_outlet"]) for row in rows) == [
        ("partial", "Le Phare", "Agence Ponant"),
        ("translated", "mer-info", "The Tide"),
    ]
    told = json.loads(selon("copies", ledger, "--kind", "partial", "--format", "json").out)
    assert [row["derived"] for row in told] == [ids(ledger)["Le Phare"]]
    assert {each["by"] for each in told[0]["earliest"]} >= {"dated earlier", "news agency"}


def test_copies_of_an_outlet_or_kind(selon, ledger):
    assert "Le Phare" not in selon("copies", ledger, "--outlet", "tide").out
    assert selon("copies", ledger, "--kind", "full").out == "No copy among these articles.\n"
    assert selon("copies", ledger, "--kind", "stolen").code == 2
    assert "--limit 0 shows all" in selon("copies", ledger, "--limit", "1").out


def test_a_trace_shows_passages_side_by_side(selon, ledger, monkeypatch):
    monkeypatch.setenv("COLUMNS", "100")
    answer = selon("trace", ledger, ids(ledger)["Le Phare"][:8])
    assert answer.code == 0
    assert "partial, from" in answer.out
    assert "[bruine.]" in answer.out
    assert "[pluie.]" in answer.out
    first, last = ("« On ne joue pas", "à chaque tempête.")
    with Ledger.open(ledger) as opened:
        text = opened.article(ids(ledger)["Le Phare"]).text
    assert f"–{text.index(last) + len(last)}" in answer.out
    assert first in answer.out


def test_a_trace_tells_who_took_and_the_marks_of_translation(selon, ledger):
    assert "taken from here" in selon("trace", ledger, ids(ledger)["The Tide"]).out
    marked = selon("trace", ledger, ids(ledger)["mer-info"]).out
    assert "marks of translation, weak signs each" in marked
    assert "[Paul]" in marked
    assert "No earlier article" in selon("trace", ledger, ids(ledger)["Agence Ponant"]).out
    assert selon("trace", ledger, "nothing").code == 1
