"""Which articles tell of one event: published within days, and sharing names that few others have."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

DAYS, DAYS_BY_TWO = 10, 45
_RARE_ALWAYS = 12
_RARE_SHARE = 0.002
_FAR = 366


class Scope:
    """The articles of a pile with the names of their speakers; neighbours are worked out when asked for, once."""

    def __init__(self, seen: Iterable[tuple[str, date | None, str]]) -> None:
        self._days: dict[str, date | None] = {}
        self._names: dict[str, set[str]] = defaultdict(set)
        self._articles: dict[str, set[str]] = defaultdict(set)
        for article, day, name in seen:
            self._days[article] = day
            if name:
                self._names[article].add(name)
                self._articles[name].add(article)
        self._rare = max(_RARE_ALWAYS, int(len(self._days) * _RARE_SHARE))
        self._known: dict[str, Mapping[str, frozenset[str]]] = {}

    def neighbours(self, article: str) -> Mapping[str, frozenset[str]]:
        """The articles of the same event, itself not among them, with the names that they share with it.

        One rare name is enough within ten days, two within forty-five; where a date is unknown it takes two.
        """
        if article not in self._known:
            shared: dict[str, set[str]] = defaultdict(set)
            for name in self._names.get(article, ()):
                others = self._articles[name]
                for other in others if len(others) <= self._rare else ():
                    shared[other].add(name)
            shared.pop(article, None)
            self._known[article] = {
                other: frozenset(names) for other, names in shared.items() if self._together(article, other, len(names))
            }
        return self._known[article]

    def _together(self, one: str, other: str, shared: int) -> bool:
        apart = self.days_apart(one, other)
        return shared > 1 if apart is None else apart <= (DAYS if shared == 1 else DAYS_BY_TWO)

    def days_apart(self, one: str, other: str) -> int | None:
        """The days between two articles; None where a date is unknown."""
        a, b = self._days.get(one), self._days.get(other)
        return None if a is None or b is None else abs((a - b).days)

    def same_event(self, one: str, other: str, but: str = "") -> bool:
        """Whether two articles are one or tell of one event, even if they did not share the name ``but``."""
        if one == other:
            return True
        shared = self.neighbours(one).get(other)
        return shared is not None and bool(shared - {but})

    def near(self, one: str, other: str, days: int = _FAR) -> bool:
        """Whether two articles may be within so many days of each other."""
        apart = self.days_apart(one, other)
        return apart is None or apart <= days
