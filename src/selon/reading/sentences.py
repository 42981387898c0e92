"""Sentences of a passage that survive "M. Dupont", "155 mm", "J.-C.", quotation marks and missing blanks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from selon.languages import inflection
from selon.languages.pack import LanguagePack
from selon.offsets import Span
from selon.reading.lines import trim

_BLANK = " \t\n\r\u00a0\u202f\u2009"
_STOP = re.compile(r"[.!?…]+(?:[ \u00a0\u202f][.!?…]+)*")
_ALWAYS_CLOSES = "»”›)]"
_OPENERS = re.compile(r"(?:[\[(]\s?(?:…|\.{3})\s?[\])]|[\s«“„‹‘'’\"(\[—–•·*…$£€<-])*")
_WORD = re.compile(r"\w+(?:[.'’-]\w+)*")
_FOOTNOTE = re.compile(r"\[\d{1,3}\]")
_LONGEST_ABBREVIATION = 24
_QUOTE_CLOSES = re.compile(r"[»”’\"“]")
_ONE_MARK = re.compile(r"[^.!?…:;,«“»”\"(]+(?:[.…]|\Z)")
_LONGEST_CUE = 60
_MOST_CUE_WORDS = 7
_DOTTED = re.compile(r"[^\W\d_]{1,2}(?:\.-?[^\W\d_]{1,2})+")
_ROMAN_OR_LETTER = re.compile(r"(?:[IVXLCDM]+|[A-Z])(?![\w'’])")
_ELISION = re.compile(r"['’]")


def split(text: str, start: int, end: int, pack: LanguagePack) -> tuple[Span, ...]:
    """The sentences of ``text[start:end]``, in order, without the blanks around them.

    Every character that is not blank belongs to exactly one. A full stop before a lower-case word, a comma or a cue
    (``? », demande-t-elle``) ends nothing; a mark and the quotation mark that closes after it stay together; a
    quotation mark left open swallows nothing, since marks are looked at one by one. Time is linear in the length.
    """
    rules = _rules(pack)
    found: list[Span] = []
    begin, counted, straight = start, start, 0
    for match in _STOP.finditer(text, start, end):
        stop = Span(*match.span())
        if stop.start < begin:
            continue
        straight += text.count('"', counted, stop.start)
        counted = stop.start
        close = _closing(text, stop.end, end, inside=straight % 2 == 1)
        if close < end and rules.ends(text, Span(begin, end), stop, close):
            if sentence := trim(text, Span(begin, close)):
                found.append(sentence)
            begin = close
    if sentence := trim(text, Span(begin, end)):
        found.append(sentence)
    return tuple(found)


class _Rules:
    """When a mark ends a sentence, by the abbreviations and function words of one language."""

    def __init__(self, pack: LanguagePack) -> None:
        self._abbreviations = {row["form"].rstrip("."): row["before"] for row in pack.rows("abbreviations")}
        self._cues = frozenset(_said(pack))
        self._common_words = frozenset(pack.words("common_words"))

    def ends(self, text: str, sentence: Span, stop: Span, close: int) -> bool:
        """Whether the mark at ``stop``, closed at ``close``, ends the sentence that began at ``sentence.start``."""
        if _in_brackets(text, stop):
            return False
        look = _OPENERS.match(text, close, sentence.end)
        after = look.end() if look else close
        if after >= sentence.end:
            return False
        blank = text[close] in _BLANK
        if not blank and not self._glued(text, stop, close, after):
            return False
        first = text[after]
        if not (first.isalnum() and not first.islower()):
            return False
        if _QUOTE_CLOSES.search(text, stop.end, close) and self._cue_follows(text, after, sentence.end):
            return False
        return text[stop.start : stop.end] != "." or not self._abbreviated(text, sentence, stop, after)

    def _cue_follows(self, text: str, after: int, end: int) -> bool:
        """Whether what follows a closed quotation only says who spoke: ``« Partez ! » Le maire a insisté.``."""
        rest = _ONE_MARK.match(text, after, min(end, after + _LONGEST_CUE))
        words = _WORD.findall(rest.group().lower().replace("’", "'")) if rest else []
        return 0 < len(words) <= _MOST_CUE_WORDS and any(word in self._cues for word in words[1:])

    def _glued(self, text: str, stop: Span, close: int, after: int) -> bool:
        """Whether a mark with no blank after it may end a sentence: ``conflit.Il`` may, ``site.fr`` may not."""
        if not text[after].isupper():
            return False
        if close > stop.end or after > close:
            return text[close] not in "-'’"
        before = text[max(0, stop.start - 3) : stop.start].rstrip()[-2:]
        follows = text[after + 1 : after + 2]
        word_like = len(before) == 2 and before.isalpha() and before.islower()
        return word_like and (follows.islower() or follows in {"'", "’", " "}) and not _in_address(text, stop.start)

    def _abbreviated(self, text: str, sentence: Span, stop: Span, after: int) -> bool:
        """Whether the full stop belongs to an abbreviation, an initial or a number that opens the sentence."""
        begin = _word_start(text, max(sentence.start, stop.start - _LONGEST_ABBREVIATION), stop.start)
        word = text[begin : stop.start]
        if not word:
            return False
        if begin <= _first_word(text, sentence) and (word.isdigit() or _ROMAN_OR_LETTER.fullmatch(word)):
            return True
        kind = self._abbreviations.get(word) or (self._abbreviations.get(word.lower()) if len(word) > 1 else None)
        if kind is None and _DOTTED.fullmatch(word):
            kind = "starter"
        if kind is None and len(word) == 1 and word.isupper():
            return not (self._starts(text, after) and _lower_after(text, after))
        if kind in {"number", "part"}:
            numbered = kind == "part" and text[after - 1] in _BLANK and _ROMAN_OR_LETTER.match(text, after) is not None
            return text[after].isdigit() or numbered
        if kind == "starter":
            return not self._starts(text, after)
        return kind is not None

    def _starts(self, text: str, after: int) -> bool:
        """Whether the word at ``after`` is one that opens a sentence (``Le``, ``Il``, ``The``), not a name."""
        word = _WORD.match(text, after)
        return word is not None and _ELISION.split(word.group().lower())[0] in self._common_words


@cache
def _rules(pack: LanguagePack) -> _Rules:
    return _Rules(pack)


def _said(pack: LanguagePack) -> Iterator[str]:
    """The forms of the cues that go with quoted speech: a third person (``insista``) or a participle (``insisté``)."""
    for form, analyses in inflection.forms(pack).items():
        for cue, features in analyses:
            if "direct" in cue.frames and not cue.tail and (features.person == 3 or features.tense == "ppart"):
                yield form
                break


def _closing(text: str, place: int, end: int, *, inside: bool) -> int:
    """Where the quotation marks, brackets and notes that close after a mark end; ``inside``: a straight mark is open.

    >>> _closing('Il part. » Elle', 8, 15, inside=False), _closing('Il part. "Elle', 8, 14, inside=False)
    (10, 8)
    """
    while place < end:
        here = place
        while here < end and text[here] in " \u00a0\u202f":
            here += 1
        if here >= end:
            break
        mark = text[here]
        glued = here == place
        open_end = here + 1 >= end or not (text[here + 1].isalnum() or text[here + 1] in "«“[(")
        if note := _FOOTNOTE.match(text, here, end) if glued else None:
            place = note.end()
        elif mark in _ALWAYS_CLOSES or _straight_closes(mark, glued=glued, open_end=open_end, inside=inside):
            place = here + 1
            inside = inside and mark != '"'
        else:
            break
    return place


def _straight_closes(mark: str, *, glued: bool, open_end: bool, inside: bool) -> bool:
    """Whether a mark that may open or close does close: ``partir." Il`` does, ``partir. "Il`` does not."""
    if mark == '"':
        return (inside and open_end) or (glued and (open_end or inside))
    return mark in "'’“" and glued and open_end


def _in_brackets(text: str, stop: Span) -> bool:
    """Whether the mark is the inside of ``[…]`` or ``(...)``: words left out, or ``(!)``."""
    return stop.start > 0 and text[stop.start - 1] in "[(" and text[stop.end : stop.end + 1] in {"]", ")"}


def _in_address(text: str, place: int) -> bool:
    """Whether the full stop at ``place`` stands in a web or mail address."""
    begin = place
    while begin > 0 and place - begin < 80 and text[begin - 1] not in _BLANK:
        begin -= 1
    head = text[begin:place]
    return "/" in head or "@" in head or head.startswith("www")


def _word_start(text: str, lowest: int, place: int) -> int:
    while place > lowest and (text[place - 1].isalnum() or text[place - 1] in ".-"):
        place -= 1
    return place


def _first_word(text: str, sentence: Span) -> int:
    look = _OPENERS.match(text, sentence.start, sentence.end)
    return look.end() if look else sentence.start


def _lower_after(text: str, after: int) -> bool:
    """Whether the word after the next one is in lower case: ``plan B. Le ministre`` ends, ``J. Le Pen`` does not."""
    word = _WORD.match(text, after)
    rest = text[word.end() : word.end() + 2].strip() if word else ""
    return rest[:1].islower() or "'" in (word.group() if word else "") or "’" in (word.group() if word else "")
