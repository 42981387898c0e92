"""The noun phrase that names who speaks."""

from __future__ import annotations

import pytest

from selon.attribution.groups import verb_groups
from selon.attribution.phrases import phrase_end
from selon.attribution.sources import Sources
from selon.attribution.subjects import subject_after, subject_before
from tests.attribution.made import part, token, words


@pytest.mark.parametrize(
    ("text", "verb", "subject"),
    [
        ("Le maire a dit non.", "a", "Le maire"),
        ("Il a dit non.", "a", "Il"),
        ("Marie, qui a dit non, part.", "a", "qui"),
        ("Mardi, le maire de Lyon a dit non.", "a", "le maire de Lyon"),
        ("Mais le maire ne l'a pas dit.", "a", "le maire"),
        (
            "Le secrétaire général de l'OTAN, Jens Stoltenberg, a dit non.",
            "a",
            "Le secrétaire général de l'OTAN, Jens Stoltenberg",
        ),
        (
            "Jens Stoltenberg, secrétaire général de l'OTAN, a dit non.",
            "a",
            "Jens Stoltenberg, secrétaire général de l'OTAN",
        ),
        ("Le préfet, de son côté, a dit non.", "a", "Le préfet"),
        ("Interrogée mardi, la ministre a dit non.", "a", "la ministre"),
        ("À Paris, Anne Durand a dit non.", "a", "Anne Durand"),
        ("Anne Durand et Paul Petit ont dit non.", "ont", "Anne Durand et Paul Petit"),
        ("La CGT (premier syndicat) a dit non.", "a", "La CGT (premier syndicat)"),
        ("« Oui » a dit non.", "a", None),
        ("A dit non.", "a", None),
    ],
)
def test_the_subject_before_a_verb(text: str, verb: str, subject: str | None) -> None:
    read = words(text)
    assert part(read, subject_before(read, token(read, verb))) == subject


@pytest.mark.parametrize(
    ("text", "verb", "subject"),
    [
        ("« Non », a dit le maire.", "dit", "le maire"),
        ("« Non », a dit mardi le maire de Lyon.", "dit", "le maire de Lyon"),
        ("« Non », a dit à la presse Anne Durand.", "dit", "Anne Durand"),
        ("« Non », a dit Anne Durand, maire de Lyon.", "dit", "Anne Durand, maire de Lyon"),
        ("« Non », a dit la maire de Lyon, Anne Durand.", "dit", "la maire de Lyon, Anne Durand"),
        ("« Non », a dit celle-ci.", "dit", "celle-ci"),
        ("« Non », a dit.", "dit", None),
    ],
)
def test_the_subject_behind_a_verb(text: str, verb: str, subject: str | None) -> None:
    read = words(text)
    at = token(read, verb) + 1
    assert part(read, subject_after(read, at, read.sentence(at)[1])) == subject


@pytest.mark.parametrize(
    "subject",
    [
        "residents",
        "local officials",
        "police",
        pytest.param("analysts at the bank", marks=pytest.mark.xfail(reason="a place is no part of a bare subject")),
        pytest.param("one official", marks=pytest.mark.xfail(reason="« one » is a pronoun")),
    ],
)
def test_an_english_subject_behind_its_verb_needs_no_determiner(subject: str) -> None:
    read = words(f"“It will close,” said {subject}.", "en")
    at = token(read, "said") + 1
    assert part(read, subject_after(read, at, read.sentence(at)[1])) == subject


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("Le délégué aux Transports viendra.", "Le délégué aux Transports"),
        ("M. Durand viendra.", "M. Durand"),
        ("Anne Durand (PS) viendra.", "Anne Durand (PS)"),
        ("Le maire qui a dit oui viendra.", "Le maire"),
        ("Le maire mardi viendra.", "Le maire"),
    ],
)
def test_where_a_phrase_ends(text: str, phrase: str) -> None:
    read = words(text)
    stop = read.sentence(0)[1]
    first_verb = token(read, "viendra") - 1
    assert part(read, (0, phrase_end(read, 0, min(stop, first_verb)))) == phrase


def test_a_title_in_marks_ends_a_phrase() -> None:
    read = words("Le journal « Le Monde » viendra.")
    assert part(read, (0, phrase_end(read, 0, token(read, "»")))) == "Le journal « Le Monde »"


def test_what_follows_a_closed_phrase_needs_a_comma_to_be_its_apposition() -> None:
    read = words("Selon Anne Durand, maire de Lyon, la loi passe. Selon Anne Durand, les lois passent.")
    assert part(read, (1, phrase_end(read, 1, read.sentence(1)[1], closed=True))) == "Anne Durand, maire de Lyon"
    second = token(read, "selon", 2) + 1
    assert part(read, (second, phrase_end(read, second, read.sentence(second)[1], closed=True))) == "Anne Durand"


def test_a_coordinated_verb_shares_the_subject() -> None:
    read = words("Le maire a dénoncé une erreur et dénoncé un scandale.")
    found = verb_groups(read)
    sources = Sources(read, found)
    assert [part(read, sources.before(group)) for group in found] == ["Le maire", "Le maire"]


def test_a_subject_does_not_cross_the_end_of_its_sentence() -> None:
    read = words("Le maire est venu. A dit non.")
    assert subject_before(read, token(read, "a")) is None
