"""Which speakers of a pile are one actor: names, surnames, roles and bodies matched across articles, nothing guessed.

Written as key, group, join: candidates come by keys of names and offices, never as all pairs. Full names make the
persons; bare surnames and descriptions are then tied each to one person at most, and never tie two together, so that
nothing chains (the star clustering of Aslam, Pelekhov and Rus, 2004, with names for centres).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from selon.matching.actors.appearances import Said, appearances
from selon.matching.actors.bodies import join_bodies
from selon.matching.actors.decided import Decided, join_decided, set_bars
from selon.matching.actors.describing import ALONE, HEAD, actor, identity
from selon.matching.actors.echoes import join_echoes
from selon.matching.actors.offices import join_offices
from selon.matching.actors.people import join_people
from selon.matching.actors.pile import Pile, make_pile
from selon.matching.actors.register import Register, built_in
from selon.matching.actors.surnames import join_surnames
from selon.models.embedding import Encoder
from selon.records import Actor, Belonging


@dataclass(frozen=True, slots=True)
class Cast:
    """The actors of a pile, most statements first, and which of them each statement is by, in the statements' order."""

    actors: tuple[Actor, ...]
    belongings: tuple[Belonging, ...]


def match_actors(
    said: Iterable[Said],
    register: Register | None = None,
    decisions: Sequence[Decided] = (),
    encoder: Encoder | None = None,
) -> Cast:
    """The actors of these statements. Every statement given belongs to one; those without a speaker are not given.

    ``decisions`` come latest first; without an ``encoder`` what was said tells nothing of who said it.
    """
    known = register if register is not None else built_in()
    pile = make_pile(appearances(said), known)
    wanted = set_bars(pile, decisions)
    join_people(pile)
    join_bodies(pile)
    join_surnames(pile)
    join_offices(pile)
    if encoder is not None:
        join_echoes(pile, encoder)
    join_decided(pile, wanted)
    return _cast(pile, known)


def _cast(pile: Pile, register: Register) -> Cast:
    sets: dict[int, list[int]] = defaultdict(list)
    for number in range(len(pile.seen)):
        sets[pile.joined.root(number)].append(number)
    twins: dict[str, int] = defaultdict(int)
    actors, belongings = [], []
    for numbers in sorted(sets.values(), key=lambda numbers: _first(pile, numbers)):
        name = identity(pile, numbers)
        made = actor(pile, numbers, register, twins[name])
        twins[name] += 1
        actors.append(made)
        belongings += [
            Belonging(key, made.id, pile.joined.why.get(number, ALONE if len(numbers) == 1 else HEAD))
            for number in numbers
            for key in pile.seen[number].statements
        ]
    actors.sort(key=lambda each: (-each.statements, each.name, each.id))
    return Cast(tuple(actors), tuple(sorted(belongings, key=lambda each: each.statement)))


def _first(pile: Pile, numbers: Sequence[int]) -> tuple[str, str]:
    """By what actors of one name are numbered: the earliest article, so that a growing pile keeps their order."""
    return min((str(pile.seen[n].day or "9999"), pile.seen[n].article) for n in numbers)
