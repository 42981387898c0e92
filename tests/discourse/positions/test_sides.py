import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from selon.discourse.positions.debate import Debate
from selon.discourse.positions.pile import heap
from selon.discourse.positions.relevance import Look
from selon.discourse.positions.sides import nearest_others, sides
from tests.discourse.positions.made import OTHER, PROPOSITION, page_of


@given(
    st.integers(1, 8).flatmap(
        lambda count: st.tuples(
            st.lists(st.floats(0, 1, width=32), min_size=count, max_size=count),
            st.lists(st.integers(0, 2), min_size=count, max_size=count),
        )
    )
)
def test_somebody_else_was_the_last_to_speak_of_it_or_nobody_was(said):
    shares, speakers = np.asarray(said[0], dtype=np.float32)[:, None], np.asarray(said[1])
    other = speakers[:, None] != speakers
    near, nobody = nearest_others(shares, other)
    assert np.allclose(near.sum(axis=1) + nobody, 1, atol=1e-5)
    assert (near[~other] == 0).all()


def test_who_differs_on_one_proposition_is_held_to_differ_on_the_next(encoder):
    """Ada and Karl differ on the first of two propositions; on the second only Ada's words tell her side."""
    turns = [(who, "dit", "cela") for who in ("Ada", "Karl", "Ada", "Karl")]
    page, sayings = page_of("p", turns)
    pile = heap([page], sayings, (PROPOSITION, OTHER), encoder)
    seen = Look(np.asarray([[0, 1]]), {}, np.zeros((4, 2)))
    odds = np.asarray([[9, -9], [9, -9], [-9, 9], [-9, 9]], dtype=np.float32)
    alone = np.zeros((4, 2, 3), dtype=np.float32)
    alone[0, 0, 2] = alone[1, 0, 0] = alone[2, 1, 2] = 9
    camp = sides(Debate(pile, sayings, seen), odds, alone)["camp"]
    assert camp[3, 1] < -0.5
    assert camp[2, 1] == 0  # nobody else's words tell a side on the second
