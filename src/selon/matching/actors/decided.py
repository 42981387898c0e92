"""What people decided of actors: two are one (``same``), or a part of one is somebody else (``different``).

Ids of actors come and go with the pile, so a decision names what stays: the name and, where a name would not be enough,
statements and the articles they stand in. A later decision overrules an earlier one that it contradicts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from selon.matching.actors.folding import folded
from selon.matching.actors.pile import Pile
from selon.records import Evidence


@dataclass(frozen=True, slots=True)
class Anchor:
    """Some appearances, told so that a later reading finds them again.

    ``statements`` come first; where none of their ids is known any more, the speaker ``name`` in the same ``articles``;
    where no article is named, the name wherever it stands.
    """

    name: str
    statements: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Decided:
    """One decision that holds; ``number`` is that of the log, later ones are higher."""

    number: int
    same: bool
    one: Anchor
    other: Anchor


def decided(log: Iterable[tuple[int, Mapping[str, Any]]]) -> list[Decided]:
    """The decisions of a log (number and value, in any order) that nobody took back, latest first."""
    entries = sorted(log, key=lambda entry: -entry[0])
    undone = {value["undo"] for _, value in entries if "undo" in value}
    return [
        Decided(number, value["are"] == "same", _anchor(value["one"]), _anchor(value["other"]))
        for number, value in entries
        if "undo" not in value and number not in undone
    ]


def set_bars(pile: Pile, decisions: Sequence[Decided]) -> list[tuple[Decided, set[int], set[int]]]:
    """Bar what was decided to be different, before anything is joined; returns what has to be joined at the end."""
    finder = _Finder(pile)
    kept: list[tuple[Decided, set[int], set[int]]] = []
    for each in decisions:
        other = finder.find(each.other)
        one = finder.find(each.one) - other
        if one and other and not any(_contradicts(each.same, (one, other), later) for later in kept):
            kept.append((each, one, other))
            if not each.same:
                pile.joined.bar(one, other)
    return [entry for entry in kept if entry[0].same]


def join_decided(pile: Pile, wanted: Sequence[tuple[Decided, set[int], set[int]]]) -> None:
    """Join what was decided to be the same."""
    for each, one, other in wanted:
        home = min(one)
        evidence = Evidence(f"decision {each.number}", f"{each.other.name} = {each.one.name}", 1.0)
        for number in sorted(one | other):
            pile.joined.join(number, home, evidence)


def _contradicts(same: bool, pair: tuple[set[int], set[int]], later: tuple[Decided, set[int], set[int]]) -> bool:
    """Whether a later decision says the contrary of the same two groups, whichever way round."""
    decision, one, other = later
    across = (pair[0] & one and pair[1] & other) or (pair[0] & other and pair[1] & one)
    return decision.same != same and bool(across)


class _Finder:
    """Finds the appearances of an anchor."""

    def __init__(self, pile: Pile) -> None:
        self._by_statement = {key: n for n, each in enumerate(pile.seen) for key in each.statements}
        self._by_name: dict[str, list[int]] = {}
        self._articles = [each.article for each in pile.seen]
        for number, each in enumerate(pile.seen):
            self._by_name.setdefault(folded(each.who.name), []).append(number)

    def find(self, anchor: Anchor) -> set[int]:
        found = {self._by_statement[key] for key in anchor.statements if key in self._by_statement}
        if found:
            return found
        named = self._by_name.get(folded(anchor.name), [])
        return {number for number in named if not anchor.articles or self._articles[number] in anchor.articles}


def _anchor(value: Mapping[str, Any]) -> Anchor:
    return Anchor(value["name"], tuple(value.get("statements", ())), tuple(value.get("articles", ())))
