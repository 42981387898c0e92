"""Speech with its cue behind or inside: ``« … », a-t-il dit``, ``…, a annoncé la maire``, ``« …, dit-elle, … »``."""

from __future__ import annotations

from typing import NamedTuple

from selon.attribution.draft import Draft, Range, quote_opening, trim
from selon.attribution.groups import Group
from selon.attribution.marks import Quoted
from selon.attribution.sources import Sources
from selon.attribution.words import Words

_LONGEST_TAIL = 14
"""How many tokens behind verb and subject may belong to the incise: « , a dit mardi à Paris le ministre devant … »."""
_DATELINE = 8
"""Within how many tokens of a sentence's head a dash parts place and date from it."""


class _Found(NamedTuple):
    content: tuple[Range, ...]
    rule: str
    confidence: float


def incise(words: Words, group: Group, sources: Sources) -> Draft | None:
    """The draft in which the group stands after or within its content, or None."""
    if not group.has("direct", "que", "colon", "np_risky", "y_comme", "about_quote") and group.subject is None:
        return None
    if group.features.tense in {"ppres", "inf"} or group.passive:
        return None
    source, begin, end = _who(words, group, sources)
    if source is None and group.subject is None:
        return None
    before = _before(words, begin)
    if before is None:
        return None
    found = _found(words, before, begin, end, inverted=group.subject is not None)
    if found is None:
        return None
    cue = ((group.first, group.last),)
    return Draft(found.content, cue, source, found.rule, found.confidence, group, group.subject)


def said_before(words: Words, group: Group, sources: Sources) -> Draft | None:
    """« … C'est ce qu'a déclaré la ministre. »: the content is the sentence before."""
    start, _ = words.sentence(group.first)
    at = group.first - 1
    if at - 1 < start or not words.has(at, "complementisers") or not words.among(at - 1, "anaphors"):
        return None
    before = words.sentence_of[group.first] - 1
    if before < 0 or words.passage_of[start - 1] != words.passage_of[start]:
        return None
    content = trim(words, *words.sentences[before])
    source = sources.after(group) if group.subject is None else None
    if content is None or (source is None and group.subject is None):
        return None
    return Draft((content,), ((group.first, group.last),), source, "said before", 0.8, group, group.subject)


def _who(words: Words, group: Group, sources: Sources) -> tuple[Range | None, int, int]:
    """The source, and the tokens where the whole incise begins and ends."""
    begin = group.first
    start, stop = words.sentence(group.first)
    while begin - 1 >= start and words.has(begin - 1, "object_clitics"):
        begin -= 1
    if group.subject is not None:
        return None, begin, _tail(words, group.last, stop)
    left = sources.before(group) if _quote_ends_before(words, begin) is None else None
    nominal = left is not None and not (words.finite(left[0]) and not words.capital(left[0]))
    if left is not None and nominal and start < left[0] < group.first and _set_off(words, left[0]):
        return left, left[0], _tail(words, group.last, stop)
    right = sources.after(group)
    if right is None:
        return None, begin, group.last
    return right, begin, _tail(words, right[1], stop)


def _set_off(words: Words, at: int) -> bool:
    """Whether a subject stands behind marks or a comma, in the straight order of calques: « …, la compagnie a dit »."""
    return _quote_ends_before(words, at) is not None or words.forms[at - 1] == ","


def _tail(words: Words, last: int, stop: int) -> int:
    """The last token of the incise: dates and places up to the next comma or stop stay in it."""
    for i in range(last + 1, min(stop, last + _LONGEST_TAIL) + 1):
        if words.forms[i] in {",", ";", ":", ".", "?", "!"} or i in words.marks:
            return i - 1
    return max(last, min(stop, last + _LONGEST_TAIL))


def _quote_ends_before(words: Words, at: int) -> Quoted | None:
    """The outer quoted stretch that ends right before ``at``, a comma or stray stop in between allowed."""
    j = at - 1
    while j >= 0 and words.forms[j] in {",", ".", "–", "-", "—"} and j not in words.marks:
        j -= 1
    quoted = words.closed_by.get(j)
    return quoted if quoted is not None and quoted.level == 0 else None


def _before(words: Words, begin: int) -> int | None:
    """The last token before the incise, when a comma, a mark or a stop of question separates them."""
    j = begin - 1
    if j < 0:
        return None
    return j if j in words.marks or words.forms[j] in {",", "?", "!", "…", "–", "—"} else None


def _found(words: Words, before: int, begin: int, end: int, *, inverted: bool) -> _Found | None:
    """What the incise ``begin..end`` reports; ``before`` is the last token left of it."""
    outer = words.quoted_of[begin]
    if outer is not None:
        return _inside(words, outer, before, end)
    quoted = _quote_ends_before(words, begin)
    if quoted is not None:
        return _after_quote(words, quoted, begin, end)
    return _after_clause(words, before, begin, end, inverted=inverted)


def _inside(words: Words, outer: Quoted, before: int, end: int) -> _Found | None:
    """An incise within open marks splits the speech in two: « Je viens, a-t-il dit, demain »."""
    head = trim(words, outer.first, before)
    if head is None:
        return None
    turn = outer.opening is not None and words.dash(outer.opening)
    over = turn and end + 1 <= outer.last and words.forms[end + 1] in {".", "!", "?"}
    rest = trim(words, end + 1, outer.last) if end < outer.last and not over else None
    return _Found((head,) if rest is None else (head, rest), "incise within the marks", 0.9)


def _after_quote(words: Words, quoted: Quoted, begin: int, end: int) -> _Found | None:
    """An incise behind marks, with reported words before them, and marks that open again behind it."""
    start, stop = words.sentence(begin)
    lead = _clause_start(words, start, quoted.outer_first) if start < quoted.outer_first else None
    first = quoted.first if lead is None else lead
    head = trim(words, first, quoted.outer_last)
    if head is None:
        return None
    resumed = _resumed(words, end, stop)
    if resumed is not None:
        return _Found((head, resumed), "interrupted speech", 0.95)
    return _Found((head,), "incise after marks" if lead is None else "incise after a clause with marks", 0.95)


def _clause_start(words: Words, start: int, stop: int) -> int | None:
    """Where reported words before the marks at ``stop`` begin, or None when none do (``Il rit : « … »``)."""
    if words.forms[stop - 1] in {":", ";"}:
        return None
    first = start
    for i in range(start, stop):
        if words.forms[i] in {":", ";"} or i in words.marks or (words.dash(i) and i - start < _DATELINE):
            first = i + 1
    return next((i for i in range(first, stop) if words.is_word(i)), None)


def _resumed(words: Words, end: int, stop: int) -> Range | None:
    """The quoted stretch that goes on after the incise: « … », a-t-il dit, « … »."""
    i = end + 1
    while i <= stop and words.forms[i] in {",", ":"}:
        i += 1
    following = quote_opening(words, i)
    if following is None or words.sentence_of[i] != words.sentence_of[end]:
        return None
    return trim(words, following.first, following.last)


def _after_clause(words: Words, before: int, begin: int, end: int, *, inverted: bool) -> _Found | None:
    """Indirect speech before its cue: « La fermeture est provisoire, assure la rectrice »."""
    announced = end + 2 < len(words) and words.forms[end + 1] == ":" and end + 2 in words.opened_by
    if words.forms[before] != "," or announced:
        return None
    start, stop = words.sentence(begin)
    first = _clause_start(words, start, begin)
    if first is None or before - first < 1:
        return None
    head, rest = trim(words, _with_marks(words, first, start), before), None
    if end + 1 < stop and words.forms[end + 1] == ",":
        rest = trim(words, end + 2, _closing(words, end, stop))
        if rest is not None and words.has(rest[0], "subject_relatives", "relative_pronouns"):
            rest = None
    content = tuple(segment for segment in (head, rest) if segment is not None)
    return _Found(content, "incise after a clause", 0.8 if inverted else 0.7) if content else None


def _with_marks(words: Words, first: int, start: int) -> int:
    """Where a clause begins that goes on behind the marks which open its sentence: « Rien n'a changé » de ce côté."""
    quoted = words.closed_by.get(first - 1)
    if quoted is None or quoted.level or quoted.opening is None or not words.starts(first, "prepositions"):
        return first
    told = any(words.is_verb(i) for i in range(quoted.first, quoted.last + 1))
    alone = not any(words.is_word(i) for i in range(start, quoted.opening))
    return quoted.opening if told and alone else first


def _closing(words: Words, end: int, stop: int) -> int:
    """The end of the sentence behind the incise, or of the marks that open in it and run past its end."""
    running = words.running_past(end + 1, stop)
    return stop if running is None else running.outer_last
