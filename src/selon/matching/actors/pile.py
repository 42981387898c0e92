"""What the steps of matching work on: appearances, profiles, the events, and what is joined so far."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from selon.matching.actors.appearances import Appearance
from selon.matching.actors.joining import Joined
from selon.matching.actors.profiles import Profile, Sort, profile
from selon.matching.actors.register import Register
from selon.matching.actors.scope import Scope


@dataclass(frozen=True, slots=True)
class Pile:
    """Appearances and profiles by number; ``scope`` knows the events, ``joined`` what is one actor so far."""

    seen: Sequence[Appearance]
    profiles: Sequence[Profile]
    scope: Scope
    joined: Joined

    def articles(self, number: int) -> set[str]:
        """The articles in which the actor of this appearance speaks, as far as it is joined."""
        return {self.seen[each].article for each in self.joined.members(number)}

    def roots(self, numbers: Iterable[int]) -> list[int]:
        """The actors of these appearances, each once, in order."""
        return list(dict.fromkeys(self.joined.root(number) for number in numbers))


def make_pile(seen: Sequence[Appearance], register: Register) -> Pile:
    """The pile of these appearances, nothing joined yet."""
    profiles = [profile(each, register) for each in seen]
    scope = Scope((each.article, each.day, name_key(known)) for each, known in zip(seen, profiles, strict=True))
    return Pile(seen, profiles, scope, Joined(len(seen)))


def name_key(known: Profile) -> str:
    """The name by which an appearance tells of its event; empty where it has none."""
    if known.sort is Sort.FULL and known.person is not None:
        return known.person.key
    if known.sort is Sort.BODY:
        return known.entry.key if known.entry is not None else known.body.key if known.body is not None else ""
    return ""


def by(keys: Iterable[tuple[str, int]]) -> dict[str, list[int]]:
    """Numbers by key, in order; empty keys are left out."""
    found: dict[str, list[int]] = defaultdict(list)
    for key, number in keys:
        if key:
            found[key].append(number)
    return found


def whole_name(known: Profile) -> tuple[str, ...]:
    """All the words of a person's or body's name, in order; none where it has but a description."""
    if known.person is not None:
        return known.person.words
    return known.body.words if known.body is not None and known.entry is None else ()
