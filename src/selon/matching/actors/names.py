"""Names inside the wordings that an article has for a speaker: of persons, and of bodies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from selon.matching.actors.folding import folded, skeleton, words_of
from selon.matching.actors.vocabulary import Vocabulary, vocabulary
from selon.tokens import Token


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person's name, folded: all its words, the given name (empty where only a surname is told) and the surname.

    ``shown`` is the name as it stands in the wording, without what stands before it; ``gender`` and ``rank`` are what
    an honorific tells.
    """

    words: tuple[str, ...]
    given: str
    surname: str
    shown: str
    gender: str = ""
    rank: str = ""

    @property
    def full(self) -> bool:
        """Whether given name and surname are both told."""
        return bool(self.given)

    @property
    def key(self) -> str:
        """What spellings of one full name share."""
        return f"{skeleton(self.given)} {skeleton(self.surname)}"


@lru_cache(maxsize=200_000)
def person_name(wording: str, language: str) -> PersonName | None:
    """The person's name in a wording; None where it only describes.

    >>> person_name("Le secrétaire général de l’OTAN, Jens Stoltenberg", "fr").words
    ('jens', 'stoltenberg')
    >>> person_name("M. Stoltenberg", "fr").full, person_name("le chef de l’OTAN", "fr")
    (False, None)
    """
    words = vocabulary(language)
    for segment in _segments(words.tokenizer(wording), words):
        run = _last_run(segment, words)
        if run is None:
            continue
        name = _named(wording, segment, run, words)
        if name is not None:
            return name
    return None


@dataclass(frozen=True, slots=True)
class BodyName:
    """A body's name, folded: its words from the first that is written large, without what stands in brackets.

    ``letters`` is the acronym in brackets; ``own`` tells that it has a word that only a name has (``Carcajou noir``,
    not ``Ministère public``), ``many`` that it has a plural article.
    """

    words: tuple[str, ...]
    letters: str
    own: bool
    many: bool

    @property
    def key(self) -> str:
        """The name to compare by: its words without the small ones."""
        return " ".join(self.words)

    @property
    def initials(self) -> str:
        """The first letters of its words."""
        return "".join(word[0] for word in self.words)


@lru_cache(maxsize=200_000)
def body_name(wording: str, language: str) -> BodyName | None:
    """The body's name in a wording; None where it only describes (``le ministère nigérien du Commerce``).

    >>> body_name("Le groupe Carcajou noir", "fr").key, body_name("The regional bloc UEMOA", "en").key
    ('carcajou noir', 'uemoa')
    """
    words = vocabulary(language)
    tokens = words.tokenizer(wording)
    cuts = [i for i, t in enumerate(tokens) if t.text in ",;:()" or t.form in words.relatives]
    name = _body_in(tokens[: cuts[0] if cuts else len(tokens)], words, _letters(tokens))
    if name is None and cuts and tokens[cuts[0]].text == "," and len(tokens) - cuts[0] <= _APPOSED:
        name = _body_in(tokens[cuts[0] + 1 :], words, "")
    return name


_APPOSED = 3
"""A description may be followed by a comma and a name of two words at most: ``France’s space agency, the CNES``."""


def _body_in(tokens: Sequence[Token], words: Vocabulary, letters: str) -> BodyName | None:
    kept = _from_name(tokens, words)
    if not kept or (_coordinated(kept, words) and not letters) or _broken(kept, words):
        return None
    told = [t for t in kept if folded(t.form) not in words.empty and t.text[0].isalnum()]
    own = [t for t in told if _large(t) and not _common(t, words)]
    many = folded(tokens[0].form) in words.plural
    name = tuple(word for token in told for whole in words_of(token.text) for word in whole.split("-"))
    letters = letters if letters.isupper() or _are_initials(folded(letters), name) else ""
    return BodyName(name, folded(letters), bool(own) or len(told) > 2, many)


def _from_name(tokens: Sequence[Token], words: Vocabulary) -> Sequence[Token]:
    """From the first large token that nothing governs (``le groupe de pirates Kobalt9``); none behind ``une``."""
    if not tokens or words.promises.get(folded(tokens[0].form)) in ("indefinite", "possessive"):
        return ()
    first = 1 if folded(tokens[0].form) in words.promises else 0
    while first < len(tokens):
        before = folded(tokens[first - 1].form) if first else ""
        governed = before in words.governors or before in words.conjunctions or (first > 1 and before in words.promises)
        if _large(tokens[first]) and not governed:
            return tokens[first:]
        first += 1
        while _large(tokens[first - 1]) and first < len(tokens) and _large(tokens[first]):
            first += 1
    return ()


def _are_initials(letters: str, name: Sequence[str]) -> bool:
    """Whether the letters are first letters of the name's words, in order (``PAM``, Programme alimentaire mondial)."""
    rest = iter(word[0] for word in name)
    return len(letters) > 1 and all(letter in rest for letter in letters)


def _broken(tokens: Sequence[Token], words: Vocabulary) -> bool:
    """Whether a pronoun or a genitive stands among the words, which no name has."""
    forms = {folded(token.form) for token in tokens}
    return bool(forms & words.possessive or (forms & words.pronouns) - words.empty)


def _coordinated(tokens: Sequence[Token], words: Vocabulary) -> bool:
    """``Washington et ses partenaires``, but not ``Union économique et monétaire``."""
    return any(
        folded(one.form) in words.conjunctions and (_large(two) or folded(two.form) in words.promises)
        for one, two in pairwise(tokens)
    )


def _segments(tokens: Sequence[Token], words: Vocabulary) -> list[Sequence[Token]]:
    """The stretches between commas and brackets, each up to a relative clause."""
    segments: list[list[Token]] = [[]]
    open_clause = False
    for token in tokens:
        if token.text in ',;:()«»“”"':
            segments.append([])
            open_clause = False
        elif token.form in words.relatives and segments[-1]:
            open_clause = True
        elif not open_clause:
            segments[-1].append(token)
    return [segment for segment in segments if segment]


def _last_run(tokens: Sequence[Token], words: Vocabulary) -> tuple[int, int] | None:
    """The last stretch of words written large, particles between them counted in; None where there is none."""
    last = len(tokens)
    while last > 0 and not _large(tokens[last - 1]):
        last -= 1
    if last == 0:
        return None
    first = last - 1
    while first > 0:
        before = tokens[first - 1]
        glued = before.text in ".'’" or folded(before.form) in words.particles
        if not _large(before) and not (glued and first > 1 and _reaches(tokens, first - 1, words)):
            break
        first -= 1
    return first, last


def _reaches(tokens: Sequence[Token], at: int, words: Vocabulary) -> bool:
    """Whether the particles at ``at`` stand behind a given name or a single letter: ``Ursula von der Leyen``."""
    while at > 0 and (folded(tokens[at].form) in words.particles or tokens[at].text in ".'’"):
        at -= 1
    before = folded(tokens[at].form)
    known = before in words.given or before.split("-")[0] in words.given
    return _large(tokens[at]) and (known or len(before) == 1 or before in words.honorifics)


def _named(wording: str, tokens: Sequence[Token], run: tuple[int, int], words: Vocabulary) -> PersonName | None:
    first, last = run
    if last < len(tokens) and (folded(tokens[last].form) in words.possessive or _noun(tokens[last], words)):
        return None
    gender, rank, titled, honoured = "", "", False, False
    for at in range(max(0, first - 2), last):
        form = folded(tokens[at].form)
        if form in words.honorifics and at + 1 < last:
            if at > 0 and folded(tokens[at - 1].form) in words.governors:
                return None  # « le bureau de Mme Quéméneur »
            gender, rank = words.honorifics[form] or gender, words.ranks.get(form, rank)
            titled = honoured = True
            first = max(first, at + 1)
        elif at >= first and at + 1 < last and _titles(form, words):
            first, titled = at + 1, True
    while first < last - 1 and tokens[first].text in ".-":
        first += 1
    if not titled and first > 0 and not _may_follow(tokens[first - 1], words):
        first = _given_inside(tokens, (first, last), words)
        if first == last:
            return None
    if not titled and first == run[0] and last - first > 1 and _describes(tokens[first], tokens[first + 1], words):
        return None
    parts = [token for token in tokens[first:last] if token.text[0].isalnum() or token.text[-1] in "'’"]
    if not parts or folded(parts[-1].form) in words.pronouns | frozenset(words.promises):
        return None
    alone = len(parts) == 1 and not honoured
    if alone and (folded(parts[0].form) in words.nouns or (not titled and not _called(tokens[: run[0]], words))):
        return None
    return _split(parts, wording[tokens[first].start : tokens[last - 1].end], (gender, rank), words)


def _split(parts: Sequence[Token], shown: str, told: tuple[str, str], words: Vocabulary) -> PersonName:
    large = [token.text.isupper() and len(token.text) > 2 for token in parts]
    if len(parts) > 1 and large[0] and not parts[-1].text.isupper():
        turn = large.index(False)
        parts = [*parts[turn:], *parts[:turn]]
    forms = [folded(token.text) for token in parts]
    start = len(forms) - 1
    while start > 1 and (forms[start - 1] in words.particles or forms[start - 1][-1] in "'"):
        start -= 1
    if start and (forms[0] in words.particles or forms[0][-1] == "'"):
        start = 0
    given = forms[0] if start else ""
    return PersonName(tuple(forms), given, " ".join(forms[start:]), shown, *told)


def _called(before: Sequence[Token], words: Vocabulary) -> bool:
    """Whether a bare surname may stand behind these words: ``le professeur Czeisler``, but not ``l’équipe Trump``."""
    for token in reversed(before):
        form = folded(token.form)
        if form in words.governors:
            return False
        if form in words.honorifics or words.nouns.get(form) == "person":
            return True
    return not before


def _given_inside(tokens: Sequence[Token], run: tuple[int, int], words: Vocabulary) -> int:
    """Where the name begins in ``la Belge Vinciane Baert``, ``l’Eau Pélagie Hounsou``; the run's end if nowhere."""
    first, last = run
    for at in range(first + 1, last - 1):
        form = folded(tokens[at].form)
        if form in words.given or form.split("-")[0] in words.given:
            return at
    governed = folded(tokens[first - 1].form) in words.governors
    return first + 1 if last - first > 2 and not governed else last


def _noun(token: Token, words: Vocabulary) -> bool:
    return not _large(token) and words.nouns.get(folded(token.form)) == "person"


def _describes(first: Token, second: Token, words: Vocabulary) -> bool:
    """``Un Casque bleu``, ``Le Général``; but not ``Le Pen``."""
    promise = words.promises.get(folded(first.form))
    return promise == "indefinite" or (promise is not None and folded(second.form) in words.nouns)


def _titles(form: str, words: Vocabulary) -> bool:
    return (words.nouns.get(form) == "person" and form not in words.given) or form in words.ranks


def _may_follow(before: Token, words: Vocabulary) -> bool:
    """Whether a name may stand behind this word: a title or an adjective, no determiner or preposition."""
    form = folded(before.form)
    return form not in words.promises and form not in words.governors and form not in words.possessive


def _large(token: Token) -> bool:
    """Whether a word is written as names are: ``Sergueï``, ``al-Assad``."""
    if token.text[0].isupper():
        return True
    head, mark, tail = token.text.partition("-")
    return bool(mark) and head.isascii() and len(head) <= 3 and tail[:1].isupper()


def _common(token: Token, words: Vocabulary) -> bool:
    form = folded(token.form)
    return form in words.institutions or form in words.nouns or form in words.concepts


def _letters(tokens: Sequence[Token]) -> str:
    """What stands alone in brackets and begins large."""
    for number, token in enumerate(tokens[:-2]):
        inside = tokens[number + 1].text
        if token.text == "(" and tokens[number + 2].text == ")" and 1 < len(inside) < 9 and inside[0].isupper():
            return inside
    return ""
