"""An article as the model reads it.

One row of words with paragraph breaks, states of the quotation marks, sentences, chunks.

Standard library only: the same code runs in training and in the engine.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from training.quotations.lexical import PARAGRAPH

OUTSIDE, OPENING, INSIDE, CLOSING, OPENING_UNCLOSED, INSIDE_UNCLOSED, NESTED, STRAY = range(8)
STATES = 8
_CLOSERS = {"«": "»", "“": "”", "„": "“”", '"': '"', "‹": "›"}
_SINGLE = {"'": "'", "‘": "’"}
_ANY_CLOSER = '»”"'
_LONGEST_SINGLE = 40
_LONGEST_QUOTE = 400
_SENTENCE_ENDS = frozenset(".!?…") | {"...", ".."}
_LONGEST_CHUNK = 160


@dataclass(frozen=True, slots=True)
class Document:
    """``words`` start with a break, hold one between paragraphs, end with one.

    ``states`` and ``sentences`` (numbers) are parallel.

    ``quotes`` are (opening mark, end) of quoted stretches: the end is the closing mark, or one past the last word
    when it is missing. ``chunks`` cut the words into stretches that are encoded apart.
    """

    words: tuple[str, ...]
    states: tuple[int, ...]
    sentences: tuple[int, ...]
    quotes: tuple[tuple[int, int], ...]
    chunks: tuple[tuple[int, int], ...]
    title_end: int


def build_document(words: Sequence[str]) -> Document:
    """The document of ``words``, paragraph breaks among them."""
    quotes, states = _pair_marks(words)
    sentences = _number_sentences(words, states)
    title_end = next((place for place in range(1, len(words)) if words[place] == PARAGRAPH), len(words))
    return Document(
        tuple(words), tuple(states), tuple(sentences), tuple(quotes), tuple(_cut(words, sentences)), title_end
    )


def _pair_marks(words: Sequence[str]) -> tuple[list[tuple[int, int]], list[int]]:
    states = [OUTSIDE] * len(words)
    quotes: list[tuple[int, int]] = []
    place, depth_end = 0, -1
    while place < len(words):
        word = words[place]
        if word in _CLOSERS and states[place] != CLOSING:
            if place < depth_end and words[place - 1] == PARAGRAPH:
                place += 1
                continue
            end, closed = _find_end(words, place, depth_end)
            if closed or place > depth_end:
                quotes.append((place, end))
                _mark(states, place, end, closed, nested=place < depth_end)
                depth_end = max(depth_end, end)
        elif word in _SINGLE and states[place] not in (CLOSING, OPENING):
            end = _single_end(words, place)
            if end:
                quotes.append((place, end))
                _mark(states, place, end, closed=True, nested=place < depth_end)
                depth_end = max(depth_end, end)
        elif word in "»”" and states[place] == OUTSIDE:
            states[place] = STRAY
        place += 1
    return quotes, states


def _find_end(words: Sequence[str], start: int, limit: int) -> tuple[int, bool]:
    """Where the stretch that opens at ``start`` ends, and whether a mark closes it."""
    opener = words[start]
    closer = _CLOSERS[opener]
    last = min(len(words), start + _LONGEST_QUOTE, limit if limit > start else len(words))
    depth = 1
    for place in range(start + 1, last):
        word = words[place]
        if word == PARAGRAPH and opener == '"':
            break
        if word == opener and opener != closer:
            if words[place - 1] != PARAGRAPH:
                depth += 1
            if depth > 2:
                break
        elif word in closer:
            depth -= 1
            if depth == 0:
                return place, True
    end = next((place for place in range(start + 1, len(words)) if words[place] == PARAGRAPH), len(words))
    for place in range(start + 1, end):
        if words[place] in _ANY_CLOSER:
            return place, True
        if words[place] == opener:
            break
    return end, False


def _single_end(words: Sequence[str], start: int) -> int:
    """Where a stretch between single marks ends, 0 for a mark that is only an apostrophe gone astray."""
    for place in range(start + 1, min(len(words), start + _LONGEST_SINGLE)):
        if words[place] == PARAGRAPH:
            break
        if words[place] == _SINGLE[words[start]]:
            return place if place > start + 1 else 0
    return 0


def _mark(states: list[int], start: int, end: int, closed: bool, nested: bool) -> None:
    if nested:
        states[start] = OPENING
        for place in range(start + 1, end):
            states[place] = NESTED
    else:
        states[start] = OPENING if closed else OPENING_UNCLOSED
        for place in range(start + 1, end):
            states[place] = INSIDE if closed else INSIDE_UNCLOSED
    if closed:
        states[end] = CLOSING


def _number_sentences(words: Sequence[str], states: Sequence[int]) -> list[int]:
    numbers, number, ended = [], 0, False
    for place, word in enumerate(words):
        if word == PARAGRAPH:
            number, ended = number + 1, False
        elif word in _SENTENCE_ENDS:
            ended = True
        elif ended and states[place] != CLOSING and word not in "»”)":
            if word[0].isupper() or word[0].isdigit() or word in _CLOSERS or word in "–—-":
                number += 1
            ended = False
        numbers.append(number)
    return numbers


def _cut(words: Sequence[str], sentences: Sequence[int]) -> list[tuple[int, int]]:
    """Stretches of at most ``_LONGEST_CHUNK`` words, cut at a paragraph's start, else at a sentence's.

    Else anywhere.
    """
    chunks, start = [], 0
    while len(words) - start > _LONGEST_CHUNK:
        rest = len(words) - start
        aim = start + (_LONGEST_CHUNK if rest > 2 * _LONGEST_CHUNK else (rest + 1) // 2 + 32)
        aim = min(aim, start + _LONGEST_CHUNK)
        lowest = start + _LONGEST_CHUNK // 4
        cut = next((place for place in range(aim, lowest, -1) if words[place] == PARAGRAPH), 0)
        cut = cut or next((place for place in range(aim, lowest, -1) if sentences[place] != sentences[place - 1]), aim)
        chunks.append((start, cut))
        start = cut
    chunks.append((start, len(words)))
    return chunks
