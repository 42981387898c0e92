"""An article as the model reads it: one row of words with breaks, states of the marks, sentences, chunks, sections."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from selon.models.reader.lexical import BREAK_WORD, is_word
from selon.models.reader.marks import CLOSERS, CLOSING, pair_marks

_SENTENCE_ENDS = frozenset(".!?…") | {"...", ".."}
_TRAILING = frozenset("»”)")
_LEADING = frozenset(CLOSERS) | frozenset("–—-")
_LONGEST_CHUNK = 160
_LONGEST_SECTION = 4000


@dataclass(frozen=True, slots=True)
class Section:
    """Words that are read together: a break, the words of passages with breaks between, a break.

    ``places[i]`` is the place of the i-th word in the article, counted without breaks; ``titled`` when the article's
    title, its first passage, opens it.
    """

    words: tuple[str, ...]
    places: tuple[int, ...]
    titled: bool


@dataclass(frozen=True, slots=True)
class Document:
    """A section with what is known of its words; ``states``, ``sentences`` (numbers from 0) are parallel to ``words``.

    ``spoken[i]`` counts the words that are no marks before place i. ``quotes`` are (opening mark, end) of quoted
    stretches, see ``Pairing``. ``chunks`` cut the words into stretches that are encoded apart. Words before
    ``title_end`` are the title's.
    """

    words: tuple[str, ...]
    states: tuple[int, ...]
    sentences: tuple[int, ...]
    spoken: tuple[int, ...]
    quotes: tuple[tuple[int, int], ...]
    chunks: tuple[tuple[int, int], ...]
    title_end: int


def sections(passages: Sequence[Sequence[str]]) -> Iterator[Section]:
    """The words of an article in sections of at most 4,000, so that time stays linear and memory bounded.

    Nearly every article is one section. A longer one is cut at the end of a passage; a passage that is longer by itself
    after the last full stop that fits.
    """
    words, places, titled = [BREAK_WORD], [0], True
    for passage in passages:
        for piece in _pieces(passage):
            place = places[-1]
            if len(words) > 1 and len(words) + len(piece) >= _LONGEST_SECTION:
                yield Section(tuple(words), tuple(places), titled)
                words, places, titled = [BREAK_WORD], [place], False
            words += ["§" if word in ("", BREAK_WORD) else word for word in piece]  # a pilcrow of the text is no break
            words.append(BREAK_WORD)
            places += range(place, place + len(piece) + 1)
    if len(words) > 1:
        yield Section(tuple(words), tuple(places), titled)


def _pieces(passage: Sequence[str]) -> Iterator[Sequence[str]]:
    longest, start = _LONGEST_SECTION - 2, 0
    while len(passage) - start > longest:
        end = start + longest
        stops = (place for place in range(end, end - longest // 2, -1) if passage[place - 1] in _SENTENCE_ENDS)
        end = next(stops, end)
        yield passage[start:end]
        start = end
    if start < len(passage):
        yield passage[start:]


def build_document(section: Section) -> Document:
    """The document of a section."""
    words = section.words
    pairing = pair_marks(words)
    sentences = _number_sentences(words, pairing.states)
    return Document(
        words=words,
        states=tuple(pairing.states),
        sentences=tuple(sentences),
        spoken=(0, *accumulate(map(is_word, words))),
        quotes=tuple(pairing.quotes),
        chunks=tuple(_cut(words, sentences)),
        title_end=words.index(BREAK_WORD, 1) if section.titled else 0,
    )


def _number_sentences(words: Sequence[str], states: Sequence[int]) -> list[int]:
    numbers, number, ended = [], 0, False
    for word, state in zip(words, states, strict=True):
        if word == BREAK_WORD:
            number, ended = number + 1, False
        elif word in _SENTENCE_ENDS:
            ended = True
        elif ended and state != CLOSING and word not in _TRAILING:
            if word[0].isupper() or word[0].isdigit() or word in _LEADING:
                number += 1
            ended = False
        numbers.append(number)
    return numbers


def _cut(words: Sequence[str], sentences: Sequence[int]) -> list[tuple[int, int]]:
    """Stretches of at most ``_LONGEST_CHUNK`` words, cut at a paragraph's start, else a sentence's, else anywhere."""
    chunks, start = [], 0
    while len(words) - start > _LONGEST_CHUNK:
        rest = len(words) - start
        aim = start + (_LONGEST_CHUNK if rest > 2 * _LONGEST_CHUNK else (rest + 1) // 2 + 32)
        aim = min(aim, start + _LONGEST_CHUNK)
        backwards = range(aim, start + _LONGEST_CHUNK // 4, -1)
        cut = next((place for place in backwards if words[place] == BREAK_WORD), 0)
        cut = cut or next((place for place in backwards if sentences[place] != sentences[place - 1]), aim)
        chunks.append((start, cut))
        start = cut
    chunks.append((start, len(words)))
    return chunks
