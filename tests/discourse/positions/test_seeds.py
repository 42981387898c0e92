"""The five seeds with the example codebook: who stands where on its first proposition, found without hand-coding."""

from pathlib import Path

import pytest

from selon import read
from selon.discourse.positions import read_codebook, take_positions
from selon.engines.positions import as_page
from selon.pipeline import analyse_article

ROOT = Path(__file__).parents[3]
SEEDS = ROOT.parent / "shared" / "seeds"
STANDS = [
    ("Jens Stoltenberg", "pas une partie au conflit", -1),
    ("Dmitri Medvedev", "participation directe au conflit", 1),
    ("Dmitri Peskov", "directement impliquée dans le conflit", 1),
    ("Sergueï Lavrov", "par procuration", 1),
    ("Poutine", "machine militaire occidentale", 1),
]

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SEEDS.is_dir(), reason=f"{SEEDS} is not there"),
]


@pytest.fixture(scope="module")
def held(encoder):
    analyses = [analyse_article(read(path)) for path in sorted(SEEDS.glob("*.txt"))]
    read_pages = [as_page(each, {}) for each in analyses]
    codebook = read_codebook((ROOT / "demo" / "codebooks" / "otan.yaml").read_bytes(), "otan.yaml")
    pages, sayings = [page for page, _ in read_pages], [each for _, said in read_pages for each in said]
    taken = take_positions(pages, sayings, codebook, encoder)
    stands = {each.statement: each for each in taken if each.proposition == codebook[0].key and each.confidence >= 0.5}
    return [
        (one.speaker, one.content, stands[one.id].agreement)
        for each in analyses
        for one in each.statements
        if one.id in stands
    ]


@pytest.mark.parametrize(("speaker", "words", "agreement"), STANDS)
def test_who_stands_where(held, speaker, words, agreement):
    assert [sign for name, content, sign in held if name == speaker and words in content][:1] == [agreement]
