"""Which appearances are one actor: sets that only grow, each joining with its evidence, none against a decision."""

from __future__ import annotations

from collections.abc import Iterable

from selon.records import Evidence


class Joined:
    """Sets of appearances (by their numbers). ``bar`` keeps two groups apart for good."""

    def __init__(self, size: int) -> None:
        self._parent = list(range(size))
        self._members: dict[int, list[int]] = {}
        self._bars: dict[int, dict[int, int]] = {}
        self._bar = 0
        self.why: dict[int, Evidence] = {}

    def root(self, one: int) -> int:
        """The number that stands for the set of ``one``."""
        parent = self._parent
        while parent[one] != one:
            parent[one] = parent[parent[one]]
            one = parent[one]
        return one

    def members(self, one: int) -> list[int]:
        """All appearances in the set of ``one``, in no order."""
        root = self.root(one)
        return self._members.get(root, [root])

    def bar(self, one: Iterable[int], other: Iterable[int]) -> None:
        """Never let a member of ``one`` come together with one of ``other``."""
        self._bar += 1
        for side, group in enumerate((one, other)):
            for each in group:
                self._bars.setdefault(self.root(each), {}).setdefault(self._bar, side)

    def may(self, one: int, other: int) -> bool:
        """Whether no bar stands between the two sets."""
        mine, theirs = self._bars.get(self.root(one)), self._bars.get(self.root(other))
        if not mine or not theirs:
            return True
        return all(theirs.get(number, side) == side for number, side in mine.items())

    def join(self, one: int, other: int, evidence: Evidence) -> bool:
        """Put the set of ``one`` into that of ``other``, for this reason; False where a bar forbids it."""
        a, b = self.root(one), self.root(other)
        if a == b:
            return True
        if not self.may(a, b):
            return False
        self.why.setdefault(one, evidence)
        mine, theirs = self._members.pop(a, [a]), self._members.pop(b, [b])
        if len(mine) > len(theirs):
            a, b, mine, theirs = b, a, theirs, mine
        self._parent[a] = b
        theirs.extend(mine)
        self._members[b] = theirs
        bars = {**self._bars.pop(a, {}), **self._bars.get(b, {})}
        if bars:
            self._bars[b] = bars
        return True
