"""Speech with its cue behind or inside: ``« … », a-t-il dit``, ``…, a annoncé la maire``, ``« …, dit-elle, … »``."""

from __future__ import annotations

from selon.attribution.draft import Draft, Range, trim
from selon.attribution.groups import Group
from selon.attribution.marks import Quoted
from selon.attribution.sources import Sources
from selon.attribution.words import Words


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
    content = _content(words, before, begin, end, inverted=group.subject is not None)
    if content is None:
        return None
    segments, rule, confidence = content
    return Draft(segments, ((group.first, group.last),), source, rule, confidence, group, group.subject)


def _who(words: Words, group: Group, sources: Sources) -> tuple[Range | None, int, int]:
    """The source, and the tokens where the whole incise begins and ends."""
    begin = group.first
    start, stop = words.sentence(group.first)
    while begin - 1 >= start and words.grammar.has(words.forms[begin - 1], "object_clitics"):
        begin -= 1
    if group.subject is not None:
        return None, begin, _tail(words, group.last, stop)
    left = sources.before(group) if _quote_ends_before(words, begin) is None else None
    if left is not None and start < left[0] < group.first and _set_off(words, left[0]):
        return left, left[0], _tail(words, group.last, stop)
    right = sources.after(group)
    if right is None:
        return None, begin, group.last
    return right, begin, _tail(words, right[1], stop)


def _set_off(words: Words, at: int) -> bool:
    """Whether subject and verb stand behind marks or a comma in the straight order of calques: « …, la compagnie a contré »."""
    return _quote_ends_before(words, at) is not None or words.forms[at - 1] == ","


def _tail(words: Words, last: int, stop: int) -> int:
    """The last token of the incise: dates and places up to the next comma or stop stay in it."""
    i = last
    while i + 1 <= stop and i - last < 14:
        form = words.forms[i + 1]
        if form in {",", ";", ":", ".", "?", "!"} or i + 1 in words.marks:
            break
        i += 1
    return i


def _quote_ends_before(words: Words, at: int) -> Quoted | None:
    """The quoted stretch that ends right before ``at``, a comma or stray stop in between allowed."""
    j = at - 1
    while j >= 0 and words.forms[j] in {",", ".", "–", "-", "—"} and j not in words.marks:
        j -= 1
    if j < 0:
        return None
    return next((quoted for quoted in words.quoted if quoted.closing == j and quoted.level == 0), None)


def _before(words: Words, begin: int) -> int | None:
    """The last token before the incise, when a comma, a mark or a stop of question separates them."""
    j = begin - 1
    if j < 0:
        return None
    if words.forms[j] == "," or j in words.marks or words.forms[j] in {"?", "!", "…", "–", "—"}:
        return j
    return None


def _content(
    words: Words, before: int, begin: int, end: int, *, inverted: bool
) -> tuple[tuple[Range, ...], str, float] | None:
    outer = words.quoted_of[begin]
    if outer is not None:
        return _inside(words, outer, before, end)
    quoted = _quote_ends_before(words, begin)
    if quoted is not None:
        return _after_quote(words, quoted, begin, end)
    return _after_clause(words, before, begin, end, inverted=inverted)


def _inside(words: Words, outer: Quoted, before: int, end: int) -> tuple[tuple[Range, ...], str, float] | None:
    """An incise within open marks splits the speech in two: « Je viens, a-t-il dit, demain »."""
    turn_over = (
        outer.opening is not None
        and words.dash(outer.opening)
        and end + 1 <= outer.last
        and words.forms[end + 1] in {".", "!", "?"}
    )
    resumed = trim(words, end + 1, outer.last) if end < outer.last and not turn_over else None
    segments = [trim(words, outer.first, before), resumed]
    kept = tuple(segment for segment in segments if segment is not None)
    return (kept, "incise within the marks", 0.9) if kept and segments[0] is not None else None


def _after_quote(words: Words, quoted: Quoted, begin: int, end: int) -> tuple[tuple[Range, ...], str, float] | None:
    start, stop = words.sentence(begin)
    first = min(quoted.first, start) if start < quoted.outer_first else quoted.first
    rule, confidence = "incise after marks", 0.95
    if first < quoted.outer_first:
        lead = _clause_start(words, start, quoted.outer_first)
        first = quoted.first if lead is None else lead
        rule = "incise after marks" if lead is None else "incise after a clause with marks"
    head = trim(words, first, quoted.outer_last)
    if head is None:
        return None
    segments = [head]
    following = _resumed(words, end, stop)
    if following is not None:
        more = trim(words, *following)
        if more is not None:
            segments.append(more)
            rule = "interrupted speech"
    return tuple(segments), rule, confidence


def _clause_start(words: Words, start: int, stop: int) -> int | None:
    """Where reported words outside the marks begin, or None when what stands before the marks is not reported (``Il rit : « … »``)."""
    if words.forms[stop - 1] in {":", ";"}:
        return None
    first = start
    for i in range(start, stop):
        if words.forms[i] in {":", ";"} or i in words.marks or (words.dash(i) and i - start < 8):
            first = i + 1
    while first < stop and not words.is_word(first):
        first += 1
    return first if first < stop else None


def _resumed(words: Words, end: int, stop: int) -> Range | None:
    """The quoted stretch that goes on after the incise: « … », a-t-il dit, « … »."""
    i = end + 1
    while i <= stop and words.forms[i] in {",", ":"}:
        i += 1
    if i == end + 1 and i not in words.marks:
        return None
    following = next((quoted for quoted in words.quoted if quoted.opening == i and quoted.level == 0), None)
    return (
        (following.first, following.last)
        if following is not None and words.sentence_of[i] == words.sentence_of[end]
        else None
    )


def _after_clause(
    words: Words, before: int, begin: int, end: int, *, inverted: bool
) -> tuple[tuple[Range, ...], str, float] | None:
    """Indirect speech before its cue: « La fermeture est provisoire, assure la rectrice »."""
    if words.forms[before] != ",":
        return None
    start, stop = words.sentence(begin)
    first = _clause_start(words, start, begin)
    if first is None or before - first < 1:
        return None
    segments = [trim(words, first, before)]
    if end + 1 < stop and words.forms[end + 1] == ",":
        closing = next(
            (
                q.outer_last
                for q in words.quoted
                if q.level == 0 and q.opening is not None and end < q.opening <= stop < q.last
            ),
            stop,
        )
        rest = trim(words, end + 2, closing)
        if rest is not None and _continues(words, rest):
            segments.append(rest)
    kept = tuple(segment for segment in segments if segment is not None)
    return (kept, "incise after a clause", 0.8 if inverted else 0.7) if kept else None


def _continues(words: Words, rest: Range) -> bool:
    """Whether what follows the incise still belongs to the reported clause, not to a new one of the author's."""
    form = words.forms[rest[0]]
    return (
        not words.grammar.has(form, "coordinators", "subject_relatives", "relative_pronouns")
        and form not in words.grammar.verbs
    )
