"""Nouns that report: ``la promesse du ministre de …``, ``son espoir : …``, ``les allégations selon lesquelles …``."""

from __future__ import annotations

from selon.attribution.clauses import Clauses
from selon.attribution.draft import Draft, Range, trim
from selon.attribution.reported import infinitive
from selon.attribution.phrases import phrase_end
from selon.attribution.words import Words

_REACH = 22


def noun_drafts(words: Words, clauses: Clauses) -> list[tuple[Range, list[Draft]]]:
    """For each reporting noun in text order its tokens (with determiner) and the contents it may have."""
    found = []
    for i, form in enumerate(words.forms):
        cue = words.grammar.nouns.get(form)
        if cue is None or i in clauses.groups:
            continue
        start, stop = words.sentence(i)
        determined = i > start and words.grammar.has(words.forms[i - 1], "determiners")
        first = i - 1 if determined else i
        drafts = _drafts(words, clauses, (first, i), stop)
        if drafts:
            found.append(((first, i), drafts))
    return found


def _drafts(words: Words, clauses: Clauses, cue: Range, stop: int) -> list[Draft]:
    first, noun = cue
    drafts = []
    holder = _holder(words, noun, stop)
    source: Range | None = holder
    if source is None and words.grammar.has(words.forms[first], "possessives"):
        source = (first, first)
    for i in range(noun + 1, min(stop - 1, noun + _REACH) + 1):
        form = words.forms[i]
        inside = holder is not None and holder[0] <= i <= holder[1]
        if form == ":":
            content = trim(words, i + 1, _quote_or_end(words, i + 1, stop))
            drafts += [Draft((content,), (cue,), source, "noun and colon", 0.4)] if content is not None else []
            break
        if inside:
            continue
        if words.grammar.has(form, "complementisers") or _whereby(words, i):
            at = i + 1 if words.grammar.has(form, "complementisers") else i + 2
            content = trim(words, at, clauses.end(min(at, stop)))
            drafts += [Draft((content,), (cue,), source, "noun and clause", 0.4)] if content is not None else []
            break
        if form in words.grammar.options["infinitive_links"] and infinitive(words, _past_clitics(words, i + 1, stop)):
            content = trim(words, i + 1, clauses.end(i + 1))
            drafts += [Draft((content,), (cue,), source, "noun and infinitive", 0.4)] if content is not None else []
            break
        if form == ";" or (
            words.grammar.finite(form) and not words.grammar.has(words.forms[i - 1], "determiners", "prepositions")
        ):
            if form != ";" and words.forms[i] in words.grammar.auxiliaries:
                continue
            break
    return drafts


def _whereby(words: Words, i: int) -> bool:
    """« selon lesquelles », « selon laquelle »: what follows is what the noun says."""
    return (
        i + 1 < len(words)
        and (words.forms[i],) in words.grammar.according_frames
        and words.grammar.has(words.forms[i + 1], "relative_pronouns")
    )


def _past_clitics(words: Words, i: int, stop: int) -> int:
    while i < stop and words.grammar.has(words.forms[i], "object_clitics", "reflexives", "negations", "negative_words"):
        i += 1
    return min(i, stop)


def _holder(words: Words, noun: int, stop: int) -> Range | None:
    """Whose promise it is: the phrase after « de », « du », « par » within a few words."""
    for i in range(noun + 1, min(stop - 1, noun + 4) + 1):
        form = words.forms[i]
        if form in words.grammar.options["of"] or form in words.grammar.options["by"]:
            contracted = words.grammar.has(form, "articles")
            if infinitive(words, i + 1) and not words.capital(i + 1):
                return None
            begin = i + 1
            if begin > stop or not (
                contracted or words.capital(begin) or words.grammar.has(words.forms[begin], "determiners")
            ):
                return None
            return (begin, phrase_end(words, begin, stop, closed=True))
        if not words.is_word(i):
            return None
    return None


def _quote_or_end(words: Words, i: int, stop: int) -> int:
    for quoted in words.quoted:
        if quoted.level == 0 and quoted.opening == i:
            return quoted.outer_last
    return stop
