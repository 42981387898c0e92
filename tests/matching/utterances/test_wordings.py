"""Contents as arrays: numbers, negation, cues, names."""

from __future__ import annotations

import numpy as np
import pytest

from selon.languages import languages, load_pack
from selon.matching.utterances.features import CONTENT, compared
from selon.matching.utterances.records import Reported
from selon.matching.utterances.wordings import wordings
from selon.models.embedding import load_encoder

PACKS = {code: load_pack(code) for code in languages()}


def read(*contents: tuple[str, str, str]):
    said = [Reported(str(n), str(n), 0, language, content, cue) for n, (language, content, cue) in enumerate(contents)]
    return wordings(said, load_encoder(), PACKS)


@pytest.mark.parametrize(
    ("text", "language", "values"),
    [
        ("180.000 euros", "fr", [180000]),
        ("180 000 euros", "fr", [180000]),
        ("€180,000", "en", [180000]),
        ("4,6 millions", "fr", [4600000]),
        ("4.6 million", "en", [4600000]),
        ("trente-six mois", "fr", [36]),
        ("cent cinquante mille francs", "fr", [150000]),
        ("quatre-vingt-dix-sept ans", "fr", [97]),
        ("soixante et onze voix contre vingt-deux", "fr", [22, 71]),
        ("deux mille quatre cent douze votes", "fr", [2412]),
        ("four hundred and twelve jobs", "en", [412]),
        ("deux, trois fois", "fr", [2, 3]),
        ("trois morts et vingt-sept blessés", "fr", [3, 27]),
        ("le 12 mille fois", "fr", [12000]),
        ("en 2021 quatre", "fr", [4, 2021]),
        ("le 12.05.2024", "fr", [12]),
        ("rien", "fr", []),
    ],
)
def test_numbers_are_told_by_value(text: str, language: str, values: list[float]) -> None:
    found = read((language, text, "")).numbers[0]
    assert found[~np.isnan(found)].tolist() == values


@pytest.mark.parametrize(
    ("language", "content", "cue", "denied"),
    [
        ("fr", "la grève continue", "a dit", False),
        ("fr", "la grève ne continuera pas", "a dit", True),
        ("fr", "avoir reçu un avertissement", "nie", True),
        ("fr", "n'avoir rien reçu", "nie", False),
        ("en", "he didn’t know", "said", True),
        ("en", "knowing anything", "denied", True),
    ],
)
def test_a_denial_is_a_negation_in_the_content_or_in_the_cue(
    language: str, content: str, cue: str, denied: bool
) -> None:
    assert bool(read((language, content, cue)).denied[0]) is denied


def column(name: str, *contents: tuple[str, str, str]) -> float:
    table = compared(read(*contents), np.array([0], dtype=np.int32), np.array([1], dtype=np.int32))
    return float(table[0, CONTENT.index(name)])


def test_names_and_numbers_are_anchors_across_languages() -> None:
    pair = (("fr", "le pont de Gorou-Banda, 340 camions", ""), ("en", "340 lorries at Gorou-Banda", ""))
    assert column("names", *pair) == pytest.approx(1.0)
    assert column("numbers", *pair) == 1.0
    other = (("fr", "le pont de Gorou-Banda, 340 camions", ""), ("en", "12 lorries at Kinshasa", ""))
    assert column("numbers", *other) == 0.0


def test_a_shortened_wording_is_covered_by_the_whole() -> None:
    pair = (
        ("fr", "une enquête des tireurs", ""),
        ("fr", "C'est une enquête des tireurs sur les tireurs, rien de plus", ""),
    )
    assert column("covered most", *pair) == pytest.approx(1.0)
    assert column("covered least", *pair) < 0.8


def test_more_words_than_are_compared_leave_the_weightiest() -> None:
    long = "le la les de du un une et à en " * 6 + "déminage hydroélectrique"
    found = read(("fr", long, "")).weights[0]
    assert found.max() == pytest.approx(max(read(("fr", "déminage hydroélectrique", "")).weights[0]))
