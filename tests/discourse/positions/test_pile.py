from dataclasses import replace

import numpy as np

from selon.discourse.positions.pile import heap, most_of_near
from tests.discourse.positions.made import OTHER, PROPOSITION, page_of

_APART = (
    [("Maud Lassalle", "affirme", "l'usine de Brévance pollue la rivière")],
    [("Cette femme", "dit", "une fabrique salit ce cours d'eau")],
    [("Théo Blin", "raconte", "le marché de dimanche a attiré beaucoup de promeneurs")],
)


def piled(encoder, utterance):
    read = [page_of(f"p{number}", turns) for number, turns in enumerate(_APART)]
    sayings = [replace(each, utterance=utterance if each.page != "p2" else "") for _, said in read for each in said]
    return heap([page for page, _ in read], sayings, [PROPOSITION, OTHER], encoder)


def test_witnesses_of_one_utterance_are_of_one_event_whatever_their_words(encoder):
    assert (piled(encoder, "").near == -1).all()
    assert [row[row >= 0].tolist() for row in piled(encoder, "u1").near] == [[1], [0], []]


def test_what_one_page_has_counts_for_its_event(encoder):
    rows = np.asarray([[0.9, 0.1], [0.2, 0.3], [0.7, 0.8]], dtype=np.float32)
    assert np.allclose(most_of_near(piled(encoder, "u1"), rows), [[0.9, 0.3], [0.9, 0.3], [0.7, 0.8]])
