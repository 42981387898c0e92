"""Evidence in the reader's language: every rule has French words, and what an article says stays as it is."""

import pytest

from selon.records import Evidence
from selon.store import Ledger
from selon.web.words import words

COLUMNS = (
    *(("statements", "evidence"), ("statements", "quotation_evidence"), ("actors", "evidence")),
    *(("actor_statements", "evidence"), ("copies", "evidence"), ("copies", "earliest"), ("positions", "evidence")),
    *(("witnesses", "evidence"), ("contradictions", "evidence")),
)


@pytest.mark.parametrize(("table", "column"), COLUMNS)
def test_every_rule_of_the_corpus_has_french_words(coded, table, column):
    with Ledger.open(coded) as ledger:
        rows = ledger.sql(f"SELECT DISTINCT e.by FROM (SELECT unnest({column}) AS e FROM {table})").fetchall()
    french = words()["fr"]
    assert [by for (by,) in rows if french.rule(by) == by] == []
    # None only by the word "rule" or "speaker" before an English name.
    said = {by: french.rule(by).partition(" : ")[2] for (by,) in rows}
    generic = [by for by, rest in said.items() if rest and by.endswith(f": {rest}")]
    assert [by for by in generic if by != "speaker: description"] == []


def test_numbers_are_taken_up_and_words_of_articles_left_alone():
    french, english = words()["fr"], words()["en"]
    assert french.rule("decision 12") == "décision n° 12"
    assert french.rule("model: attribution.json 7ca1e") == "score du modèle d’attribution"
    assert french.sight("dated earlier", "2024-08-19 before 2024-08-20") == "2024-08-19 avant 2024-08-20"
    assert french.sight("said on", "3 words") == "3 words"
    assert english.rule("same full name") == "same full name"
    hostile = Evidence("rule: {0} <b>", "* {}")
    assert french.rule(hostile.by) == "règle : {0} <b>" and french.sight(hostile.by, hostile.saw) == "* {}"


def test_the_pages_say_it(client):
    key = client.get("/statements.json").json()[0]["id"]
    french = client.get(f"/statements/{key}?lang=fr", headers={"accept-language": "fr"}).text
    assert "score du modèle d’attribution" in french and "model: attribution" not in french
    client.cookies.clear()
