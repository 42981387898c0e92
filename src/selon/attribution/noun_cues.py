"""Nouns that report: ``la promesse du ministre de …``, ``son espoir : …``, ``les allégations selon lesquelles …``."""

from __future__ import annotations

from selon.attribution.clauses import Clauses
from selon.attribution.draft import Draft, Range, quote_opening, trim
from selon.attribution.infinitives import infinitive, infinitive_behind
from selon.attribution.phrases import phrase_end
from selon.attribution.words import Words

_REACH = 22
"""How many tokens may stand between a noun and what it reports."""
_HOLDER = 4
"""Within how many tokens the phrase that says whose word it is must begin."""


def noun_drafts(words: Words, clauses: Clauses) -> list[tuple[Range, Draft]]:
    """For each reporting noun in text order its tokens (with determiner) and the draft it makes."""
    found = []
    for i, form in enumerate(words.forms):
        if form not in words.grammar.nouns or i in clauses.groups:
            continue
        start, stop = words.sentence(i)
        determined = i > start and words.has(i - 1, "determiners")
        cue = (i - 1 if determined else i, i)
        if cue[0] > start and words.starts(cue[0] - 1, "look_alikes"):  # dans l'espoir de
            continue
        draft = _draft(words, clauses, cue, stop)
        if draft is not None:
            found.append((cue, draft))
    return found


def _draft(words: Words, clauses: Clauses, cue: Range, stop: int) -> Draft | None:
    """What follows the noun within reach: after a colon, after ``que`` or « selon lesquelles », or an infinitive."""
    first, noun = cue
    holder = _holder(words, noun, stop)
    owner = (first, first) if words.has(first, "possessives") else None
    source = holder if holder is not None else owner
    for i in range(noun + 1, min(stop - 1, noun + _REACH) + 1):
        form = words.forms[i]
        if form == ":":
            return _made(cue, source, trim(words, i + 1, _quote_or_end(words, i + 1, stop)), "noun and colon")
        if holder is not None and holder[0] <= i <= holder[1]:
            continue
        if words.has(i, "complementisers") or _whereby(words, i):
            at = i + 1 if words.has(i, "complementisers") else i + 2
            return _made(cue, source, trim(words, at, clauses.end(min(at, stop))), "noun and clause")
        if words.among(i, "infinitive_links") and infinitive_behind(words, i + 1, stop):
            return _made(cue, source, trim(words, i + 1, clauses.end(i + 1)), "noun and infinitive")
        if form == ";":
            return None
        if words.finite(i) and not words.determined(i) and form not in words.grammar.auxiliaries:
            return None
    return None


def _made(cue: Range, source: Range | None, content: Range | None, rule: str) -> Draft | None:
    return Draft((content,), (cue,), source, rule, 0.4) if content is not None else None


def _whereby(words: Words, i: int) -> bool:
    """« selon lesquelles », « selon laquelle »: what follows is what the noun says."""
    frames = words.grammar.according_frames
    return i + 1 < len(words) and (words.forms[i],) in frames and words.has(i + 1, "relative_pronouns")


def _holder(words: Words, noun: int, stop: int) -> Range | None:
    """Whose promise it is: the phrase after « de », « du », « par » within a few words."""
    for i in range(noun + 1, min(stop - 1, noun + _HOLDER) + 1):
        if words.among(i, "of") or words.among(i, "by"):
            begin = i + 1
            if infinitive(words, begin) and not words.capital(begin):
                return None
            if words.has(i, "articles") or words.capital(begin) or words.has(begin, "determiners"):
                return (begin, phrase_end(words, begin, stop, closed=True))
            return None
        if not words.is_word(i):
            return None
    return None


def _quote_or_end(words: Words, i: int, stop: int) -> int:
    quoted = quote_opening(words, i)
    return quoted.outer_last if quoted is not None else stop
