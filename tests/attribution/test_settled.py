"""The source of a chosen draft, from the rules, the network and the words around it."""

from __future__ import annotations

import pytest

from selon.attribution.draft import Draft
from selon.attribution.network import RULE, Readings
from selon.attribution.settled import settled
from selon.attribution.words import Words
from selon.models.reader import Reading
from tests.attribution.made import words
from tests.attribution.test_network import reading, run


def _range(read: Words, phrase: str) -> tuple[int, int] | None:
    found = run(read, phrase)
    return (found[0][0], found[0][1] - 1) if found else None


def _settled(text: str, source: str, network: str, cue: str = "dit", content: str = "tout va bien") -> str:
    read = words(text)
    told, said = _range(read, cue), _range(read, content)
    assert told is not None and said is not None
    readings: list[Reading] = [reading(read, content, cue, network)] if network else []
    draft = Draft((said,), (told,), _range(read, source), "que", 0.9)
    chosen = settled(read, Readings.given(read, readings), draft).source
    return read.span(*chosen).of(text) if chosen is not None else ""


@pytest.mark.parametrize(
    ("text", "source", "network", "expected"),
    [
        ("Les techniciens, eux, dit que tout va bien.", "Les techniciens, eux", "", "Les techniciens"),
        ("Mais le maire dit que tout va bien.", "Mais le maire", "", "le maire"),
        ("Le Bernois admet la chose mais met au défi la douane et dit que tout va bien.",
         "met au défi la douane", "", ""),
        ("Le Bernois concède que la maison parle et dit que tout va bien.", "la maison", "Le Bernois", "Le Bernois"),
        ("Jean Picard concède que Paul Roy parle et dit que tout va bien.", "Paul Roy", "Jean Picard", "Paul Roy"),
        ("Devant l'immeuble sa rédactrice en chef, Anne Weber, dit que tout va bien.",
         "sa rédactrice", "l'immeuble sa rédactrice en chef, Anne Weber", "sa rédactrice en chef, Anne Weber"),
        ("Rose Picard, vingt ans de métier, dit que tout va bien.",
         "vingt ans de métier", "Rose Picard, vingt ans de métier", "Rose Picard, vingt ans de métier"),
        ("La porte-parole à une question de la RTBF dit que tout va bien.",
         "La porte-parole", "La porte-parole à une question de la RTBF", "La porte-parole"),
        ("Hier elle dit que tout va bien.", "elle", "Hier", "elle"),
    ],
)  # fmt: skip
def test_the_source(text: str, source: str, network: str, expected: str) -> None:
    assert _settled(text, source, network) == expected


def test_an_unsure_network_changes_nothing() -> None:
    text = "Le Bernois concède que la maison parle trop et dit que tout va bien."
    read = words(text)
    told, said, mine = _range(read, "dit"), _range(read, "tout va bien"), _range(read, "la maison")
    assert told is not None and said is not None
    readings = Readings.given(read, [reading(read, "tout va bien", "dit", "Le Bernois", 0.3)])
    assert settled(read, readings, Draft((said,), (told,), mine, "que", 0.9)).source == mine


def test_the_network_s_source_in_a_clause_between_subject_and_verb_is_not_it() -> None:
    read = words("Les élus du lac, comme l'a montré le ministre italien, dit que tout va bien.")
    told, said = _range(read, "dit"), _range(read, "tout va bien")
    assert told is not None and said is not None
    draft = Draft((said,), (told,), _range(read, "le ministre italien"), RULE, 0.9)
    chosen = settled(read, Readings.given(read, []), draft).source
    assert chosen is not None
    assert read.span(*chosen).of(read.text) == "Les élus du lac"
