"""Propositions suggested from a pile: clusters of what is claimed, named by their most central statement."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from selon.discourse.positions.pile import Pile, heap, unit
from selon.discourse.positions.records import Page, Saying, WordVectors
from selon.discourse.positions.words import Floats, Ints
from selon.records import Proposition

_NEAR = 0.62
_FEWEST = 3
_SHORTEST, _LONGEST = 5, 40
_KEY_WORDS = 5


def suggest_propositions(
    pages: Sequence[Page], sayings: Sequence[Saying], encoder: WordVectors, most: int = 30
) -> tuple[Proposition, ...]:
    """The ``most`` claims that stand out, those with most statements first.

    Statements whose words point the same way (cosine of 0.62 and more, within pages of one event) form a cluster around
    the one with most such neighbours; three statements by two speakers are needed. The name is the statement nearest to
    the middle of the cluster among those of a sentence's length, its words as they stand.
    """
    order = {page.id: row for row, page in enumerate(pages)}
    ordered = sorted(sayings, key=lambda each: (order[each.page], each.span.start, each.span.end, each.id))
    if not ordered:
        return ()
    pile = heap(pages, ordered, (), encoder)
    directions = unit(pile.contents.summed(pile.vectors))
    neighbours = _neighbours(pile, directions)
    lengths = np.diff(pile.whole_contents.starts)
    free = np.ones(len(ordered), dtype=bool)
    found: list[Proposition] = []
    counts = np.asarray([len(each) for each in neighbours])
    for _ in range(len(ordered)):
        centre = int(np.where(free, counts, -1).argmax())
        members = np.asarray([row for row in (centre, *neighbours[centre]) if free[row]], dtype=np.int64)
        if counts[centre] + 1 < _FEWEST or not free[centre] or len(found) == most:
            break
        free[members] = False
        speakers = {ordered[row].speaker or ordered[row].id for row in members}
        if len(members) >= _FEWEST and len(speakers) > 1:
            central = _central(directions, members, lengths)
            if central is not None:
                said = ordered[central]
                found.append(_proposition(said, pages[order[said.page]].language, found))
    return tuple(found)


def _neighbours(pile: Pile, directions: Floats) -> list[list[int]]:
    """For each saying those of its page's event that say nearly the same."""
    pages = len(pile.near)
    starts = np.searchsorted(pile.page_of, np.arange(pages + 1))
    out: list[list[int]] = [[] for _ in range(len(directions))]
    for page in range(pages):
        rows = np.arange(starts[page], starts[page + 1])
        if len(rows):
            near = [np.arange(starts[one], starts[one + 1]) for one in pile.near[page] if one >= 0]
            others = np.concatenate([rows, *near])
            alike = directions[rows] @ directions[others].T >= _NEAR
            for number, row in enumerate(rows):
                out[row] = [int(other) for other in others[alike[number]] if other != row]
    return out


def _central(directions: Floats, members: Ints, lengths: Ints) -> int | None:
    """The member nearest to the middle among those of a sentence's length; None where there is none."""
    fit = members[(lengths[members] >= _SHORTEST) & (lengths[members] <= _LONGEST)]
    if not len(fit):
        return None
    middle = directions[members].mean(axis=0)
    return int(fit[(directions[fit] @ middle).argmax()])


def _proposition(said: Saying, language: str, found: Sequence[Proposition]) -> Proposition:
    words = re.findall(r"[^\W_]{4,}", said.content.lower())[:_KEY_WORDS] or [said.id]
    key, taken = "-".join(words), {each.key for each in found}
    number = 2
    while key in taken:
        key, number = f"{'-'.join(words)}-{number}", number + 1
    return Proposition(key, " ".join(said.content.split()), language)
