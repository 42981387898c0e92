"""Persons with a full name: its spellings and longer forms; and two persons of one name kept apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from selon.matching.actors.folding import skeleton
from selon.matching.actors.names import PersonName
from selon.matching.actors.pile import Pile, whole_name
from selon.matching.actors.profiles import Profile, Sort
from selon.records import Evidence

_MOST = 0.9
"""The share of the articles of a name from which on those that tell nothing of the person are taken for that person."""


def join_people(pile: Pile) -> None:
    """Join the appearances that have a full name, by that name."""
    groups: dict[str, dict[tuple[str, ...], list[int]]] = defaultdict(lambda: defaultdict(list))
    for number, each in enumerate(pile.profiles):
        if each.sort is Sort.FULL and each.person is not None:
            groups[each.person.key][each.person.words].append(number)
    for key in sorted(groups):
        for variants in _clusters(pile, groups[key]):
            for persons in _persons(pile, key, [number for words in variants for number in groups[key][words]]):
                _join(pile, persons)
    _join_longer(pile)


def _clusters(pile: Pile, variants: Mapping[tuple[str, ...], Sequence[int]]) -> list[list[tuple[str, ...]]]:
    """Spellings that may all be one name: longest first, so that a short one that fits two persons stays alone."""
    clusters: list[list[tuple[str, ...]]] = []
    for words in sorted(variants, key=lambda words: (-len(words), -len(variants[words]), words)):
        mine = pile.profiles[variants[words][0]]
        fits = [
            cluster for cluster in clusters if all(_same(mine, pile.profiles[variants[other][0]]) for other in cluster)
        ]
        if len(fits) == 1:
            fits[0].append(words)
        else:
            clusters.append([words])
    return clusters


def _same(one: Profile, other: Profile) -> bool:
    """Whether two full names with the same skeleton may be one: no other gender, no other initials in the middle."""
    a, b = one.person, other.person
    assert a is not None
    assert b is not None
    if a.given != b.given and one.gender and other.gender and one.gender != other.gender:
        return False
    mine, theirs = _middle(a), _middle(b)
    if not mine or not theirs or mine == theirs:
        return True
    if all(len(word) == 1 for word in mine | theirs):
        return False
    return mine <= theirs or theirs <= mine


def _middle(name: PersonName) -> frozenset[str]:
    surname = set(name.surname.split())
    return frozenset(skeleton(word) for word in name.words[1:] if word not in surname)


@dataclass(frozen=True, slots=True)
class _Traits:
    """What tells two persons of one name apart: gender by honorific, field of work, the place of a local office."""

    gender: str
    fields: frozenset[str]
    local: frozenset[tuple[str, frozenset[str]]]
    places: frozenset[str]

    @property
    def mute(self) -> bool:
        return not (self.gender or self.fields or self.local)

    def against(self, other: _Traits) -> bool:
        """Whether one person can hardly be both, unless the event says so."""
        if self.fields and other.fields and not self.fields & other.fields and not self.places & other.places:
            return True
        return any(
            office == theirs and not here & there for office, here in self.local for theirs, there in other.local
        )


def _traits(profile: Profile) -> _Traits:
    held = [known for known in profile.known if not known.former]
    local = {
        (concept, known.proper)
        for known in held
        for concept, scope in known.offices
        if scope == "local" and known.proper
    }
    fields = frozenset(field for known in held for field in known.fields)
    places = frozenset(place for known in held for place in known.places)
    return _Traits(profile.titled, fields, frozenset(local), places)


def _persons(pile: Pile, key: str, numbers: Sequence[int]) -> list[list[int]]:
    """The appearances of one name, parted where they cannot be one person; the mute go with their event."""
    groups: dict[_Traits, list[int]] = defaultdict(list)
    for number in numbers:
        groups[_traits(pile.profiles[number])].append(number)
    clusters: list[list[_Traits]] = []
    order = sorted(groups, key=lambda each: (each.mute, -len(groups[each]), min(groups[each])))
    spoken = [each for each in order if not each.mute]
    for traits in spoken:
        fits = [c for c in clusters if all(_may_be_one(pile, key, groups, (traits, other)) for other in c)]
        if fits:
            fits[0].append(traits)
        else:
            clusters.append([traits])
    persons = [sorted(number for traits in cluster for number in groups[traits]) for cluster in clusters]
    mute = sorted(number for each in order if each.mute for number in groups[each])
    if len(persons) < 2:
        return [sorted([*(persons[0] if persons else []), *mute])]
    return [*persons, *_placed(pile, key, persons, mute)]


def _may_be_one(pile: Pile, key: str, groups: Mapping[_Traits, Sequence[int]], pair: tuple[_Traits, _Traits]) -> bool:
    one, other = pair
    if one.gender and other.gender and one.gender != other.gender:
        return False
    return not one.against(other) or _meet(pile, key, groups[one], _articles(pile, groups[other]))


def _articles(pile: Pile, numbers: Iterable[int]) -> set[str]:
    return {pile.seen[number].article for number in numbers}


def _meet(pile: Pile, key: str, ones: Iterable[int], others: set[str]) -> bool:
    """Whether one of the appearances stands in one of the articles, or in one of the same event."""
    for article in _articles(pile, ones):
        if article in others:
            return True
        around = pile.scope.neighbours(article)
        if any(near in others and shared - {key} for near, shared in around.items()):
            return True
    return False


def _placed(pile: Pile, key: str, persons: list[list[int]], mute: Sequence[int]) -> list[list[int]]:
    """Put those that tell nothing to the person of their event, or to who has nearly all articles; else alone."""
    total = sum(map(len, persons))
    most = next((person for person in persons if len(person) >= _MOST * total), None)
    places = [_articles(pile, person) for person in persons]
    alone = []
    for number in mute:
        met = [n for n, articles in enumerate(places) if _meet(pile, key, [number], articles)]
        home = persons[met[0]] if len(met) == 1 else most if not met else None
        if home is None:
            alone.append([number])
        else:
            home.append(number)
    return alone


def _join(pile: Pile, numbers: Sequence[int]) -> None:
    """Join one person's appearances, each to the first that takes it: a decision may stand between two of them."""
    heads: list[int] = []
    for number in numbers:
        mine = pile.profiles[number].person
        for head in heads:
            theirs = pile.profiles[head].person
            assert mine is not None
            assert theirs is not None
            if pile.joined.join(number, head, _evidence(mine, theirs)):
                break
        else:
            heads.append(number)


def _evidence(mine: PersonName, theirs: PersonName) -> Evidence:
    if mine.words == theirs.words:
        return Evidence("same full name", mine.shown, 0.99)
    if sorted(mine.words) == sorted(theirs.words) or len(mine.words) != len(theirs.words):
        return Evidence("longer and shorter name", f"{mine.shown} = {theirs.shown}", 0.97)
    return Evidence("other spelling of a name", f"{mine.shown} = {theirs.shown}", 0.95)


def _join_longer(pile: Pile) -> None:
    """``Raconté Vesna Tarkovic`` to Vesna Tarkovic, ``Espérance Bahati`` to … Furaha: in one event only."""
    full: dict[tuple[str, ...], list[int]] = defaultdict(list)
    long: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, each in enumerate(pile.profiles):
        if each.sort is Sort.FULL and each.person is not None:
            full[each.person.words].append(number)
        words = whole_name(each)
        if len(words) > 2:
            long[words].append(number)
    for words in sorted(long):
        parts = [words[cut:] for cut in range(1, len(words) - 1)] + [words[:-1]]
        others = [number for part in parts for number in full.get(part, ())]
        for number in long[words] if others else ():
            _join_near(pile, number, others)


def _join_near(pile: Pile, number: int, others: Iterable[int]) -> None:
    article = pile.seen[number].article
    near = [other for other in others if pile.scope.same_event(article, pile.seen[other].article)]
    homes = pile.roots(near)
    if len(homes) == 1 and pile.joined.root(number) not in homes:
        saw = f"{pile.seen[number].who.name} = {pile.seen[near[0]].who.name}"
        pile.joined.join(number, near[0], Evidence("name within a name, one event", saw, 0.9))
