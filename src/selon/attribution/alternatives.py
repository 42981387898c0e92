"""Other edges for a draft: where else its content may end or begin."""

from __future__ import annotations

from collections.abc import Iterator

from selon.attribution.draft import Draft, trim, unclosed
from selon.attribution.words import Words

_MOST = 6
"""How many other ends, and other beginnings, a draft may have."""
_PUNCTUATION = frozenset(",:;()")
_OPEN_ENDED = frozenset(
    {
        "que",
        "infinitive",
        "object",
        "object with preposition",
        "object in marks",
        "about somebody",
        "adjective",
        "according to",
        "according to whom",
        "colon and clause",
        "noun and clause",
        "noun and infinitive",
        "noun and colon",
        "clause without complementiser",
    }
)
_OPEN_STARTED = frozenset({"incise after a clause", "incise after a clause with marks", "according to"})


def alternatives(words: Words, draft: Draft) -> Iterator[Draft]:
    """The draft itself, then the same with other ends or other beginnings; never more than nineteen."""
    yield draft
    if draft.rule in _OPEN_ENDED:
        yield from _ends(words, draft)
    yield from _sentences(words, draft)
    if draft.rule == "incise after a clause" and len(draft.content) > 1:
        yield draft._replace(content=draft.content[:-1])
    if draft.rule in _OPEN_STARTED:
        yield from _starts(words, draft)


def _ends(words: Words, draft: Draft) -> Iterator[Draft]:
    first, last = draft.content[-1]
    if draft.cue and draft.cue[0][0] > last:
        return
    _, stop = words.sentence(last)
    outer = words.quoted_of[first]
    if outer is not None:
        stop = min(stop, outer.last)
    seen = {last}
    for i in _breaks(words, first + 1, stop):
        if len(seen) > _MOST:
            return
        part = trim(words, first, i - 1)
        if part is not None and part[1] not in seen and not _cuts_marks(words, first, part[1]):
            seen.add(part[1])
            yield draft._replace(content=(*draft.content[:-1], (first, part[1])))


def _sentences(words: Words, draft: Draft) -> Iterator[Draft]:
    """The draft cut at the ends of sentences, where its last stretch of marks is never closed."""
    first, last = draft.content[-1]
    outer = unclosed(words, last)
    if outer is None or (draft.cue and draft.cue[0][0] > last):
        return
    for _ in range(_MOST):
        start, _ = words.sentence(last)
        part = trim(words, first, start - 1) if start > max(first, outer.first) else None
        if part is None:
            return
        last = part[1]
        yield draft._replace(content=(*draft.content[:-1], (first, last)))


def _breaks(words: Words, first: int, stop: int) -> Iterator[int]:
    """Tokens before which content may end: punctuation, conjunctions, relatives, and the end of the sentence."""
    yield stop + 1
    for i in range(first, stop + 1):
        if (
            words.forms[i] in _PUNCTUATION
            or words.dash(i)
            or words.has(i, "coordinators", "relative_pronouns")
            or words.starts(i, "turning")
        ):
            yield i


def _cuts_marks(words: Words, first: int, last: int) -> bool:
    """Whether the content would end inside a quoted stretch that began in it."""
    quoted = words.quoted_of[last]
    return quoted is not None and quoted.opening is not None and first <= quoted.opening and last < quoted.last


def _starts(words: Words, draft: Draft) -> Iterator[Draft]:
    first, last = draft.content[0]
    found = 0
    for i in range(first, last - 2):
        if words.forms[i] in {",", ";", ":"} or words.dash(i) or words.has(i, "coordinators"):
            part = trim(words, i + 1, last)
            if part is not None and found < _MOST:
                found += 1
                yield draft._replace(content=(part, *draft.content[1:]))
