"""What a language pack says of names and descriptions, as far as comparing them across articles needs it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from selon.languages.pack import LanguagePack, load_pack
from selon.matching.actors.folding import folded
from selon.tokens import Tokenizer


@dataclass(frozen=True, slots=True)
class Concept:
    """What an office, body or portfolio means (a row of ``offices.tsv``)."""

    parts: frozenset[str]
    scope: str
    field: str
    covers: frozenset[str]


@dataclass(frozen=True)
class Vocabulary:
    """The words of one language; every key is folded. ``concepts`` are by the folded words of their forms."""

    code: str
    tokenizer: Tokenizer
    honorifics: Mapping[str, str]
    ranks: Mapping[str, str]
    given: Mapping[str, str]
    nouns: Mapping[str, str]
    promises: Mapping[str, str]
    plural: frozenset[str]
    particles: frozenset[str]
    former: frozenset[str]
    former_prefixes: tuple[str, ...]
    empty: frozenset[str]
    governors: frozenset[str]
    conjunctions: frozenset[str]
    relatives: frozenset[str]
    possessive: frozenset[str]
    institutions: frozenset[str]
    pronouns: frozenset[str]
    concepts: Mapping[str, Concept]


@cache
def vocabulary(code: str) -> Vocabulary:
    """The vocabulary of a language, made once. Raises PackError when there is no such pack."""
    pack = load_pack(code)
    table = pack.table("mentions")
    determiners, phrases, modifiers = table["determiners"], table["phrases"], table["modifiers"]
    links = _folded((*phrases["links"], *table["prepositions"]["all"]))
    return Vocabulary(
        code=code,
        tokenizer=pack.tokenizer,
        honorifics={folded(form): gender.strip("-") for gender, forms in table["honorifics"].items() for form in forms},
        ranks={folded(form): folded(rank) for form, rank in table["ranks"].items()},
        given=_given(pack),
        nouns={
            folded(row[side]): row["kind"]
            for row in pack.rows("titles")
            for side in ("masculine", "feminine")
            if row[side] != "-"
        },
        promises={folded(form): kind for kind in _PROMISES for form in determiners[kind]},
        plural=_folded(determiners["plural"]),
        particles=_folded(table["names"]["particles"]),
        former=_folded(modifiers["former"]),
        former_prefixes=tuple(map(folded, modifiers["former_prefixes"])),
        empty=_folded(form for kind in _PROMISES for form in determiners[kind]) | links,
        governors=links,
        conjunctions=_folded(phrases["conjunctions"]),
        relatives=_folded(phrases["relatives"]),
        possessive=_folded(phrases["possessive_suffixes"]),
        institutions=_folded(table["names"]["institutions"]),
        pronouns=_folded(row["form"] for row in pack.rows("pronouns")),
        concepts=_concepts(pack),
    )


_PROMISES = ("definite", "demonstrative", "possessive", "indefinite")


def _folded(forms: Iterable[str]) -> frozenset[str]:
    return frozenset(map(folded, forms))


def _given(pack: LanguagePack) -> dict[str, str]:
    genders: dict[str, str] = {}
    for row in pack.rows("given_names"):
        gender = row["gender"].strip("-")
        for name in map(folded, row["names"].split()):
            genders[name] = gender if genders.get(name, gender) == gender else ""
    return genders


def _concepts(pack: LanguagePack) -> dict[str, Concept]:
    found = {}
    for row in pack.rows("offices"):
        covers = frozenset() if row["covers"] == "-" else frozenset(row["covers"].split(","))
        parts = frozenset() if row["scope"] == "empty" else frozenset(row["concept"].split("+"))
        concept = Concept(parts, row["scope"], row["field"].strip("-"), covers)
        for form in row["forms"].split(","):
            found[folded(form)] = concept
    return found
