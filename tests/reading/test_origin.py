"""Where a page says its text comes from."""

from __future__ import annotations

import pytest

from selon.languages.pack import languages, load_pack
from selon.reading.origin import find
from selon.reading.scraped import mark

SENTENCE = "Le conseil municipal de Vermeuil s'est réuni mercredi soir sous la présidence de la maire, Colette Ferrand."
DECLARED = [
    (f"Le budget voté\n\n{SENTENCE}\n\nSource : Le Courrier du Lac", "Le Courrier du Lac"),
    (f"Le budget voté\n\n{SENTENCE}\n\nSource: RT", "RT"),
    (f"Le budget voté\n\n{SENTENCE} (AFP)", "AFP"),
    (f"Le budget voté\n\n{SENTENCE}\n\n(avec AFP)", "AFP"),
    (f"Le budget voté\n\n{SENTENCE}\n\nAvec AFP", "AFP"),
    (f"Le budget voté\n\n{SENTENCE}\n\nAvec AFP et Reuters", "AFP et Reuters"),
    (f"Le budget voté\n\n{SENTENCE} — Reuters", "Reuters"),
    (f"Le budget voté\n\nVERMEUIL (AFP) – {SENTENCE}", "AFP"),
    (f"Le budget voté\n\n{SENTENCE}\n\nRegards du Lac et RTEn\n\nLaisser un commentaire", "Regards du Lac et RTEn"),
    (f"Le budget voté\n\n{SENTENCE}\n\nArticle original : Lakeside Courier", "Lakeside Courier"),
]
SILENT = [
    f"Le budget voté\n\n{SENTENCE}",
    f"Le budget voté\n\n{SENTENCE}\n\nCamille Ferrand",
    f"Le budget voté\n\n{SENTENCE} L'agence Reuters l'avait annoncé.",
    f"Le budget voté\n\nSource de tous les maux, la dette monte. {SENTENCE}",
    f"Le budget voté\n\n{SENTENCE}\n\nLe pont rouvre lundi",
]


@pytest.mark.parametrize(("text", "name"), DECLARED)
def test_a_declared_origin_is_found_at_its_characters(text: str, name: str) -> None:
    pack = load_pack("fr")
    origin = find(text, mark(text, pack), pack)
    assert origin is not None
    assert (origin.name, origin.span.of(text)) == (name, name)


@pytest.mark.parametrize("text", SILENT)
def test_no_origin_is_made_up(text: str) -> None:
    pack = load_pack("fr")
    assert find(text, mark(text, pack), pack) is None


@pytest.mark.parametrize("code", languages())
def test_every_phrase_shows_an_origin(code: str) -> None:
    pack = load_pack(code)
    for row in pack.rows("origin_phrases"):
        text = f"Le budget voté\n\n{SENTENCE}\n\n{row['case']}"
        assert find(text, mark(text, pack), pack) is not None, row["case"]
