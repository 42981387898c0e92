"""Quoted stretches that no cue claimed: speech that simply goes on, a title ``X : « … »``, or no quotation at all."""

from __future__ import annotations

from selon.attribution.draft import Draft, Range, trim, whole
from selon.attribution.marks import Quoted
from selon.attribution.words import Words
from selon.records import PassageKind

UNSPOKEN = "quoted words that nobody is said to have spoken"
"""The reason for which scare quotes and names in marks are refused."""
_QUESTIONS = 3
"""An article with this many passages that end in a question may be an interview."""
_QUESTION_ENDS = frozenset({"?", "…", "..."})


def leftover(words: Words, drafts: list[Draft]) -> tuple[list[Draft], list[tuple[int, int, str]]]:
    """Drafts without a cue, and the refused stretches as (first, last token, reason), both in text order."""
    covered = {i for draft in drafts for first, last in _ranges(draft) for i in range(first, last + 1)}
    made: list[Draft] = []
    refused: list[tuple[int, int, str]] = []
    spoken = _Spoken(words, drafts)
    for quoted in words.quoted:
        if quoted.level or quoted.goes_on or _claimed(covered, quoted.first, quoted.last):
            continue
        found = _draft(words, quoted, spoken)
        if isinstance(found, Draft):
            made.append(whole(words, found))
            spoken.add(made[-1])
        else:
            refused.append((quoted.first, quoted.last, found))
    made += _answers(words, covered)
    return made, refused


def _ranges(draft: Draft) -> list[Range]:
    """All that a draft takes: an incise inside the marks belongs to the speech around it."""
    return [*draft.content, *draft.cue, *([draft.source] if draft.source is not None else [])]


def _claimed(covered: set[int], first: int, last: int) -> bool:
    """Whether most of the stretch is content already; a quotation nested in it claims less."""
    return 2 * sum(i in covered for i in range(first, last + 1)) > last - first + 1


def _speaks_to(words: Words, passage: Range) -> bool:
    """Whether a passage speaks to somebody: ``vous``."""
    return any(words.has(i, "second_persons") for i in range(passage[0], passage[1] + 1))


def _answers(words: Words, covered: set[int]) -> list[Draft]:
    """The answers of an interview printed without marks: passages that follow passages ending in a question."""
    asks = [words.tokens[last].text in _QUESTION_ENDS and last - first < 60 for first, last in words.passages]
    if sum(asks) < _QUESTIONS or not any(
        ask and _speaks_to(words, each) for ask, each in zip(asks, words.passages, strict=True)
    ):
        return []
    made = []
    for number in range(1, len(words.passages)):
        first, last = words.passages[number]
        if asks[number - 1] and not asks[number] and not _claimed(covered, first, last):
            content = trim(words, first, last)
            if content is not None and words.quoted_of[content[0]] is None:
                made.append(Draft((content,), (), None, "answer in an interview", 0.6))
    return made


def _draft(words: Words, quoted: Quoted, spoken: _Spoken) -> Draft | str:
    """What the stretch may be, by what stands before it; or why it is no quotation."""
    content = trim(words, quoted.first, quoted.last)
    if content is None:
        return "nothing between the marks"
    start, _ = words.sentence(quoted.first)
    before = any(words.is_word(i) for i in range(start, quoted.outer_first))
    length = sum(words.is_word(i) for i in range(quoted.first, quoted.last + 1))
    if before and words.forms[quoted.outer_first - 1] == ":":
        source = _name_before_colon(words, start, quoted.outer_first - 1)
        if source is not None:
            return Draft((content,), (), source, "name and colon", 0.8)
        return Draft((content,), (), None, "colon without cue", 0.55 if length >= 4 else 0.3)
    if quoted.opening is not None and words.dash(quoted.opening):
        return Draft((content,), (), None, "turn of speech", 0.8)
    if not before and length >= 2 and _speech(words, quoted):
        near = spoken.before(quoted)
        rule = "speech goes on" if near else "speech without cue"
        return Draft((content,), (), None, rule, 0.75 if near and length >= 4 else 0.3)
    headline = words.kinds[words.passage_of[quoted.first]] in {PassageKind.HEADLINE, PassageKind.HEADING}
    if headline and length >= 3:
        return Draft((content,), (), None, "speech in a title", 0.6 if not before else 0.4)
    return UNSPOKEN


def _name_before_colon(words: Words, start: int, colon: int) -> tuple[int, int] | None:
    """« Didier Deschamps : « … » »: everything before the colon is a short noun phrase with a capital."""
    first = start
    for i in range(start, colon):
        if words.forms[i] in {",", ";", "–", "-"}:
            first = i + 1
    tokens = range(first, colon)
    if not tokens or len(tokens) > 8 or not words.capital(first):
        return None
    if any(words.finite(i) and i > first and not words.capital(i) for i in tokens):
        return None
    return (first, colon - 1) if all(words.is_word(i) for i in tokens) else None


def _speech(words: Words, quoted: Quoted) -> bool:
    """Full sentences begin with a capital or hold an end mark; a bare phrase does neither."""
    return words.capital(quoted.first) or any(
        words.forms[i] in {".", "?", "!"} for i in range(quoted.first, quoted.last + 1)
    )


class _Spoken:
    """In which passages speech was found, and from where on."""

    def __init__(self, words: Words, drafts: list[Draft]) -> None:
        self._words = words
        self._first: dict[int, int] = {}
        for draft in drafts:
            self.add(draft)

    def add(self, draft: Draft) -> None:
        """Know the draft too."""
        passage = self._words.passage_of[draft.last]
        self._first[passage] = min(draft.first, self._first.get(passage, draft.first))

    def before(self, quoted: Quoted) -> bool:
        """Whether another quotation ends in the same passage or the one before and begins before the stretch."""
        here = self._words.passage_of[quoted.first]
        return any(self._first.get(passage, quoted.first) < quoted.first for passage in (here, here - 1))
