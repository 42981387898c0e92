"""A document to an article: decoding, visible text, mended characters, language, boilerplate, title, date, origin."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import accumulate
from urllib.parse import urlsplit

from selon.languages.pack import LanguagePack, languages, load_pack
from selon.offsets import OffsetMap, Span
from selon.reading import dates, origin, scraped
from selon.reading.boilerplate import known
from selon.reading.decoding import decode
from selon.reading.html import Line, visible_text
from selon.reading.language import detect
from selon.reading.main_content import OUTSIDE, main_lines
from selon.reading.metadata import Metadata, read_metadata
from selon.reading.mojibake import repair
from selon.records import Article, Boilerplate, Document, Evidence, PassageKind, SetAside, When, content_id


def read_document(document: Document, *, language: str = "") -> Article | SetAside:
    """The article in a document, or why it is none for us: no text, or a language that has no pack.

    ``language`` is taken as given, not checked. The same document gives the same article, id and all, everywhere.
    Raises PackError when there is no pack for ``language``.
    """
    media_type, _, parameter = document.media_type.partition(";")
    decoded = decode(document.data, parameter.partition("=")[2])
    page = _read_page(decoded.text) if media_type == "text/html" else _read_plain(decoded.text)
    if not _has_words(page.text):
        return SetAside(document.where, "no text")
    code = language or detect(_sample(page), languages()) or document.language
    if not language and code not in languages():
        return SetAside(
            document.where, f"in a language that is not read here: {code}" if code else "language not recognised"
        )
    pack = load_pack(code)
    boilerplate = _boilerplate(page, pack)
    notes = [Evidence("decoding", decoded.note)] if decoded.note else []
    url = document.url or page.said.url
    return Article(
        id=content_id("a", url or document.where, page.text),
        where=document.where,
        text=page.text,
        language=code,
        title=_title(document, page, boilerplate),
        url=url,
        outlet=document.outlet or page.said.outlet or _site(url),
        published=_published(document, page, boilerplate, pack),
        boilerplate=boilerplate,
        origin=origin.find(page.text, boilerplate, pack),
        offsets=page.offsets,
        notes=tuple(notes + list(page.notes)),
        layout=tuple((line.span, line.kind) for line in page.lines),
    )


@dataclass(frozen=True, slots=True)
class _Page:
    """A text with the way back to the raw file; for HTML also its lines, those of the article, and its head."""

    text: str
    offsets: OffsetMap | None
    said: Metadata = field(default_factory=Metadata)
    lines: tuple[Line, ...] = ()
    kept: frozenset[int] | None = None
    is_html: bool = False
    notes: tuple[Evidence, ...] = ()


_MENDED = Evidence("mojibake", "damaged characters were mended; offsets lead back to the raw ones")


def _read_plain(raw: str) -> _Page:
    text, offsets = repair(raw)
    return _Page(text, offsets, notes=(_MENDED,) if offsets is not None else ())


def _read_page(raw: str) -> _Page:
    page = visible_text(raw)
    kept = main_lines(raw, page)
    text, mended = repair(page.text)
    lines = page.lines if mended is None else tuple(_moved(page.lines, mended))
    notes = [] if mended is None else [_MENDED]
    if kept is None and page.lines:
        notes.append(Evidence("html", "no main content found: every line of the page was judged by itself"))
    offsets = page.offsets if mended is None else mended.through(page.offsets)
    said = read_metadata(raw, page)
    if mended is not None:
        said = replace(said, title=repair(said.title)[0], outlet=repair(said.outlet)[0])
    return _Page(text, offsets, said, lines, kept, is_html=True, notes=tuple(notes))


def _moved(lines: Iterable[Line], mended: OffsetMap) -> Iterator[Line]:
    """Where lines of a text stand in its mended version. Mending changes words, never the breaks between lines."""
    runs = iter(mended.runs)
    run = next(runs)
    for line in lines:
        ends: list[int] = []
        for place in (line.span.start, line.span.end - 1):
            while run.raw_end <= place:
                run = next(runs)
            shift = place - run.raw_start
            ends.append(run.text_start + shift if run.exact else (run.text_start if not ends else run.text_end - 1))
        yield Line(Span(ends[0], ends[1] + 1), line.kind)


def _kept_lines(page: _Page) -> tuple[Line, ...]:
    return page.lines if page.kept is None else tuple(page.lines[place] for place in sorted(page.kept))


def _sample(page: _Page) -> str:
    """The words to tell the language by: the article's own where we know them, for menus may be in another."""
    return "\n".join(line.span.of(page.text) for line in _kept_lines(page)) if page.is_html else page.text


def _boilerplate(page: _Page, pack: LanguagePack) -> tuple[Boilerplate, ...]:
    if not page.is_html:
        return scraped.mark(page.text, pack)
    kept = _kept_lines(page)
    outside = (line for place, line in enumerate(page.lines) if page.kept is not None and place not in page.kept)
    found = [Boilerplate(line.span, OUTSIDE) for line in outside]
    found.extend(_marked_among(kept, page, pack))
    return tuple(sorted(found, key=lambda piece: piece.span))


def _marked_among(lines: tuple[Line, ...], page: _Page, pack: LanguagePack) -> Iterator[Boilerplate]:
    """What the line classifier marks in the text that trafilatura left: ``Lire aussi : …`` survives there."""
    between = "\n\n"
    alone = between.join(line.span.of(page.text) for line in lines)
    starts = list(accumulate((len(line.span.of(page.text)) + len(between) for line in lines), initial=0))
    for piece in scraped.mark(alone, pack):
        first = bisect_right(starts, piece.span.start) - 1
        for place in range(first, bisect_left(starts, piece.span.end, hi=len(lines))):
            start, line = starts[place], lines[place]
            left, right = max(piece.span.start, start), min(piece.span.end, start + line.span.end - line.span.start)
            if left < right and (page.kept is None or not _by_looks(piece.reason, line, page.text)):
                shift = line.span.start - start
                yield Boilerplate(Span(left + shift, right + shift), piece.reason)


# Reasons of the line classifier that rest on looks and place alone.
_LOOKS = frozenset({"short line outside the article", "another language", "navigation"})
_POINTED_AT = "title of another article"


def _by_looks(reason: str, line: Line, text: str) -> bool:
    """Whether only looks or neighbours speak against a line: there trafilatura, which sees the tags, knows more.

    ``Second point`` of a list is a short line at the edge of the text, an ``h2`` after ``Lire aussi : …`` a heading.
    """
    if reason in _LOOKS:
        return not known(line.span.of(text))
    return reason == _POINTED_AT and line.kind is not PassageKind.PARAGRAPH


def _title(document: Document, page: _Page, boilerplate: tuple[Boilerplate, ...]) -> str:
    if document.title or page.said.title:
        return document.title or page.said.title
    found = scraped.title(page.text, boilerplate)
    return found.of(page.text) if found is not None else ""


def _site(url: str) -> str:
    """The host in an address, which names the outlet where nothing else does: a crawl has only addresses."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _published(document: Document, page: _Page, boilerplate: tuple[Boilerplate, ...], pack: LanguagePack) -> When:
    """The first that is known: what the feed or table says, the page's head, a crawl header, the page's own lines.

    A crawl header says the month only; a day of that month in the page's own lines is the better word.
    """
    given = dates.parse_metadata(document.published) if document.published else When()
    if given.first is not None:
        return given
    if page.said.published.first is not None:
        return page.said.published
    header = dates.header(page.text)
    crawled = header[0] if header is not None else When()
    written = dates.in_text(page.text, boilerplate, pack)
    return crawled if crawled.first is not None and not _within(written, crawled) else written


def _within(inner: When, outer: When) -> bool:
    """Whether a known date lies inside another."""
    if inner.first is None or inner.last is None or outer.first is None or outer.last is None:
        return False
    return outer.first <= inner.first and inner.last <= outer.last


def _has_words(text: str) -> bool:
    return any(character.isalpha() for character in text)
