"""Quotations that repeat another one: a headline's words come back in the text, where somebody says them."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from selon.records import Quotation


def echoes(text: str, quotations: Sequence[Quotation], sourced: Collection[int]) -> dict[int, int]:
    """For each quotation without source and cue, the sourced one with at least half of its words (Dice), if any."""
    bags = [frozenset(_WORD.findall(" ".join(s.of(text) for s in q.content).lower())) for q in quotations]
    holding: dict[str, list[int]] = {}
    for number in sorted(sourced):
        for word in bags[number]:
            holding.setdefault(word, []).append(number)
    found = {}
    for number, quotation in enumerate(quotations):
        if number in sourced or quotation.cue or not bags[number]:
            continue
        telling = (
            other for word in bags[number] if len(holding.get(word, ())) <= _COMMON for other in holding.get(word, ())
        )
        best = max(
            (
                (2 * len(bags[number] & bags[other]) / (len(bags[number]) + len(bags[other])), -other)
                for other in set(telling)
                if not _overlap(quotation, quotations[other])
            ),
            default=(0.0, 0),
        )
        if best[0] >= _ENOUGH:
            found[number] = -best[1]
    return found


def _overlap(one: Quotation, other: Quotation) -> bool:
    return any(a.overlaps(b) for a in one.content for b in other.content)


_WORD = re.compile(r"\w+")
_ENOUGH = 0.5
_COMMON = 30
