import re

import pytest

from selon.languages import languages, load_pack
from selon.matching.copies.marks import density, translation_marks

ROWS = [(code, row) for code in languages() for row in load_pack(code).rows("translation_marks")]


@pytest.mark.parametrize(("code", "row"), ROWS, ids=[f"{code}: {row['name']}" for code, row in ROWS])
def test_every_row_finds_its_case(code, row):
    assert re.search(row["pattern"], row["case"], re.MULTILINE)
    assert any(mark.name == row["name"] for mark in translation_marks(row["case"], load_pack(code)))
    assert row["family"] in {"capital", "grammar", "numbers", "calque", "inserted", "attribution", "marks"}


def test_names_are_unique_in_a_pack():
    names = [(code, row["name"]) for code, row in ROWS]
    assert len(names) == len(set(names))


def test_a_mark_says_where_it_stands():
    text = "« Si [Russian President Vladimir] Poutine gagne », a-t-il dit."
    found = {mark.name: mark.span.of(text) for mark in translation_marks(text, load_pack("fr"))}
    assert found["words in square brackets"] == "[Russian President Vladimir]"


@pytest.mark.parametrize(
    "text",
    [
        "« Je ne céderai pas », a-t-elle dit lundi 3 mars, avant de préciser que 1 800 emplois étaient en jeu.",
        "Nous irons jusqu'au bout […]. Ce que l'élue a démenti, avant de promettre une réponse dès mardi.",
        "Les Français et les Européens de Mme Mars attendent ; de les entendre, nul ne s'étonne.",
    ],
)
def test_plain_french_bears_none(text):
    assert translation_marks(text, load_pack("fr")) == ()


def test_one_tic_does_not_make_a_translation():
    text = "Il a parlé le Mardi. " * 40
    marks = translation_marks(text, load_pack("fr"))
    assert len(marks) == 40
    assert density(marks, 200) == 2.0
