"""Groups of statements by the mean of their pairwise log-odds: one likely pair does not chain two groups."""

from __future__ import annotations

import heapq
from collections.abc import Sequence

import numpy as np
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from selon.matching.utterances.candidates import REACH, Days
from selon.matching.utterances.story import Doubles
from selon.matching.utterances.wordings import Ints

MISSING = -1.5
"""The log-odds of a pair that was never a candidate."""


def clusters(days: Days, left: Ints, right: Ints, odds: Doubles) -> list[list[int]]:
    """The groups of two or more rows, each in order, by average link over the log-odds of pairs.

    Greedy: the two groups with the best mean join while it is above zero (UPGMA over log-odds, as in correlation
    clustering, Bansal et al. 2004). No two rows of a group are further apart in time than ``REACH`` days; of rows
    whose days are vague that cannot be told.
    """
    count = len(days.first)
    kept = odds > 0
    joined = coo_matrix((np.ones(int(kept.sum()), dtype=bool), (left[kept], right[kept])), shape=(count, count))
    _, component = connected_components(joined, directed=False)
    inside = np.flatnonzero(component[left] == component[right])
    order = inside[np.argsort(component[left[inside]], kind="stable")]
    a, b, c = left[order], right[order], odds[order]
    cuts = np.flatnonzero(np.diff(component[a])) + 1
    groups = []
    for x, y, z in zip(np.split(a, cuts), np.split(b, cuts), np.split(c, cuts), strict=True):
        if len(x) == 1:
            groups.append([int(x[0]), int(y[0])])
        elif len(x):
            groups += _average(x.tolist(), y.tolist(), z.tolist(), days)
    return sorted(sorted(group) for group in groups)


def _average(left: Sequence[int], right: Sequence[int], odds: Sequence[float], days: Days) -> list[list[int]]:
    """The groups of one component."""
    vague = days.vague
    links: dict[int, dict[int, tuple[float, int]]] = {}
    for a, b, score in zip(left, right, odds, strict=True):
        links.setdefault(a, {})[b] = links.setdefault(b, {})[a] = (score, 1)
    members = {row: [row] for row in links}
    # the earliest end and the latest beginning of what is dated in a group
    ends = {row: float("inf") if vague[row] else float(days.last[row]) for row in links}
    begins = {row: -float("inf") if vague[row] else float(days.first[row]) for row in links}
    age = dict.fromkeys(links, 0)
    heap = [(-score, a, b, 0, 0) for a, b, score in zip(left, right, odds, strict=True) if score > 0]
    heapq.heapify(heap)
    while heap:
        _, a, b, age_a, age_b = heapq.heappop(heap)
        if age.get(a) != age_a or age.get(b) != age_b:
            continue
        if max(begins[a], begins[b]) - min(ends[a], ends[b]) > REACH:
            continue
        ends[a], begins[a] = min(ends[a], ends[b]), max(begins[a], begins[b])
        for other, (score, pairs) in links.pop(b).items():
            del links[other][b]
            if other != a:
                had, number = links[a].get(other, (0.0, 0))
                links[a][other] = links[other][a] = (had + score, number + pairs)
        members[a] += members.pop(b)
        del age[b]
        age[a] += 1
        for other, (score, pairs) in links[a].items():
            all_pairs = len(members[a]) * len(members[other])
            mean = (score + (all_pairs - pairs) * MISSING) / all_pairs
            if mean > 0:
                heapq.heappush(heap, (-mean, a, other, age[a], age[other]))
    return [group for group in members.values() if len(group) > 1]
