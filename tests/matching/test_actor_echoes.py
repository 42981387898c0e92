"""Who is not named in one article and is in another of the event, by the same words."""

from dataclasses import replace

import pytest
from actor_piles import body, kind, person, pile

from selon.matching.actors import match_actors
from selon.models.embedding import load_encoder

LEA, NEEMA, HUGO = person("Léa Roussel"), person("Neema Zawadi"), person("Hugo Lambert")
BRIDGE = "les soldats ont tiré sur la foule près du pont"
BRIDGE_IN_ENGLISH = "the soldiers fired on the crowd near the bridge"
OTHER = "le prix du charbon a doublé depuis la fermeture de la route"


def told(unnamed, words, language="en", *more):
    """Two articles of one event: in the first Neema and Hugo speak, in the second somebody says ``words``."""
    said = pile((0, LEA, NEEMA, HUGO), (1, (language, LEA), (language, unnamed), *more))
    contents = {"s0.1": BRIDGE, "s0.2": OTHER, "s1.1": words, "s1.2": f"She told me that {words}"}
    return [replace(each, content=contents.get(each.statement, "")) for each in said]


def actor_of(said, statement, **options):
    found = {each.statement: each for each in match_actors(said, encoder=load_encoder(), **options).belongings}
    return found[statement].actor, found[statement].evidence


def test_the_same_words_tell_who_the_young_woman_is():
    said = told(kind("unknown", "the 23-year-old"), BRIDGE_IN_ENGLISH)
    assert actor_of(said, "s1.1")[0] == actor_of(said, "s0.1")[0]
    evidence = actor_of(said, "s1.1")[1]
    assert evidence.by == "the same words in another article of the event"
    assert BRIDGE_IN_ENGLISH in evidence.saw
    assert BRIDGE in evidence.saw
    plain = match_actors(said)
    assert len({each.actor for each in plain.belongings if each.statement in ("s0.1", "s1.1")}) == 2


@pytest.mark.parametrize(
    "who",
    [
        kind("unknown", "a witness"),
        person("a soldier"),
        kind("group", "the villagers"),
        kind("document", "the report"),
        body("the company"),
        person("John Smith"),
        person("Mr Smith"),
    ],
    ids=lambda who: who.name,
)
def test_whoever_hides_or_has_a_name_or_is_no_person_is_left_alone(who):
    said = told(who, BRIDGE_IN_ENGLISH)
    assert actor_of(said, "s1.1")[0] != actor_of(said, "s0.1")[0]


def test_other_words_tell_nothing():
    said = told(kind("unknown", "the 23-year-old"), "nobody has seen the mayor for three weeks")
    assert actor_of(said, "s1.1")[0] not in {actor_of(said, "s0.1")[0], actor_of(said, "s0.2")[0]}


def test_words_that_two_persons_say_tell_nothing():
    said = told(kind("unknown", "the 23-year-old"), BRIDGE_IN_ENGLISH)
    said = [replace(each, content=BRIDGE) if each.statement == "s0.2" else each for each in said]
    assert actor_of(said, "s1.1")[0] not in {actor_of(said, "s0.1")[0], actor_of(said, "s0.2")[0]}


def test_who_quotes_him_is_not_he():
    said = told(person("the prefect"), BRIDGE_IN_ENGLISH, "en", ("en", NEEMA))
    assert actor_of(said, "s1.1")[0] != actor_of(said, "s0.1")[0]
