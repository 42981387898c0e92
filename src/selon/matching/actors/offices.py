"""Descriptions (``le chef de l’OTAN``, ``the defence minister``): to the one who holds that office then and there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

from selon.matching.actors.bodies import join_in_events
from selon.matching.actors.meaning import Meaning
from selon.matching.actors.pile import Pile
from selon.matching.actors.profiles import Sort
from selon.records import Evidence

_HALF_A_YEAR = 183
_MONTH = 31

Holders = Mapping[frozenset[str], Sequence[int]]


def join_offices(pile: Pile) -> None:
    """Join the appearances that have but the description of a person."""
    holders = _holders(pile)
    in_article = _people_by_article(pile)
    homes: list[tuple[int, int, Evidence]] = []
    left: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, each in enumerate(pile.profiles):
        if each.sort is not Sort.OFFICE:
            continue
        found = _home(pile, number, holders, in_article)
        if found is not None:
            homes.append((number, *found))
        elif each.described.promise in ("definite", "demonstrative"):
            left[tuple(sorted(each.described.concepts))].append(number)
    for number, home, evidence in homes:
        pile.joined.join(number, home, evidence)
    for _, numbers in sorted(left.items()):
        _join_left(pile, numbers)


def _holders(pile: Pile) -> Holders:
    """Appearances of named persons by what their articles say that they are."""
    found: dict[frozenset[str], list[int]] = defaultdict(list)
    for number, each in enumerate(pile.profiles):
        for concepts in {known.concepts for known in each.known if not known.former}:
            found[concepts].append(number)
    return found


def _people_by_article(pile: Pile) -> Mapping[str, Sequence[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for number, each in enumerate(pile.profiles):
        if each.sort in (Sort.FULL, Sort.PART):
            found[pile.seen[number].article].append(number)
    return found


def _home(
    pile: Pile, number: int, holders: Holders, in_article: Mapping[str, Sequence[int]]
) -> tuple[int, Evidence] | None:
    described, article = pile.profiles[number].described, pile.seen[number].article
    around = pile.scope.neighbours(article)
    event = list(chain.from_iterable(in_article.get(other, ()) for other in (article, *sorted(around))))
    # Whose spokesman ``son porte-parole`` is, only his own article tells.
    own = described.promise == "possessive"
    for people, score in ((in_article.get(article, ()), 0.85), ((), 0.0) if own else (event, 0.85)):
        fits = _fitting(pile, number, people, event)
        if len(fits) > 1:
            return None
        if fits:
            return _evidence(pile, number, fits[0], "office, one event", score)
    if own or not described.places or described.former:
        return None
    return _home_in_pile(pile, number, holders)


def _fitting(pile: Pile, number: int, people: Iterable[int], event: Sequence[int]) -> list[int]:
    """The actors among these that the event knows by this office, or by a fuller form of it."""
    described = pile.profiles[number].described
    known: dict[int, list[Meaning]] = defaultdict(list)
    for other in event:
        known[pile.joined.root(other)].extend(pile.profiles[other].known)
    roots = [root for root in pile.roots(people) if pile.joined.may(number, root) and _agrees(pile, number, root)]
    exact = [root for root in roots if any(described.fits(each) for each in known[root])]
    return exact or [root for root in roots if any(described.within(each) for each in known[root])]


def _agrees(pile: Pile, number: int, root: int) -> bool:
    mine, theirs = pile.profiles[number].gender, pile.profiles[root].gender
    return not mine or not theirs or mine == theirs


def _home_in_pile(pile: Pile, number: int, holders: Holders) -> tuple[int, Evidence] | None:
    """Who holds the office within half a year of the article, by any article; nobody where two do."""
    described, article = pile.profiles[number].described, pile.seen[number].article
    generic = {concept for concept, scope in described.offices if scope == "generic"}
    keys = {described.concepts} | {(described.concepts - generic) | {concept} for concept in described.covers}
    found = [
        other
        for key in sorted(keys, key=sorted)
        for other in holders.get(key, ())
        if pile.scope.near(article, pile.seen[other].article, _HALF_A_YEAR) and pile.joined.may(number, other)
    ]
    roots = pile.roots(found)
    if len(roots) != 1:
        return None
    return _evidence(pile, number, roots[0], "office, nobody else in the pile holds it then", 0.9)


def _join_left(pile: Pile, numbers: Sequence[int]) -> None:
    """Descriptions that no name explains: those of one event, and those of an office of one holder in a month."""
    described = pile.profiles[numbers[0]].described
    one = any(scope == "one" for _, scope in described.offices) and bool(described.places) and not described.former
    if not one:
        join_in_events(pile, numbers, "same description, one event", 0.85)
        return
    heads: list[int] = []
    for number in numbers:
        article = pile.seen[number].article
        for head in heads:
            other = pile.seen[head].article
            evidence = Evidence("same office within a month", pile.seen[number].who.name, 0.85)
            if pile.scope.near(article, other, _MONTH) and pile.joined.join(number, head, evidence):
                break
        else:
            heads.append(number)


def _evidence(pile: Pile, number: int, root: int, rule: str, score: float) -> tuple[int, Evidence]:
    named = (n for n in sorted(pile.joined.members(root)) if pile.profiles[n].sort is Sort.FULL)
    name = pile.profiles[next(named, root)].person
    shown = name.shown if name is not None else pile.seen[root].who.name
    return root, Evidence(rule, f"{pile.seen[number].who.name} = {shown}", score)
