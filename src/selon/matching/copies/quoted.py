"""Which words of a page stand between quotation marks: what two outlets both quote, neither has from the other."""

from __future__ import annotations

import re
from functools import cache

from selon.languages import LanguagePack
from selon.offsets import Span

_LONGEST = 3000
"""Characters of a quotation: a page of opening marks must not cost the square of its length."""


def quoted_spans(text: str, pack: LanguagePack) -> list[Span]:
    """The stretches of ``text`` between quotation marks, marks included, in order; none goes past its paragraph.

    Any closing mark closes any opening one, since pages mix them. A mark that is never closed opens nothing, but at the
    head of a paragraph: there the quotation goes on in the next one.
    """
    return [Span(*match.span()) for match in _pattern(pack).finditer(text)]


@cache
def _pattern(pack: LanguagePack) -> re.Pattern[str]:
    marks = pack.table("pack")["marks"]
    double = [mark for mark in marks["straight"] if mark != "'"]
    opening = _class([*_doubles(marks["opening"]), *double])
    closing = _class([*_doubles(marks["closing"]), *double])
    return re.compile(rf"[{opening}][^\n]{{0,{_LONGEST}}}?[{closing}]|^[{opening}][^\n{closing}]*$", re.MULTILINE)


def _doubles(marks: list[str]) -> list[str]:
    """The marks without the single ones, which are apostrophes as often."""
    return [mark for mark in marks if mark not in "‘’‹›'"]


def _class(marks: list[str]) -> str:
    return "".join(re.escape(mark) for mark in dict.fromkeys(marks))
