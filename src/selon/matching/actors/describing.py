"""The record of an actor: what it is called, what it was when, whom it speaks for, and why it is one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from selon.matching.actors.appearances import Appearance
from selon.matching.actors.folding import folded
from selon.matching.actors.meaning import Meaning, meaning
from selon.matching.actors.names import body_name
from selon.matching.actors.pile import Pile, name_key
from selon.matching.actors.profiles import Sort
from selon.matching.actors.register import Entry, Register, bare
from selon.records import Actor, ActorKind, Alias, Evidence, Role, content_id

_LONGEST = 80
_NO_BODY = frozenset({"local"})
ALONE = Evidence("stands alone")
"""Why an appearance that was joined to nothing is an actor."""
HEAD = Evidence("the others were tied to it")
"""Why the appearance that the others were joined to is of their actor."""


def actor(pile: Pile, numbers: Sequence[int], register: Register, twin: int) -> Actor:
    """The actor of these appearances; ``twin`` tells it from earlier ones of the same name (0 for the first)."""
    seen = [pile.seen[n] for n in numbers]
    entry = next((pile.profiles[n].entry for n in numbers if pile.profiles[n].entry is not None), None)
    roles = _roles(pile, numbers)
    whys = Counter(pile.joined.why[n] for n in numbers if n in pile.joined.why)
    statements = sum(len(each.statements) for each in seen)
    return Actor(
        id=content_id("a", identity(pile, numbers), twin),
        name=_name(pile, numbers, entry),
        kind=_kind(pile, numbers, entry),
        names=_names(pile, numbers),
        roles=roles,
        organisation=_organisation(pile, numbers, register),
        wikidata=entry.wikidata if entry is not None else "",
        statements=statements,
        articles=len({each.article for each in seen}),
        first=min((each.first for each in seen if each.first is not None), default=None),
        last=max((each.last for each in seen if each.last is not None), default=None),
        evidence=tuple(why for why, _ in sorted(whys.items(), key=lambda item: (-item[1], item[0].by, item[0].saw))),
    )


def identity(pile: Pile, numbers: Sequence[int]) -> str:
    """What an actor's id is made of: its register key or its name; for who has none, the first of its statements."""
    profiles = [pile.profiles[n] for n in numbers]
    entry = next((each.entry for each in profiles if each.entry is not None), None)
    if entry is not None:
        return entry.key
    keys = Counter(name_key(each) for each in profiles if each.sort is Sort.FULL)
    keys = keys or Counter(
        name_key(each) for each in profiles if each.sort is Sort.BODY and each.body and each.body.own
    )
    if keys:
        return min(keys, key=lambda key: (-keys[key], key))
    return min(key for n in numbers for key in pile.seen[n].statements)


def _name(pile: Pile, numbers: Sequence[int], entry: Entry | None) -> str:
    if entry is not None and entry.given:
        return entry.names[0]
    best = min(numbers, key=lambda n: list(Sort).index(pile.profiles[n].sort))
    sort = pile.profiles[best].sort
    shown: Counter[str] = Counter()
    for number in numbers:
        known = pile.profiles[number]
        if known.sort is sort:
            name = pile.seen[number].who.name
            full = known.person is not None and known.person.full
            shown[known.person.shown if full and known.person is not None else name] += 1
    return min(shown, key=lambda name: (-_worth(name, shown[name]), -len(name), name))


def _worth(name: str, count: int) -> float:
    """Names in capitals, and those with an article before them, only where there is no other."""
    return count * (0.01 if name.isupper() and len(name) > 6 else 1.0) * (0.5 if bare(name) != folded(name) else 1.0)


def _kind(pile: Pile, numbers: Sequence[int], entry: Entry | None) -> ActorKind:
    if entry is not None:
        return entry.kind
    if any(pile.profiles[n].sort is Sort.FULL for n in numbers):
        return ActorKind.PERSON
    kinds = Counter(pile.seen[n].who.kind for n in numbers)
    return min(kinds, key=lambda kind: (-kinds[kind], kind.value))


def _names(pile: Pile, numbers: Iterable[int]) -> tuple[Alias, ...]:
    articles: dict[str, set[str]] = defaultdict(set)
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    for number in numbers:
        each = pile.seen[number]
        for wording in dict.fromkeys((each.who.name, *each.who.names)):
            if wording and len(wording) <= _LONGEST:
                articles[bare(wording)].add(each.article)
                forms[bare(wording)][wording] += 1
    aliases = [Alias(_commonest(forms[key]), len(found), key) for key, found in articles.items()]
    return tuple(sorted(aliases, key=lambda alias: (-alias.articles, alias.wording)))


def _commonest(forms: Counter[str]) -> str:
    return min(forms, key=lambda form: (-forms[form], form.isupper(), len(form), form))


def _roles(pile: Pile, numbers: Iterable[int]) -> tuple[Role, ...]:
    found: dict[str, dict[str, Appearance]] = defaultdict(dict)
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    for number in numbers:
        each = pile.seen[number]
        wordings = [each.who.role]
        if pile.profiles[number].sort is Sort.OFFICE and each.who.kind is ActorKind.PERSON:
            wordings.append(each.who.name)
        for wording in filter(None, wordings):
            found[bare(wording)][each.article] = each
            forms[bare(wording)][wording] += 1
    roles = []
    for key, articles in found.items():
        first = min((each.first for each in articles.values() if each.first is not None), default=None)
        last = max((each.last for each in articles.values() if each.last is not None), default=None)
        roles.append(Role(_commonest(forms[key]), len(articles), first, last))
    return tuple(sorted(roles, key=lambda role: (role.first or date.max, -role.articles, role.name)))


def _organisation(pile: Pile, numbers: Iterable[int], register: Register) -> str:
    """The body that most of a person's roles name: of the register, or a name behind the office."""
    bodies: Counter[str] = Counter()
    for number in numbers:
        each = pile.seen[number]
        if pile.profiles[number].person is None or not each.who.role:
            continue
        meant = meaning(each.who.role, each.language, register)
        if meant.former:
            continue
        name = _of_register(meant, register) or _of_wording(each.who.role, each.language, meant)
        if name:
            bodies[name] += 1
    return min(bodies, key=lambda name: (-bodies[name], name)) if bodies else ""


def _of_register(meant: Meaning, register: Register) -> str:
    for key in sorted(meant.places):
        if (entry := register.by_key.get(key)) is not None and not entry.concepts:
            return entry.names[0]
    return next((seat.names[0] for seat in register.seats if seat.concepts < meant.concepts), "")


def _of_wording(role: str, language: str, meant: Meaning) -> str:
    """``Boréalis Sécurité`` of ``vice-présidente de Boréalis Sécurité``: what is written large behind the office."""
    local = any(scope in _NO_BODY for _, scope in meant.offices) or not any(
        place.startswith("~") for place in meant.places
    )
    words = role.split()
    for at in range(1, len(words)):
        rest = " ".join(words[at:])
        body = body_name(rest, language) if rest[:1].isupper() and not local else None
        if body is not None and body.own and (len(body.words) > 1 or rest.isupper()):
            return rest
    return ""
