"""What a language pack says of names and noun phrases, made ready for look-ups."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from selon.languages.pack import LanguagePack
from selon.records import ActorKind


@dataclass(frozen=True, slots=True)
class Noun:
    """A word for a person, body, group or document; ``lemma`` is its masculine singular, gender "" when both."""

    lemma: str
    kind: ActorKind
    gender: str
    number: str


@dataclass(frozen=True, slots=True)
class Pronoun:
    """A pronoun that may stand as a source; ``reach`` says where it looks (see pronouns.tsv)."""

    reach: str
    gender: str
    number: str


@dataclass(frozen=True)
class Lexicon:
    """The words of one language that resolution looks up; every key is lower case with straight apostrophes."""

    nouns: Mapping[str, Noun]
    openings: frozenset[str]
    pronouns: Mapping[str, Pronoun]
    given: Mapping[str, str]
    honorifics: Mapping[str, str]
    ranks: Mapping[str, str]
    determiners: Mapping[str, str]
    determiner_gender: Mapping[str, str]
    plural_determiners: frozenset[str]
    negatives: frozenset[str]
    metonyms: Mapping[str, str]
    covers: Mapping[str, frozenset[str]]
    particles: frozenset[str]
    opening_particles: frozenset[str]
    institutions: frozenset[str]
    openers: frozenset[str]
    prepositions: frozenset[str]
    place_prepositions: frozenset[str]
    houses: frozenset[str]
    before: frozenset[str]
    former: frozenset[str]
    former_prefixes: tuple[str, ...]
    links: frozenset[str]
    complements: frozenset[str]
    infinitives: tuple[str, ...]
    empty: frozenset[str]
    stops: frozenset[str]
    conjunctions: frozenset[str]
    adjectives: tuple[str, ...]
    person_endings: Mapping[str, tuple[str, ...]]
    nationality_endings: Mapping[str, tuple[str, ...]]
    possessive_suffixes: frozenset[str]
    relatives: frozenset[str]
    issued: frozenset[str]
    issuers: frozenset[str]
    calendar: frozenset[str]
    given_feminine: tuple[str, ...]
    naming: frozenset[str]
    itself: frozenset[str]
    subjects: frozenset[str]
    impersonal: frozenset[str]
    copulas: frozenset[str]
    copula_links: frozenset[str]
    asking: frozenset[str]
    asked: frozenset[str]
    subordinators: frozenset[str]
    unsourced: frozenset[str]
    head_last: bool

    def noun(self, word: str) -> Noun | None:
        """The noun a word form belongs to, ``ex-`` and the like taken off first."""
        found = self.nouns.get(word)
        if found is None and "-" in word:
            for prefix in self.former_prefixes:
                if word.startswith(prefix):
                    return self.nouns.get(word[len(prefix) :])
        return found

    def guessed(self, word: str) -> str:
        """The gender of a person noun that the list does not hold, by its ending; "" when no ending fits."""
        return _by_ending(word, self.person_endings)

    def nationality(self, word: str) -> str:
        """The gender of a capitalised word for somebody of a country or town, by its ending; "" when none fits."""
        return _by_ending(word, self.nationality_endings)


@cache
def lexicon(pack: LanguagePack) -> Lexicon:
    """The lexicon of a pack, made once. Raises PackError when a table is damaged."""
    table = pack.table("mentions")
    nouns = {form: noun for form, noun in _nouns(pack, table).items() if form not in table["phrases"]["never"]}
    names, modifiers, determiners = table["names"], table["modifiers"], table["determiners"]
    return Lexicon(
        nouns=nouns,
        openings=frozenset(form.split(" ")[0] for form in nouns if " " in form),
        pronouns={
            row["form"]: Pronoun(row["reach"], row["gender"].strip("-"), row["number"].strip("-"))
            for row in pack.rows("pronouns")
        },
        given=_given(pack.rows("given_names")),
        honorifics=_flat(table["honorifics"]),
        ranks=table["ranks"],
        determiners={form: kind for kind in _PROMISES for form in determiners[kind]},
        determiner_gender=_flat({"m": determiners["masculine"], "f": determiners["feminine"]}),
        plural_determiners=frozenset(determiners["plural"]),
        negatives=frozenset(determiners["negative"]),
        metonyms={plain(name): row["kind"] for row in pack.rows("metonyms") for name in row["names"].split(",")},
        covers={row["epithet"]: frozenset(row["covers"].split(",")) for row in pack.rows("epithets")},
        particles=frozenset(names["particles"]),
        opening_particles=frozenset(names["opening_particles"]),
        institutions=frozenset(names["institutions"]),
        openers=frozenset(names["openers"]),
        prepositions=frozenset(table["prepositions"]["all"]),
        place_prepositions=frozenset(table["prepositions"]["places"]),
        houses=frozenset(table["prepositions"]["houses"]),
        before=frozenset(modifiers["before"]),
        former=frozenset(modifiers["former"]),
        former_prefixes=tuple(modifiers["former_prefixes"]),
        links=frozenset(table["phrases"]["links"]),
        complements=frozenset(table["phrases"]["complements"]),
        infinitives=tuple(table["phrases"]["infinitives"]),
        empty=frozenset(
            form
            for forms in (*determiners.values(), table["phrases"]["links"], table["prepositions"]["all"])
            for form in forms
        ),
        stops=frozenset(form for key in ("links", "relatives", "conjunctions") for form in table["phrases"][key]),
        conjunctions=frozenset(table["phrases"]["conjunctions"]),
        adjectives=tuple(table["phrases"]["adjective_endings"]),
        person_endings=_endings(table["endings"], ""),
        nationality_endings=_endings(table["endings"], "nationality_"),
        possessive_suffixes=frozenset(table["phrases"]["possessive_suffixes"]),
        issued=frozenset(table["phrases"]["issued"]),
        issuers=frozenset(table["phrases"]["issuers"]),
        calendar=frozenset(names["calendar"]),
        given_feminine=tuple(table["endings"]["given_f"]),
        relatives=frozenset(table["phrases"]["relatives"]),
        naming=frozenset(table["phrases"]["naming"]),
        itself=frozenset(table["phrases"]["itself"]),
        subjects=frozenset(table["chains"]["subjects"]),
        impersonal=frozenset(table["chains"]["impersonal"]),
        copulas=frozenset(table["chains"]["copulas"]),
        copula_links=frozenset(table["chains"]["links"]),
        asking=frozenset(table["questions"]["asking"]),
        asked=frozenset(table["questions"]["asked"]),
        subordinators=frozenset(table["questions"]["conjunctions"]),
        unsourced=frozenset(table["questions"]["unsourced"]),
        head_last=table["phrases"]["head"] == "last",
    )


@cache
def plain(word: str) -> str:
    """A word as names are compared: lower case, without accents, straight apostrophes."""
    bare = unicodedata.normalize("NFKD", word.replace("’", "'").replace("ʼ", "'").casefold())
    return "".join(mark for mark in bare if not unicodedata.combining(mark) and mark != "\u00ad")


_PROMISES = ("definite", "demonstrative", "possessive", "indefinite")


def _flat(groups: Mapping[str, Sequence[str]]) -> dict[str, str]:
    return {form: key.strip("-") for key, forms in groups.items() for form in forms}


def _endings(table: Mapping[str, Any], prefix: str) -> dict[str, tuple[str, ...]]:
    return {gender: tuple(table.get(prefix + gender, ())) for gender in ("m", "f")}


def _by_ending(word: str, endings: Mapping[str, tuple[str, ...]]) -> str:
    for gender in ("f", "m"):
        if len(word) > 4 and word.endswith(endings[gender]):
            return gender
    return ""


def _given(rows: Iterable[Mapping[str, str]]) -> dict[str, str]:
    genders: dict[str, str] = {}
    for row in rows:
        gender = row["gender"].strip("-")
        for name in row["names"].split():
            key = plain(name)
            genders[key] = gender if genders.get(key, gender) == gender else ""
    return genders


def _nouns(pack: LanguagePack, table: Mapping[str, Any]) -> dict[str, Noun]:
    endings, links = table["plural"]["endings"], frozenset(table["phrases"]["links"])
    nouns: dict[str, Noun] = {}
    for row in pack.rows("titles"):
        masculine, feminine = row["masculine"].lower(), row["feminine"].lower()
        lemma = feminine if masculine == "-" else masculine
        forms = [(masculine, "" if masculine == feminine else "m"), (feminine, "" if masculine == feminine else "f")]
        for form, gender in forms:
            if form != "-":
                kind = ActorKind(row["kind"])
                nouns.setdefault(form, Noun(lemma, kind, gender, "s"))
                many = ActorKind.GROUP if kind is ActorKind.PERSON else kind
                for plural in _plurals(form, endings, links):
                    nouns.setdefault(plural, Noun(lemma, many, gender, "p"))
    return nouns


def _plurals(form: str, endings: Sequence[Sequence[str]], links: frozenset[str]) -> set[str]:
    """Each word made plural up to a link (``hommes d'affaires``), and the last part alone (``vice-présidents``)."""
    words = form.split(" ")
    stop = next((i for i, word in enumerate(words) if word in links or "'" in word), len(words))
    all_parts = ["-".join(_plural(part, endings) for part in word.split("-")) for word in words[:stop]]
    last_parts = [_plural(word, endings) for word in words[:stop]]
    return {" ".join([*parts, *words[stop:]]) for parts in (all_parts, last_parts)}


def _plural(word: str, endings: Sequence[Sequence[str]]) -> str:
    for singular, plural in endings:
        if word.endswith(singular):
            return word[: len(word) - len(singular)] + plural
    return word
