import numpy as np

from selon.discourse.positions.judge import contradiction_chances, pair_numbers

PAIRS = [
    ("Le train transporte un missile nucléaire vers la frontière.", "Le train ne transporte aucun missile nucléaire."),
    ("Le train transporte un missile nucléaire.", "Un missile nucléaire est transporté par le train."),
]


def test_a_negation_more_is_likelier_a_contradiction(encoder):
    against, same = contradiction_chances(PAIRS, "fr", encoder)
    assert 0 < same < against < 1


def test_which_text_comes_first_does_not_matter(encoder):
    there = pair_numbers(PAIRS, "fr", encoder)
    back = pair_numbers([pair[::-1] for pair in PAIRS], "fr", encoder)
    for name, values in there.items():
        np.testing.assert_allclose(values, back[name], atol=1e-6, err_msg=name)


def test_no_pairs(encoder):
    assert len(contradiction_chances([], "fr", encoder)) == 0
