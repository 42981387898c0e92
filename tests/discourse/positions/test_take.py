from dataclasses import replace

from selon.discourse.positions import Correction, take_positions
from tests.discourse.positions.made import OTHER, PROPOSITION, TURNS, page_of


def taken(encoder, propositions=(PROPOSITION, OTHER), corrections=(), turns=TURNS, least=0.4):
    page, sayings = page_of("p", turns)
    found = take_positions([page], sayings, propositions, encoder, corrections)
    return {(each.statement, each.proposition): each for each in found if each.confidence >= least}


def test_who_holds_it_and_who_denies_it(encoder):
    found = taken(encoder)
    assert found["p0", "usine"].agreement == 1
    assert found["p1", "usine"].agreement == -1  # by the verb of denial
    assert found["p2", "usine"].agreement == -1  # by negation
    assert ("p4", "usine") not in found


def test_a_negated_proposition_turns_the_signs(encoder):
    negated = replace(PROPOSITION, text="l'usine de Brévance ne pollue pas la rivière")
    found = taken(encoder, propositions=(negated, OTHER))
    assert found["p0", "usine"].agreement == -1
    assert found["p2", "usine"].agreement == 1


def test_every_position_says_why(encoder):
    evidence = taken(encoder)["p2", "usine"].evidence
    assert [each.by for each in evidence] == ["model: relevance", "model: sign"]
    assert "rivière" in evidence[0].saw
    assert "negation" in evidence[1].saw
    assert all(0 <= each.score <= 1 for each in evidence)


def test_a_denied_denial_leaves_it_open(encoder):
    turns = [TURNS[0], ("Karl Vogt", "n'a pas exclu", "l'usine de Brévance pollue la rivière"), *TURNS[3:]]
    assert taken(encoder, turns=turns)["p1", "usine"].agreement == 0


def test_a_correction_overrides(encoder):
    found = taken(encoder, corrections=[Correction("p0", "usine", -1, "moi")], least=0)
    assert found["p0", "usine"].agreement == -1
    assert found["p0", "usine"].confidence == 1
    assert found["p0", "usine"].evidence[0].by == "decision: moi"


def test_what_is_not_about_it_goes(encoder):
    found = taken(encoder, corrections=[Correction("p0", "usine", None, "moi")], least=0)
    assert ("p0", "usine") not in found


def test_a_correction_teaches(encoder):
    turns = [
        *TURNS,
        ("Paul Néron", "dit", "les truites meurent en aval"),
        ("Léa Roux", "dit", "des truites sont mortes en aval"),
    ]
    before = taken(encoder, turns=turns, least=0)
    after = taken(encoder, turns=turns, corrections=[Correction("p5", "usine", 1, "moi")], least=0)
    gained = lambda told: told["p6", "usine"].confidence if ("p6", "usine") in told else 0.0  # noqa: E731
    assert gained(after) > gained(before)


def test_examples_of_the_codebook_teach(encoder):
    turns = [*TURNS, ("Léa Roux", "dit", "des truites sont mortes en aval")]
    taught = replace(PROPOSITION, pro=("des truites mortes ont été trouvées en aval", "les truites meurent en aval"))
    before, after = taken(encoder, turns=turns, least=0), taken(encoder, (taught, OTHER), turns=turns, least=0)
    gained = lambda told: told["p5", "usine"].confidence if ("p5", "usine") in told else 0.0  # noqa: E731
    assert gained(after) > gained(before)


def test_nothing_comes_of_nothing(encoder):
    page, sayings = page_of("p", TURNS)
    assert take_positions([page], sayings, [], encoder) == ()
    assert take_positions([page], [], [PROPOSITION], encoder) == ()
    assert take_positions([], [], [PROPOSITION], encoder) == ()


def test_words_that_nobody_knows(encoder):
    turns = [("Zzq", "", "…"), ("Xvw", "grmbl", "qzx wkj")]
    page, sayings = page_of("p", turns)
    take_positions([page], sayings, [replace(PROPOSITION, text="qqq")], encoder)


def test_the_order_of_sayings_and_pages_changes_nothing(encoder):
    (one, first), (two, second) = page_of("p", TURNS), page_of("q", TURNS[::-1])
    there = take_positions([one, two], [*first, *second], [PROPOSITION, OTHER], encoder)
    back = take_positions([one, two], [*second[::-1], *first[::-1]], [PROPOSITION, OTHER], encoder)
    assert there == back
