"""Damaged encodings (``dÃ©clarÃ©``) mended where they are damaged, with the way back to the raw characters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from selon.offsets import OffsetMap, Run, Span

# The characters that the bytes 80-BF of UTF-8 look like when read as Latin-1 or Windows-1252.
_TAIL = "[\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"
# A lead byte read as a letter, with as many tail bytes as it asks for; or what "é" looks like in Mac Roman and DOS. Of
# the leads of three bytes only those of marks and symbols: "déclaré»‘" is French, though it would spell a Chinese sign.
_DAMAGE = re.compile(rf"[Â-ß]{_TAIL}|â{_TAIL}{{2}}|ï(?:¿½|»¿|¬{_TAIL})|ð{_TAIL}{{3}}|√[^\x00-\x7f]|[├┬][^\x00-\x7f]")
# The tail byte of "à" is a no-break space, which some programs turned into a plain one: "Ã la veille".
_BARE_A_GRAVE = re.compile(r"Ã (?= )|Ã(?= [^\W\d_])")
# Words, cut at plain blanks only: no-break space and U+0085 may be pieces of the damage.
_WORD = re.compile(r"[^ \t\r\n]+")
_LONGEST_WORD = 200


def repair(text: str) -> tuple[str, OffsetMap | None]:
    """The text with its damaged words mended, and the map from it back to ``text``; ``(text, None)`` if all is sound.

    Words are looked at one by one, so sound words keep their characters and their places; ftfy decides whether a word
    is damaged. Time is linear in the length.
    """
    mended = list(_mended(text))
    if not mended:
        return text, None
    pieces: list[str] = []
    runs: list[Run] = []
    raw_at = text_at = 0
    for span, words in [*mended, (Span(len(text), len(text)), "")]:
        if span.start > raw_at:
            sound = text[raw_at : span.start]
            runs.append(Run(text_at, text_at + len(sound), raw_at, span.start, exact=True))
            pieces.append(sound)
            text_at += len(sound)
        if words:
            runs.append(Run(text_at, text_at + len(words), span.start, span.end, exact=False))
            pieces.append(words)
            text_at += len(words)
        raw_at = span.end
    return "".join(pieces), OffsetMap(tuple(runs))


def _mended(text: str) -> Iterator[tuple[Span, str]]:
    """The damaged stretches in order, each with what it should be."""
    places = [match.start() for match in _DAMAGE.finditer(text)]
    if not places:
        return
    if all(not _fixed(text[word.start : word.end]) for word in _words(text, places)):
        return
    places = sorted({*places, *(match.start() for match in _BARE_A_GRAVE.finditer(text))})
    for word in _words(text, places):
        yield from _within(text, word)


def _words(text: str, places: list[int]) -> Iterator[Span]:
    """The words around the places, cut to a fair length where there are no blanks."""
    done = 0
    for place in places:
        if place < done:
            continue
        start = place
        while start > done and place - start < _LONGEST_WORD and text[start - 1] not in " \t\r\n":
            start -= 1
        match = _WORD.match(text, place, min(len(text), place + _LONGEST_WORD))
        done = match.end() if match else place + 1
        yield Span(start, done)


def _within(text: str, word: Span) -> Iterator[tuple[Span, str]]:
    """The damaged stretches of a word: its runs of non-ASCII characters where they mend alone, else its core."""
    if word.start >= word.end:
        return
    if bare := _BARE_A_GRAVE.match(text, word.end - 1):
        yield from _within(text, Span(word.start, bare.start()))
        yield Span(*bare.span()), "à"
        return
    damaged = word.of(text)
    fixed = _fixed(damaged)
    if not fixed:
        return
    runs = [Span(*match.span()) for match in re.finditer(r"[^\x00-\x7f]+", damaged)]
    mended = [(run, _fixed(run.of(damaged)) or run.of(damaged)) for run in runs]
    rebuilt, at = "", 0
    for run, words in mended:
        rebuilt += damaged[at : run.start] + words
        at = run.end
    if rebuilt + damaged[at:] != fixed:
        yield from _core(word, damaged, fixed)
        return
    for run, words in mended:
        if words != run.of(damaged):
            yield Span(word.start + run.start, word.start + run.end), words


def _core(word: Span, damaged: str, fixed: str) -> Iterator[tuple[Span, str]]:
    """The stretch left when the letters that both begin and end with are taken off."""
    shorter = min(len(damaged), len(fixed))
    head = next((i for i in range(shorter) if damaged[i] != fixed[i]), shorter)
    tail = next((i for i in range(shorter - head) if damaged[-1 - i] != fixed[-1 - i]), shorter - head)
    if fixed[head : len(fixed) - tail]:
        yield Span(word.start + head, word.end - tail), fixed[head : len(fixed) - tail]


@lru_cache(maxsize=4096)
def _fixed(word: str) -> str:
    """The word as ftfy mends it, or "" where it is sound."""
    import ftfy

    fixed = ftfy.fix_encoding(word)
    return "" if fixed == word else fixed
