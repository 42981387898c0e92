"""A quotation in the making, in tokens, and the edges of its content."""

from __future__ import annotations

from dataclasses import dataclass, replace

from selon.attribution.groups import Group
from selon.attribution.marks import Quoted
from selon.attribution.words import Words
from selon.offsets import Span

Range = tuple[int, int]
"""First and last token, both inclusive."""


@dataclass(frozen=True, slots=True)
class Draft:
    """Content segments, cue and source as token ranges; ``rule`` says which frame made it, ``saw`` the words that decided.

    ``cue_group`` is the verb group behind the cue where there is one; ``pronoun`` the token of an inverted pronoun that is the source.
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
    partners = _partners(words)
    moved = True
    while moved and first <= last:
        moved = False
        if not words.is_word(first) and not _kept(words, partners.get(first), first, first + 1, last):
            first, moved = first + 1, True
        elif not words.is_word(last) and not _kept(words, partners.get(last), last, first, last - 1):
            last, moved = last - 1, True
    return (first, last) if first <= last else None


def _kept(words: Words, partner: int | None, at: int, first: int, last: int) -> bool:
    form = words.forms[at]
    if form in "([" or form in ")]":
        return True
    if form in "%€$£":
        return True
    if partner is None or not first <= partner <= last:
        return False
    inner = range(min(at, partner) + 1, max(at, partner))
    outside = [i for i in range(first, last + 1) if i not in inner and words.is_word(i)]
    return bool(outside)


def _partners(words: Words) -> dict[int, int]:
    found: dict[int, int] = {}
    for quoted in words.quoted:
        if quoted.opening is not None and quoted.closing is not None:
            found[quoted.opening] = quoted.closing
            found[quoted.closing] = quoted.opening
    return found


def quoted_within(words: Words, first: int, last: int) -> list[Quoted]:
    """The quoted stretches that lie at least partly inside the range."""
    return [quoted for quoted in words.quoted if quoted.first <= last and quoted.last >= first]


def pronoun_span(words: Words, token: int) -> Span:
    """The pronoun of an inverted form, without its hyphens: ``il`` of ``-t-il``."""
    found = words.tokens[token]
    return Span(found.end - len(found.text.rsplit("-", 1)[-1]), found.end)


def whole(words: Words, draft: Draft) -> Draft:
    """The draft with every passage of a speech that runs over several, when its content reaches the edge of one."""
    segments = list(draft.content)
    for parts in _speeches(words):
        edges = [part for quoted in parts if (part := trim(words, quoted.first, quoted.last)) is not None]
        for index, part in enumerate(edges):
            if segments[0][0] == part[0] and index and words.quoted_of[part[0]] is words.quoted_of[segments[0][0]]:
                segments[:0] = edges[:index]
                break
        for index, part in enumerate(edges):
            if segments[-1][1] == part[1] and index + 1 < len(edges):
                segments += edges[index + 1 :]
                break
    return replace(draft, content=tuple(segments)) if len(segments) > len(draft.content) else draft


def _speeches(words: Words) -> list[list[Quoted]]:
    """The outer stretches of each speech that runs over more than one passage."""
    found: list[list[Quoted]] = []
    for quoted in words.quoted:
        if quoted.level == 0:
            if quoted.goes_on and found:
                found[-1].append(quoted)
            else:
                found.append([quoted])
    return [parts for parts in found if len(parts) > 1]
