"""What an appearance can be recognised by: a full name, a surname, a body's name, a description, or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from selon.matching.actors.appearances import Appearance
from selon.matching.actors.meaning import Meaning, meaning
from selon.matching.actors.names import BodyName, PersonName, body_name, person_name
from selon.matching.actors.register import Entry, Register
from selon.matching.actors.vocabulary import vocabulary
from selon.records import ActorKind

NOTHING = Meaning()


class Sort(StrEnum):
    """By what an appearance is recognised."""

    FULL = "a given name and a surname"
    PART = "a surname or a given name"
    BODY = "the name of a body"
    OFFICE = "the description of a person"
    SEAT = "the description of a body"
    NONE = "nothing that holds outside its article"


@dataclass(frozen=True, slots=True)
class Profile:
    """What is known of an appearance; ``known`` is what its article says that the speaker is.

    ``gender`` is told by an honorific or, for want of one, by the given name.
    """

    sort: Sort
    person: PersonName | None = None
    body: BodyName | None = None
    entry: Entry | None = None
    described: Meaning = NOTHING
    known: tuple[Meaning, ...] = ()
    gender: str = ""
    titled: str = ""


def profile(seen: Appearance, register: Register) -> Profile:
    """The profile of an appearance."""
    who = seen.who
    entry = register.entry(who.name) or next(filter(None, map(register.entry, who.names)), None)
    if entry is not None and not (entry.given or _is_body(seen)):
        entry = None
    person = _person(seen)
    if (person is not None and entry is None) or (entry is not None and entry.kind is ActorKind.PERSON):
        return _of_person(seen, person, entry, register)
    if entry is not None:
        return Profile(Sort.BODY, body=body_name(who.name, seen.language), entry=entry)
    if who.kind in (ActorKind.PERSON, ActorKind.UNKNOWN) and _single(described := _described(seen, register)):
        return Profile(Sort.OFFICE, described=described, gender=_gender(seen, None))
    if not _is_body(seen) or who.kind is ActorKind.PERSON:
        return Profile(Sort.NONE)
    body = body_name(who.name, seen.language)
    if body is not None and not (
        body.many and (who.kind is not ActorKind.ORGANIZATION or body.key in register.meanings)
    ):
        return Profile(Sort.BODY, body=body)
    described = _described(seen, register)
    holds = described.promise not in ("indefinite", "possessive") and not described.many
    if who.kind is ActorKind.ORGANIZATION and holds and described.offices | described.places:
        return Profile(Sort.SEAT, described=described)
    return Profile(Sort.NONE)


def _of_person(seen: Appearance, person: PersonName | None, entry: Entry | None, register: Register) -> Profile:
    titled = _gender(seen, person)
    given = vocabulary(seen.language).given
    looks = given.get(person.given, given.get(person.given.split("-")[0], "")) if person is not None else ""
    known = tuple(
        meant
        for wording in dict.fromkeys((seen.who.role, *seen.who.names))
        if wording and person_name(wording, seen.language) is None
        if (meant := meaning(wording, seen.language, register)).offices and not meant.many
    )
    if person is not None and person.rank:
        known += (meaning(person.rank, seen.language, register),)
    sort = Sort.FULL if person is not None and person.full else Sort.PART
    return Profile(sort, person=person, entry=entry, known=known, gender=titled or looks, titled=titled)


def _person(seen: Appearance) -> PersonName | None:
    who = seen.who
    if who.kind is ActorKind.DOCUMENT:
        return None
    name = person_name(who.name, seen.language)
    if name is None or who.kind is ActorKind.PERSON:
        return name
    words = vocabulary(seen.language)
    titled = name.shown != who.name and (name.full and name.given in words.given)
    return name if titled or (name.gender and not name.full) else None


def _is_body(seen: Appearance) -> bool:
    return seen.who.kind in (ActorKind.ORGANIZATION, ActorKind.GROUP, ActorKind.UNKNOWN)


def _described(seen: Appearance, register: Register) -> Meaning:
    return meaning(seen.who.name, seen.language, register)


def _single(described: Meaning) -> bool:
    """Whether a description may mean one person that was named somewhere: not ``un préfet`` or ``les préfets``."""
    held = {scope for _, scope in described.offices} - {"body"}
    return bool(held) and not described.many and described.promise != "indefinite"


def _gender(seen: Appearance, person: PersonName | None) -> str:
    """What an honorific before this very name says anywhere in the article."""
    if person is not None and person.gender:
        return person.gender
    for wording in seen.who.names if person is not None else ():
        other = person_name(wording, seen.language)
        if other is not None and other.gender and person is not None and other.surname == person.surname:
            return other.gender
    return ""
