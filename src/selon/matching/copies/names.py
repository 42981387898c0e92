"""Which articles of different languages may tell the same: those that name the same people, places and numbers."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from selon.matching.copies.anchors import anchors

# What may be a name or a number, so that the other words need no look: a word that begins with no small letter.
_UNIT = re.compile(r"\d+(?:[.,\s]\d{3})*(?:[.,]\d+)?|(?<![^\W\d_])[^\W\d_a-zà-ÿ][^\W\d_]{2,}")
_TELLING = 2.5
_LEAST = 3
_SHARE = 0.25
_BEST = 10
_NEAREST = 40
_COMMON = 500
_WINDOW = timedelta(days=31)

Member = tuple[int, str, date | None]
"""An article as a name groups it: its number, its language, its day of publication."""


def name_keys(text: str) -> frozenset[str]:
    """The names and numbers of a text, as keys to look for it under."""
    return frozenset(key for key, weight in anchors(" · ".join(_UNIT.findall(text))).items() if weight >= _TELLING)


def named_pairs(members: Sequence[Member]) -> Iterable[tuple[int, int]]:
    """The pairs of different languages under one name: with each member the nearest in time, within a month.

    A name of more than five hundred articles tells nothing and gives none. An article without a day is near to all.
    """
    if len(members) > _COMMON:
        return
    for number, language, day in members:
        others = [each for each in members if each[1] > language and _near(day, each[2])]
        for other, _, _ in sorted(others, key=lambda each: (_apart(day, each[2]), each[0]))[:_NEAREST]:
            yield (number, other) if number < other else (other, number)


def enough_names(pairs: Iterable[tuple[int, int]], sizes: Sequence[int]) -> list[tuple[int, int]]:
    """The pairs worth laying side by side, in order: the merge step; ``sizes`` says how many keys each article has.

    They share three names and a quarter of those of the one that has fewer, and for one of the two the other is among
    the ten that share most with it: a report has few translations, and every pair costs milliseconds.
    """
    counts = Counter(pairs)
    partners: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for (first, second), names in counts.items():
        share = names / max(1, min(sizes[first], sizes[second]))
        if names >= _LEAST and share >= _SHARE:
            partners[first].append((-share, second))
            partners[second].append((-share, first))
    best = {number: sorted(others)[:_BEST] for number, others in partners.items()}
    return sorted({(min(one, other), max(one, other)) for one, others in best.items() for _, other in others})


def pairs_across(articles: Mapping[int, tuple[str, date | None, frozenset[str]]]) -> list[tuple[int, int]]:
    """All three steps in memory: articles numbered from 0, with language, day and keys, in; pairs of numbers out."""
    groups: dict[str, list[Member]] = defaultdict(list)
    for number, (language, day, keys) in articles.items():
        for key in keys:
            groups[key].append((number, language, day))
    sizes = [len(articles[number][2]) for number in range(len(articles))]
    return enough_names((pair for key in sorted(groups) for pair in named_pairs(groups[key])), sizes)


def _near(ours: date | None, theirs: date | None) -> bool:
    return ours is None or theirs is None or abs(ours - theirs) <= _WINDOW


def _apart(ours: date | None, theirs: date | None) -> int:
    return abs((ours - theirs).days) if ours and theirs else 0
