"""Marked stretches of a text as HTML: the one place where an article's characters become a page.

Everything is escaped here, so that the report and the notebook cannot differ in what they let through. Taking the tags
out again and unescaping gives back the text exactly (but for the characters that HTML cannot hold, see ``printable``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from heapq import merge

from selon.offsets import Span

# Elements that stay distinct where no style sheet reaches: highlighted, bold, italic, small print.
_ELEMENTS = {"content": "mark", "source": "b", "cue": "i", "boilerplate": "small"}

# A page of nothing but opening quotation marks must not cost its depth at each line (browsers give up at 512 anyway).
_DEPTH = 16

_CONTROLS = {code: 0x2400 + code for code in range(0x20) if code not in (0x09, 0x0A, 0x0C, 0x0D)} | {0x7F: 0x2421}
_SURROGATES = dict.fromkeys(range(0xD800, 0xE000), 0xFFFD)
_BIDI = {
    0x202A: "LEFT-TO-RIGHT EMBEDDING",
    0x202B: "RIGHT-TO-LEFT EMBEDDING",
    0x202C: "POP DIRECTIONAL FORMATTING",
    0x202D: "LEFT-TO-RIGHT OVERRIDE",
    0x202E: "RIGHT-TO-LEFT OVERRIDE",
    0x2066: "LEFT-TO-RIGHT ISOLATE",
    0x2067: "RIGHT-TO-LEFT ISOLATE",
    0x2068: "FIRST STRONG ISOLATE",
    0x2069: "POP DIRECTIONAL ISOLATE",
}
_UNPRINTABLE = _CONTROLS | _SURROGATES
_ESCAPES = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;", ord("\r"): "&#13;"}
_ESCAPES |= {
    code: f'<bdi class="control" title="U+{code:04X} {name}">{chr(code)}</bdi>' for code, name in _BIDI.items()
}
_ATTRIBUTE = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;", ord('"'): "&quot;", ord("\r"): "&#13;"}


class Part(StrEnum):
    """What a marked stretch is: a part of a quotation, or no part of the article at all."""

    SOURCE = "source"
    CUE = "cue"
    CONTENT = "content"
    BOILERPLATE = "boilerplate"


@dataclass(frozen=True, slots=True)
class Mark:
    """One stretch to show.

    ``styles`` are further classes for the style sheet, ``label`` is printed before the words by the style sheet and is
    no part of the text, ``anchor`` is the id that links lead to, ``title`` what a pointer resting on it tells. ``key``
    is the record it belongs to, and stands on every piece of it.
    """

    span: Span
    part: Part
    styles: tuple[str, ...] = ()
    label: str = ""
    anchor: str = ""
    title: str = ""
    key: str = ""


def highlight(text: str, marks: Iterable[Mark], cuts: Iterable[int] = ()) -> list[str]:
    """The HTML of each stretch of ``text`` between ``cuts``, in order; joined, they are the whole text.

    Marks may nest, overlap or go across cuts: an element is closed where another must close, and opened again after
    it, so that each stretch is well-formed by itself. Labels and anchors stand on a mark's first piece only. Marks
    outside the text and empty ones are dropped; the seventeenth of marks inside one another is left out.

    >>> highlight("a<b c", [Mark(Span(0, 3), Part.CONTENT), Mark(Span(2, 5), Part.CUE)])
    ['<mark class="content">a&lt;<i class="cue">b</i></mark><i class="cue"> c</i>']
    """
    inside = [mark for mark in marks if 0 <= mark.span.start < mark.span.end <= len(text)]
    waiting = sorted(inside, key=lambda mark: (mark.span.start, -mark.span.end), reverse=True)
    stops = sorted({cut for cut in cuts if 0 < cut < len(text)} | {len(text)})
    edges = sorted({edge for mark in inside for edge in mark.span} - set(stops))
    done: list[str] = []
    out: list[str] = []
    at = 0
    open_marks: list[Mark] = []
    for edge in merge(edges, stops):
        out.append(_escaped(text[at:edge]))
        at = edge
        ends_here = len(stops) > len(done) and stops[len(done)] == edge
        reopened = list(_closed(open_marks, edge, out, everything=ends_here))
        if ends_here:
            done.append("".join(out))
            out = []
        _opened(open_marks, [*reopened, *_starting(waiting, edge)], out)
    return done


def printable(text: str) -> str:
    """The text with each character that HTML cannot hold changed for one that shows it, so that lengths stay.

    Control characters become their pictures (NUL is ``␀``), lone surrogates ``�``.
    """
    return text.translate(_UNPRINTABLE)


def quoted(value: str) -> str:
    """The value as it may stand between double quotation marks in a tag."""
    return printable(value).translate(_ATTRIBUTE)


def _escaped(text: str) -> str:
    return printable(text).translate(_ESCAPES)


def _closed(open_marks: list[Mark], edge: int, out: list[str], *, everything: bool) -> Iterator[Mark]:
    """The marks that go on after ``edge`` though their element had to be closed there."""
    depth = (
        0 if everything else next((i for i, mark in enumerate(open_marks) if mark.span.end <= edge), len(open_marks))
    )
    out.extend(f"</{_ELEMENTS[mark.part]}>" for mark in reversed(open_marks[depth:]))
    going_on = [replace(mark, label="", anchor="") for mark in open_marks[depth:] if mark.span.end > edge]
    del open_marks[depth:]
    return iter(going_on)


def _starting(waiting: list[Mark], edge: int) -> Iterator[Mark]:
    while waiting and waiting[-1].span.start <= edge:
        yield waiting.pop()


def _opened(open_marks: list[Mark], marks: Sequence[Mark], out: list[str]) -> None:
    for mark in sorted(marks, key=lambda mark: -mark.span.end):
        if len(open_marks) < _DEPTH:
            out.append(_tag(mark))
            open_marks.append(mark)


def _tag(mark: Mark) -> str:
    classes = quoted(" ".join((mark.part, *mark.styles)))
    shown = {"id": mark.anchor, "data-label": mark.label, "data-key": mark.key, "title": mark.title}
    rest = "".join(f' {name}="{quoted(value)}"' for name, value in shown.items() if value)
    return f'<{_ELEMENTS[mark.part]} class="{classes}"{rest}>'
