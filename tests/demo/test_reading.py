"""The demo corpus as selon reads it: every article found, dated, named; the one that is none refused with a reason."""

from pathlib import Path

import pytest

from selon.reading import find_documents, read_document
from selon.records import Article, Failure
from selon.settings import Settings

CORPUS = Path(__file__).parents[2] / "demo/corpus"


@pytest.fixture(scope="module")
def found():
    return list(find_documents([CORPUS], Settings()))


@pytest.fixture(scope="module")
def articles(found):
    return [read_document(each) for each in found if not isinstance(each, Failure)]


def test_there_are_22_articles_and_one_failure(found, articles):
    assert all(isinstance(article, Article) for article in articles)
    assert len(articles) == 22
    (failure,) = [each for each in found if isinstance(each, Failure)]
    assert "kossande-permis-0417.jpg" in failure.where
    assert failure.what
    assert failure.next


def test_languages(articles):
    languages = [article.language for article in articles]
    assert (languages.count("fr"), languages.count("en")) == (17, 5)


def test_every_article_has_a_title_and_a_date(articles):
    assert [article.where for article in articles if not article.title] == []
    assert [article.where for article in articles if article.published.first is None] == []


def test_pages_feed_and_table_name_their_outlets(articles):
    named = {article.outlet for article in articles if ".txt" not in article.where}
    assert {"Agence Hexapresse", "La Gazette de Haute-Vézonne", "L'Écho des Lagunes (Abidjan)"} <= named
    assert {"The Orbital Ledger", "Orbites & Capital", "Le Lynx de Kossandé", "The Continental Post"} <= named
    assert "" not in named


def test_the_mojibake_page_is_mended(articles):
    (page,) = [article for article in articles if "mojibake" in article.where]
    assert page.title == "Visas étudiants pour la France : admis là-bas, bloqués ici"
    assert "Désiré Kouamé Yao" in page.text
    assert "Ã" not in page.text
