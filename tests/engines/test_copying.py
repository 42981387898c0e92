import pytest

from benchmarks.generated import made_articles
from selon.engines import copying
from selon.engines.copying import copies_in
from selon.engines.piles import COPYING, LedgerPile
from selon.engines.recipe import code_hash
from selon.matching.copies import find_copies
from selon.pipeline import analyse
from selon.records import Document
from selon.settings import Settings
from selon.store import Ledger
from selon.store.copies import copy_from, copy_row
from selon.store.staging import Staging
from tests.matching.copies.made import WIRE, printed
from tests.matching.copies.test_translations import CLUMSY, ENGLISH, RETOLD


class InMemory:
    def __init__(self, pile):
        self.pile = {each.article.id: each for each in pile}

    def headings(self):
        articles = [each.article for each in self.pile.values()]
        rows = [(each.id, each.language, each.published.first) for each in articles]
        return sorted(rows, key=lambda row: (row[2] is None, row[2] or 0, row[0]))

    def batches(self, size):
        articles = [each.article for each in reversed(self.pile.values())]
        for start in range(0, len(articles), size):
            yield articles[start : start + size]

    def printed(self, keys):
        return {key: self.pile[key] for key in keys}


@pytest.fixture
def pile():
    made = [
        printed(f"g{each.number:04}", each.text, each.outlet, each.day.isoformat()) for each in made_articles(150, 5)
    ]
    told = [printed("fr", CLUMSY, "mer-info", "2024-05-02"), printed("re", RETOLD, "Le Cap")]
    return [*made, *told, printed("en", ENGLISH, "The Tide", "2024-05-01", lang="en"), printed("empty", "")]


def test_the_shuffle_finds_what_is_found_in_memory(pile):
    found = copies_in(InMemory(pile))
    assert found == find_copies(pile)
    assert {copy.kind.value for copy in found} >= {"full", "partial", "translated"}


def test_parts_of_the_shuffle_make_no_difference(pile, monkeypatch):
    whole = copies_in(InMemory(pile))
    monkeypatch.setattr(copying, "_PART", 500)
    monkeypatch.setattr(copying, "_HELD", 100)
    monkeypatch.setattr(copying, "_PAIRS", 3)
    assert copies_in(InMemory(pile)) == whole


def test_an_empty_pile_has_no_copies():
    assert copies_in(InMemory([])) == []


def test_rows_hold_all_of_a_copy(pile):
    for position, copy in enumerate(copies_in(InMemory(pile))):
        assert copy_from(copy_row(position, copy)) == copy


def test_a_ledger_gives_its_articles_as_they_were_read(tmp_path):
    with Ledger.create(tmp_path / "ledger") as ledger:
        with ledger.writing():
            staging = Staging(ledger.staging, 1, lambda: 0.0)
            for place, text in (("a", WIRE), ("b", f"{WIRE}\n\n(avec AFP)")):
                document = Document(place, text, "text/plain", outlet=place, published="2024-05-01", language="fr")
                staging.add(analyse(document, Settings()), digest="d", recipe="r")
            staging.close()
            ledger.absorb()
        pile = LedgerPile(ledger)
        keys = [key for key, _, _ in pile.headings()]
        articles = {each.id: each for batch in pile.batches(1) for each in batch}
        assert set(articles) == set(keys)
        for key, each in pile.printed(keys).items():
            whole = ledger.analysis(key)
            assert each.article.origin == whole.article.origin
            assert each.article.published == whole.article.published
            assert articles[key].boilerplate == whole.article.boilerplate == each.article.boilerplate
            assert each.sentences == [sentence for part in whole.passages for sentence in part.sentences]


def test_what_decides_is_there():
    assert len({code_hash(name) for name in COPYING}) == len(COPYING)
