"""Where a page says its text comes from: ``Source : AFP``, ``(avec Reuters)``, an outlet's name under the article."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from selon.languages.pack import LanguagePack, languages, load_pack
from selon.offsets import Span
from selon.reading.lines import blocks, trim
from selon.records import Boilerplate, Origin

CREDIT = "outlet credit"
_LONGEST_CREDIT = 100
_MOST_WORDS = 10
_LOOKED_AT = 400
_DATELINE = 90
_LAST_BLOCKS = 4
_WORD = re.compile(r"[^\W\d_][\w.&’'-]*")


def find(text: str, boilerplate: Sequence[Boilerplate], pack: LanguagePack) -> Origin | None:
    """The declared origin and the characters that name it; None where the page declares none.

    In this order: a short line ``Source : …``, a line set aside as an outlet credit, the agency in a dateline, the
    agency at the end of one of the last paragraphs.
    """
    signs = _signs(pack)
    spans = blocks(text)
    aside = [part.span for part in boilerplate]
    lines = [span for span in (*aside, *spans) if span.end - span.start <= _LONGEST_CREDIT]
    for span in lines:
        if credit := signs.alone.fullmatch(text, span.start, span.end):
            return _named(text, Span(*credit.span("agency")))
        if origin := _after_phrase(text, span, signs.line):
            return origin
    for part in boilerplate:
        if part.reason == CREDIT:
            return _named(text, part.span)
    for span in spans[:3]:
        head = signs.dateline.match(text, span.start, min(span.end, span.start + _DATELINE))
        if head:
            return _named(text, Span(*head.span("agency")))
    for span in reversed(spans[-_LAST_BLOCKS:]):
        tail = signs.ending.search(text, max(span.start, span.end - _LOOKED_AT), span.end)
        if tail:
            return _named(text, Span(*tail.span("agency")))
    return None


def credits_outlet(line: str) -> bool:
    """Whether a short line under an article names the outlet it was taken from rather than says something.

    >>> credits_outlet("Regard Sur l’Afrique et RTEn"), credits_outlet("Camille Ferrand")
    (True, False)
    """
    words = _WORD.findall(line)
    if not words or len(line) > _LONGEST_CREDIT or len(words) > _MOST_WORDS or line[-1] in ".!?…:;,":
        return _phrase_and_agency(line)
    if _phrase_and_agency(line):
        return True
    names = [word for word in words if word.lower() not in _connectors()]
    if not names or not all(_capital(word) for word in names) or not _capital(words[0]):
        return False
    return any(_shouts(word) or re.split(r"['’]", word)[-1].lower() in _outlet_words() for word in names)


def _phrase_and_agency(line: str) -> bool:
    span = Span(0, len(line))
    for code in languages():
        signs = _signs(load_pack(code))
        if signs.alone.fullmatch(line) or (len(line) <= _LONGEST_CREDIT and _after_phrase(line, span, signs.line)):
            return True
    return False


class _Signs:
    """The patterns that show an origin in one language; agencies of every pack, since wires cross borders."""

    def __init__(self, pack: LanguagePack) -> None:
        own = [pack, *(load_pack(code) for code in languages() if code != pack.code)]
        agencies = _any({name for each in own for name in each.words("agencies")})
        inside = _any(
            {row["phrase"] for each in own for row in each.rows("origin_phrases") if row["where"] == "inside"}
        )
        line = _any({row["phrase"] for each in own for row in each.rows("origin_phrases") if row["where"] == "line"})
        names = rf"(?P<agency>(?:{agencies})(?:\s?(?:,|/|et|and|&)\s?(?:{agencies}))*)(?!\w)"
        phrase = rf"(?i:(?:{inside})\s+(?:l['’]|les?\s|the\s)?)"
        self.line = re.compile(rf"(?i:(?:{line})(?P<colon>\s*[:：]\s*|\s+))(?=\S)")
        self.alone = re.compile(rf"[(\[–—-]?\s*(?:{phrase})?{names}\s*[)\]]?\.?")
        self.dateline = re.compile(rf"[^.!?«“\"()]{{2,60}}\((?:{phrase})?{names}[^)]{{0,20}}\)\s*[–—:-]")
        self.ending = re.compile(
            rf"(?:[(\[]\s*(?:{phrase})?|[–—-]\s|[.!?»”]\s+(?:{phrase}))(?<!\w){names}\s*[)\]]?[.\s]*$"
        )


@cache
def _signs(pack: LanguagePack) -> _Signs:
    return _Signs(pack)


def _after_phrase(text: str, span: Span, phrases: re.Pattern[str]) -> Origin | None:
    """The name after ``Source :``; without a colon only a capitalised name of a few words counts."""
    found = phrases.match(text, span.start, span.end)
    if found is None:
        return None
    words = _WORD.findall(text, found.end(), span.end)
    if not words or len(words) > _MOST_WORDS:
        return None
    if ":" not in found["colon"] and not (_capital(words[0]) and len(words) <= 5):
        return None
    return _named(text, Span(found.end(), span.end))


def _named(text: str, span: Span) -> Origin | None:
    trimmed = trim(text, span)
    if trimmed is None:
        return None
    words = trimmed.of(text)
    inner = words.strip("()[]–—- .")
    start = trimmed.start + words.find(inner)
    return Origin(inner, Span(start, start + len(inner))) if inner else None


def _any(words: set[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


@cache
def _connectors() -> frozenset[str]:
    return frozenset(word for code in languages() for word in load_pack(code).words("name_connectors"))


@cache
def _outlet_words() -> frozenset[str]:
    return frozenset(word for code in languages() for word in load_pack(code).words("outlet_words"))


def _capital(word: str) -> bool:
    return re.split(r"(?<=^.)['’]", word)[-1][:1].isupper()


def _shouts(word: str) -> bool:
    """Whether capitals stand inside the word as in ``RTEn`` and ``FranceInfo``; ``PIOT`` and ``McKay`` are people."""
    inner = word.removeprefix("Mc").removeprefix("Mac").removeprefix("Le").removeprefix("De")
    return not word.isupper() and "-" not in word and "'" not in word and any(map(str.isupper, inner[1:]))
