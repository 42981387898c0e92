"""The demo corpus is what its script makes, and holds what its README promises."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "demo/corpus"
SHARED = ROOT.parent / "shared"


def test_corpus_has_the_files_of_five_events():
    names = {path.name for path in CORPUS.iterdir()}
    events = {name.split("-")[0] for name in names if re.match(r"\w+-[1-4]-", name)}
    assert events == {"college", "missiles", "incendie", "immeuble"}
    assert {
        "feed.xml",
        "export-presse.jsonl",
        "visas-mojibake.html",
        "theatre-guillemets-droits.txt",
        "kossande-permis-0417.jpg",
    } <= names
    assert len(names) == 19


def test_every_page_names_its_outlet_and_date():
    for path in CORPUS.glob("*.html"):
        page = path.read_text("utf-8")
        assert re.search(r'property="og:site_name" content="[^"]+"', page), path.name
        assert re.search(r'content="20\d\d-\d\d-\d\d', page), path.name


def test_json_ld_is_json():
    for path in CORPUS.glob("*.html"):
        for block in re.findall(
            r'<script type="application/ld\+json">(.*?)</script>', path.read_text("utf-8"), re.DOTALL
        ):
            assert json.loads(block)["@type"] == "NewsArticle"


def test_the_straight_quoted_article_has_an_unclosed_mark():
    text = (CORPUS / "theatre-guillemets-droits.txt").read_text("utf-8")
    assert text.count('"') % 2 == 1
    assert "«" not in text


def test_mojibake_is_mojibake():
    page = (CORPUS / "visas-mojibake.html").read_text("utf-8")
    assert "dÃ©" in page
    assert "é" not in page


@pytest.mark.shared
@pytest.mark.skipif(not (SHARED / "data/quotations/S0.xml").exists(), reason="needs ../shared/data/quotations")
def test_the_script_makes_the_committed_files():
    done = subprocess.run(
        [sys.executable, ROOT / "demo/build.py", SHARED, "--check"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
