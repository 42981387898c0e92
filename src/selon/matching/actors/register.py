"""Registers of actors known beforehand: countries, seats and institutions that come with selon, and a user's own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from types import MappingProxyType

from selon.languages.pack import languages
from selon.matching.actors.folding import folded
from selon.matching.actors.tables import table
from selon.matching.actors.vocabulary import vocabulary
from selon.records import ActorKind

_BRACKETS = re.compile(r"\s*\([^()]*\)")


@dataclass(frozen=True, slots=True)
class Entry:
    """An actor that is known beforehand; ``key`` is its identity: the Wikidata id, or one made of its first name."""

    key: str
    names: tuple[str, ...]
    kind: ActorKind = ActorKind.ORGANIZATION
    wikidata: str = ""
    concepts: frozenset[str] = frozenset()
    given: bool = False


@dataclass(frozen=True)
class Register:
    """Entries by their folded names, and what names and demonyms mean inside a description, as concepts.

    ``given`` entries are the user's: they come before the built-in ones. A name that two entries share says nothing.
    """

    entries: Mapping[str, Entry]
    meanings: Mapping[str, frozenset[str]]

    @cached_property
    def by_key(self) -> Mapping[str, Entry]:
        """Bodies by their key."""
        return {entry.key: entry for entry in self.entries.values() if entry.kind is not ActorKind.PERSON}

    @cached_property
    def seats(self) -> tuple[Entry, ...]:
        """The bodies that are an office of a country: the Kremlin."""
        return tuple(entry for _, entry in sorted(self.by_key.items()) if len(entry.concepts) > 1)

    def entry(self, name: str) -> Entry | None:
        """The entry with that name, if there is one and only one; its article does not count.

        >>> built_in().entry("L’OTAN").key == built_in().entry("NATO").key
        True
        """
        return self.entries.get(bare(name)) or self.entries.get(bare(_BRACKETS.sub("", name)))


def bare(name: str) -> str:
    """A name folded, without an article before it, hyphens as spaces.

    >>> bare("L’OTAN"), bare("The Guardian")
    ('otan', 'guardian')
    """
    key = folded(name).replace("-", " ")
    for article in _articles():
        if key.startswith(article) and len(key) > len(article):
            return key[len(article) :]
    return key


@cache
def _articles() -> tuple[str, ...]:
    """The definite articles of every pack, each with the space that follows it, elided ones without."""
    forms = {form for code in languages() for form, kind in vocabulary(code).promises.items() if kind == "definite"}
    longest_first = sorted(forms, key=lambda form: (-len(form), form))
    return tuple(form if form.endswith("'") else f"{form} " for form in longest_first)


@cache
def built_in() -> Register:
    """The countries, seats and institutions that come with selon (see ``register/card.md``)."""
    return _made((*_countries(), *_institutions()), _demonyms())


def with_entries(entries: Iterable[Entry]) -> Register:
    """The built-in register with a user's entries before it: a name that both have is the user's."""
    base = built_in()
    given = _made(tuple(entries), {})
    return Register(
        MappingProxyType({**base.entries, **given.entries}), MappingProxyType({**base.meanings, **given.meanings})
    )


def _made(entries: tuple[Entry, ...], demonyms: Mapping[str, str]) -> Register:
    names: dict[str, Entry | None] = {}
    meanings: dict[str, frozenset[str]] = {}
    for entry in entries:
        for name in entry.names:
            key = bare(name)
            known = names.get(key, entry)
            names[key] = entry if known is not None and known.key == entry.key else None
    for key, found in names.items():
        if found is not None and found.kind is not ActorKind.PERSON:
            meanings[key] = found.concepts or frozenset({found.key})
    for word, country in demonyms.items():
        meanings.setdefault(word, frozenset({country}))
    kept = {key: found for key, found in names.items() if found is not None}
    return Register(MappingProxyType(kept), MappingProxyType(meanings))


def _countries() -> list[Entry]:
    names: dict[tuple[str, str], list[str]] = {}
    for row in table("countries"):
        cells = [cell for column in ("names", "capitals") for cell in _cells(row[column])]
        names[(row["wikidata"], "")] = cells
    for row in table("seats"):
        names.setdefault((row["country"], row["concept"].strip("-")), []).extend(_cells(row["names"]))
    entries = []
    for (country, concept), forms in names.items():
        concepts = frozenset({country, *filter(None, concept.split("+"))})
        key = f"{country}:{concept}" if concept else country
        entries.append(Entry(key, tuple(forms), wikidata="" if concept else country, concepts=concepts))
    return entries


def _institutions() -> list[Entry]:
    entries = []
    for row in table("institutions"):
        names, wikidata = _cells(row["names"]), row["wikidata"].strip("-")
        entries.append(Entry(wikidata or f"r:{bare(names[0])}", names, wikidata=wikidata))
    return entries


def _demonyms() -> dict[str, str]:
    countries: dict[str, set[str]] = {}
    for row in table("countries"):
        for word in _cells(row["demonyms"]):
            for form in (word, f"{word}s"):
                countries.setdefault(folded(form), set()).add(row["wikidata"])
    return {word: next(iter(found)) for word, found in countries.items() if len(found) == 1}


def _cells(cell: str) -> tuple[str, ...]:
    return () if cell == "-" else tuple(cell.split(","))
