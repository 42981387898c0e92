"""Marks that translation leaves in a text: weak signs, each with its place, and never a verdict on one article."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

from selon.languages import LanguagePack
from selon.offsets import Span

_COUNTED = 4


class MarkFound(NamedTuple):
    """One mark: the sort it is of (``calque``), its name, how much it tells, and where it stands."""

    family: str
    name: str
    weight: int
    span: Span


def translation_marks(text: str, pack: LanguagePack, holes: Sequence[Span] = ()) -> tuple[MarkFound, ...]:
    """The marks of translation in a text of the pack's language, in text order, none from within ``holes``.

    What they are stands in the pack.
    """
    found = [
        MarkFound(family, name, weight, Span(*match.span()))
        for family, name, weight, pattern in _patterns(pack)
        for match in pattern.finditer(text)
    ]
    outside = [mark for mark in found if not any(hole.overlaps(mark.span) for hole in holes)]
    return tuple(sorted(outside, key=lambda mark: mark.span))


def density(marks: Iterable[MarkFound], words: int) -> float:
    """The weight of the marks in a hundred words; of one name no more than four count."""
    counts: dict[tuple[str, int], int] = {}
    for mark in marks:
        counts[mark.name, mark.weight] = counts.get((mark.name, mark.weight), 0) + 1
    total = sum(weight * min(count, _COUNTED) for (_, weight), count in counts.items())
    return 100 * total / words if words else 0.0


@cache
def _patterns(pack: LanguagePack) -> tuple[tuple[str, str, int, re.Pattern[str]], ...]:
    return tuple(
        (row["family"], row["name"], int(row["weight"]), re.compile(row["pattern"], re.MULTILINE))
        for row in pack.rows("translation_marks")
    )
