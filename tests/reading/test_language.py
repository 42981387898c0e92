"""The language of a text, also when it is none that we read."""

from __future__ import annotations

import pytest

from selon.reading.language import detect

LONG = {
    "fr": "Le ministre a déclaré lundi que la loi ne serait pas changée, malgré les critiques de l'opposition.",
    "en": "The minister said on Monday that the law would not be changed, despite criticism from the opposition.",
    "de": "Der Minister erklärte am Montag, dass das Gesetz trotz der Kritik der Opposition nicht geändert wird.",
    "es": "El ministro declaró el lunes que la ley no se cambiará, a pesar de las críticas de la oposición.",
    "it": "Il ministro ha dichiarato lunedì che la legge non sarà modificata, nonostante le critiche.",
    "ru": "Министр заявил в понедельник, что закон не будет изменён, несмотря на критику оппозиции.",
}
SHORT = [
    ("Il a dit oui", "fr"),
    ("La maire a voté", "fr"),
    ("Breaking news: fusillade à Paris", "fr"),
    ("The minister said no", "en"),
    ("It was him", "en"),
    ("Macron", ""),
    ("« Non »", ""),
    ("", ""),
    ("12 345", ""),
    ("https://platform.twitter.com/widgets.js", ""),
]


@pytest.mark.parametrize(("code", "text"), LONG.items())
def test_sentences_are_named_by_their_language(code: str, text: str) -> None:
    assert detect(text) == code


@pytest.mark.parametrize(("text", "code"), SHORT)
def test_short_texts_are_judged_by_their_common_words_only(text: str, code: str) -> None:
    assert detect(text) == code


def test_a_language_that_is_not_allowed_is_still_named() -> None:
    assert detect(LONG["en"], allowed=("fr",)) == "en"


def test_capitals_do_not_mislead() -> None:
    assert detect(LONG["fr"].upper()) == "fr"
