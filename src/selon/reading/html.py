"""A page to the text a reader sees, line by line, every character led back to the raw page.

The order of blocks, breaks and cells follows ``innerText`` of the HTML standard (section "rendered text collection"),
with two changes: every block stands apart by an empty line, not only ``p``, and ``<q>`` gives the quotation marks that
a browser draws.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

from selon.offsets import OffsetMap, Run, Span
from selon.reading.elements import BLOCKS, CELLS, IMPLIED_ENDS, KINDS, NOT_SHOWN, ROWS, SCOPES, VOID
from selon.reading.markup import Tag, Text, tokenise
from selon.records import PassageKind


@dataclass(frozen=True, slots=True)
class Line:
    """A line of visible text, not blank; ``kind`` is what the page says it is, ``link`` whether all of it is one."""

    span: Span
    kind: PassageKind
    link: bool = False


@dataclass(frozen=True, slots=True)
class VisibleText:
    """The visible text of a page with the way back, its lines, its metadata tags in order and its deepest nesting.

    ``fragment``: the markup has neither ``html`` nor ``body``, as in a feed's entry or a table's cell.
    """

    text: str
    offsets: OffsetMap
    lines: tuple[Line, ...]
    metadata: tuple[Tag, ...]
    depth: int
    fragment: bool


def visible_text(raw: str) -> VisibleText:
    """What a reader sees of the page, without scripts, styles and hidden elements. Never raises, linear in the page."""
    page = _Page(raw)
    metadata = []
    fragment = True
    for token in tokenise(raw):
        if isinstance(token, Text):
            page.add_text(token)
        elif token.closing:
            page.close(token)
        else:
            page.open(token)
            fragment = fragment and token.name not in _ROOTS
            if token.name in _METADATA:
                metadata.append(token)
    text = "".join(page.parts)
    return VisibleText(
        text, OffsetMap(tuple(page.runs)), tuple(page.lines(text)), tuple(metadata), page.depth, fragment
    )


_ROOTS = frozenset({"html", "head", "body"})
_METADATA = frozenset({"meta", "link", "title", "time", "script"})
_NEVER_EMPTY = NOT_SHOWN - {"svg", "math"}
# How far up an end tag, or an implied end, looks for its element: no real page comes near, a hostile one pays nothing.
_REACH = 64
_PIECES = re.compile(
    r"(?P<space>[\t\n\r\f][ \t\n\r\f]*| [ \t\n\r\f]+)"
    r"|(?P<reference>&(?:#[0-9]{1,8};?|#[xX][0-9a-fA-F]{1,8};?|[A-Za-z][A-Za-z0-9]{1,31};?))"
)
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_SPACES = " \t\n\r\f"


@dataclass(slots=True)
class _Element:
    name: str
    hides: bool
    kind: PassageKind | None


@dataclass(slots=True)
class _Page:
    """The state of the walk: what is open, what was written, and the breaks and space still owed."""

    raw: str
    parts: list[str] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    kinds: list[tuple[int, PassageKind]] = field(default_factory=list)
    linked: list[Span] = field(default_factory=list)
    depth: int = 0
    _stack: list[_Element] = field(default_factory=list)
    _open_kinds: list[PassageKind] = field(default_factory=list)
    _hidden: int = 0
    _preformatted: int = 0
    _links: int = 0
    _length: int = 0
    _breaks: int = 0
    _line_breaks: int = 0
    _space: tuple[int, int] | None = None
    _cell: bool = False

    def open(self, tag: Tag) -> None:
        """Enter an element: end those that its start implies, owe its breaks, remember what it hides."""
        name = tag.name
        self._end_implied(name)
        if name == "br":
            self._line_breaks += 1
        elif name == "q":
            self._mark("“", tag)
        else:
            self._owe_breaks(name)
        if name in VOID or (tag.source.endswith("/>") and name not in BLOCKS and name not in _NEVER_EMPTY):
            return
        if name in CELLS:
            self._cell = True
        hides = name in NOT_SHOWN or _is_hidden(tag)
        kind = KINDS.get(name)
        self._stack.append(_Element(name, hides, kind))
        if kind is not None:
            self._open_kinds.append(kind)
        self._hidden += hides
        self._preformatted += name == "pre"
        self._links += name == "a"
        self.depth = max(self.depth, len(self._stack))

    def close(self, tag: Tag) -> None:
        """Leave the nearest open element of that name, and whatever was left open inside it."""
        name = tag.name
        if name == "q":
            self._mark("”", tag)
        self._owe_breaks(name)
        block = name in BLOCKS or name in ROWS or name in CELLS
        for back, element in enumerate(reversed(self._stack[-_REACH:]), start=1):
            if element.name == name:
                self._pop(back)
                return
            if not block and (element.name in BLOCKS or element.name in ROWS):
                return

    def add_text(self, token: Text) -> None:
        """Write character data: white space folded unless preformatted, references resolved."""
        if self._hidden:
            return
        position, end = token
        if self._preformatted:
            for match in _PIECES.finditer(self.raw, position, end):
                if match["reference"]:
                    self._exact(position, match.start())
                    self._reference(match.start(), match.end())
                    position = match.end()
            self._exact(position, end)
            return
        while position < end and self.raw[position] in _SPACES:
            position += 1
        if position > token.start:
            self._owe_space(token.start, position)
        last = end
        while last > position and self.raw[last - 1] in _SPACES:
            last -= 1
        for match in _PIECES.finditer(self.raw, position, last):
            self._exact(position, match.start())
            if match["reference"]:
                self._reference(match.start(), match.end())
            else:
                self._owe_space(match.start(), match.end())
            position = match.end()
        self._exact(position, last)
        if last < end:
            self._owe_space(last, end)

    def lines(self, text: str) -> Iterator[Line]:
        """The lines that are not blank, without the white space at their ends, each with its kind."""
        start = step = 0
        kind = PassageKind.PARAGRAPH
        links = deque(self.linked)
        for whole in text.split("\n"):
            end = start + len(whole)
            while step < len(self.kinds) and self.kinds[step][0] < end:
                kind = self.kinds[step][1]
                step += 1
            bare = whole.strip()
            if bare:
                left = start + len(whole) - len(whole.lstrip())
                span = Span(left, left + len(bare))
                while links and links[0].end < span.end:
                    links.popleft()
                yield Line(span, kind, bool(links) and links[0].contains(span))
            start = end + 1

    def _end_implied(self, name: str) -> None:
        implied = IMPLIED_ENDS.get(name)
        if implied is None:
            return
        outermost = 0
        for back, element in enumerate(reversed(self._stack[-_REACH:]), start=1):
            if element.name in implied:
                outermost = back
            elif element.name in SCOPES:
                break
        self._pop(outermost)

    def _pop(self, count: int) -> None:
        for _ in range(count):
            element = self._stack.pop()
            self._hidden -= element.hides
            self._preformatted -= element.name == "pre"
            self._links -= element.name == "a"
            if element.kind is not None:
                self._open_kinds.pop()

    def _owe_breaks(self, name: str) -> None:
        if name in BLOCKS:
            self._breaks = 2
        elif name in ROWS:
            self._breaks = max(self._breaks, 1)

    def _owe_space(self, start: int, end: int) -> None:
        if self._space is None:
            self._space = (start, end)

    def _exact(self, start: int, end: int) -> None:
        if start < end:
            self._write(self.raw[start:end], start, end, exact=True)

    def _reference(self, start: int, end: int) -> None:
        source = self.raw[start:end]
        character = unescape(source)
        if character == source:
            self._exact(start, end)
        elif character in _SPACES:
            self._owe_space(start, end)
        elif character:
            self._write(character, start, end, exact=False)

    def _mark(self, mark: str, tag: Tag) -> None:
        if not self._hidden:
            self._write(mark, tag.start, tag.end, exact=False)

    def _write(self, words: str, start: int, end: int, *, exact: bool) -> None:
        self._settle()
        kind = self._open_kinds[-1] if self._open_kinds else PassageKind.PARAGRAPH
        if not self.kinds or self.kinds[-1][1] is not kind:
            self.kinds.append((self._length, kind))
        if self._links:
            self._note_link(len(words))
        self._append(words, start, end, exact=exact)

    def _note_link(self, length: int) -> None:
        """Add to the linked stretches; a blank between two words of a link does not part them."""
        if self.linked and self._length - self.linked[-1].end <= 1:
            self.linked[-1] = Span(self.linked[-1].start, self._length + length)
        else:
            self.linked.append(Span(self._length, self._length + length))

    def _settle(self) -> None:
        """Write the break, cell or space owed before the next visible character."""
        breaks = max(self._breaks, min(self._line_breaks, 2))
        if breaks and self._length:
            self._put("\n" * breaks)
        elif self._cell and self._length and not breaks:
            self._put("\t")
        elif self._space is not None and self._length:
            start, end = self._space
            self._append(" ", start, end, exact=self.raw[start:end] == " ")
        self._breaks = self._line_breaks = 0
        self._space, self._cell = None, False

    def _append(self, words: str, start: int, end: int, *, exact: bool) -> None:
        last = self.runs[-1] if self.runs else None
        if exact and last and last.exact and last.text_end == self._length and last.raw_end == start:
            self.runs[-1] = Run(last.text_start, self._length + len(words), last.raw_start, end, exact=True)
        else:
            self.runs.append(Run(self._length, self._length + len(words), start, end, exact))
        self._put(words)

    def _put(self, words: str) -> None:
        self.parts.append(words)
        self._length += len(words)


def _is_hidden(tag: Tag) -> bool:
    source = tag.source
    if "hidden" not in source and "display" not in source and "HIDDEN" not in source:
        return False
    attributes = tag.attributes
    return "hidden" in attributes or _HIDING.search(attributes.get("style", "")) is not None
