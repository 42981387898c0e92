"""Clustering by average link: no chains, and a partition whatever the pairs."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from selon.matching.utterances.candidates import Days
from selon.matching.utterances.clusters import clusters


def grouped(count: int, pairs: list[tuple[int, int, float]]) -> list[list[int]]:
    left, right, chance = (np.array([pair[n] for pair in pairs]) for n in range(3))
    some_day = np.full(count, 700_000)
    odds = np.log((chance + 1e-4) / (1 - chance + 1e-4))
    return clusters(Days(some_day, some_day), left.astype(np.int32), right.astype(np.int32), odds)


def test_likely_pairs_join() -> None:
    assert grouped(3, [(0, 1, 0.9), (1, 2, 0.9), (0, 2, 0.8)]) == [[0, 1, 2]]


def test_one_likely_pair_does_not_chain_two_groups() -> None:
    inside = [(0, 1, 0.99), (0, 2, 0.99), (1, 2, 0.99), (3, 4, 0.99), (3, 5, 0.99), (4, 5, 0.99)]
    across = [(a, b, 0.01) for a in (0, 1, 2) for b in (3, 4, 5) if (a, b) != (2, 3)]
    assert grouped(6, [*inside, *across, (2, 3, 0.8)]) == [[0, 1, 2], [3, 4, 5]]


def test_unlikely_pairs_stay_alone() -> None:
    assert grouped(2, [(0, 1, 0.05)]) == []
    assert grouped(2, []) == []


@given(
    st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7), st.floats(0, 1)), max_size=20).map(
        lambda drawn: [(a, b, p) for (a, b), p in {(min(a, b), max(a, b)): p for a, b, p in drawn if a != b}.items()]
    )
)
def test_no_row_is_in_two_groups_and_none_is_alone(pairs: list[tuple[int, int, float]]) -> None:
    found = grouped(8, pairs) if pairs else []
    rows = [row for group in found for row in group]
    assert len(rows) == len(set(rows))
    assert all(len(group) > 1 for group in found)
