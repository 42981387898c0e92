"""What training reads and writes; the parts that need the ``train`` extra are skipped without it."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from training import gold
from training.card import Card, write_card

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
ARTICLES = sorted((ROOT / "training" / "articles").glob("*.xml"))
HAS_SHARED = (SHARED / "eval" / "inline.py").is_file()
HAS_EXTRA = all(importlib.util.find_spec(name) for name in ("scipy", "sklearn"))

needs_shared = pytest.mark.skipif(not HAS_SHARED, reason="needs ../shared/eval/inline.py, the checker of the format")
needs_extra = pytest.mark.skipif(not HAS_EXTRA, reason="needs the extra `train`: scipy and scikit-learn")


@pytest.mark.shared
@needs_shared
def test_the_checker_of_the_format_has_nothing_to_say_of_our_articles() -> None:
    french, english = (list(gold.own_articles(SHARED, code)) for code in ("fr", "en"))
    found = [*french, *english]
    assert len({each.id for each in found}) == len(found) > len(ARTICLES)
    for each in found:
        for quotation in each.quotations:
            assert all(reading.content for reading in quotation.readings)
    # some hold none, on purpose: notices and sports results teach what is no quotation
    assert sum(bool(each.quotations) for each in found) > len(found) / 2


@pytest.mark.shared
@needs_shared
def test_an_article_that_breaks_the_format_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "T9.xml").write_text(
        '<corpus><article id="T9-001" lang="fr" outlet="Essai" date="2024-01-02">'
        '<actor key="a1" kind="ghost" name="X"/><text>Titre\n\n'
        '<content q="1" type="direct" form="clause" by="a1">Oui</content>.</text></article></corpus>'
    )
    monkeypatch.setattr(gold, "__file__", str(tmp_path / "gold.py"))
    with pytest.raises(ValueError, match=r"T9-001.*ghost"):
        list(gold.own_articles(SHARED, "fr"))


TEXT = "Le maire a dit que le pont est fermé. « Non », dit Anne."


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    """A tiny ../shared: a set that holds its texts, and one whose texts lie beside it."""
    here = TEXT.index
    record: dict[str, Any] = {
        "id": "S9-001",
        "text": TEXT,
        "quotations": [
            {
                "content": [[here("que le pont"), here(". «")]],
                "cue": [[here("a dit"), here(" que")]],
                "also": [{"content": [[here("le pont"), here(". «")]], "cue": []}],
            },
            {"content": [[here("Non"), here(" »")]], "cue": [[here("dit Anne"), here(" Anne")]], "optional": True},
        ],
    }
    folder = tmp_path / "data" / "quotations"
    (folder / "gold").mkdir(parents=True)
    (folder / "texts").mkdir()
    other = {"id": "S9-002", "lang": "en", "text": "He said no.", "quotations": []}
    (folder / "S9.jsonl").write_text(f"{json.dumps(record)}\n{json.dumps(other)}\n", encoding="utf-8")
    apart = {key: value for key, value in record.items() if key != "text"} | {"id": "apart-1"}
    (folder / "gold" / "apart.jsonl").write_text(json.dumps(apart) + "\n", encoding="utf-8")
    (folder / "texts" / "apart-1.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(("name", "key"), [("S9", "S9-001"), ("apart", "apart-1")])
def test_gold_reads_a_set_with_its_texts_in_it_or_beside_it(shared: Path, name: str, key: str) -> None:
    (article,) = gold.articles(shared, [name], "fr")
    assert (article.id, article.text) == (key, TEXT)
    reported, direct = article.quotations
    words = [TEXT.index(word) for word in ("le pont", "pont", "est fermé", "fermé")]
    assert [sorted(reading.content) for reading in reported.readings] == [words, words]
    assert TEXT[min(reported.readings[0].cue) : max(reported.readings[0].cue) + 1] == "a dit"
    assert reported.readings[1].cue == frozenset()
    assert (reported.optional, direct.optional) == (False, True)


def test_gold_keeps_to_a_language(shared: Path) -> None:
    assert [article.id for article in gold.articles(shared, ["S9"], "en")] == ["S9-002"]


def test_an_opening_complementiser_is_no_word_of_the_content_unless_it_is_all() -> None:
    assert gold.content_words("que Paul", [[0, 8]]) == {4}
    assert gold.content_words("Que Paul", [[0, 8]]) == {4}
    assert gold.content_words("que", [[0, 3]]) == {0}
    assert gold.content_words("« ? »", [[0, 5]]) == frozenset()


def test_a_card_says_whence_under_which_licence_how_good_and_whose_it_is(tmp_path: Path) -> None:
    model = tmp_path / "toy.json"
    model.write_bytes(b'{"bias": 0}' * 100)
    card = Card(
        "Tells nothing.", ["a toy, CC0", "another"], "Apache-2.0.", ["precision 1.000"], "python -m training.toy"
    )
    write_card(model, card)
    text = (tmp_path / "toy.card.md").read_text(encoding="utf-8")
    digest = hashlib.sha256(model.read_bytes()).hexdigest()
    assert text.startswith("# toy.json\n\nTells nothing.\n")
    assert "- a toy, CC0\n- another\n" in text
    assert "```\nprecision 1.000\n```" in text
    assert "    python -m training.toy\n" in text
    assert f"SHA-256 `{digest}`, 1,100 bytes." in text
    assert "## Licence of the weights\n\nApache-2.0.\n" in text


def test_without_the_extra_training_names_what_it_lacks() -> None:
    if HAS_EXTRA:
        pytest.skip("the extra `train` is installed")
    done = subprocess.run(
        [sys.executable, "-m", "training.attribution", "--help"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode != 0
    assert "scipy" in done.stderr or "sklearn" in done.stderr
