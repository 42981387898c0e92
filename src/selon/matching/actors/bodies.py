"""Bodies: by the register, by a name that only they have, by their acronym; common names only within one event."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from selon.matching.actors.pile import Pile, by, whole_name
from selon.matching.actors.profiles import Sort
from selon.records import Evidence


def join_bodies(pile: Pile) -> None:
    """Join the appearances that have the name or the description of a body."""
    profiles = list(enumerate(pile.profiles))
    for _, numbers in sorted(by((each.entry.key if each.entry else "", n) for n, each in profiles).items()):
        _star(pile, numbers, "the register", 0.98)
    named = [(each.body, n) for n, each in profiles if each.sort is Sort.BODY and each.body and not each.entry]
    for _, numbers in sorted(by((body.key if body.own else "", n) for body, n in named).items()):
        _star(pile, numbers, "same name of a body", 0.97)
    for _, numbers in sorted(by(("" if body.own else body.key, n) for body, n in named).items()):
        join_in_events(pile, numbers, "same common name, one event", 0.93)
    for _, numbers in sorted(by((body.letters, n) for body, n in named).items()):
        join_in_events(pile, numbers, "same acronym in brackets, one event", 0.93)
    _join_letters(pile)
    _join_shorter(pile)
    _join_taken_for_persons(pile)
    _join_seats(pile)


def join_in_events(pile: Pile, numbers: Iterable[int], by: str, score: float) -> None:
    """Join each to the first before it in the same event: to that one itself, so that events do not chain."""
    heads: list[int] = []
    for number in numbers:
        article = pile.seen[number].article
        home = next((head for head in heads if pile.scope.same_event(article, pile.seen[head].article)), None)
        if home is None or not pile.joined.join(number, home, _evidence(pile, number, home, (by, score))):
            heads.append(number)


def _star(pile: Pile, numbers: Iterable[int], by: str, score: float) -> None:
    heads: list[int] = []
    for number in numbers:
        if not any(pile.joined.join(number, head, _evidence(pile, number, head, (by, score))) for head in heads):
            heads.append(number)


def _join_letters(pile: Pile) -> None:
    """``UEMOA`` to the only body that an article writes ``Union … (UEMOA)``; or by initials in one event."""
    spelled: dict[str, set[int]] = defaultdict(set)
    initials: dict[str, list[int]] = defaultdict(list)
    short: list[tuple[str, int]] = []
    for number, each in enumerate(pile.profiles):
        if each.sort is not Sort.BODY or each.body is None or not each.body.words:
            continue
        if each.body.letters:
            spelled[each.body.letters].add(number)
        if len(each.body.words) == 1:
            short.append((each.body.words[0], number))
        elif len(each.body.words) > 2:
            initials[each.body.initials].append(number)
    for word, number in short:
        homes = pile.roots(sorted(spelled.get(word, ())))
        if len(homes) == 1:
            pile.joined.join(number, homes[0], _evidence(pile, number, homes[0], ("acronym told in brackets", 0.97)))
            continue
        article = pile.seen[number].article
        near = [n for n in initials.get(word, ()) if pile.scope.same_event(article, pile.seen[n].article)]
        if len(pile.roots(near)) == 1:
            pile.joined.join(number, near[0], _evidence(pile, number, near[0], ("initials, one event", 0.9)))


def _join_shorter(pile: Pile) -> None:
    """``Carcajou`` to the one body of the event whose name begins so."""
    longer: dict[str, list[int]] = defaultdict(list)
    for number, each in enumerate(pile.profiles):
        if each.sort is Sort.BODY and each.body is not None and each.entry is None and len(each.body.words) > 1:
            longer[each.body.words[0]].append(number)
    for number, each in enumerate(pile.profiles):
        if (
            each.sort is not Sort.BODY
            or each.body is None
            or each.entry
            or len(each.body.words) != 1
            or not each.body.own
        ):
            continue
        article = pile.seen[number].article
        near = [n for n in longer.get(each.body.words[0], ()) if pile.scope.same_event(article, pile.seen[n].article)]
        if len(pile.roots(near)) == 1:
            pile.joined.join(number, near[0], _evidence(pile, number, near[0], ("begins the name, one event", 0.9)))


def _join_taken_for_persons(pile: Pile) -> None:
    """``Hespéria Espace``, which one article takes for a person, to the body of that very name in the same event."""
    bodies: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, each in enumerate(pile.profiles):
        if each.sort is Sort.BODY and each.entry is None:
            bodies[whole_name(each)].append(number)
    for number, each in enumerate(pile.profiles):
        if each.sort not in (Sort.FULL, Sort.PART) or each.gender or whole_name(each) not in bodies:
            continue
        article = pile.seen[number].article
        near = [n for n in bodies[whole_name(each)] if pile.scope.same_event(article, pile.seen[n].article)]
        if len(pile.roots(near)) == 1:
            pile.joined.join(number, near[0], _evidence(pile, number, near[0], ("same name, one event", 0.9)))


def _join_seats(pile: Pile) -> None:
    """Descriptions that mean the same: anywhere when they tell the country or town, else in one event."""
    groups: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, each in enumerate(pile.profiles):
        if each.sort is Sort.SEAT and each.described.concepts:
            groups[tuple(sorted(each.described.concepts))].append(number)
    for concepts, numbers in sorted(groups.items()):
        known = pile.profiles[numbers[0]].described
        if known.places and any(scope == "body" for _, scope in known.offices) and _is_country(known.places):
            _star(pile, numbers, f"same body: {', '.join(concepts)}", 0.93)
        else:
            join_in_events(pile, numbers, f"same description, one event: {', '.join(concepts)}", 0.9)


def _is_country(places: frozenset[str]) -> bool:
    return all(not place.startswith("~") for place in places)


def _evidence(pile: Pile, number: int, home: int, rule: tuple[str, float]) -> Evidence:
    mine, theirs = pile.seen[number].who.name, pile.seen[home].who.name
    return Evidence(rule[0], mine if mine == theirs else f"{mine} = {theirs}", rule[1])
