"""What the source of a quotation says: a pronoun, a name, a description, or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from selon.offsets import Span
from selon.records import ActorKind, Quotation
from selon.resolution.lexicon import Lexicon, Pronoun
from selon.resolution.mentions import Mention, Reading, Scene, mention_of
from selon.resolution.names import ProperName, is_acronym, is_capital, proper_names
from selon.resolution.phrases import Phrase, head_of, phrase_at, phrases
from selon.tokens import Token, Tokenizer


@dataclass(frozen=True, slots=True)
class Source:
    """A quotation's source as read: a ``mention``, or a ``pronoun`` that stands at ``span``, or neither.

    ``antecedent`` is the noun phrase before a relative pronoun where the scan of the article found none.
    """

    mention: Mention | None = None
    pronoun: Pronoun | None = None
    span: Span | None = None
    antecedent: Mention | None = None


def read_source(stage: Scene, quotation: Quotation, tokenizer: Tokenizer) -> Source:
    """The source of a quotation; where empty, what its cue says of it (``a-t-il dit``, ``de source policière``)."""
    pronoun, span = _pronoun(stage, quotation, tokenizer)
    if pronoun is None:
        spans = quotation.source or _unnamed(stage, quotation, tokenizer)
        return Source(mention=read_noun_phrase(stage, spans, tokenizer))
    if pronoun.reach != "relative" or span is None:
        return Source(pronoun=pronoun, span=span)
    return Source(pronoun=pronoun, span=span, antecedent=_antecedent(stage, span, tokenizer))


def touches(stage: Scene, end: int, start: int) -> bool:
    """Whether nothing but a comma and a preposition (``, selon lequel``) stands between two places."""
    if not 0 <= start - end < _GAP:
        return False
    between = stage.text[end:start].strip(" ,\xa0\n").lower().replace("’", "'")
    return not between or between in stage.lexicon.prepositions


_GAP = 12
_SHORT = 4
_REACH = 8


def _pronoun(stage: Scene, quotation: Quotation, tokenizer: Tokenizer) -> tuple[Pronoun | None, Span | None]:
    text, words = stage.text, stage.lexicon
    if quotation.source:
        span = _possessor(stage, quotation.source[0], tokenizer)
        form = " ".join(span.of(text).lower().replace("’", "'").split())
        return words.pronouns.get(form) or words.pronouns.get(form.lstrip("-")), span
    for span in quotation.cue:
        for token in tokenizer(text, span.start, span.end):
            possessive = words.determiners.get(token.form) == "possessive"  # à ses yeux, étaient ses mots
            pronoun = words.pronouns.get(token.form) if token.form.startswith("-") or possessive else None
            if pronoun is not None and pronoun.reach == "back":
                return pronoun, Span(token.start, token.end)
    return None, None


def _possessor(stage: Scene, span: Span, tokenizer: Tokenizer) -> Span:
    """``son`` of ``son communiqué``; the whole span where it is no such thing."""
    tokens, words = tokenizer(stage.text, span.start, span.end), stage.lexicon
    if 1 < len(tokens) <= _SHORT and words.determiners.get(tokens[0].form) == "possessive":
        noun = words.noun(tokens[1].form)
        if noun is not None and noun.lemma in words.issued:
            return Span(tokens[0].start, tokens[0].end)
    return span


def _unnamed(stage: Scene, quotation: Quotation, tokenizer: Tokenizer) -> tuple[Span, ...]:
    """The unnamed source that stands in the cue: ``de source policière``."""
    for span in quotation.cue:
        for token in tokenizer(stage.text, span.start, span.end):
            noun = stage.lexicon.noun(token.form)
            if noun is not None and noun.kind is ActorKind.UNKNOWN:
                return (Span(token.start, span.end),)
    return ()


def _antecedent(stage: Scene, span: Span, tokenizer: Tokenizer) -> Mention | None:
    """The noun phrase before a relative pronoun, where the scan found no mention: ``le facteur qui a dit``."""
    words = stage.lexicon
    sentence = stage.sentence_at(span.start)
    if any(touches(stage, mention.span.end, span.start) for mention in stage.of_sentence(sentence)):
        return None
    before = [t for t in stage.sentences[sentence].tokens if t.end <= span.start]
    while before and (before[-1].form in words.prepositions or not before[-1].text[-1].isalnum()):
        before.pop()
    for token in reversed(before[-_REACH:]):
        if token.form in words.determiners and token.form not in words.prepositions:
            return read_noun_phrase(stage, [Span(token.start, before[-1].end)], tokenizer)
    return None


def read_noun_phrase(stage: Scene, spans: Sequence[Span], tokenizer: Tokenizer) -> Mention | None:
    """What the first of the spans says, read as one noun phrase; None when it is empty."""
    tokens: list[Token] = []
    for span in spans:
        tokens = tokens or tokenizer(stage.text, span.start, span.end)
    while tokens and not (tokens[0].text[0].isalnum() or tokens[0].text[0] == "-"):
        tokens.pop(0)
    while tokens and not (tokens[-1].text[-1].isalnum() or tokens[-1].text[-1] in "'’.)»”"):
        tokens.pop()
    if not tokens:
        return None
    sentence = stage.sentence_at(tokens[0].start)
    passage = stage.sentences[sentence].passage
    opens = stage.sentences[sentence].span.start == tokens[0].start
    names = proper_names(tokens, stage.lexicon, opens, stage.known)
    issuer = _issuer(tokens, stage.lexicon)
    if issuer:
        inner = [replace(n, first=n.first - issuer, last=n.last - issuer) for n in names if n.first >= issuer]
        return _source(tokens[issuer:], inner, stage.lexicon, (sentence, passage))
    return _source(tokens, names, stage.lexicon, (sentence, passage))


def _issuer(tokens: Sequence[Token], words: Lexicon) -> int:
    """Where the issuer stands in ``un communiqué publié samedi par la police``; 0 when the source is no such thing."""
    head, width = head_of(tokens, words)
    if head < 0 or width != 1 or (noun := words.noun(tokens[head].form)) is None or noun.lemma not in words.issued:
        return 0
    for at in range(head + 1, len(tokens) - 1):
        issuing = tokens[at].form in words.issuers
        if issuing and (tokens[at + 1].form in words.determiners or is_capital(tokens[at + 1])):
            return at if tokens[at].form in words.determiners else at + 1
        if issuing and tokens[at].form in words.determiners:
            return at
    return 0


def _source(tokens: Sequence[Token], names: Sequence[ProperName], words: Lexicon, where: tuple[int, int]) -> Mention:
    whole = Span(tokens[0].start, tokens[-1].end)
    name: ProperName | None = None
    phrase: Phrase | None = None
    lead = next((n for n in names if _leads(tokens, n, words)), None)
    head, width = head_of(tokens, words)
    if _coordinated(tokens, names, words):
        phrase = _group(tokens)
        return mention_of(tokens, whole, where, Reading(None, phrase, subject=True))
    if lead is not None and not _possessed(tokens, lead, words):
        name = lead
        phrase = _role_behind(tokens, names, lead, words)
    elif head >= 0:
        phrase = replace(phrase_at(tokens, head, width, words, names), first=0, last=len(tokens))
        name = _apposed(tokens, names, phrase, words)
    if phrase is not None and phrase.kind is ActorKind.GROUP and phrase.number == "p" and name is not lead:
        name = None
    if phrase is not None and name is not None and phrase.first < name.last <= phrase.last:
        phrase = _clipped(phrase, name, tokens)
    return mention_of(tokens, whole, where, Reading(name, phrase, subject=True))


def _leads(tokens: Sequence[Token], name: ProperName, words: Lexicon) -> bool:
    """Whether the source is the name itself: ``Jean Dupont``, ``Me Dupont``, ``la Chine``, but not ``le Norvégien``."""
    if 0 in (name.first, name.honorific):
        return True
    if name.first != 1 or tokens[0].form not in words.determiners:
        return False
    if (
        name.last < len(tokens)
        and tokens[name.last].text[0].isalnum()
        and tokens[name.last].form not in words.relatives
    ):
        return False
    single = name.last == 2 and not is_acronym(tokens[1])
    return not (single and words.nationality(tokens[1].form) and " ".join(name.key) not in words.metonyms)


def _role_behind(
    tokens: Sequence[Token], names: Sequence[ProperName], lead: ProperName, words: Lexicon
) -> Phrase | None:
    """``maire de Lille`` in ``X, maire de Lille``, not the union in ``X, dont le syndicat``."""
    after = [phrase for phrase in phrases(tokens, words, names) if phrase.first >= lead.last]
    if not after or after[0].first > lead.last + 2 or (after[0].kind is not lead.kind is ActorKind.PERSON):
        return None
    between = tokens[lead.last : after[0].first]
    return None if any(t.form in words.prepositions or t.form in words.relatives for t in between) else after[0]


def _possessed(tokens: Sequence[Token], name: ProperName, words: Lexicon) -> bool:
    """Whether a name only opens a description: ``Gondare's president``, ``European Commission spokeswoman X``."""
    if name.last >= len(tokens):
        return False
    after = tokens[name.last]
    if after.form in words.possessive_suffixes:
        return True
    goes_on = after.text[0].isalpha() and after.text.islower() and words.noun(after.form) is not None
    return words.head_last and goes_on


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
    return Phrase(
        first=0,
        last=len(tokens),
        head=0,
        lemma=text,
        kind=ActorKind.GROUP,
        gender="",
        number="p",
        promise="indefinite",
        former=False,
        words=frozenset(),
        listed=False,
    )


def _apposed(tokens: Sequence[Token], names: Sequence[ProperName], phrase: Phrase, words: Lexicon) -> ProperName | None:
    """The name that a description goes with: after a comma or right behind it, not inside its complement.

    ``le délégué du syndicat Force, Jean Dupont`` is Jean Dupont, ``le rapport du cabinet Force`` has no name,
    ``le ministre de l'Intérieur Jean Dupont`` has one because its given name is known.
    """
    if phrase.kind is ActorKind.DOCUMENT:
        return None
    behind = [name for name in names if _start(name) > phrase.head and not _possessed(tokens, name, words)]
    close = bool(behind) and _start(behind[0]) == phrase.head + 1 and len(behind[0].key) > 1
    if close and phrase.kind is not ActorKind.ORGANIZATION:
        return behind[0]
    for name in behind:
        before = tokens[_start(name) - 1]
        if before.text in ",:" or (name.honorific >= 0 and before.form not in words.prepositions):
            return name
    for name in behind:
        before = tokens[_start(name) - 1]
        free = before.form not in words.prepositions and before.form not in words.determiners
        if free and (before.text[-1].isalnum() or before.text in ')»”"') and _adjacent(tokens, name, phrase, words):
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
    inner = words.noun(between[-1].form) if len(between) > 1 else None
    governed = len(between) > 1 and (between[-2].form in words.links or between[-2].form in words.determiners)
    about_person = inner is not None and inner.kind is ActorKind.PERSON and governed
    return person and len(name.key) > 1 and name.kind is ActorKind.PERSON and not about_person
