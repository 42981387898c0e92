"""What the words that report say of the speaker's own stand: read from the pack's cue lexicon."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import NamedTuple

from selon.languages import languages, load_pack
from selon.languages.inflection import Cue, forms, nouns
from selon.models.embedding.words import words


class Reading(NamedTuple):
    """The class and polarity (``+``, ``-``, ``0``) of a cue; both empty when the lexicon does not know it."""

    kind: str
    polarity: str
    lemma: str


@lru_cache(maxsize=1 << 14)
def read_cue(cue: str, language: str) -> Reading:
    """The reading of a cue's words: the row of the lexicon that takes most of them, the later one of equals."""
    if language not in languages():
        return Reading("", "", "")
    tokens = words(cue)
    best: tuple[tuple[int, int], Cue] | None = None
    for place, token in enumerate(tokens):
        for each in _rows(language).get(token, ()):
            tail = [part for word in (*each.tail, *each.clitics) for part in words(word)]
            if all(any(_is(token, part) for token in tokens) for part in tail):
                rank = (len(tail), place)
                if best is None or rank > best[0]:
                    best = (rank, each)
    return Reading(best[1].kind, best[1].polarity, best[1].lemma) if best else Reading("", "", "")


def of_kind(form: str, language: str, kind: str) -> bool:
    """Whether a word is a form of a cue of this class that needs no other words."""
    if language not in languages():
        return False
    return any(each.kind == kind and not each.tail and not each.clitics for each in _rows(language).get(form, ()))


@cache
def _rows(language: str) -> dict[str, tuple[Cue, ...]]:
    pack = load_pack(language)
    out: dict[str, dict[str, Cue]] = {}
    for form, analyses in forms(pack).items():
        out[form] = {each.cue.lemma: each.cue for each in analyses}
    for each in nouns(pack):
        for form in (each.head, each.paradigm):
            out.setdefault(form, {}).setdefault(each.lemma, each)
    return {form: tuple(rows.values()) for form, rows in out.items()}


def _is(token: str, part: str) -> bool:
    """Whether a token is a word of the lexicon, elided or not: « s' » of « se »."""
    return token == part or (len(token) == 1 and part.startswith(token))
