"""An article's passages, each with its sentences: headline, standfirst, headings, paragraphs, captions, quotes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from selon.languages.pack import LanguagePack
from selon.offsets import Span
from selon.reading.captions import caption
from selon.reading.scraped import outside, title
from selon.reading.sentences import split
from selon.records import Article, Passage, PassageKind

_LONGEST_HEADING = 15
_SHORTEST_STANDFIRST = 8
_BROKEN_OFF = 40
_NAMED_BY_MARKUP = {PassageKind.HEADING, PassageKind.CAPTION, PassageKind.BLOCKQUOTE}
_STOPPED = re.compile(r"[.!?…:;,][»”’\"')\]\s]*$|[»”\"]\s*$")


def passages(article: Article, pack: LanguagePack) -> tuple[Passage, ...]:
    """The passages outside the article's boilerplate, in text order, not overlapping, each with its sentences.

    A paragraph is what stands between line breaks, hard-wrapped lines and sentences broken over a blank line joined.
    On an HTML page lines stay as the page parts them, and headings, captions and block quotes are those it names.
    Every character of a passage that is not blank belongs to exactly one sentence.
    """
    text = article.text
    aside = sorted(part.span for part in article.boilerplate)
    blocks = list(outside(text, aside))
    spans = blocks if article.layout else list(_joined(text, blocks))
    headline = _headline(article, spans)
    kinds = [_kind(text, spans, place, headline) for place in range(len(spans))]
    named = {span.start: kind for span, kind in article.layout if kind in _NAMED_BY_MARKUP}
    kinds = [named.get(span.start, kind) for span, kind in zip(spans, kinds, strict=True)]
    return tuple(
        Passage(span, kind, split(text, span.start, span.end, pack)) for span, kind in zip(spans, kinds, strict=True)
    )


def _joined(text: str, spans: Sequence[Span]) -> Iterator[Span]:
    """The spans, a sentence that a blank line broke in two (``il`` / ``avait été mordu.``) made one."""
    last: Span | None = None
    for span in spans:
        if last is not None and _goes_on(text, last, span):
            last = Span(last.start, span.end)
            continue
        if last is not None:
            yield last
        last = span
    if last is not None:
        yield last


def _goes_on(text: str, before: Span, after: Span) -> bool:
    """Whether a line that does not end goes on in the next, which begins in lower case after nothing but blanks."""
    if (
        before.end - before.start < _BROKEN_OFF
        or not text[after.start].islower()
        or text[before.end : after.start].strip()
    ):
        return False
    end = text[before.end - 1]
    return end.isalnum() or end in ",’'-–"


def _headline(article: Article, spans: Sequence[Span]) -> int:
    """The place of the headline among the spans: what the container calls its title, else the title-like one; or -1."""
    text = article.text
    if article.title:
        wanted = _bare(article.title)
        for place, span in enumerate(spans[:10]):
            if _bare(span.of(text)) == wanted:
                return place
    marked = {span.start for span, kind in article.layout if kind is PassageKind.HEADLINE}
    if marked:
        return next((place for place, span in enumerate(spans) if span.start in marked), -1)
    found = title(text, article.boilerplate)
    if found is None:
        return -1
    return next((place for place, span in enumerate(spans) if span.overlaps(found)), -1)


def _kind(text: str, spans: Sequence[Span], place: int, headline: int) -> PassageKind:
    if place == headline:
        return PassageKind.HEADLINE
    words = spans[place].of(text)
    if words.startswith("> "):
        return PassageKind.BLOCKQUOTE
    count = words.count(" ") + 1
    if caption(words):
        return PassageKind.CAPTION
    if _STOPPED.search(words[-12:]) or place + 1 == len(spans):
        return PassageKind.PARAGRAPH
    if place == headline + 1 and headline >= 0 and count >= _SHORTEST_STANDFIRST:
        return PassageKind.STANDFIRST
    return PassageKind.HEADING if count <= _LONGEST_HEADING else PassageKind.PARAGRAPH


def _bare(words: str) -> str:
    return " ".join(words.replace("’", "'").lower().split())
