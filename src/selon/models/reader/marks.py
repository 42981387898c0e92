"""Quotation marks paired over an article's words: which stretches are quoted, and how each word stands to them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from selon.models.reader.lexical import BREAK_WORD

OUTSIDE, OPENING, INSIDE, CLOSING, OPENING_UNCLOSED, INSIDE_UNCLOSED, NESTED, STRAY = range(8)

CLOSERS = {"«": "»", "“": "”", "„": "“”", '"': '"', "‹": "›"}
_SINGLE = {"'": "'", "‘": "’"}
_ANY_CLOSER = '»”"'
_STRAYS = frozenset("»”")
_LONGEST_SINGLE = 40
_LONGEST_QUOTE = 400


@dataclass(frozen=True, slots=True)
class Pairing:
    """``states`` is parallel to the words; ``quotes`` are (opening mark, end), in order of their opening marks.

    The end is the closing mark, or, when it is missing, the next break or one past the last word.
    """

    states: list[int]
    quotes: list[tuple[int, int]] = field(default_factory=list)

    def add(self, start: int, end: int, *, closed: bool, nested: bool) -> None:
        """Note a quoted stretch and the states of its words."""
        self.quotes.append((start, end))
        inner = NESTED if nested else INSIDE if closed else INSIDE_UNCLOSED
        self.states[start] = OPENING if closed or nested else OPENING_UNCLOSED
        self.states[start + 1 : end] = [inner] * (end - start - 1)
        if closed:
            self.states[end] = CLOSING


def pair_marks(words: Sequence[str]) -> Pairing:
    """The quoted stretches of ``words``, in time linear in their number."""
    pairing = Pairing([OUTSIDE] * len(words))
    places = _places(words)
    depth_end = -1
    for place in sorted(place for those in (*places.values(),) for place in those):
        word, state = words[place], pairing.states[place]
        if word in CLOSERS and state != CLOSING:
            if place < depth_end and words[place - 1] == BREAK_WORD:
                continue  # a quotation of several paragraphs opens anew at each
            end, closed = _find_end(words, places, place, depth_end)
            if closed or place > depth_end:
                pairing.add(place, end, closed=closed, nested=place < depth_end)
                depth_end = max(depth_end, end)
        elif word in _SINGLE and state not in (CLOSING, OPENING):
            end = _single_end(words, place)
            if end:
                pairing.add(place, end, closed=True, nested=place < depth_end)
                depth_end = max(depth_end, end)
        elif word in _STRAYS and state == OUTSIDE:
            pairing.states[place] = STRAY
    return pairing


def _places(words: Sequence[str]) -> dict[str, list[int]]:
    """Where each mark and the break stand, in order."""
    places: dict[str, list[int]] = {mark: [] for mark in (*CLOSERS, *_ANY_CLOSER, *_SINGLE, BREAK_WORD)}
    for place, word in enumerate(words):
        if word in places:
            places[word].append(place)
    return places


def _find_end(words: Sequence[str], places: dict[str, list[int]], start: int, limit: int) -> tuple[int, bool]:
    """Where the stretch that opens at ``start`` ends, and whether a mark closes it."""
    opener = words[start]
    closer = CLOSERS[opener]
    depth = 1
    for place in range(start + 1, min(len(words), start + _LONGEST_QUOTE, limit if limit > start else len(words))):
        word = words[place]
        if word == BREAK_WORD and opener == '"':
            break
        if word == opener and opener != closer:
            if words[place - 1] != BREAK_WORD:
                depth += 1
            if depth > 2:
                break
        elif word in closer:
            depth -= 1
            if depth == 0:
                return place, True
    end = _next(places[BREAK_WORD], start, len(words))
    closing = min(_next(places[mark], start, end) for mark in _ANY_CLOSER)
    if closing < end and closing <= _next(places[opener], start, end):
        return closing, True
    return end, False


def _next(places: Sequence[int], start: int, end: int) -> int:
    """The first of ``places`` after ``start``, at most ``end``."""
    found = bisect_left(places, start + 1)
    return min(places[found], end) if found < len(places) else end


def _single_end(words: Sequence[str], start: int) -> int:
    """Where a stretch between single marks ends, 0 for a mark that is only an apostrophe gone astray."""
    for place in range(start + 1, min(len(words), start + _LONGEST_SINGLE)):
        if words[place] == BREAK_WORD:
            break
        if words[place] == _SINGLE[words[start]]:
            return place if place > start + 1 else 0
    return 0
