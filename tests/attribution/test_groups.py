"""Verb groups that report: their extent, their features, and the nouns they are not."""

from __future__ import annotations

from itertools import pairwise

import pytest

from selon.attribution.groups import Group, verb_groups
from tests.attribution.made import part, words


def groups(text: str, language: str = "fr") -> list[tuple[str, Group]]:
    read = words(text, language)
    return [(str(part(read, (group.first, group.last))), group) for group in verb_groups(read)]


@pytest.mark.parametrize(
    ("text", "extent", "lemma"),
    [
        ("Le maire a annoncé la fin des travaux.", "a annoncé", "annoncer"),
        ("Il n'a pas dit cela.", "n'a pas dit", "dire"),
        ("A-t-il vraiment dit cela ?", "A-t-il vraiment dit", "dire"),
        ("« Oui », explique-t-il.", "explique-t-il", "expliquer"),
        ("La ministre s'est dite satisfaite.", "s'est dite", "se dire"),
        ("Il a fait aussitôt savoir que non.", "a fait aussitôt savoir", "faire savoir"),
        ("Elle s'en est prise au maire.", "s'en est prise", "s'en prendre"),
        ("Il a, de son côté, dénoncé une erreur.", "a, de son côté, dénoncé", "dénoncer"),
        ("Il tient à rappeler que oui.", "tient à rappeler", "rappeler"),
    ],
)
def test_a_group_takes_its_auxiliaries_clitics_and_adverbs(text: str, extent: str, lemma: str) -> None:
    assert [(words, group.cue.lemma) for words, group in groups(text)] == [(extent, lemma)]


@pytest.mark.parametrize("text", ["La demande du maire est connue.", "Sans menace, il partit."])
def test_a_noun_that_looks_like_a_verb_makes_no_group(text: str) -> None:
    assert groups(text) == []


def test_negation_is_seen() -> None:
    assert [group.negated for _, group in groups("Il n'a pas dit cela. Il a dit cela.")] == [True, False]


def test_the_passive_is_seen_and_the_perfect_of_motion_is_none() -> None:
    assert [group.passive for _, group in groups("Il a été accusé de vol. Il a accusé son frère de vol.")] == [
        True,
        False,
    ]


def test_an_inverted_pronoun_is_the_subject() -> None:
    read = words("« Oui », a-t-elle dit.")
    (group,) = verb_groups(read)
    assert group.subject is not None
    assert read.forms[group.subject] == "-t-elle"


def test_a_second_participle_shares_the_auxiliary() -> None:
    (first, second) = groups("Il a dénoncé une erreur et dénoncé un scandale.")
    assert not first[1].open
    assert second[1].open


def test_groups_do_not_overlap() -> None:
    read = words("Il a tenu à faire savoir qu'il voulait croire pouvoir dire que non, a-t-il dit avoir dit.")
    found = verb_groups(read)
    assert all(one.last < other.first for one, other in pairwise(found))


def test_english_groups() -> None:
    found = groups("The mayor has repeatedly denied it. She did not say so.", "en")
    assert (found[0][0], found[0][1].cue.lemma) == ("has repeatedly denied", "deny")
