"""The same article printed otherwise.

Other marks, marks lost, names unknown, capitals astray, paragraphs joined or split.
"""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Mapping
from dataclasses import replace

from training.quotations.examples import LabelledArticle, LabelledQuotation
from training.quotations.lexical import PARAGRAPH
from training.quotations.other_verbs import change_verbs

_STYLES = (("«", "»"), ("“", "”"), ('"', '"'))
_OPENERS, _CLOSERS = "«“", "»”"
_SENTENCE_ENDS = ".!?"


def augment(article: LabelledArticle, rng: random.Random) -> LabelledArticle:
    """A disturbed copy of ``article``; about a third of the copies keep their marks, most their words."""
    words = list(article.words)
    if rng.random() < 0.5:
        _restyle(words, rng)
    if rng.random() < 0.08:
        words = [_without_accents(word) for word in words]
    if rng.random() < 0.1:
        chance = rng.uniform(0.02, 0.1)
        words = [word[:1].upper() + word[1:] if rng.random() < chance else word for word in words]
    _rename(words, rng)
    if rng.random() < 0.6:
        change_verbs(words, [quotation.cue for quotation in article.quotations], rng.uniform(0.1, 0.5), rng)
    dropped: set[int] = set()
    inserted: set[int] = set()
    if rng.random() < 0.15:
        chance = rng.uniform(0.05, 0.2)
        dropped |= {place for place, word in enumerate(words) if word in '«»“”"' and rng.random() < chance}
    if rng.random() < 0.3:
        chance = rng.uniform(0.1, 0.9)
        dropped |= {
            place
            for place in range(2, len(words) - 1)
            if words[place] == PARAGRAPH and rng.random() < chance and words[place - 1] in '.!?»”"'
        }
    elif rng.random() < 0.4:
        chance = rng.uniform(0.2, 1.0)
        inserted |= {
            place + 1
            for place in range(1, len(words) - 2)
            if words[place] in _SENTENCE_ENDS and words[place + 1][:1].isupper() and rng.random() < chance
        }
    return _rebuild(article, words, dropped, inserted)


def _restyle(words: list[str], rng: random.Random) -> None:
    opener, closer = rng.choice(_STYLES)
    inside = False
    for place, word in enumerate(words):
        if word in _OPENERS:
            words[place], inside = opener, True
        elif word in _CLOSERS:
            words[place], inside = closer, False
        elif word == '"':
            words[place] = closer if inside else opener
            inside = not inside
        elif word == PARAGRAPH:
            inside = False


def _rename(words: list[str], rng: random.Random) -> None:
    """Some capitalised words inside sentences become ones nobody has seen, each the same all through the article."""
    if rng.random() < 0.4:
        return
    chance = rng.uniform(0.1, 0.6)
    names: dict[str, str] = {}
    for place in range(1, len(words)):
        word = words[place]
        a_name = word[0].isupper() and word.isalpha() and len(word) > 2 and words[place - 1] not in '.!?«“"¶:'
        if a_name and word not in names:
            new = "".join(rng.choice("bcdfglmnprstvaeiouaeiou") for _ in word).capitalize()
            names[word] = new if rng.random() < chance else word
    for place, word in enumerate(words):
        words[place] = names.get(word, word)


def _without_accents(word: str) -> str:
    if word in _OPENERS + _CLOSERS + PARAGRAPH:
        return word
    return "".join(letter for letter in unicodedata.normalize("NFD", word) if not unicodedata.combining(letter)) or word


def _rebuild(article: LabelledArticle, words: list[str], dropped: set[int], inserted: set[int]) -> LabelledArticle:
    moved: dict[int, int] = {}
    kept: list[str] = []
    offsets: list[tuple[int, int]] = []
    for place, word in enumerate(words):
        if place in inserted:
            kept.append(PARAGRAPH)
            offsets.append((article.offsets[place][0], article.offsets[place][0]))
        if place not in dropped:
            moved[place] = len(kept)
            kept.append(word)
            offsets.append(article.offsets[place])
    quotations = tuple(_moved(quotation, moved) for quotation in article.quotations)
    return replace(
        article,
        words=tuple(kept),
        offsets=tuple(offsets),
        quotations=tuple(quotation for quotation in quotations if quotation.content),
    )


def _moved(quotation: LabelledQuotation, moved: Mapping[int, int]) -> LabelledQuotation:
    content, source, cue = (
        tuple(moved[place] for place in places if place in moved)
        for places in (quotation.content, quotation.source, quotation.cue)
    )
    return replace(quotation, content=content, source=source, cue=cue)
