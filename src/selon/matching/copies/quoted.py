"""Which words of a page stand between quotation marks: what two outlets both quote, neither has from the other."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from selon.languages import LanguagePack
from selon.offsets import Span


class _Marks(NamedTuple):
    opening: frozenset[str]
    closing: frozenset[str]
    places: re.Pattern[str]


def quoted_spans(text: str, pack: LanguagePack) -> list[Span]:
    """The stretches of ``text`` between quotation marks, marks included, in order; none goes past its paragraph.

    Any closing mark closes any opening one, since pages mix them. A mark that is never closed opens nothing, but at the
    head of a paragraph: there the quotation goes on in the next one.
    """
    marks = _marks(pack)
    spans: list[Span] = []
    opened, line = -1, 0
    for place in marks.places.finditer(text):
        mark, at = place.group(), place.start()
        if mark == "\n":
            if 0 <= opened == line:
                spans.append(Span(opened, at))
            opened, line = -1, at + 1
        elif opened >= 0 and mark in marks.closing:
            spans.append(Span(opened, at + 1))
            opened = -1
        elif opened < 0 and mark in marks.opening:
            opened = at
    if 0 <= opened == line:
        spans.append(Span(opened, len(text)))
    return spans


@cache
def _marks(pack: LanguagePack) -> _Marks:
    marks = pack.table("pack")["marks"]
    straight = [mark for mark in marks["straight"] if mark != "'"]
    opening = frozenset([*_doubles(marks["opening"]), *straight])
    closing = frozenset([*_doubles(marks["closing"]), *straight])
    either = "".join(sorted(re.escape(mark) for mark in opening | closing))
    return _Marks(opening, closing, re.compile(rf"[{either}\n]"))


def _doubles(marks: list[str]) -> list[str]:
    """The marks without the single ones, which are apostrophes as often."""
    return [mark for mark in marks if mark not in "‘’‹›'"]
