"""``Selon X, …``: prepositional cues, their source and what they attribute."""

from __future__ import annotations

from selon.attribution.draft import Draft, Range, trim
from selon.attribution.grammar import longest
from selon.attribution.phrases import phrase_end
from selon.attribution.words import Words

DEPENDING = "selon = depending on"
"""The reason for which « selon les saisons » is refused."""


def according(words: Words) -> tuple[list[Draft], list[tuple[int, int, str]]]:
    """The drafts of all prepositional cues in text order, and what was refused: (first, last token, reason)."""
    drafts, refused = [], []
    cues, free = words.grammar.according, 0
    for i in [i for i, form in enumerate(words.forms) if form in cues]:
        length = longest(cues, words.forms, i) if i >= free else 0
        if not length:
            continue
        free = i + length
        made = _draft(words, i, length)
        if isinstance(made, Draft):
            drafts.append(made)
        elif made:
            refused.append((i, min(i + length + 3, words.sentence(i)[1]), made))
    return drafts, refused


def _draft(words: Words, i: int, length: int) -> Draft | str | None:
    """The draft of the cue at ``i``, the reason to refuse it, or None when it is no cue at all."""
    clause = _clause(words, i)
    first = i + length
    if first > clause[1]:
        return None
    frames = words.grammar.according_frames[tuple(words.forms[i:first])]
    cue = (i, first - 1)
    if words.starts(i, "look_alikes"):
        return "a fixed phrase that reports nothing"
    if "source_with_verb" in frames:
        return None
    if "source_inside" in frames:
        return _with_source_inside(words, cue, clause)
    if words.has(first, "complementisers"):
        return DEPENDING
    if words.has(first, "relative_pronouns"):
        content = trim(words, first + 1, clause[1])
        return Draft((content,), (cue,), (first, first), "according to whom", 0.7) if content is not None else None
    if words.has(first, "question_words"):
        return DEPENDING
    return _with_source_behind(words, cue, clause, risky="source_risky" in frames)


def _clause(words: Words, i: int) -> Range:
    """The sentence of token ``i``, or the part of it between the marks that the token stands in."""
    start, stop = words.sentence(i)
    outer = words.quoted_of[i]
    return (start, stop) if outer is None else (max(start, outer.first), min(stop, outer.last))


def _with_source_behind(words: Words, cue: Range, clause: Range, *, risky: bool) -> Draft | str | None:
    """« selon la police », « d'après lui », « pour Marie Dupont »."""
    start, stop = clause
    first = cue[1] + 1
    initial = _opens_clause(words, start, cue[0])
    if words.has(first, "strong_pronouns", "demonstrative_pronouns"):
        source: Range = (first, first)
    elif words.has(first, "determiners") or words.capital(first) or not words.has(first, "prepositions"):
        source = (first, phrase_end(words, first, stop, closed=initial))
    else:
        return None
    if risky and not (initial and _sure(words, source, stop)):
        return None
    comma = cue[0] > start and words.forms[cue[0] - 1] == ","
    if not (initial or comma or _closes(words, source[1], stop) or _named(words, source)):
        return DEPENDING
    return _place(words, cue, source, (cue[0], source[1]), clause)


def _with_source_inside(words: Words, cue: Range, clause: Range) -> Draft | None:
    """« à ses yeux », « à l'en croire », « de source hospitalière »: the source is in the cue, or goes on behind it."""
    inner = next(
        (
            i
            for i in range(cue[0], cue[1] + 1)
            if words.has(i, "possessives", "object_clitics") and not words.has(i, "prepositions")
        ),
        None,
    )
    if inner is not None and words.forms[cue[1]] != words.forms[inner]:
        return _place(words, cue, (inner, inner), cue, clause)
    end = _adjunct_end(words, cue[1], clause[1])
    return _place(words, (cue[0], end), (cue[1], end), (cue[0], end), clause)


def _opens_clause(words: Words, start: int, i: int) -> bool:
    """« Mais selon lui, », « car, selon eux, »: only a conjunction or adverbial stands before."""
    k = max([start, *(j + 1 for j in range(start, i) if words.dash(j) or words.forms[j] in {":", ";"})])
    while k < i:
        length = words.starts(k, "opening_adverbials")
        if not length and words.is_word(k) and not words.has(k, "coordinators"):
            return False
        k += max(1, length)
    return True


def _sure(words: Words, source: Range, stop: int) -> bool:
    """``pour`` attributes only with a pronoun or a named or titled person, before a comma."""
    if source[1] + 1 > stop or words.forms[source[1] + 1] != ",":
        return False
    return words.has(source[0], "strong_pronouns", "determiners", "demonstratives") or words.capital(source[0])


def _named(words: Words, source: Range) -> bool:
    named = any(words.capital(k) for k in range(source[0], source[1] + 1))
    return named or words.has(source[0], "strong_pronouns")


def _closes(words: Words, last: int, stop: int) -> bool:
    return not any(words.is_word(k) for k in range(last + 1, stop + 1))


def _adjunct_end(words: Words, i: int, stop: int) -> int:
    while i + 1 <= stop and words.is_word(i + 1) and i + 1 not in words.marks:
        i += 1
    return i


def _place(words: Words, cue: Range, source: Range, adjunct: Range, clause: Range) -> Draft | None:
    """The content is the rest of the clause around the adjunct."""
    start, stop = clause
    for k in range(clause[0], adjunct[0]):
        if words.forms[k] in {":", ";"} or words.dash(k):
            start = k + 1
    governed = adjunct[0] > start and words.has(adjunct[0] - 1, "complementisers")
    left = None if governed else trim(words, start, adjunct[0] - 1)
    if left is not None and _opens_clause(words, left[0], left[1] + 1):
        left = None
    right = _right(words, adjunct[1] + 1, stop, alone=left is None)
    segments = tuple(part for part in (left, right) if part is not None)
    return Draft(segments, (cue,), source, "according to", 0.85) if segments else None


def _right(words: Words, first: int, stop: int, *, alone: bool) -> Range | None:
    """What follows the adjunct, marks that open in it taken whole; behind other content no clause of the author's."""
    if first > stop:
        return None
    running = words.running_past(first, stop)
    end = stop if running is None else running.outer_last
    for k in range(first, end + 1):
        if words.forms[k] == ";" or (words.forms[k] == ":" and k > first + 2 and k + 1 in words.marks):
            end = k - 1
            break
    found = trim(words, first, end)
    if found is not None and not alone and words.has(found[0], "coordinators", "relative_pronouns"):
        return None
    return found
