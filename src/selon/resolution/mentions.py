"""Mentions of possible speakers in an article: names, descriptions, and both together by apposition."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from selon.languages.pack import LanguagePack
from selon.offsets import Span
from selon.records import ActorKind, Article, Passage
from selon.resolution.lexicon import Lexicon, lexicon
from selon.resolution.names import ProperName, is_capital, proper_names
from selon.resolution.phrases import Phrase, head_of, phrase_at, phrases
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
    on; ``subject`` when no preposition governs it.
    """

    span: Span
    sentence: int
    passage: int
    name: ProperName | None
    named: Span | None
    phrase: Phrase | None
    role: Span | None
    head: int
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

    def sentence_at(self, place: int) -> int:
        """The number of the sentence that a character belongs to (the last one before it when between two)."""
        return max(0, bisect_right(self.starts, place) - 1)


def scene(article: Article, passages: Sequence[Passage], pack: LanguagePack) -> Scene:
    """The article as resolution sees it: sentences, tokens and mentions."""
    words = lexicon(pack)
    sentences = tuple(
        Sentence(span, number, tuple(pack.tokenizer(article.text, span.start, span.end)))
        for number, passage in enumerate(passages)
        for span in passage.sentences
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


def read_source(stage: Scene, spans: Sequence[Span], pack: LanguagePack) -> Mention | None:
    """What a quotation's source says, read as one noun phrase (its first piece); None when it is empty."""
    tokens: list[Token] = []
    for span in spans:
        tokens = tokens or pack.tokenizer(stage.text, span.start, span.end)
    while tokens and not (tokens[0].text[0].isalnum() or tokens[0].text[0] == "-"):
        tokens.pop(0)
    while tokens and not (tokens[-1].text[-1].isalnum() or tokens[-1].text[-1] in "'’.)»”"):
        tokens.pop()
    if not tokens:
        return None
    sentence = stage.sentence_at(tokens[0].start)
    passage = stage.sentences[sentence].passage if stage.sentences else 0
    opens = bool(stage.sentences) and stage.sentences[sentence].span.start == tokens[0].start
    names = proper_names(tokens, stage.lexicon, opens, stage.known)
    return _source(tokens, names, stage.lexicon, sentence, passage)


def _source(
    tokens: Sequence[Token], names: Sequence[ProperName], words: Lexicon, sentence: int, passage: int
) -> Mention:
    whole = Span(tokens[0].start, tokens[-1].end)
    name: ProperName | None = None
    phrase: Phrase | None = None
    lead = next((n for n in names if n.first == 0 or n.honorific == 0), None)
    head, width = head_of(tokens, words)
    if _coordinated(tokens, names, words):
        phrase = _group(tokens)
        return _mention(whole, sentence, passage, None, phrase, tokens, subject=True)
    if lead is not None and not _possessed(tokens, lead, words):
        name = lead
        after = [p for p in phrases(tokens, words, names) if p.first >= lead.last]
        phrase = after[0] if after else None
        if phrase is not None and phrase.first > lead.last + 2:
            phrase = None
    elif head >= 0:
        phrase = replace(phrase_at(tokens, head, width, words, names), first=0, last=len(tokens))
        name = _apposed(tokens, names, phrase, words)
    if phrase is not None and name is not None and phrase.first < name.last <= phrase.last:
        phrase = _clipped(phrase, name, tokens)
    return _mention(whole, sentence, passage, name, phrase, tokens, subject=True)


def _possessed(tokens: Sequence[Token], name: ProperName, words: Lexicon) -> bool:
    return name.last < len(tokens) and tokens[name.last].form in words.possessive_suffixes


def _clipped(phrase: Phrase, name: ProperName, tokens: Sequence[Token]) -> Phrase:
    """The description without the name in it or behind it."""
    if phrase.first >= name.first:
        return phrase
    end = name.honorific if name.honorific >= 0 else name.first
    while end > phrase.first + 1 and not tokens[end - 1].text[-1].isalnum() and tokens[end - 1].text != ")":
        end -= 1
    return replace(phrase, last=end, words=phrase.words - set(name.key))


def _coordinated(tokens: Sequence[Token], names: Sequence[ProperName], words: Lexicon) -> bool:
    for at in range(1, len(tokens) - 1):
        if tokens[at].form not in words.conjunctions:
            continue
        before = any(name.last == at for name in names) and names[0].first == 0
        after = any(name.first == at + 1 or name.honorific == at + 1 for name in names)
        definite = tokens[at + 1].form in words.determiners and tokens[at + 1].form not in words.links
        if (before and (after or definite)) or (definite and tokens[0].form in words.determiners):
            return True
    return False


def _group(tokens: Sequence[Token]) -> Phrase:
    text = " ".join(token.form for token in tokens)
    return Phrase(0, len(tokens), 0, text, ActorKind.GROUP, "", "p", "indefinite", False, frozenset(), False)


def _apposed(
    tokens: Sequence[Token], names: Sequence[ProperName], phrase: Phrase, words: Lexicon
) -> ProperName | None:
    """The name that a description goes with: after a comma or right behind it, not inside its complement.

    ``le délégué du syndicat Force, Jean Dupont`` is Jean Dupont, ``le rapport du cabinet Orsel`` has no name, ``le ministre
    de l'Intérieur Jean Dupont`` has one because its given name is known.
    """
    if phrase.kind is ActorKind.DOCUMENT:
        return None
    behind = [name for name in names if _start(name) > phrase.head]
    for name in behind:
        before = tokens[_start(name) - 1]
        if before.text in ",:" or (name.honorific >= 0 and before.form not in words.prepositions):
            return name
    for name in behind:
        before = tokens[_start(name) - 1]
        free = before.form not in words.prepositions and before.form not in words.determiners
        if free and (before.text[-1].isalnum() or before.text in ")»”\"") and _adjacent(tokens, name, phrase, words):
            return name
    return None


def _start(name: ProperName) -> int:
    return name.honorific if name.honorific >= 0 else name.first


def _adjacent(tokens: Sequence[Token], name: ProperName, phrase: Phrase, words: Lexicon) -> bool:
    """Whether a name right behind a description belongs to its head and not to its complement."""
    between = tokens[phrase.head + 1 : _start(name)]
    if any(token.form in words.relatives for token in between):
        return False
    complement = any(token.form in words.links for token in between)
    person = phrase.kind in (ActorKind.PERSON, ActorKind.UNKNOWN)
    single = name.last - name.first == 1
    if person and single and words.nationality(tokens[name.first].form):
        return False
    if not complement:
        return not (person and name.kind is ActorKind.ORGANIZATION and single and not words.head_last)
    inner = words.noun(between[-1].form) if between else None
    about_person = inner is not None and inner.kind is ActorKind.PERSON
    return person and len(name.key) > 1 and name.kind is ActorKind.PERSON and not about_person


def _mention(
    span: Span,
    sentence: int,
    passage: int,
    name: ProperName | None,
    phrase: Phrase | None,
    tokens: Sequence[Token],
    *,
    subject: bool,
) -> Mention:
    kind = ActorKind.UNKNOWN
    if phrase is not None:
        kind = phrase.kind
    if name is not None and kind in (ActorKind.UNKNOWN, ActorKind.GROUP):
        kind = name.kind
    gender = (phrase.gender if phrase is not None and kind is ActorKind.PERSON else "") or (name.gender if name else "")
    number = phrase.number if phrase is not None and name is None else "s"
    named = Span(tokens[name.first].start, tokens[name.last - 1].end) if name else None
    role = Span(tokens[phrase.first].start, tokens[phrase.last - 1].end) if phrase else None
    head = named.start if named else tokens[phrase.head].start if phrase else span.start
    return Mention(span, sentence, passage, name, named, phrase, role, head, subject, kind, gender, number)


def _mentions(
    tokens: Sequence[Token], sentence: int, passage: int, words: Lexicon, known: frozenset[str]
) -> list[Mention]:
    names = proper_names(tokens, words, opens=True, known=known)
    described = phrases(tokens, words, names)
    joined: dict[int, Phrase] = {}
    used: set[int] = set()
    for phrase in described:
        name = _name_beside(tokens, phrase, names, words)
        if name is not None and name.first not in joined:
            joined[name.first] = phrase
            used.add(phrase.head)
    found = []
    for name in names:
        partner = joined.get(name.first)
        start = name.honorific if name.honorific >= 0 else name.first
        first = min(start, partner.first) if partner else start
        last = max(name.last, partner.last) if partner else name.last
        span = Span(tokens[first].start, tokens[last - 1].end)
        subject = _free(tokens, first, words)
        found.append(_mention(span, sentence, passage, name, partner, tokens, subject=subject))
    for phrase in described:
        if phrase.head not in used:
            span = Span(tokens[phrase.first].start, tokens[phrase.last - 1].end)
            subject = _free(tokens, phrase.first, words) and tokens[phrase.first].form not in words.prepositions
            found.append(_mention(span, sentence, passage, None, phrase, tokens, subject=subject))
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
    person = phrase.kind is ActorKind.PERSON and phrase.number == "s"
    for name in names:
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


def _behind(tokens: Sequence[Token], name: ProperName, phrase: Phrase, words: Lexicon) -> bool:
    mark = tokens[name.last].text
    if mark == "(":
        return True
    if mark != ",":
        return False
    closed = phrase.last == len(tokens) or not tokens[phrase.last].text[0].isalnum()
    opener = tokens[name.first - 1].form if name.first else ""
    if phrase.promise == "":
        return not is_capital(tokens[phrase.first])
    return closed and opener not in words.prepositions
