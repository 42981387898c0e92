"""What a description means: a bag of concepts that is the same in every language the packs know.

``le porte-parole du président russe`` and ``the Russian president’s spokesman`` both give spokesperson, president and
Q159. Words that no table knows stand as their first letters, so that ``dolmane`` and ``Dolmania`` still meet.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from selon.matching.actors.folding import folded
from selon.matching.actors.register import Register
from selon.matching.actors.vocabulary import Concept, Vocabulary, vocabulary
from selon.tokens import Token

_STEM = 5
_LONGEST = 6


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a description says; ``promise`` is that of its determiner (``definite``, ``indefinite``, …, or nothing).

    ``offices`` are the concepts that a person or body holds, with their scope; ``places`` what is neither office nor
    portfolio, and ``proper`` those of them that are written large.
    """

    concepts: frozenset[str] = frozenset()
    offices: frozenset[tuple[str, str]] = frozenset()
    covers: frozenset[str] = frozenset()
    fields: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    proper: frozenset[str] = frozenset()
    former: bool = False
    promise: str = ""
    many: bool = False

    def fits(self, known: Meaning) -> bool:
        """Whether who is known to be ``known`` may be called so: by the same concepts, or a wider word for the office.

        ``le chef de l’OTAN`` fits its secretary general; ``l’ancien président`` does not fit the president.
        """
        if self.former != known.former or not self.concepts:
            return False
        if self.concepts == known.concepts:
            return True
        generic = {concept for concept, scope in self.offices if scope == "generic"}
        rest = self.concepts - generic
        return bool(generic and rest and known.concepts & self.covers) and rest == known.concepts - self.covers

    def within(self, known: Meaning) -> bool:
        """Whether it says a part of what is known, an office among it (``la ministre`` of a minister of something).

        A word for every sort of head (``le chef``) is only taken for who is called so elsewhere.
        """
        mine = {concept for concept, _ in self.offices}
        theirs = {concept for concept, _ in known.offices}
        wide = any(scope == "generic" for _, scope in self.offices)
        held = mine <= theirs or (not wide and bool(self.covers & theirs))
        return bool(mine) and self.former == known.former and held and self.places <= known.concepts


def meaning(wording: str, language: str, register: Register) -> Meaning:
    """What a description means, up to its first comma or relative clause."""
    return _meaning(wording, language, _Shelf(register))


@dataclass(frozen=True, slots=True, eq=False)
class _Shelf:
    """A register that a cache may hold on to: the same object, the same register."""

    register: Register

    def __hash__(self) -> int:
        return id(self.register)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Shelf) and other.register is self.register


@dataclass(slots=True)
class _Bag:
    """What has been found in a description so far."""

    concepts: set[str] = field(default_factory=set)
    offices: set[tuple[str, str]] = field(default_factory=set)
    covers: set[str] = field(default_factory=set)
    fields: set[str] = field(default_factory=set)
    places: set[str] = field(default_factory=set)
    closed: bool = False

    def pass_by(self, form: str, words: Vocabulary) -> None:
        """A small word: what follows ``de`` is no office of who is meant, nor what stands before ``'s``."""
        if form in words.possessive:
            self.offices.clear()
            self.fields.clear()
        elif form in words.governors and self.offices:
            self.closed = True

    def add(self, concept: Concept) -> None:
        """A row of ``offices.tsv`` was met."""
        self.concepts |= concept.parts
        if concept.scope not in ("area", "empty") and not self.closed:
            self.offices |= {(part, concept.scope) for part in concept.parts}
            self.covers |= concept.covers
            self.fields |= {concept.field} - {""}

    def name(self, noun: str) -> None:
        """A noun for a person was met that ``offices.tsv`` does not have."""
        concept = f"~{noun[:_STEM]}"
        self.concepts.add(concept)
        if not self.closed:
            self.offices.add((concept, "many"))


@lru_cache(maxsize=100_000)
def _meaning(wording: str, language: str, shelf: _Shelf) -> Meaning:
    words = vocabulary(language)
    text = folded(wording)
    tokens = _phrase(words.tokenizer(text), words)
    if not tokens:
        return Meaning()
    large = {folded(token.text)[:_STEM] for token in words.tokenizer(wording) if token.text[0].isupper()}
    bag, former, at = _Bag(), False, 0
    while at < len(tokens):
        form = tokens[at].form
        head = next((p for p in words.former_prefixes if form.startswith(p) and p.rstrip("-") in words.former), "")
        former |= bool(head) or (form in words.former and form not in words.concepts)
        shift = len(head) if len(form) > len(head) else 0
        for last, key in _keys(text, tokens, at, shift):
            if key in words.concepts:
                bag.add(words.concepts[key])
            elif key.replace("-", " ") in shelf.register.meanings:
                bag.places |= shelf.register.meanings[key.replace("-", " ")]
            elif words.nouns.get(key) == "person" and key not in words.former:
                bag.name(key)
            else:
                continue
            at = last
            break
        else:
            bag.pass_by(form, words)
            bag.places |= _stem(form[shift:], words)
            at += 1
    return Meaning(
        frozenset(bag.concepts | bag.places),
        frozenset(bag.offices),
        frozenset(bag.covers),
        frozenset(bag.fields),
        frozenset(bag.places),
        frozenset(place for place in bag.places if not place.startswith("~") or place[1:] in large),
        former,
        words.promises.get(tokens[0].form, ""),
        tokens[0].form in words.plural,
    )


def _phrase(tokens: Sequence[Token], words: Vocabulary) -> Sequence[Token]:
    for number, token in enumerate(tokens):
        stop = token.text in ',;:()«“"' or token.form in words.relatives
        if stop and number:
            return tokens[:number]
    return tokens


def _keys(text: str, tokens: Sequence[Token], at: int, shift: int) -> Iterator[tuple[int, str]]:
    """The stretches that begin with token ``at``, longest first, each with the token behind it."""
    for last in range(min(len(tokens), at + _LONGEST), at, -1):
        yield last, text[tokens[at].start + shift : tokens[last - 1].end]


def _stem(form: str, words: Vocabulary) -> set[str]:
    silent = form in words.empty or form in words.possessive or form in words.former or form in words.honorifics
    return set() if silent or len(form) < 3 or not form[0].isalpha() else {f"~{form[:_STEM]}"}
