"""``Selon X, …``: prepositional cues, their source and what they attribute."""

from __future__ import annotations

from selon.attribution.draft import Draft, Range, trim
from selon.attribution.grammar import longest
from selon.attribution.phrases import phrase_end
from selon.attribution.words import Words


def according(words: Words) -> tuple[list[Draft], list[tuple[int, int, str]]]:
    """The drafts of all prepositional cues in text order, and what was refused: (first, last token, reason)."""
    drafts, refused = [], []
    i = 0
    while i < len(words):
        length = longest(words.grammar.according, words.forms, i)
        if not length:
            i += 1
            continue
        made = _draft(words, i, length)
        if isinstance(made, Draft):
            drafts.append(made)
        elif made:
            refused.append((i, min(i + length + 3, words.sentence(i)[1]), made))
        i += length
    return drafts, refused


def _draft(words: Words, i: int, length: int) -> Draft | str | None:
    start, stop = words.sentence(i)
    outer = words.quoted_of[i]
    if outer is not None:
        start, stop = max(start, outer.first), min(stop, outer.last)
    frames = words.grammar.according_frames[tuple(words.forms[i : i + length])]
    cue_first, first = i, i + length
    if first > stop:
        return None
    grammar, forms = words.grammar, words.forms
    if grammar.starts(forms, i, "look_alikes"):
        return "a fixed phrase that reports nothing"
    if "source_with_verb" in frames:
        return None
    if "source_inside" in frames:
        return _with_source_inside(words, (cue_first, first - 1), start, stop)
    if grammar.has(forms[first], "complementisers", "question_words"):
        return "selon = depending on"
    initial = _opens_clause(words, start, i)
    if grammar.has(forms[first], "strong_pronouns", "relative_pronouns", "demonstrative_pronouns"):
        source: Range = (first, first)
    elif (
        grammar.has(forms[first], "determiners")
        or words.capital(first)
        or not grammar.has(forms[first], "prepositions")
    ):
        source = (first, phrase_end(words, first, stop, closed=initial))
    else:
        return None
    comma = i > start and forms[i - 1] == ","
    relative = grammar.has(forms[first], "relative_pronouns")
    if relative:
        found = trim(words, first + 1, stop)
        return (
            Draft((found,), ((cue_first, first - 1),), source, "according to whom", 0.7) if found is not None else None
        )
    if "source_risky" in frames and not _sure(words, source, i, start, stop, initial=initial):
        return None
    if not (initial or comma or _closes(words, source[1], stop)) and not _named(words, source):
        return "selon = depending on"
    return _place(words, (cue_first, first - 1), source, (cue_first, source[1]), start, stop)


def _with_source_inside(words: Words, cue: Range, start: int, stop: int) -> Draft | None:
    """« à ses yeux », « à l'en croire », « de source hospitalière »: the source is a word of the cue, or goes on behind it."""
    inner = [
        i
        for i in range(cue[0], cue[1] + 1)
        if words.grammar.has(words.forms[i], "possessives", "object_clitics")
        and not words.grammar.has(words.forms[i], "prepositions")
    ]
    if inner and words.forms[cue[1]] not in words.forms[inner[0] : inner[0] + 1]:
        source: Range = (inner[0], inner[0])
        adjunct = cue
    else:
        end = _adjunct_end(words, cue[1], stop)
        source, adjunct = (cue[1], end), (cue[0], end)
    return _place(words, adjunct, source, adjunct, start, stop)


def _opens_clause(words: Words, start: int, i: int) -> bool:
    """« Mais selon lui, », « car, selon eux, »: only a conjunction or adverbial stands before."""
    k = max([start, *(j + 1 for j in range(start, i) if words.dash(j) or words.forms[j] in {":", ";"})])
    while k < i:
        length = words.grammar.starts(words.forms, k, "opening_adverbials")
        if length:
            k += length
        elif words.grammar.has(words.forms[k], "coordinators") or not words.is_word(k):
            k += 1
        else:
            return False
    return True


def _sure(words: Words, source: Range, i: int, start: int, stop: int, *, initial: bool) -> bool:
    """``pour`` attributes only with a pronoun or a named or titled person, at the head of its clause, before a comma."""
    if not initial or source[1] + 1 > stop or words.forms[source[1] + 1] != ",":
        return False
    return words.grammar.has(
        words.forms[source[0]], "strong_pronouns", "determiners", "demonstratives"
    ) or words.capital(source[0])


def _named(words: Words, source: Range) -> bool:
    return any(words.capital(k) for k in range(source[0], source[1] + 1)) or words.grammar.has(
        words.forms[source[0]], "strong_pronouns"
    )


def _closes(words: Words, last: int, stop: int) -> bool:
    return last >= stop or all(not words.is_word(k) for k in range(last + 1, stop + 1))


def _adjunct_end(words: Words, i: int, stop: int) -> int:
    k = i
    while k + 1 <= stop and words.is_word(k + 1) and k + 1 not in words.marks:
        k += 1
    return k


def _place(words: Words, cue: Range, source: Range | None, adjunct: Range, start: int, stop: int) -> Draft | None:
    """The content is the rest of the clause around the adjunct."""
    left_first = start
    for k in range(start, adjunct[0]):
        if words.forms[k] in {":", ";"} or words.dash(k):
            left_first = k + 1
    left = trim(words, left_first, adjunct[0] - 1) if adjunct[0] > left_first else None
    if left is not None and _opens_clause(words, left[0], left[1] + 1):
        left = None
    right = _right(words, adjunct[1] + 1, stop, alone=left is None)
    segments = tuple(part for part in (left, right) if part is not None)
    if not segments:
        return None
    return Draft(segments, (cue,), source, "according to", 0.85)


def _right(words: Words, first: int, stop: int, *, alone: bool) -> Range | None:
    if first > stop:
        return None
    end = stop
    for quoted in words.quoted:
        if quoted.level == 0 and quoted.opening is not None and first <= quoted.opening <= stop and quoted.last > stop:
            end = quoted.outer_last
    for k in range(first, end + 1):
        if words.forms[k] == ";" or (words.forms[k] == ":" and k > first + 2 and k + 1 in words.marks):
            end = k - 1
            break
    found = trim(words, first, end)
    if (
        found is not None
        and not alone
        and words.grammar.has(words.forms[found[0]], "coordinators", "relative_pronouns")
    ):
        return None
    return found
