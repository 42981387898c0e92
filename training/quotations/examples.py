"""Annotated articles as words with labels: cues, beginnings of quotations without a cue, and what belongs to each."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from selon.attribution.marks import mark_pairs, mended, pair
from training.quotations.articles import AnnotatedArticle
from training.quotations.lexical import PARAGRAPH
from training.quotations.tokenization import PACK, tokenize

FORMS = ("clause", "fragment", "nominal")
TYPES = ("direct", "indirect", "mixed")
Places = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class LabelledQuotation:
    """Places of the words of content, source and cue; the cue's longest piece only; form and type by number."""

    content: Places
    source: Places
    cue: Places
    form: int
    type: int


@dataclass(frozen=True, slots=True)
class LabelledArticle:
    """``words`` with paragraph breaks among them; ``offsets`` of each word in the text (a break has an empty one)."""

    id: str
    origin: str
    words: tuple[str, ...]
    offsets: tuple[tuple[int, int], ...]
    quotations: tuple[LabelledQuotation, ...]


def split_words(text: str) -> tuple[list[str], list[tuple[int, int]]]:
    """The words of ``text`` and their offsets, a break before, between and after paragraphs (lines not blank).

    Marks of two kinds that hold one stretch are written as of one kind, as the engine hands them to the reader.
    """
    lines, start = [], 0
    for line in text.split("\n"):
        tokens = tokenize(text, start, start + len(line))
        start += len(line) + 1
        if tokens:
            lines.append(tokens)
    every = [token for line in lines for token in line]
    firsts = [0, *accumulate(map(len, lines))][: len(lines)]
    alike = mended(every, pair(every, firsts, PACK), mark_pairs(PACK))
    words, offsets = [PARAGRAPH], [(0, 0)]
    for first, line in zip(firsts, lines, strict=True):
        words += [alike.get(first + number, token.text) for number, token in enumerate(line)]
        offsets += [(token.start, token.end) for token in line]
        words.append(PARAGRAPH)
        offsets.append((line[-1].end, line[-1].end))
    return words, offsets


def label(article: AnnotatedArticle) -> LabelledArticle:
    """The article cut into words, its quotations as places of words; one without any word of content is left out."""
    words, offsets = split_words(article.text)
    starts = [start for start, _ in offsets]
    ends = [end for _, end in offsets]
    found = []
    for quotation in article.quotations:
        content = _places(quotation["content"], starts, ends, words)
        if content:
            found.append(
                LabelledQuotation(
                    content,
                    _places(quotation.get("source") or [], starts, ends, words),
                    _places(_longest(quotation.get("cue") or []), starts, ends, words),
                    FORMS.index(quotation.get("form") or "clause"),
                    TYPES.index(quotation["type"]),
                )
            )
    return LabelledArticle(article.id, article.origin, tuple(words), tuple(offsets), tuple(found))


def _longest(pieces: Sequence[Any]) -> list[Any]:
    return [max(pieces, key=lambda piece: piece[1] - piece[0])] if pieces else []


def _places(spans: Sequence[Sequence[int]], starts: Sequence[int], ends: Sequence[int], words: Sequence[str]) -> Places:
    places: list[int] = []
    for start, end in spans:
        first, last = bisect_right(ends, start), bisect_left(starts, end)
        places += [place for place in range(first, last) if words[place] != PARAGRAPH]
    return tuple(sorted(set(places)))
