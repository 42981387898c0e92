"""What the other pairs say of a pair: its rivals, its neighbours in the two articles, third statements, speakers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from selon.matching.utterances.wordings import Ints

Doubles = NDArray[np.float64]
Flags = NDArray[np.bool_]
SURE, LIKELY = 0.5, 0.3


class Told:
    """Rows in the order of articles and of statements in them, each with the number of its article and its speaker."""

    def __init__(self, articles: Ints, speakers: Ints) -> None:
        self.articles = articles
        self.sizes = np.bincount(articles) if len(articles) else np.zeros(1, dtype=np.int64)
        both = articles.astype(np.int64) * (int(speakers.max(initial=0)) + 1) + speakers
        self.speakers = np.unique(both, return_inverse=True)[1].astype(np.int64)
        """By row a number for the speaker in this article."""


@dataclass(frozen=True)
class Pairs:
    """Pairs of rows, by the left row, then by the right."""

    left: Ints
    right: Ints
    told: Told

    @property
    def articles(self) -> Ints:
        """By row the number of its article."""
        return self.told.articles


def story(pairs: Pairs, chance: Doubles, support: Doubles | None = None) -> dict[str, Doubles]:
    """Columns by name, a value a pair; flags are 0 or 1. Nothing is said of pairs within one article: all are 0.

    ``rival`` and ``lesser rival``: the best other partner in the other's article, of either side. ``affinity``: how
    much of the shorter article stands in the longer, this pair left out. ``speakers``: how much the two speakers have
    in common elsewhere. ``before``, ``after``: how the nearest sure pairs around this one lie to it.

    All but ``support`` is told by the pairs of the same two articles: with that given, the pairs may come in parts.
    """
    apart = pairs.articles[pairs.left] != pairs.articles[pairs.right]
    chance = np.where(apart, chance, 0.0)
    rivals, mutual = _rivals(pairs, chance)
    columns = {
        "rival": np.maximum(*rivals),
        "lesser rival": np.minimum(*rivals),
        "mutual": mutual.astype(float),
        "affinity": affinity(pairs, np.where(mutual, chance, 0.0)),
        "support": supported(pairs, chance) if support is None else support,
        **_speakers(pairs, np.where(mutual, chance, 0.0)),
        **_around(pairs, mutual & (chance >= SURE)),
    }
    return {name: np.where(apart, column, 0.0) for name, column in columns.items()}


def supported(pairs: Pairs, chance: Doubles, most: int = 8) -> Doubles:
    """The best third statement: the lesser of its chances to be about the same as either; of each its likeliest few."""
    rows = np.int64(len(pairs.articles))
    likely = (chance >= LIKELY) & (pairs.articles[pairs.left] != pairs.articles[pairs.right])
    source = np.concatenate([pairs.left[likely], pairs.right[likely]]).astype(np.int64)
    target = np.concatenate([pairs.right[likely], pairs.left[likely]]).astype(np.int64)
    doubled = np.concatenate([chance[likely], chance[likely]])
    order = np.lexsort((-doubled, source))
    source, target, doubled = source[order], target[order], doubled[order]
    rank = np.arange(len(source)) - np.searchsorted(source, source)
    source, target, doubled = source[rank < most], target[rank < most], doubled[rank < most]
    codes = pairs.left.astype(np.int64) * rows + pairs.right
    support = np.zeros(len(codes))
    for step in range(1, most):
        same = np.flatnonzero(source[:-step] == source[step:]) if len(source) > step else np.zeros(0, dtype=np.int64)
        a, b = target[same], target[same + step]
        wanted = np.minimum(a, b) * rows + np.maximum(a, b)
        place = np.minimum(np.searchsorted(codes, wanted), max(len(codes) - 1, 0))
        hit = codes[place] == wanted if len(codes) else np.zeros(0, dtype=bool)
        np.maximum.at(support, place[hit], np.minimum(doubled[same], doubled[same + step])[hit])
    return support


def affinity(pairs: Pairs, sure: Doubles) -> Doubles:
    """For each pair the sum of the other sure pairs of its two articles, by the length of the shorter one."""
    sizes = pairs.told.sizes
    shorter = np.minimum(sizes[pairs.articles[pairs.left]], sizes[pairs.articles[pairs.right]])
    shared: Doubles = others(pairs, sure) / np.maximum(shorter - 1, 1)
    return shared


def others(pairs: Pairs, sure: Doubles) -> Doubles:
    """For each pair the sum of the other sure pairs of its two articles."""
    return _elsewhere(_article_pairs(pairs), sure)


def _article_pairs(pairs: Pairs) -> NDArray[np.int64]:
    a, b = pairs.articles[pairs.left].astype(np.int64), pairs.articles[pairs.right].astype(np.int64)
    return np.minimum(a, b) * (int(pairs.articles.max(initial=0)) + 1) + np.maximum(a, b)


def _rivals(pairs: Pairs, chance: Doubles) -> tuple[tuple[Doubles, Doubles], Flags]:
    """For either side the chance of its best other partner in that article; whether each is the other's best."""
    count = len(pairs.left)
    source, target = np.concatenate([pairs.left, pairs.right]), np.concatenate([pairs.right, pairs.left])
    doubled = np.concatenate([chance, chance])
    keys = source.astype(np.int64) * (int(pairs.articles.max(initial=0)) + 1) + pairs.articles[target]
    order = np.lexsort((-doubled, keys))
    fresh = np.concatenate([[True], np.diff(keys[order]) != 0])[: len(order)]
    begins = np.flatnonzero(fresh)
    group = np.empty(len(order), dtype=np.int64)
    group[order] = np.cumsum(fresh) - 1
    following = np.minimum(begins + 1, max(len(order) - 1, 0))
    second = np.where((begins + 1 < len(order)) & ~fresh[following], doubled[order][following], 0.0)
    best = np.zeros(len(order), dtype=bool)
    best[order[begins]] = True
    other = np.where(best, second[group], doubled[order][begins][group])
    return (other[:count], other[count:]), best[:count] & best[count:]


def _speakers(pairs: Pairs, sure: Doubles) -> dict[str, Doubles]:
    """What the two speakers' other statements have in common, as a sum, as a share, and what each has with others."""
    articles = int(pairs.articles.max(initial=0)) + 1
    local = pairs.told.speakers
    a, b = local[pairs.left], local[pairs.right]
    both = _elsewhere(a * (int(local.max(initial=0)) + 1) + b, sure)
    either = np.maximum(
        _elsewhere(a * articles + pairs.articles[pairs.right], sure),
        _elsewhere(b * articles + pairs.articles[pairs.left], sure),
    )
    return {"speakers": both, "speakers' share": both / np.maximum(either, LIKELY), "other speakers": either - both}


def _elsewhere(keys: NDArray[np.int64], weights: Doubles) -> Doubles:
    _, group = np.unique(keys, return_inverse=True)
    return np.bincount(group, weights=weights)[group] - weights if len(group) else weights


def _around(pairs: Pairs, sure: Flags) -> dict[str, Doubles]:
    """How the nearest sure pair before and after lies: is there one, in order, and as near on both sides."""
    swap = pairs.articles[pairs.left] > pairs.articles[pairs.right]
    first = np.where(swap, pairs.right, pairs.left).astype(np.int64)
    second = np.where(swap, pairs.left, pairs.right).astype(np.int64)
    _, group = np.unique(_article_pairs(pairs), return_inverse=True)
    keys = group.astype(np.int64) * (len(pairs.articles) + 1) + first
    anchors = np.flatnonzero(sure)
    anchors = anchors[np.argsort(keys[anchors], kind="stable")]
    columns: dict[str, Doubles] = {}
    in_order = []
    for name, sign in (("before", -1), ("after", 1)):
        if sign < 0:
            place = np.searchsorted(keys[anchors], keys, "left") - 1
        else:
            place = np.searchsorted(keys[anchors], keys, "right")
        inside = (place >= 0) & (place < len(anchors))
        at = anchors[np.clip(place, 0, len(anchors) - 1)] if len(anchors) else np.zeros(len(keys), dtype=np.int64)
        there = inside & (group[at] == group) if len(keys) else inside
        steps, across = first[at] - first, second[at] - second
        ordered = there & (across * sign > 0)
        skew = np.abs(across - steps)
        columns |= {
            name: there.astype(float),
            f"{name}, in order": ordered.astype(float),
            f"{name}, out of order": (there & (across * sign < 0)).astype(float),
            f"{name}, in step": (there & (skew == 0)).astype(float),
            f"{name}, nearly in step": (there & (skew <= 2)).astype(float),
        }
        in_order.append(ordered)
    return columns | {"between, in order": (in_order[0] & in_order[1]).astype(float)}
