"""Short ways to read a text as attribution reads it, and to show in words what it found."""

from __future__ import annotations

from dataclasses import replace

from selon.attribution import attribute
from selon.attribution.draft import Draft
from selon.attribution.grammar import grammar
from selon.attribution.marks import Quoted, pair
from selon.attribution.network import Readings
from selon.attribution.words import Words, read_words
from selon.languages import load_pack
from selon.offsets import Span
from selon.reading.passages import passages
from selon.records import Article, Quotation, Rejected


def article(text: str, language: str = "fr") -> Article:
    return Article(id="made", where="made", text=text, language=language)


def judged(text: str, language: str = "fr") -> Words:
    """The words of a text, with all that the pack has to say which are verbs."""
    pack = load_pack(language)
    one = article(text, language)
    return read_words(one, passages(one, pack), pack, grammar(pack))


def words(text: str, language: str = "fr") -> Words:
    """The words of a text, with the forms of the lexicon alone to say which are verbs: no model."""
    return replace(judged(text, language), judge=None)


def attributed(text: str, language: str = "fr") -> tuple[tuple[Quotation, ...], tuple[Rejected, ...]]:
    pack = load_pack(language)
    one = article(text, language)
    return attribute(one, passages(one, pack), pack)


def shown(text: str, spans: tuple[Span, ...]) -> str:
    return " … ".join(span.of(text) for span in spans)


def said(text: str, language: str = "fr") -> list[tuple[str, str, str]]:
    """Source, cue and content of every quotation, in text order."""
    found, _ = attributed(text, language)
    return [(shown(text, q.source), shown(text, q.cue), shown(text, q.content)) for q in found]


def part(read: Words, tokens: tuple[int, int] | None) -> str | None:
    """The characters of a range of tokens."""
    return read.span(*tokens).of(read.text) if tokens is not None else None


def token(read: Words, form: str, nth: int = 1) -> int:
    """The index of the nth token with that form."""
    return [i for i, each in enumerate(read.forms) if each == form][nth - 1]


def drafted(read: Words, draft: Draft) -> tuple[str | None, str, str]:
    """Source, cue and content of a draft."""
    cue = " … ".join(str(part(read, each)) for each in draft.cue)
    return part(read, draft.source), cue, " … ".join(str(part(read, each)) for each in draft.content)


def stretches(text: str, language: str = "fr") -> list[tuple[str, int]]:
    """What stands between marks, with its level; a line is a passage, ``[`` and ``]`` stand for marks that lack."""
    pack = load_pack(language)
    tokens, breaks = [], []
    at = 0
    for line in text.splitlines(keepends=True):
        found = pack.tokenizer(text, at, at + len(line))
        if found:
            breaks.append(len(tokens))
            tokens += found
        at += len(line)

    def inner(quoted: Quoted) -> str:
        words = text[tokens[quoted.first].start : tokens[quoted.last].end]
        return ("[" if quoted.opening is None else "") + words + ("]" if quoted.closing is None else "")

    return [(inner(quoted), quoted.level) for quoted in pair(tokens, breaks, pack)]


def no_readings(read: Words) -> Readings:
    """What a pack without a neural reader says of an article: nothing."""
    return Readings(read, None)
