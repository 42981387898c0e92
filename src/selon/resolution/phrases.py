"""Noun phrases that describe somebody: ``le secrétaire général de l'OTAN``, ``l'ancien boxeur``, ``ses services``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from selon.records import ActorKind
from selon.resolution.lexicon import Lexicon, plain
from selon.resolution.names import ProperName, is_capital
from selon.tokens import Token

NOBODY = "nobody"
"""The promise of ``aucun journaliste``, ``not one journalist``: whoever it is, nobody goes on about him."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """``tokens[first:last]`` is a noun phrase with its head at ``head``.

    ``lemma`` is the head's dictionary form, ``words`` what else it says (compared as names are), ``former`` whether it
    is about what somebody was, ``promise`` what its determiner promises ("" without one).
    """

    first: int
    last: int
    head: int
    lemma: str
    kind: ActorKind
    gender: str
    number: str
    promise: str
    former: bool
    words: frozenset[str]
    listed: bool


def phrases(tokens: Sequence[Token], lexicon: Lexicon, names: Sequence[ProperName]) -> list[Phrase]:
    """The noun phrases of ``tokens`` whose head the lexicon lists, in order, those in a complement of another too."""
    taken = {at for name in names for at in range(name.first, name.last)}
    found: list[Phrase] = []
    at = 0
    while at < len(tokens):
        width = _listed(tokens, at, lexicon)
        if not width or (at in taken and not _title_case(tokens, at)):
            at += 1
            continue
        found.append(phrase_at(tokens, at, width, lexicon, names))
        at += width
    return found


def head_of(tokens: Sequence[Token], lexicon: Lexicon) -> tuple[int, int]:
    """Where the head of a noun phrase that fills ``tokens`` stands, and how many tokens it has; (-1, 0) without one."""
    at = 1 if tokens and tokens[0].form in lexicon.determiners else 0
    stop = _stop(tokens, at, lexicon)
    listed = [(i, width) for i in range(at, stop) if (width := _listed(tokens, i, lexicon))]
    if listed:
        return listed[-1] if lexicon.head_last else _first_head(tokens, listed, lexicon)
    words = [i for i in range(at, stop) if tokens[i].text[0].isalpha() and tokens[i].form not in lexicon.before]
    if not words:
        return -1, 0
    return (words[-1] if lexicon.head_last else words[0]), 1


def phrase_at(tokens: Sequence[Token], head: int, width: int, lexicon: Lexicon, names: Sequence[ProperName]) -> Phrase:
    """The phrase around a head: its determiner and adjectives to the left, its complements to the right."""
    first = _left(tokens, head, lexicon)
    last = _right(tokens, head + width, lexicon, names)
    determiner = _determiner(tokens, first, head, lexicon)
    if determiner in lexicon.prepositions:
        first += 1
    form = " ".join(token.form for token in tokens[head : head + width])
    noun = lexicon.noun(form)
    number = noun.number if noun else ("p" if determiner in lexicon.plural_determiners else "s")
    if determiner and determiner not in lexicon.plural_determiners and noun and noun.lemma == form:
        number = "s"
    if determiner in lexicon.plural_determiners:
        number = "p"
    gender = lexicon.determiner_gender.get(determiner, "") or (noun.gender if noun else "")
    kind = noun.kind if noun else ActorKind.UNKNOWN
    if kind is ActorKind.DOCUMENT:
        last = next((name.last for name in names if name.first == last), last)
    if noun is None:
        guess = lexicon.nationality(form) if is_capital(tokens[head]) else lexicon.guessed(form)
        gender = gender or guess
        kind = ActorKind.PERSON if guess else kind
    if number == "p" and kind is ActorKind.PERSON:
        kind = ActorKind.GROUP
    around = [*tokens[first:head], *tokens[head + width : last]]
    promise = lexicon.determiners.get(determiner, "")
    if not promise and any(token.form in lexicon.possessive_suffixes for token in tokens[:head]):
        promise = "possessive"
    if determiner in lexicon.negatives or (first > 0 and tokens[first - 1].form in lexicon.negatives):
        promise = NOBODY
    prefixed = form.startswith(lexicon.former_prefixes)
    return Phrase(
        first=first,
        last=last,
        head=head,
        lemma=noun.lemma if noun else form,
        kind=kind,
        gender=gender,
        number=number,
        promise=promise,
        former=prefixed or any(token.form in lexicon.former for token in tokens[first:head]),
        words=frozenset(plain(t.text) for t in around if len(t.text) > 2 and t.form not in lexicon.empty),
        listed=noun is not None,
    )


def _listed(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> int:
    """How many tokens the listed noun at a place has; 0 where none is listed."""
    form = tokens[at].form
    if form in lexicon.openings:
        for width in (2, 3):
            if " ".join(token.form for token in tokens[at : at + width]) in lexicon.nouns and at + width <= len(tokens):
                return width
    if lexicon.noun(form) is None:
        return 0
    follows = at + 1 < len(tokens) and form in lexicon.before and tokens[at + 1].text[0].isalpha()
    return 0 if follows and lexicon.noun(tokens[at + 1].form) is not None else 1


def _title_case(tokens: Sequence[Token], at: int) -> bool:
    return at + 1 < len(tokens) and not tokens[at].text.isupper()


def _first_head(tokens: Sequence[Token], listed: Sequence[tuple[int, int]], lexicon: Lexicon) -> tuple[int, int]:
    for at, width in listed:
        if tokens[at].form not in lexicon.before or width > 1 or (at, width) == listed[-1]:
            return at, width
    return listed[0]


def _stop(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> int:
    for i in range(at, len(tokens)):
        form = tokens[i].form
        if i > at and (form in lexicon.stops or form in lexicon.prepositions):
            return i
        if form in lexicon.possessive_suffixes:
            continue
        if not tokens[i].text[0].isalnum() and tokens[i].text not in "«»“”\"'":
            return i
    return len(tokens)


def _determiner(tokens: Sequence[Token], first: int, head: int, lexicon: Lexicon) -> str:
    if first + 1 < head and tokens[first].form + tokens[first + 1].form in lexicon.determiners:
        return tokens[first].form + tokens[first + 1].form
    return tokens[first].form if first < head and tokens[first].form in lexicon.determiners else ""


def _left(tokens: Sequence[Token], head: int, lexicon: Lexicon) -> int:
    first = head
    for at in range(head - 1, max(-1, head - 6), -1):
        form = tokens[at].form
        if form in lexicon.determiners:
            joined = at > 0 and tokens[at - 1].form + form in lexicon.determiners  # d'autres
            return at - 1 if joined else at
        if form in lexicon.before or form in lexicon.former:
            first = at
        elif not lexicon.head_last or not tokens[at].text[0].isalpha() or form in lexicon.openers:
            break
    return first


def _right(tokens: Sequence[Token], at: int, lexicon: Lexicon, names: Sequence[ProperName]) -> int:
    inside = {name.first: name for name in names}
    linked = False
    while at < len(tokens):
        form = tokens[at].form
        name = inside.get(at)
        if form in lexicon.complements and at + 1 < len(tokens) and _nominal(tokens[at + 1], lexicon):
            linked = True
            at += 1
        elif name is not None:
            if not linked:
                break
            at, linked = name.last, False
        elif linked and form in lexicon.determiners:
            at += 1
        elif linked and tokens[at].text[0].isalnum():
            counted = tokens[at].text.isdigit() and at + 1 < len(tokens) and tokens[at + 1].text[0].isalpha()
            at, linked = at + 1 + counted, False
        elif not lexicon.head_last and form.endswith(lexicon.adjectives) and form[0].isalpha():
            at += 1
        else:
            break
    return at


def _nominal(token: Token, lexicon: Lexicon) -> bool:
    """Whether a complement may go on with the token: not ``d'avoir``, ``de demander``."""
    return token.text[0].isalnum() and not token.form.endswith(lexicon.infinitives)
