"""Who speaks in one article, and with which statements: the unit that is matched across articles."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from selon.records import Speaker

_LONGEST_SPAN = 62


@dataclass(frozen=True, slots=True)
class Said:
    """What matching needs to know of a statement: its speaker, and the article it stands in.

    ``first`` and ``last`` are the days between which it was published (equal where the day is known), None if unknown.
    ``content`` is what was said; without it, the same words in two articles tell nothing.
    """

    statement: str
    who: Speaker
    article: str
    language: str
    first: date | None = None
    last: date | None = None
    content: str = ""


@dataclass(frozen=True, slots=True)
class Appearance:
    """A speaker in one article, with the ids and contents of the statements in the order they came."""

    who: Speaker
    article: str
    language: str
    first: date | None
    last: date | None
    statements: tuple[str, ...]
    contents: tuple[str, ...] = ()

    @property
    def day(self) -> date | None:
        """The middle of the days it may have been published on; None where they are more than two months."""
        if self.first is None or self.last is None or (self.last - self.first).days > _LONGEST_SPAN:
            return None
        middle: date = self.first + (self.last - self.first) / 2
        return middle


def appearances(said: Iterable[Said]) -> list[Appearance]:
    """The speakers of each article, in the order of their articles' ids, then of their names."""
    found: dict[tuple[str, str, str, str, tuple[str, ...]], list[Said]] = {}
    for each in said:
        who = each.who
        found.setdefault((each.article, who.name, who.kind.value, who.role, who.names), []).append(each)
    return [
        Appearance(
            group[0].who,
            group[0].article,
            group[0].language,
            group[0].first,
            group[0].last,
            tuple(each.statement for each in group),
            tuple(each.content for each in group),
        )
        for _, group in sorted(found.items(), key=lambda item: item[0])
    ]
