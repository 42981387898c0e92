"""A quotation in the making, in tokens, and the edges of its content."""

from __future__ import annotations

from typing import NamedTuple

from selon.attribution.groups import Group
from selon.attribution.marks import Quoted
from selon.attribution.words import Words
from selon.offsets import Span

Range = tuple[int, int]
"""First and last token, both inclusive."""

_KEPT = frozenset("()[]%€$£")


class Draft(NamedTuple):
    """Content segments, cue and source as token ranges; ``rule`` says which frame made it.

    ``cue_group`` is the verb group behind the cue where there is one, ``pronoun`` the token of an inverted pronoun that
    is the source, ``nominal`` says that the content is a noun phrase without marks.
    """

    content: tuple[Range, ...]
    cue: tuple[Range, ...]
    source: Range | None
    rule: str
    confidence: float
    cue_group: Group | None = None
    pronoun: int | None = None
    nominal: bool = False

    @property
    def first(self) -> int:
        """The first token of the content."""
        return self.content[0][0]

    @property
    def last(self) -> int:
        """The last token of the content."""
        return self.content[-1][1]


def trim(words: Words, first: int, last: int) -> Range | None:
    """The range without marks and punctuation at its ends; a quotation mark whose partner is inside stays."""
    while first <= last:
        if not words.is_word(first) and not _kept(words, first, first + 1, last):
            first += 1
        elif not words.is_word(last) and not _kept(words, last, first, last - 1):
            last -= 1
        else:
            return (first, last)
    return None


def _kept(words: Words, at: int, first: int, last: int) -> bool:
    """Whether the mark ``at`` belongs to the content ``first..last`` beside it: brackets, units, marks of a part."""
    if words.forms[at] in _KEPT:
        return True
    partner = words.partners.get(at)
    if partner is None or not first <= partner <= last:
        return False
    begin, end = min(at, partner), max(at, partner)
    return any(words.is_word(i) for i in range(first, last + 1) if not begin < i < end)


def quoted_within(words: Words, first: int, last: int) -> list[Quoted]:
    """The innermost quoted stretches of the range's tokens, in text order."""
    near = {id(quoted): quoted for i in range(first, last + 1) if (quoted := words.quoted_of[i]) is not None}
    return list(near.values())


def quote_opening(words: Words, i: int) -> Quoted | None:
    """The outer quoted stretch whose opening mark is token ``i``."""
    quoted = words.opened_by.get(i)
    return quoted if quoted is not None and quoted.level == 0 else None


def unclosed(words: Words, i: int) -> Quoted | None:
    """The outer quoted stretch that token ``i`` stands in, if its closing mark is missing."""
    quoted = words.quoted_of[i]
    return quoted if quoted is not None and quoted.level == 0 and quoted.closing is None else None


def pronoun_span(words: Words, token: int) -> Span:
    """The pronoun of an inverted form, without its hyphens: ``il`` of ``-t-il``."""
    found = words.tokens[token]
    return Span(found.end - len(found.text.rsplit("-", 1)[-1]), found.end)


def whole(words: Words, draft: Draft) -> Draft:
    """The draft with all passages of a speech that runs over several, if its content reaches an edge of one."""
    nested = draft.cue_group is not None and words.quoted_of[draft.cue_group.head] is not None
    if nested and draft.rule != "incise within the marks":
        return draft
    segments = list(draft.content)
    edges = _edges(words, segments[0][0])
    index = next((n for n, part in enumerate(edges) if part[0] == segments[0][0]), 0)
    segments[:0] = edges[:index]
    edges = _edges(words, segments[-1][1])
    index = next((n for n, part in enumerate(edges) if part[1] == segments[-1][1]), len(edges))
    segments += edges[index + 1 :]
    return draft._replace(content=tuple(segments)) if len(segments) > len(draft.content) else draft


def _edges(words: Words, i: int) -> list[Range]:
    """The passages of the speech that token ``i`` stands in, if it runs over several."""
    parts = (trim(words, quoted.first, quoted.last) for quoted in words.speech_at.get(i, ()))
    return [part for part in parts if part is not None]
