"""Proper names in a run of tokens: where they start and end, and what sort of thing they name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from selon.offsets import Span
from selon.records import ActorKind
from selon.resolution.lexicon import Lexicon, Noun, plain
from selon.tokens import Token


@dataclass(frozen=True, slots=True)
class ProperName:
    """``tokens[first:last]`` is a name without its title; ``honorific`` tells its gender if one stands before it."""

    first: int
    last: int
    key: tuple[str, ...]
    kind: ActorKind
    gender: str
    honorific: int


def proper_names(tokens: Sequence[Token], lexicon: Lexicon, opens: bool, known: frozenset[str]) -> list[ProperName]:
    """The names in ``tokens``, in order.

    ``opens``: the first token opens a sentence, so that its capital says nothing; ``known`` are the words that stand
    with a capital inside a sentence somewhere in the article.
    """
    names: list[ProperName] = []
    at = 0
    while at < len(tokens):
        if not _starts(tokens, at, lexicon, opens, known):
            at += 1
            continue
        end = _run_end(tokens, at, lexicon)
        names.extend(_pieces(tokens, at, end, lexicon))
        at = end
    return names


def is_capital(token: Token) -> bool:
    """Whether the token is written as a name is: ``Sergueï``, ``al-Assad``, ``d'Artagnan``."""
    text = token.text
    if text[0].isupper():
        return True
    head, mark, tail = text.partition("-")
    return bool(mark) and len(head) <= 3 and tail[:1].isupper() and tail[1:2].islower()


def is_acronym(token: Token) -> bool:
    """Whether the token is an acronym: at least two letters, all capitals."""
    text = token.text
    return len(text) > 1 and text.isupper() and sum(mark.isalpha() for mark in text) > 1


_SENTENCE_MARKS = frozenset("«“\"”‘':;—–-•([.?!…")


def _starts(tokens: Sequence[Token], at: int, lexicon: Lexicon, opens: bool, known: frozenset[str]) -> bool:
    token = tokens[at]
    if not is_capital(token) or not (token.text[-1].isalnum() or _glued(tokens, at)):
        return False
    first = (at == 0 and opens) or (at > 0 and tokens[at - 1].text in _SENTENCE_MARKS)
    prefixed = token.text[0].islower() and token.form.startswith(lexicon.former_prefixes)
    if prefixed or token.form in lexicon.calendar or token.form in lexicon.pronouns:
        return False
    if not first:
        return not (token.form in lexicon.openers and token.form in lexicon.determiners)
    if token.form in lexicon.openers:
        return False
    if token.text in known or plain(token.text) in lexicon.given or is_acronym(token):
        return True
    if plain(token.text) in lexicon.metonyms:
        return True
    after = tokens[at + 1].form if at + 1 < len(tokens) and is_capital(tokens[at + 1]) else ""
    return after != "" and (after not in lexicon.openers or after in lexicon.particles)


def _run_end(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> int:
    end = at + 1
    while end < len(tokens):
        step = _step(tokens, at, end, lexicon)
        if not step:
            break
        end += step
    while end < len(tokens) and tokens[end - 1].form in lexicon.institutions and _adjective(tokens[end], lexicon):
        end += 1
    return end


def _step(tokens: Sequence[Token], at: int, end: int, lexicon: Lexicon) -> int:
    """How many tokens from ``end`` on go on with the name that began at ``at``."""
    token, before = tokens[end], tokens[end - 1]
    touching = before.end == token.start
    if token.text in "'’" and touching and end + 1 < len(tokens) and tokens[end + 1].start == token.end:
        return 2 if tokens[end + 1].text.isalpha() else 0
    if is_capital(token) and (token.text[-1].isalnum() or _glued(tokens, end)):
        return 1
    if (
        token.text == "."
        and touching
        and (len(before.text) == 1 or (end - at == 1 and before.form in lexicon.honorifics))
    ):
        return 1
    return _particles(tokens, at, end, lexicon)


def _glued(tokens: Sequence[Token], at: int) -> bool:
    """``N’`` in ``N’Dour``: a capital with an apostrophe that touches another capital."""
    token = tokens[at]
    follows = at + 1 < len(tokens) and tokens[at + 1].start == token.end and tokens[at + 1].text[0].isupper()
    return token.text[-1] in "'’" and token.text[0].isupper() and follows


def _adjective(token: Token, lexicon: Lexicon) -> bool:
    return token.text[0].islower() and token.form.endswith(lexicon.adjectives) and len(token.form) > 3


def _particles(tokens: Sequence[Token], at: int, end: int, lexicon: Lexicon) -> int:
    """How many tokens of particles and a capital word after them go on with the name (``de Roquemaure``)."""
    reach = end
    while reach < len(tokens) and reach < end + 3 and tokens[reach].form in lexicon.particles:
        reach += 1
    if reach == end or reach >= len(tokens) or not is_capital(tokens[reach]):
        return 0
    first = tokens[at]
    given = end - at == 1 and (plain(first.text.split("-")[0]) in lexicon.given or first.form in lexicon.honorifics)
    given = given or (end - at == 2 and tokens[at].form in lexicon.honorifics)
    institution = tokens[at].form in lexicon.institutions
    foreign = tokens[end].form not in lexicon.links
    return reach - end + 1 if given or institution or foreign else 0


def _pieces(tokens: Sequence[Token], first: int, last: int, lexicon: Lexicon) -> list[ProperName]:
    """The names in one run of capitals: titles taken off, ``Londres Boris Johnson`` cut before the given name."""
    honorific = ""
    governed = _governed(tokens, first, lexicon)
    marked = -1
    while first < last:
        form = tokens[first].form
        noun = lexicon.nouns.get(form)
        if form in lexicon.honorifics and first + 1 < last:
            honorific, marked = lexicon.honorifics[form] or honorific, first
            first += 1
            if tokens[first].text == ".":
                first += 1
        elif first + 1 < last and _titles(tokens[first], noun, lexicon):
            first += 1
        else:
            break
    if marked < 0 and first > 0:
        honorific, marked = _honorific_before(tokens, first, lexicon)
    while marked < 0 and first < last and tokens[first].form in lexicon.opening_particles:
        first += 1
    if first >= last or (last - first == 1 and marked < 0 and _common(tokens, first, lexicon)):
        return []
    cut = _cut(tokens, first, last, lexicon) if governed and marked < 0 else 0
    if cut:
        return [_named(tokens, Span(first, cut), lexicon), _named(tokens, Span(cut, last), lexicon)]
    return [_named(tokens, Span(first, last), lexicon, (honorific, marked))]


def _titles(token: Token, noun: Noun | None, lexicon: Lexicon) -> bool:
    """Whether a capital opens a title and not the name: ``Président Macron``, ``ONG Human Rights Watch``."""
    if noun is None:
        return False
    return is_acronym(token) or (noun.kind is ActorKind.PERSON and token.form not in lexicon.given)


def _governed(tokens: Sequence[Token], first: int, lexicon: Lexicon) -> bool:
    while first > 0 and tokens[first - 1].form in lexicon.determiners:
        if tokens[first - 1].form in lexicon.prepositions:
            return True
        first -= 1
    return first > 0 and tokens[first - 1].form in lexicon.prepositions


def _common(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> bool:
    """A title or an adjective written with a capital: ``le Maire``, ``la ville Bretonne``."""
    form, before = tokens[at].form, tokens[at - 1].form if at else ""
    noun = lexicon.nouns.get(form)
    people = noun is not None and noun.kind in (ActorKind.PERSON, ActorKind.GROUP)
    if people or (noun is not None and is_acronym(tokens[at])):
        return before in lexicon.determiners or before in lexicon.before or not before
    return False


def _honorific_before(tokens: Sequence[Token], first: int, lexicon: Lexicon) -> tuple[str, int]:
    before = first - 1
    if tokens[before].text == "." and before:
        before -= 1
    form = tokens[before].form
    return (lexicon.honorifics[form], before) if form in lexicon.honorifics else ("", -1)


def _cut(tokens: Sequence[Token], first: int, last: int, lexicon: Lexicon) -> int:
    for at in range(first + 1, last - 1):
        given = plain(tokens[at].text.split("-")[0]) in lexicon.given
        if given and tokens[at - 1].form not in lexicon.particles:
            return 0 if plain(tokens[first].text) in lexicon.given else at
    opener = tokens[first].form in lexicon.institutions or plain(tokens[first].text) in lexicon.metonyms
    rest = tokens[first + 1 : last]
    if opener and len(rest) == 2 and all(is_capital(t) and t.form not in lexicon.institutions for t in rest):
        return first + 1
    return 0


def _body(words: Sequence[Token], lexicon: Lexicon) -> bool:
    """``HRW``, ``Europe Écologie Les Verts``."""
    if len(words) == 1:
        return is_acronym(words[0])
    return any(token.form in lexicon.plural_determiners for token in words)


def _named(tokens: Sequence[Token], run: Span, lexicon: Lexicon, honorific: tuple[str, int] = ("", -1)) -> ProperName:
    (first, last), (gender, marked) = run, honorific
    words = [token for token in tokens[first:last] if token.text != "."]
    key = tuple(plain(token.text) for token in words)
    given = lexicon.given.get(key[0], lexicon.given.get(key[0].split("-")[0]))
    before = tokens[first - 1].form if first else ""
    articled = before in lexicon.determiners and marked < 0
    gender = gender or (given or "" if given is not None and (len(words) > 1 or not articled) else "")
    gender = gender or (lexicon.determiner_gender.get(before, "") if articled else "")
    kind = ActorKind.UNKNOWN
    if marked >= 0 or (given is not None and len(words) > 1 and words[1].form not in lexicon.institutions):
        kind = ActorKind.PERSON
    elif " ".join(key) in lexicon.metonyms or any(token.form in lexicon.institutions for token in words):
        kind = ActorKind.ORGANIZATION
    elif given is not None and not articled:
        kind = ActorKind.PERSON
    elif articled or before in lexicon.place_prepositions or _body(words, lexicon):
        kind = ActorKind.ORGANIZATION
    elif 2 <= len(words) <= 4 and not any(is_acronym(token) and len(token.text) < 5 for token in words):
        kind = ActorKind.PERSON
    return ProperName(first, last, key, kind, gender, marked)
