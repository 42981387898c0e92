"""Mentions of possible speakers in an article: names, descriptions, and both together by apposition."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from selon.languages.pack import LanguagePack
from selon.offsets import Span
from selon.records import ActorKind, Article, Passage
from selon.resolution.lexicon import Lexicon, lexicon
from selon.resolution.names import ProperName, is_capital, proper_names
from selon.resolution.phrases import Phrase, phrases
from selon.tokens import Token


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its tokens; ``passage`` counts the passages of the article."""

    span: Span
    passage: int
    tokens: tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of the article that names or describes somebody.

    ``named`` is where the bare name stands, ``role`` the description, ``head`` the first character of the word it turns
    on, ``rank`` the honorific (``me``, ``col.``) and ``subject`` whether no preposition governs it.
    """

    span: Span
    sentence: int
    passage: int
    name: ProperName | None
    named: Span | None
    phrase: Phrase | None
    role: Span | None
    head: int
    rank: str
    subject: bool
    kind: ActorKind
    gender: str
    number: str


@dataclass(frozen=True)
class Scene:
    """An article cut into sentences, with every mention the scan found, in text order."""

    text: str
    lexicon: Lexicon
    sentences: tuple[Sentence, ...]
    starts: tuple[int, ...]
    mentions: tuple[Mention, ...]
    known: frozenset[str]

    def of_sentence(self, number: int) -> Sequence[Mention]:
        """The mentions of a sentence, in text order."""
        first = bisect_left(self.mentions, number, key=lambda mention: mention.sentence)
        last = bisect_right(self.mentions, number, key=lambda mention: mention.sentence)
        return self.mentions[first:last]

    def sentence_at(self, place: int) -> int:
        """The number of the sentence that a character belongs to (the last one before it when between two)."""
        return max(0, bisect_right(self.starts, place) - 1)


def scene(article: Article, passages: Sequence[Passage], pack: LanguagePack) -> Scene:
    """The article as resolution sees it: sentences (the whole text is one where there are no passages) and mentions."""
    words = lexicon(pack)
    spans = [(number, span) for number, passage in enumerate(passages) for span in passage.sentences]
    sentences = tuple(
        Sentence(span, number, tuple(pack.tokenizer(article.text, span.start, span.end)))
        for number, span in spans or [(0, Span(0, len(article.text)))]
    )
    known = frozenset(
        token.text
        for sentence in sentences
        for before, token in zip(sentence.tokens, sentence.tokens[1:], strict=False)
        if token.text[0].isupper() and before.text[-1].isalnum() and token.form not in words.openers
    )
    mentions = tuple(
        mention
        for number, sentence in enumerate(sentences)
        for mention in _mentions(sentence.tokens, number, sentence.passage, words, known)
    )
    return Scene(article.text, words, sentences, tuple(s.span.start for s in sentences), mentions, known)


class Reading(NamedTuple):
    """What a stretch of tokens was found to hold: a name, a description or both; ``subject`` as in Mention."""

    name: ProperName | None
    phrase: Phrase | None
    subject: bool


def mention_of(tokens: Sequence[Token], span: Span, where: tuple[int, int], reading: Reading) -> Mention:
    """The mention in ``span`` of a sentence and passage (``where``), its parts put together."""
    name, phrase, subject = reading
    kind = ActorKind.UNKNOWN
    if phrase is not None:
        kind = phrase.kind
    if name is not None and kind in (ActorKind.UNKNOWN, ActorKind.GROUP):
        kind = name.kind
    gender = (name.gender if name else "") or (phrase.gender if phrase is not None else "")
    number = phrase.number if phrase is not None and name is None else "s"
    named = Span(tokens[name.first].start, tokens[name.last - 1].end) if name else None
    role = Span(tokens[phrase.first].start, tokens[phrase.last - 1].end) if phrase else None
    head = named.start if named else tokens[phrase.head].start if phrase else span.start
    rank = ""
    if name is not None and name.honorific >= 0:
        stopped = tokens[name.honorific + 1].text == "."
        rank = tokens[name.honorific].form + ("." if stopped else "")
    return Mention(span, *where, name, named, phrase, role, head, rank, subject, kind, gender, number)


def _mentions(
    tokens: Sequence[Token], sentence: int, passage: int, words: Lexicon, known: frozenset[str]
) -> list[Mention]:
    shouted = all(token.text.isupper() for token in tokens if token.text[0].isalpha()) and len(tokens) > 2
    names = [] if shouted else proper_names(tokens, words, opens=True, known=known)
    described = phrases(tokens, words, names)
    joined: dict[int, Phrase] = {}
    used: set[int] = set()
    for phrase in described:
        name = _name_beside(tokens, phrase, names, words) or _given_name(tokens, phrase, names, words)
        if name is not None and name.first not in joined:
            joined[name.first] = phrase
            used.add(phrase.head)
    found = []
    titled = {
        partner.first: name for name in names if (partner := joined.get(name.first)) and partner.last <= name.first
    }
    for name in names:
        partner = joined.get(name.first)
        start = name.honorific if name.honorific >= 0 else name.first
        first = min(start, partner.first) if partner else start
        last = max(name.last, partner.last) if partner else name.last
        span = Span(tokens[first].start, tokens[last - 1].end)
        subject = _free(tokens, first, words)
        found.append(mention_of(tokens, span, (sentence, passage), Reading(name, partner, subject)))
    for phrase in described:
        if phrase.head not in used:
            apposed = _titled(tokens, phrase, titled)
            span = Span(tokens[phrase.first].start, tokens[phrase.last - 1].end)
            subject = _free(tokens, phrase.first, words) and tokens[phrase.first].form not in words.prepositions
            found.append(mention_of(tokens, span, (sentence, passage), Reading(apposed, phrase, subject)))
    return sorted(found, key=lambda mention: mention.span)


def _free(tokens: Sequence[Token], first: int, words: Lexicon) -> bool:
    while first > 0 and tokens[first - 1].form in words.determiners:
        if tokens[first - 1].form in words.prepositions:
            return False
        first -= 1
    return first == 0 or tokens[first - 1].form not in words.prepositions


def _name_beside(
    tokens: Sequence[Token], phrase: Phrase, names: Sequence[ProperName], words: Lexicon
) -> ProperName | None:
    """The name in apposition to a phrase: ``le maire, X``, ``le ministre X``, ``X, maire de Y``, ``X (maire)``."""
    if phrase.kind is ActorKind.DOCUMENT:
        return None
    person = phrase.kind is ActorKind.PERSON and phrase.number == "s"
    for name in names:
        if phrase.head == name.honorific:
            return name
        start = name.honorific if name.honorific >= 0 else name.first
        fits = name.kind in (ActorKind.PERSON, ActorKind.UNKNOWN)
        if start == phrase.last and (fits or phrase.kind is not ActorKind.PERSON):
            return name
        if not (person and fits):
            continue
        if start == phrase.last + 1 and tokens[phrase.last].text == "," and phrase.promise != "indefinite":
            return name
        if phrase.first == name.last + 1 and _behind(tokens, name, phrase, words):
            return name
    return None


def _titled(tokens: Sequence[Token], phrase: Phrase, titled: Mapping[int, ProperName]) -> ProperName | None:
    """The name of a second title: ``le directeur des douanes`` in ``le directeur des douanes, le colonel Paul Roy``."""
    person = phrase.kind is ActorKind.PERSON and phrase.number == "s" and phrase.promise == "definite"
    if not person or phrase.first or phrase.last + 1 >= len(tokens) or tokens[phrase.last].text != ",":
        return None
    name = titled.get(phrase.last + 1)
    closed = name is not None and name.last < len(tokens) and tokens[name.last].text == ","
    return name if closed else None


def _given_name(
    tokens: Sequence[Token], phrase: Phrase, names: Sequence[ProperName], words: Lexicon
) -> ProperName | None:
    """The name that words like ``nommé`` give: ``un homme nommé Paul Roy``, ``a gang, which calls itself Carcajou``."""
    if phrase.kind in (ActorKind.DOCUMENT, ActorKind.UNKNOWN):
        return None
    for at in range(phrase.last, min(phrase.last + _NAMING, len(tokens))):
        if tokens[at].form in words.naming:
            return next((name for name in names if at < name.first <= at + _GIVEN), None)
        if not (tokens[at].text == "," or tokens[at].form in words.relatives or tokens[at].form in words.itself):
            return None
    return None


_NAMING = 6
_GIVEN = 3


def _behind(tokens: Sequence[Token], name: ProperName, phrase: Phrase, words: Lexicon) -> bool:
    mark = tokens[name.last].text
    if mark == "(":
        return True
    if mark != ",":
        return False
    closed = not name.first or phrase.last == len(tokens) or not tokens[phrase.last].text[0].isalnum()
    opener = tokens[name.first - 1].form if name.first else ""
    if phrase.promise == "":
        return not is_capital(tokens[phrase.first])
    return closed and opener not in words.prepositions
