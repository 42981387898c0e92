"""The noun phrase that names who speaks: to the left of a verb, or to its right."""

from __future__ import annotations

from dataclasses import dataclass

from selon.attribution.phrases import participle, phrase_end
from selon.attribution.words import Words

_HARD = frozenset(";:?!…—–.")
_APPOSITION = 14
"""Least length, in tokens, at which a stretch between commas is no longer an apposition."""
_TITLE = 12
"""The same for a description before a name: « le secrétaire général de l'OTAN, Jens Stoltenberg »."""
_ADVERBIAL = 9
"""How many tokens a prepositional phrase between verb and subject may take."""


@dataclass(frozen=True, slots=True)
class Segment:
    """Tokens ``first..last`` between two commas."""

    first: int
    last: int


def subject_before(words: Words, at: int, person: int = 0) -> tuple[int, int] | None:
    """The subject that ends before token ``at`` (the first of a verb group): first and last token, or None.

    A pronoun or a relative stands alone; a noun phrase comes with its apposition (``le secrétaire général, Jens
    Stoltenberg,``) and without the adverbials that open the sentence. ``person`` 3 says that ``nous`` and ``vous`` can
    only be objects (``nous disait``).
    """
    start, _ = words.sentence(at)
    j = _skip_left(words, at - 1, start, person)
    if j < start:
        return None
    if words.has(j, "subject_pronouns", "subject_relatives", "demonstrative_pronouns"):
        return (j, j)
    if not words.is_word(j) and words.forms[j] not in {",", ")"}:
        return None
    return _phrase_before(words, j, start)


def subject_after(words: Words, at: int, stop: int) -> tuple[int, int] | None:
    """The subject that begins after token ``at - 1`` (``a déclaré mardi le ministre``): its first and last token."""
    i = _skip_right(words, at, stop)
    if i > stop or not _opens_phrase(words, i):
        return None
    return (i, phrase_end(words, i, stop))


def _skip_left(words: Words, j: int, start: int, person: int) -> int:
    """Past clitics, negation, adverbs and short adverbials between commas, leftwards."""
    while j >= start:
        if _is_clitic(words, j, start, person):
            j -= 1
        elif length := words.ends(j, "group_adverbs"):
            j -= length
        elif words.forms[j] == "," and j - 1 >= start and (length := _adverbial_before(words, j - 1, start)):
            j -= length + 1
            if j >= start and words.forms[j] == ",":
                j -= 1
        else:
            break
    return j


def _is_clitic(words: Words, j: int, start: int, person: int) -> bool:
    """A clitic or negation before the verb; ``nous`` and ``vous`` are subjects unless another stands before them."""
    if not words.has(j, "negations", "reflexives", "object_clitics"):
        return False
    if person == 3 and not words.has(j, "third_persons"):
        return True
    behind_subject = j > start and words.has(j - 1, "subject_pronouns", "subject_relatives", "negations")
    return behind_subject or not words.has(j, "subject_pronouns")


def _adverbial_before(words: Words, j: int, start: int) -> int:
    """Length of the adverbial that ends at ``j`` and begins after a comma: « X, de son côté, a dit »."""
    for name in ("group_adverbs", "time_words", "opening_adverbials"):
        length = words.ends(j, name)
        if length and j - length >= start and words.forms[j - length] == ",":
            return length
    return 0


def _phrase_before(words: Words, j: int, start: int) -> tuple[int, int] | None:
    segments = _segments(words, j, start)
    if not segments:
        return None
    if words.forms[j] == ",":
        nearest = _drop_trailing(words, segments)
        if nearest is None:
            return None
        first, end = nearest, segments[nearest].last
        if first + 1 < len(segments) and _appositive(words, segments[first]) and _nominal(words, segments[first + 1]):
            first += 1
    else:
        first, end = 0, j
        if len(segments) > 1 and _all_names(words, segments[0]) and _describes(words, segments[1]):
            first = 1
    begin = _trim_opening(words, segments[first].first, end)
    if begin is None or begin > end or _is_clause(words, begin, end):
        return None
    return (begin, end)


def _is_clause(words: Words, begin: int, end: int) -> bool:
    """Whether the stretch holds a finite verb outside any relative clause: then it is no subject but a clause."""
    for i in range(begin, end + 1):
        if words.has(i, "relative_pronouns"):
            return False
        if i > begin and words.is_verb(i):
            return True
    return False


def _describes(words: Words, segment: Segment) -> bool:
    """Whether the stretch before a name is its description: « le secrétaire général, Jens Stoltenberg »."""
    return (
        words.has(segment.first, "determiners")
        and segment.last - segment.first < _TITLE
        and not any(words.finite(i) and not words.capital(i) for i in range(segment.first + 2, segment.last + 1))
    )


def _segments(words: Words, j: int, start: int) -> list[Segment]:
    """The comma-separated stretches from ``j`` leftwards to the start of the clause, nearest first."""
    found: list[Segment] = []
    last = j - 1 if words.forms[j] == "," else j
    i = last
    depth = 0
    while i >= start:
        form = words.forms[i]
        if form == ")":
            depth += 1
        elif form == "(":
            depth = max(0, depth - 1)
        elif depth:
            pass
        elif form == ",":
            if i < last:
                found.append(Segment(i + 1, last))
            last = i - 1
        elif words.forms[j] == words.forms[i - 1] == "," and i > start and inserted(words, i):
            pass
        elif form in _HARD or i in words.marks or words.dash(i) or _breaks_clause(words, i, start):
            break
        i -= 1
    if i < last:
        found.append(Segment(i + 1, last))
    return found


def inserted(words: Words, i: int) -> bool:
    """Whether a clause may stand between subject and verb from here on: « Les élus, comme l'a dit X, affirment »."""
    return words.has(i, "subordinators") and not words.has(i, "complementisers")


def _breaks_clause(words: Words, i: int, start: int) -> bool:
    """A conjunction between clauses: one that joins nouns has no verb right before it."""
    if words.among(i, "joiners"):
        return any(words.finite(k) and not words.determined(k, start) for k in range(max(start, i - 4), i))
    if words.has(i, "complementisers", "coordinators"):
        return True
    return words.has(i, "subordinators") and not words.has(i, "prepositions")


def _drop_trailing(words: Words, segments: list[Segment]) -> int | None:
    """The index of the nearest segment that is no relative or adverbial between the subject and its verb."""
    for index, segment in enumerate(segments):
        if not words.has(segment.first, "relative_pronouns") and not _adverbial_segment(words, segment):
            return index
    return None


def _adverbial_segment(words: Words, segment: Segment) -> bool:
    first = segment.first
    if words.starts(first, "opening_adverbials") or words.starts(first, "time_words"):
        return True
    if inserted(words, first) and not words.has(first, "prepositions"):
        return True
    if (words.has(first, "articles") and not words.capital(first)) or words.among(first, "of"):
        return False
    return bool(words.starts(first, "prepositions")) or participle(words, first)


def _appositive(words: Words, segment: Segment) -> bool:
    return segment.last - segment.first < _APPOSITION and not words.has(segment.first, "subject_pronouns")


def _nominal(words: Words, segment: Segment) -> bool:
    if _adverbial_segment(words, segment):
        return False
    return words.has(segment.first, "determiners") or words.capital(segment.first)


def _all_names(words: Words, segment: Segment) -> bool:
    return all(words.capital(i) or words.among(i, "of") for i in range(segment.first, segment.last + 1))


def _trim_opening(words: Words, begin: int, end: int) -> int | None:
    """Past conjunctions, adverbials and dates that open the stretch: « Mais le maire », « Mardi le ministre »."""
    while begin <= end:
        if words.has(begin, "coordinators", "relative_pronouns"):
            begin += 1
            continue
        length = max(words.starts(begin, name) for name in ("opening_adverbials", "time_words", "group_adverbs"))
        if length and begin + length <= end:
            begin += length
        elif words.starts(begin, "prepositions") and not words.has(begin, "articles") and not words.among(begin, "of"):
            return _after_adverbial(words, begin, end)
        else:
            break
    return begin


def _after_adverbial(words: Words, begin: int, end: int) -> int | None:
    """The last determiner or name that can open a phrase: « À Paris le maire », « Dans un discours Poutine »."""
    for i in range(end, begin, -1):
        if words.has(i - 1, "prepositions", "determiners"):
            continue
        if words.has(i, "articles", "possessives", "demonstratives") or (words.capital(i) and not words.capital(i - 1)):
            return i
    return None


def _skip_right(words: Words, i: int, stop: int) -> int:
    """Past dates, adverbs and ``à Reuters``, ``lors d'un point de presse`` between a cue and its subject."""
    while i <= stop:
        length = max(words.starts(i, "time_words"), words.starts(i, "group_adverbs"))
        if length:
            i += length
        elif (
            words.starts(i, "prepositions")
            and not words.has(i, "articles")
            and (end := _prepositional_end(words, i, stop))
        ):
            i = end + 1
        else:
            break
    return i


def _prepositional_end(words: Words, i: int, stop: int) -> int | None:
    """The end of a short prepositional phrase, if a noun phrase can begin after it."""
    for j in range(i + words.starts(i, "prepositions"), min(stop, i + _ADVERBIAL - 1) + 1):
        if j > i + 1 and _begins_anew(words, j):
            return j - 1
        if not words.is_word(j):
            return None
    return None


def _begins_anew(words: Words, j: int) -> bool:
    """Whether a name or an article at ``j`` begins a phrase that does not belong to the words before it."""
    if words.has(j - 1, "determiners"):
        return False
    if words.capital(j) and not words.has(j - 1, "prepositions"):
        before = words.tokens[j - 1].text
        return not words.capital(j - 1) or (before.isupper() and len(before) > 1 and not words.tokens[j].text.isupper())
    return words.has(j, "articles", "possessives") and not words.starts(j - 1, "prepositions")


def _opens_phrase(words: Words, i: int) -> bool:
    if words.has(i, "complementisers", "subject_pronouns", "relative_pronouns"):
        return words.has(i, "indefinite_pronouns", "demonstrative_pronouns")
    if i in words.marks or not words.is_word(i):
        return False
    if words.forms[i] not in words.grammar.closed and words.grammar.options["bare_subjects"] and not words.finite(i):
        return True
    named = words.has(i, "determiners", "demonstrative_pronouns", "indefinite_pronouns", "strong_pronouns")
    return named or words.capital(i)
