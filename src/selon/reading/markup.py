"""HTML cut into tags and text, each with its place in the raw page, in one linear pass.

The standard library's parser gives line and column, loses the place of a character reference and has had quadratic
corners; lxml gives no places at all. A page is hostile text, so every search that fails is made once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import NamedTuple

from selon.reading.elements import RAW_TEXT


class Tag(NamedTuple):
    """A start or end tag ``raw[start:end]``; ``name`` in lower case. ``attributes`` reads the rest on demand."""

    start: int
    end: int
    name: str
    closing: bool
    source: str

    @property
    def attributes(self) -> Mapping[str, str]:
        """Attribute values by lower-case name, references resolved, the first of each name as in browsers."""
        found: dict[str, str] = {}
        for match in _ATTRIBUTE.finditer(self.source, len(self.name) + 1):
            value = next((group for group in match.groups()[1:] if group is not None), "")
            found.setdefault(match[1].lower(), unescape(value))
        return found


class Text(NamedTuple):
    """A stretch of character data ``raw[start:end]``, references unresolved."""

    start: int
    end: int


def tokenise(raw: str) -> Iterator[Tag | Text]:
    """The tags and text of a page in order, without comments, declarations and the insides of scripts and styles."""
    position = text_start = 0
    ends = _Ends(raw)
    while (opening := raw.find("<", position)) >= 0:
        skipped, tag = _markup_at(raw, opening, ends)
        if skipped <= opening:
            position = opening + 1
            continue
        if text_start < opening:
            yield Text(text_start, opening)
        position = text_start = skipped
        if tag is not None and tag.name in RAW_TEXT and not tag.closing:
            position = text_start = ends.of_raw_text(tag.name, skipped)
            if position < 0:
                # <title> without its end: a browser would take the whole page for the title; we go on reading.
                position = text_start = skipped
                continue
        if tag is not None:
            yield tag
    if text_start < len(raw):
        yield Text(text_start, len(raw))


_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""")
_NAME = re.compile(r"/?([A-Za-z][^\s/>]*)")
# A quote opens a value only after "="; elsewhere it is an ordinary character, so <p "> ends where a browser ends it.
_TAG_STEP = re.compile(r"""[^>=]*(?:=\s*(["'])?|(>))""")


class _Ends:
    """Searches for closing marks, each remembered once it failed, so that a page of openings costs no second look."""

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self._missing: set[str] = set()

    def find(self, mark: str, position: int) -> int:
        """Where ``mark`` next stands, or -1."""
        if mark in self._missing:
            return -1
        found = self.raw.find(mark, position)
        if found < 0:
            self._missing.add(mark)
        return found

    def of_raw_text(self, name: str, position: int) -> int:
        """Where the inside of a script or title ends; unclosed, the page's end for a script or style, -1 for others."""
        mark = f"</{name}"
        if mark not in self._missing:
            found = re.compile(re.escape(mark), re.I).search(self.raw, position)
            if found:
                return found.start()
            self._missing.add(mark)
        return len(self.raw) if name in ("script", "style") else -1


def _markup_at(raw: str, opening: int, ends: _Ends) -> tuple[int, Tag | None]:
    """Where the markup that opens here ends, and its tag if it is one; the opening itself when it is mere text."""
    if raw.startswith("<!--", opening):
        close = ends.find("-->", opening + 2)
        return (close + 3 if close >= 0 else _after(ends.find(">", opening), opening)), None
    if raw.startswith(("<!", "<?"), opening):
        return _after(ends.find(">", opening), opening), None
    name = _NAME.match(raw, opening + 1)
    if name is None:
        return opening, None
    close = _tag_end(raw, name.end(), ends)
    if close < 0:
        return opening, None
    closing = raw[opening + 1] == "/"
    return close, Tag(opening, close, name[1].lower(), closing, raw[opening:close])


def _after(close: int, opening: int) -> int:
    return close + 1 if close >= 0 else opening


def _tag_end(raw: str, position: int, ends: _Ends) -> int:
    """The place after the ``>`` that closes a tag; a quoted value may hold ``>``; -1 where the tag never closes."""
    plain = ends.find(">", position)
    if plain < 0:
        return -1
    cursor = position
    while step := _TAG_STEP.match(raw, cursor):
        cursor = step.end()
        if step[2]:
            return cursor
        if step[1]:
            quote = ends.find(step[1], cursor)
            # An unclosed quotation mark would swallow the rest of the article: close the tag at its first ">".
            if quote < 0 or quote - cursor > _LONGEST_VALUE:
                return plain + 1
            cursor = quote + 1
    return plain + 1


_LONGEST_VALUE = 100_000
