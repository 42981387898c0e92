"""Bare names (``Stoltenberg``, ``Mme Le Pen``, ``Neema``): to the one person they can mean, else they stay apart.

The article itself is asked first, then its event, then the whole pile; wherever two persons answer, nobody is meant.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from selon.matching.actors.folding import skeleton
from selon.matching.actors.pile import Pile
from selon.matching.actors.profiles import Profile, Sort
from selon.records import ActorKind, Evidence

_MONTH = 31


def join_surnames(pile: Pile) -> None:
    """Join the appearances that have but a surname, or but a given name."""
    surnames, others = _index(pile)
    left: dict[str, list[int]] = defaultdict(list)
    homes: list[tuple[int, int, Evidence]] = []
    for number, each in enumerate(pile.profiles):
        if _taken_for_a_body(pile, number):
            found = _home_in_event(pile, number, surnames.get(skeleton(pile.seen[number].who.name), ()))
            homes += [(number, *found)] if found is not None else []
        if each.sort is not Sort.PART or each.person is None:
            continue
        key = skeleton(each.person.surname)
        found = _home(pile, number, surnames.get(key, ())) or _home_in_event(pile, number, others.get(key, ()))
        if found is not None:
            homes.append((number, *found))
        elif not surnames.get(key):
            left[key].append(number)
    # Only now, so that no answer depends on which came first.
    for number, home, evidence in _agreeing(pile, homes):
        pile.joined.join(number, home, evidence)
    for key in sorted(left):
        _join_left(pile, left[key])


def _taken_for_a_body(pile: Pile, number: int) -> bool:
    """A bare name of which the article did not tell what it is (``N’Dri``)."""
    known = pile.profiles[number]
    return known.sort is Sort.BODY and known.entry is None and pile.seen[number].who.kind is ActorKind.UNKNOWN


def _agreeing(pile: Pile, homes: Sequence[tuple[int, int, Evidence]]) -> Iterator[tuple[int, int, Evidence]]:
    """Those that agree on the gender: where ``M. Morel`` and ``Mme Morel`` both mean Dominique Morel, neither does."""
    told: dict[int, set[str]] = defaultdict(set)
    for number, home, _ in homes:
        told[pile.joined.root(home)].add(pile.profiles[number].titled)
    for number, home, evidence in homes:
        if not pile.profiles[number].titled or len(told[pile.joined.root(home)] - {""}) < 2:
            yield number, home, evidence


def _index(pile: Pile) -> tuple[Mapping[str, Sequence[int]], Mapping[str, Sequence[int]]]:
    """One appearance of each fully named person by surname; and by other words and parts of the name."""
    surnames: dict[str, list[int]] = defaultdict(list)
    others: dict[str, list[int]] = defaultdict(list)
    done: set[tuple[int, tuple[str, ...]]] = set()
    for number, each in enumerate(pile.profiles):
        name = each.person
        if each.sort is not Sort.FULL or name is None or (mark := (pile.joined.root(number), name.words)) in done:
            continue
        done.add(mark)
        surnames[skeleton(name.surname)].append(number)
        for word in {*name.words, *name.surname.split("-")} - {name.surname}:
            if len(word) > 2:
                others[skeleton(word)].append(number)
    return surnames, others


def _home(pile: Pile, number: int, candidates: Iterable[int]) -> tuple[int, Evidence] | None:
    fits = [root for root in pile.roots(candidates) if _may_be(pile, number, root)]
    article = pile.seen[number].article
    here = [root for root in fits if article in pile.articles(root)]
    if here:
        return _only(pile, number, here, ("surname, the same article", 0.95))
    around = pile.scope.neighbours(article)
    near = [root for root in fits if any(other in around for other in pile.articles(root))]
    if near:
        return _only(pile, number, near, ("surname, one event", 0.97))
    same = [root for root in fits if _same_office(pile, number, root)]
    if len(same) == 1:
        return _only(pile, number, same, ("surname and office", 0.95))
    # A surname that two persons of the pile have tells nothing here, even if one of them does not fit.
    everybody = pile.roots(candidates)
    close = [root for root in fits if any(pile.scope.near(article, other) for other in pile.articles(root))]
    if len(everybody) == 1 and close and not _other_office(pile, number, close[0]):
        return _only(pile, number, close, ("surname, nobody else in the pile has it", 0.9))
    return None


def _home_in_event(pile: Pile, number: int, candidates: Iterable[int]) -> tuple[int, Evidence] | None:
    """By a given name or a part of a double name, which tells something only within the event."""
    article = pile.seen[number].article
    around = pile.scope.neighbours(article)
    near = [
        root
        for root in pile.roots(candidates)
        if _may_be(pile, number, root) and any(other == article or other in around for other in pile.articles(root))
    ]
    return _only(pile, number, near, ("part of the name, one event", 0.9))


def _only(pile: Pile, number: int, roots: Sequence[int], rule: tuple[str, float]) -> tuple[int, Evidence] | None:
    if len(roots) != 1:
        return None
    full = next(n for n in sorted(pile.joined.members(roots[0])) if pile.profiles[n].sort is Sort.FULL)
    name = pile.profiles[full].person
    assert name is not None
    return roots[0], Evidence(rule[0], f"{pile.seen[number].who.name} = {name.shown}", rule[1])


def _may_be(pile: Pile, number: int, root: int) -> bool:
    """Whether gender and decisions allow it; the first hundred of the person's appearances tell the gender."""
    mine = pile.profiles[number].titled
    if not pile.joined.may(number, root):
        return False
    if not mine:
        return True
    theirs = [pile.profiles[n] for n in sorted(pile.joined.members(root))[:100]]
    titles = {each.titled for each in theirs if each.titled}
    looks = {each.gender for each in theirs if each.gender}
    return mine in titles if titles else mine in looks or not looks


def _known(pile: Pile, root: int) -> Iterable[tuple[int, Profile]]:
    return ((n, pile.profiles[n]) for n in pile.joined.members(root) if pile.profiles[n].known)


def _same_office(pile: Pile, number: int, root: int) -> bool:
    """Whether both are said to hold the same office of the same body or place."""
    mine = {known.concepts for known in pile.profiles[number].known if known.places}
    return bool(mine) and any(known.concepts in mine for _, each in _known(pile, root) for known in each.known)


def _other_office(pile: Pile, number: int, root: int) -> bool:
    """Whether the bare name has a field of work, the person another, and no place is common to both."""
    mine = [known for known in pile.profiles[number].known if not known.former]
    theirs = [known for _, each in _known(pile, root) for known in each.known if not known.former]
    fields = {field for known in mine for field in known.fields}, {field for known in theirs for field in known.fields}
    places = {place for known in mine for place in known.places} & {place for known in theirs for place in known.places}
    return bool(fields[0] and fields[1] and not fields[0] & fields[1] and not places)


def _join_left(pile: Pile, numbers: Sequence[int]) -> None:
    """Bare names that nobody bears in full: joined to the first of them that is near and may be the same."""
    heads: list[int] = []
    for number in numbers:
        mine, article = pile.profiles[number], pile.seen[number].article
        for head in heads:
            theirs, other = pile.profiles[head], pile.seen[head].article
            apart = mine.titled and theirs.titled and mine.titled != theirs.titled
            together = pile.scope.same_event(article, other) or pile.scope.near(article, other, _MONTH)
            if apart or not together or _other_office(pile, number, head):
                continue
            rule = "same bare name, nobody else has it"
            if pile.joined.join(number, head, Evidence(rule, pile.seen[number].who.name, 0.85)):
                break
        else:
            heads.append(number)
