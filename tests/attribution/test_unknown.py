"""Verbs that report and stand in no lexicon."""

from __future__ import annotations

import pytest

from selon.attribution.groups import verb_groups
from selon.attribution.unknown import UNKNOWN, unknown_groups
from tests.attribution.made import judged, part, said


def unknown(text: str, language: str) -> list[str | None]:
    read = judged(text, language)
    found = unknown_groups(read, verb_groups(read))
    assert all(group.cue is UNKNOWN for group in found)
    return [part(read, (group.first, group.last)) for group in found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("« Le lac est vide », blatère-t-il.", ("il", "blatère", "Le lac est vide")),
        ("Paul Vasseur a martyrifié que le lac était vide.", ("Paul Vasseur", "a martyrifié", "le lac était vide")),
        ("Le préfet a martyrifié : « Le lac est vide. »", ("Le préfet", "a martyrifié", "Le lac est vide")),
    ],
)
def test_a_verb_in_the_place_of_a_reporting_one_reports(text: str, found: tuple[str, str, str]) -> None:
    assert said(text) == [found]


def test_in_english_too() -> None:
    assert said("Paul blethered that the lake was empty.", "en") == [("Paul", "blethered", "the lake was empty")]


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("Paul blethered that the lake was empty.", "blethered"),
        pytest.param(
            "The mayor blethered: “The lake is empty.”",
            "blethered",
            marks=pytest.mark.xfail(reason="the model does not take the verb for finite"),
        ),
    ],
)
def test_groups_of_english_verbs_that_the_lexicon_lacks(text: str, group: str) -> None:
    assert unknown(text, "en") == [group]


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("« Le lac est vide », blatère-t-il.", "blatère-t-il"),
        ("Paul Vasseur a martyrifié que le lac était vide.", "a martyrifié"),
    ],
)
@pytest.mark.xfail(
    reason="no model tells French finite verbs, and auxiliaries are skipped: only the neural reader finds such verbs"
)
def test_groups_of_french_verbs_that_the_lexicon_lacks(text: str, group: str) -> None:
    assert unknown(text, "fr") == [group]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("« Le lac est vide », dit-il.", "fr"),
        ("Paul Vasseur a affirmé que le lac était vide.", "fr"),
        ("Le préfet a déclaré : « Le lac est vide. »", "fr"),
        ("Paul Vasseur a mangé une pomme.", "fr"),
        ("Il mange, parle-t-il, rit-elle.", "fr"),
        ("Paul said that the lake was empty.", "en"),
        ("Paul ate an apple.", "en"),
    ],
)
def test_known_verbs_and_verbs_elsewhere_make_no_unknown_group(text: str, language: str) -> None:
    assert unknown(text, language) == []
