"""Which articles of different languages may tell the same: those that name the same people, places and numbers."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from selon.matching.copies.anchors import anchors

_TELLING = 2.5
_LEAST = 3
_NEAREST = 40
_COMMON = 500
_WINDOW = timedelta(days=31)

Member = tuple[int, str, date | None]
"""An article as a name groups it: its number, its language, its day of publication."""


def name_keys(text: str) -> frozenset[str]:
    """The names and numbers of a text, as keys to look for it under."""
    found = anchors(text)
    return frozenset(key for key, weight in found.items() if weight >= _TELLING)


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


def enough_names(pairs: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The pairs that were met under enough names, in order: the merge step."""
    counts = Counter(pairs)
    return sorted(pair for pair, names in counts.items() if names >= _LEAST)


def pairs_across(articles: Mapping[int, tuple[str, date | None, frozenset[str]]]) -> list[tuple[int, int]]:
    """All three steps in memory: numbered articles with language, day and keys in, pairs of numbers out."""
    groups: dict[str, list[Member]] = defaultdict(list)
    for number, (language, day, keys) in articles.items():
        for key in keys:
            groups[key].append((number, language, day))
    return enough_names(pair for key in sorted(groups) for pair in named_pairs(groups[key]))


def _near(ours: date | None, theirs: date | None) -> bool:
    return ours is None or theirs is None or abs(ours - theirs) <= _WINDOW


def _apart(ours: date | None, theirs: date | None) -> int:
    return abs((ours - theirs).days) if ours and theirs else 0
