"""What one article leaves without a name (``the 23-year-old``) and another of the event says by name: the same words.

The statements of an unnamed speaker are compared with those of the named ones in other articles of the event, across
languages, as vectors. One clearly nearest person or body is taken for the speaker. Anonymous speakers (``un
diplomate``, ``une source``) are left alone: whoever hides a name may have a reason.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from selon.matching.actors.pile import Pile
from selon.matching.actors.profiles import Sort
from selon.matching.actors.vocabulary import vocabulary
from selon.records import ActorKind, Evidence

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from selon.models.embedding import Encoder

    Vectors = NDArray[np.float32]

LIKE, MARGIN = 0.65, 0.1
"""How near the words must be, and how much nearer than those of anybody else: of such pairs in the written sets S0 to
S4, 98.7 % have one speaker."""
_WORDS = 4
_KEPT = 4096
_PEOPLE = frozenset({ActorKind.PERSON, ActorKind.UNKNOWN})
_BODIES = frozenset({ActorKind.ORGANIZATION, ActorKind.GROUP, ActorKind.UNKNOWN})


def join_echoes(pile: Pile, encoder: Encoder) -> None:
    """Join speakers whom their article does not name to whom another article of the event has say the same."""
    listener = _Listener(pile, encoder)
    homes = []
    for number in range(len(pile.seen)):
        if not (_unnamed(pile, number) or _alone(pile, number) or _document(pile, number)):
            continue
        found = _home(pile, number, listener)
        if found is not None:
            homes.append((number, *found))
    for number, home, evidence in homes:
        pile.joined.join(number, home, evidence)


def _unnamed(pile: Pile, number: int) -> bool:
    """Whether it is one speaker whom its article describes, and nothing has been tied to a name yet."""
    known, who = pile.profiles[number], pile.seen[number].who
    if known.sort in (Sort.FULL, Sort.BODY) or who.kind in (ActorKind.DOCUMENT, ActorKind.GROUP):
        return False
    words = vocabulary(pile.seen[number].language)
    opener = next((token.form for token in words.tokenizer(who.name)), "")
    definite = words.promises.get(opener) in ("definite", "demonstrative", "possessive")
    if not definite or opener in words.plural:
        return False
    members = pile.joined.members(number)
    return not any(pile.profiles[other].sort in (Sort.FULL, Sort.BODY) for other in members)


def _document(pile: Pile, number: int) -> bool:
    """Whether a document speaks (``un rapport de l'institut``): another article may tell its words by another title."""
    return pile.seen[number].who.kind is ActorKind.DOCUMENT


def _alone(pile: Pile, number: int) -> bool:
    """Whether it is a body by a name that nobody else bears, as a translated name is (``Black Wolverine``)."""
    known = pile.profiles[number]
    return known.sort is Sort.BODY and known.entry is None and len(pile.joined.members(number)) == 1


def _home(pile: Pile, number: int, listener: _Listener) -> tuple[int, Evidence] | None:
    """The actor whom every statement that is echoed at all is echoed by."""
    around = pile.scope.neighbours(pile.seen[number].article)
    told = listener.documents if _document(pile, number) else listener.people
    named = [other for article in sorted(around) for other in told(article) if _may_be(pile, number, other)]
    if not named:
        return None
    answers: dict[int, tuple[float, str]] = {}
    for said, vector in listener.statements(number):
        around_it = listener.quoting(pile.seen[number].article, said)
        nearest = _nearest(pile, listener, vector, [each for each in named if pile.joined.root(each) not in around_it])
        if nearest is not None:
            root, like, content = nearest
            answers[root] = max(answers.get(root, (0.0, "")), (like, f"{_short(said)} = {_short(content)}"))
    if len(answers) != 1:
        return None
    root, (like, saw) = next(iter(answers.items()))
    return root, Evidence("the same words in another article of the event", saw, round(min(like, 0.99), 2))


def _nearest(pile: Pile, listener: _Listener, vector: Vectors, named: Sequence[int]) -> tuple[int, float, str] | None:
    """Who says it most alike, how alike, and in what words; None where nobody does clearly."""
    best: dict[int, tuple[float, str]] = {}
    for other in named:
        for content, theirs in listener.statements(other):
            root = pile.joined.root(other)
            best[root] = max(best.get(root, (0.0, "")), (float(vector @ theirs), content))
    order = sorted(best.items(), key=lambda item: (-item[1][0], item[0]))
    if not order or order[0][1][0] < LIKE:
        return None
    if len(order) > 1 and order[0][1][0] - order[1][1][0] < MARGIN:
        return None
    return order[0][0], *order[0][1]


def _may_be(pile: Pile, number: int, other: int) -> bool:
    """A described person is a person, a described body a body, of no other gender; and no decision is against it."""
    mine, theirs = pile.seen[number].who.kind, pile.profiles[other]
    if mine is ActorKind.DOCUMENT:
        return pile.joined.may(number, other)
    kind = _PEOPLE if theirs.sort is Sort.FULL else _BODIES
    if pile.profiles[number].sort is Sort.BODY and (theirs.sort is Sort.FULL or not _translates(pile, number, other)):
        return False
    gender = pile.profiles[number].gender
    return (
        mine in kind and pile.joined.may(number, other) and not (gender and theirs.gender and gender != theirs.gender)
    )


def _translates(pile: Pile, number: int, other: int) -> bool:
    """Whether one body's name may be the other's in translation: of two languages, or with a word in common."""
    mine, theirs = pile.profiles[number].body, pile.profiles[other].body
    if pile.seen[number].language != pile.seen[other].language:
        return True
    return mine is not None and theirs is not None and bool(set(mine.words) & set(theirs.words))


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59].rstrip()}…"


class _Listener:
    """The statements of a pile with their vectors, worked out an article at a time and kept for a while."""

    def __init__(self, pile: Pile, encoder: Encoder) -> None:
        self._pile = pile
        self._encoder = encoder
        self._speakers: Mapping[str, list[int]] = defaultdict(list)
        for number, each in enumerate(pile.seen):
            self._speakers[each.article].append(number)
        self._heard = lru_cache(maxsize=_KEPT)(self._hear)

    def people(self, article: str) -> Iterator[int]:
        """The appearances in an article that have a name of their own."""
        named = (Sort.FULL, Sort.BODY)
        return (number for number in self._speakers[article] if self._pile.profiles[number].sort in named)

    def documents(self, article: str) -> Iterator[int]:
        """The documents that speak in an article."""
        return (number for number in self._speakers[article] if _document(self._pile, number))

    def statements(self, number: int) -> Sequence[tuple[str, Vectors]]:
        """What was said in an appearance, each with its vector; what is too short to tell anything is left out."""
        return self._heard(self._pile.seen[number].article).get(number, ())

    def quoting(self, article: str, content: str) -> set[int]:
        """The actors that quote these words inside theirs in this article: whoever is quoted so is somebody else."""
        return {
            self._pile.joined.root(number)
            for number in self._speakers[article]
            for said in self._pile.seen[number].contents
            if content in said and content != said
        }

    def _hear(self, article: str) -> dict[int, list[tuple[str, Vectors]]]:
        told = [
            (number, content)
            for number in self._speakers[article]
            for content in self._pile.seen[number].contents
            if len(content.split()) >= _WORDS
        ]
        heard: dict[int, list[tuple[str, Vectors]]] = defaultdict(list)
        if told:
            languages = [self._pile.seen[number].language for number, _ in told]
            vectors = self._encoder.encode([content for _, content in told], languages)
            for (number, content), vector in zip(told, vectors, strict=True):
                heard[number].append((content, vector))
        return heard
