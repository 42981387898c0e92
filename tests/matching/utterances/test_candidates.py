"""That working slab by slab and part by part changes nothing, and that equals are settled by their order."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.uttering import made
from selon.matching.utterances import candidates as module
from selon.matching.utterances import features, matters, speakers, weighing
from selon.pipeline import utterances


@pytest.mark.parametrize("slab", [1, 7, 100])
def test_thin_slabs_and_short_parts_give_what_all_at_once_gives(slab: int, monkeypatch: pytest.MonkeyPatch) -> None:
    pile, _ = made(400)
    pile = [replace(each, published=None) if number % 9 == 0 else each for number, each in enumerate(pile)]
    whole = utterances(pile)
    assert any(len(each.witnesses) > 2 for each in whole)
    for where, name in (
        *((module, "_SLAB"), (module, "_BLOCK"), (module, "_CHUNK"), (features, "_BLOCK"), (matters, "_ROWS")),
        *((speakers, "_CHUNK"), (weighing, "_PART")),
    ):
        monkeypatch.setattr(where, name, slab)
    assert utterances(pile) == whole


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(5, 9), st.sampled_from([-0.5, -0.25, 0.0, 0.5, 1.0]))))
def test_the_nearest_are_the_first_of_equals(given_pairs: list[tuple[int, int, float]]) -> None:
    left, right, near = (np.array([each[n] for each in given_pairs]) for n in range(3))
    kept = module._nearest(left.astype(np.int32), right.astype(np.int32), near.astype(np.float32), 2)
    for number in range(len(given_pairs)):
        ranks = [
            sum(
                (near[other] > near[number]) or (near[other] == near[number] and other < number)
                for other in range(len(given_pairs))
                if side[other] == side[number]
            )
            for side in (left, right)
        ]
        assert kept[number] == (min(ranks) < 2)
