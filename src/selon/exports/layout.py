"""One article as rows to print: each paragraph with its quotations marked, and the notes that stand beside it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from markupsafe import Markup

from selon.exports.digest import speaker_key
from selon.highlight import Mark, Part, highlight
from selon.offsets import Span
from selon.records import Analysis, Passage, PassageKind, Statement

LONGEST = 60_000
"""How many characters of an article are shown; a report is a page to read, not a store."""


@dataclass(frozen=True, slots=True)
class Note:
    """What stands beside the paragraph that a statement begins in."""

    number: int
    anchor: str
    statement: Statement
    speaker: str


@dataclass(slots=True)
class Row:
    """A stretch of the text; ``kind`` is a PassageKind, ``title``, ``furniture`` (``reasons`` say why) or ``blank``."""

    kind: str
    html: Markup
    notes: list[Note] = field(default_factory=list)
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Layout:
    """An article's rows in text order, which hold its text but for the last ``hidden`` characters.

    ``titled`` says whether one of them is the title.
    """

    rows: tuple[Row, ...]
    titled: bool
    hidden: int


def layout(
    analysis: Analysis, longest: int = LONGEST, dressed: Callable[[Note, Mark], Mark] = lambda _, mark: mark
) -> Layout:
    """The article as rows. Statements are numbered in text order; those that begin beyond ``longest`` are left out.

    ``dressed`` may change how the mark of a note's statement looks, not where it stands.
    """
    article = analysis.article
    text = article.text[:longest]
    stretches = list(_stretches(text, analysis.passages))
    notes = list(_notes(analysis, len(text)))
    marks = [dressed(note, mark) for note in notes for mark in note.statement.marks(str(note.number), note.anchor)]
    marks += article.marks()
    marks = [mark if mark.span.end <= len(text) else _cut(mark, len(text)) for mark in marks]
    pieces = highlight(text, _merged(marks), [span.start for span, _ in stretches])
    rows = [Row(kind, Markup(html)) for (_, kind), html in zip(stretches, pieces, strict=True)]  # noqa: S704
    starts = [span.start for span, _ in stretches]
    for note in notes:
        rows[bisect_right(starts, note.statement.quotation.content[0].start) - 1].notes.append(note)
    for (span, _), row in zip(stretches, rows, strict=True):
        if row.kind == "furniture":
            row.reasons = tuple(dict.fromkeys(b.reason for b in article.boilerplate if b.span.overlaps(span)))
    titled = _give_title(article.title, text, stretches, rows)
    return Layout(tuple(rows), titled, len(article.text) - len(text))


def _stretches(text: str, passages: Sequence[Passage]) -> Iterator[tuple[Span, str]]:
    """The text cut at its passages: each stretch with the kind of its row. What lies between passages is furniture."""
    at = 0
    for passage in sorted(passages, key=lambda passage: (passage.span.start, -passage.span.end)):
        span = Span(passage.span.start, min(passage.span.end, len(text)))
        if span.start < at or span.start >= span.end:
            continue
        if at < span.start:
            yield Span(at, span.start), _between(text[at : span.start])
        yield span, passage.kind.value
        at = span.end
    if at < len(text) or not text:
        yield Span(at, len(text)), _between(text[at:])


def _between(text: str) -> str:
    return "furniture" if text.strip() else "blank"


def _notes(analysis: Analysis, end: int) -> Iterator[Note]:
    inside = [each for each in analysis.statements if each.quotation.content and each.quotation.content[0].start < end]
    in_text_order = sorted(inside, key=lambda each: each.quotation.content[0])
    for number, statement in enumerate(in_text_order, start=1):
        yield Note(number, anchor(statement.id), statement, speaker_key(statement))


def anchor(key: str) -> str:
    """An id that a link can lead to, whatever the record's id holds."""
    return "r-" + re.sub(r"[^\w-]", "-", key)


def _cut(mark: Mark, end: int) -> Mark:
    return replace(mark, span=Span(mark.span.start, end))


def _merged(marks: Sequence[Mark]) -> list[Mark]:
    """The marks, but one only for all sources (or cues) on the same words: statements may share a speaker's name."""
    kept: dict[object, Mark] = {}
    for number, mark in enumerate(marks):
        key = number if mark.part is Part.CONTENT else (mark.span, mark.part)
        kept.setdefault(key, mark)
    return list(kept.values())


def _give_title(title: str, text: str, stretches: Sequence[tuple[Span, str]], rows: Sequence[Row]) -> bool:
    """Make the first headline that is the title the heading of its article; whether there is one."""
    for (span, kind), row in zip(stretches, rows, strict=True):
        if kind == PassageKind.HEADLINE.value and span.of(text).split() == title.split():
            row.kind = "title"
            return True
    return False
