"""Which lines of a page are the article: trafilatura's choice, carried back to the lines we can point at.

trafilatura gives text without places, and changes it on the way (list marks, table bars, folded spaces), so its
paragraphs are found again among the visible lines by their letters and digits alone.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence

from selon.reading.html import Line, VisibleText
from selon.records import PassageKind

DEEPEST = 400
OUTSIDE = "html: outside the main content"


def main_lines(raw: str, page: VisibleText) -> frozenset[int] | None:
    """The indices of ``page.lines`` that belong to the article, or None where no main content was found.

    The headline above the text, a standfirst under it, captions and headings inside it belong to it, though trafilatura
    leaves some out. Pages nested deeper than 400 elements are not given to it: real pages stay under 100, and its time
    and stack grow with depth. A fragment, as feeds and tables hold, is an article already, but for lone links.
    """
    if page.depth > DEEPEST or not page.lines:
        return None
    if page.fragment:
        everything = set(range(len(page.lines)))
        return frozenset(everything - _pointers(page, everything, 0))
    found = _extracted(raw)
    letters = [_letters(line.span.of(page.text)) for line in page.lines]
    kept = _matched(letters, [_letters(paragraph) for paragraph in found])
    return _with_surroundings(page, kept) if kept else None


def _extracted(raw: str) -> list[str]:
    """The paragraphs that trafilatura takes for the article."""
    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        document = trafilatura.bare_extraction(raw, include_comments=False, include_tables=True)
    except Exception:
        # lxml and its callers raise many kinds on hostile pages (ParserError, AssertionError, RecursionError): none is
        # ours to mend, and the page still has visible lines for the line classifier.
        return []
    text = getattr(document, "text", None) or ""
    return [line for line in text.split("\n") if line.strip()]


_NOT_LETTERS = re.compile(r"[\W_]+")
_QUOTED = re.compile('[«»“”"„]')
_TELLING = 12
_PARTLY = 30


def _letters(text: str) -> str:
    return _NOT_LETTERS.sub("", text).casefold()


def _matched(lines: Sequence[str], paragraphs: Sequence[str]) -> set[int]:
    """The lines found in the extracted text: as a paragraph, inside one (lines apart by ``<br>``), or around one.

    ``<p>Texte de l'article. <a>Lire aussi</a></p>`` is around one when the link was cut out.
    """
    whole = {paragraph for paragraph in paragraphs if paragraph}
    joined = "\n".join(paragraphs)
    run_on = "".join(paragraphs)
    kept = {
        place
        for place, line in enumerate(lines)
        if line and (line in whole or (len(line) >= _TELLING and (line in joined or line in run_on)))
    }
    kept |= {
        place
        for place in range(1, len(lines) - 1)
        if lines[place] and place - 1 in kept and place + 1 in kept and lines[place] in run_on
    }
    seen = {lines[place] for place in kept}
    missing = [paragraph for paragraph in paragraphs if len(paragraph) >= _PARTLY and paragraph not in seen][:200]
    for place, line in enumerate(lines):
        if place not in kept and len(line) >= _PARTLY and any(paragraph in line for paragraph in missing):
            kept.add(place)
    return kept


def _with_surroundings(page: VisibleText, kept: set[int]) -> frozenset[int]:
    lines = page.lines
    body = sorted(place for place in kept if len(lines[place].span.of(page.text)) >= _PARTLY) or sorted(kept)
    first, last = body[0], body[-1]
    kept -= _pointers(page, kept, first)
    inside = kept | {place for place in range(first, last) if _belongs_inside(page, place, kept)}
    headline = _headline(lines, first)
    if headline is None:
        return frozenset(inside)
    under = range(headline + 1, first)
    standfirst = {place for place in under if _is_sentence(lines[place].span.of(page.text))}
    return frozenset(inside | standfirst | {headline})


def _belongs_inside(page: VisibleText, place: int, kept: set[int]) -> bool:
    """Whether a line that trafilatura left out is a caption amid the text, or a heading over a paragraph of it.

    In a list of teasers there are pictures and headings too, but their neighbours were left out like them.
    """
    line = page.lines[place]
    if line.link or line.kind not in (PassageKind.CAPTION, PassageKind.HEADING):
        return False
    if line.kind is PassageKind.CAPTION:
        return not kept.isdisjoint(range(place - 3, place)) and not kept.isdisjoint(range(place + 1, place + 4))
    under = page.lines[place + 1]
    return place + 1 in kept and under.kind is not PassageKind.HEADING and under.span.end - under.span.start >= 80


def _pointers(page: VisibleText, kept: set[int], first: int) -> set[int]:
    """Lines that are links from end to end, below the first one of the text: titles of other articles.

    Somebody's quoted words are never among them, nor anything when half the text is links (an ``<a>`` that never ends).
    """
    links = {place for place in kept if place > first and page.lines[place].link}
    words = {place: page.lines[place].span.of(page.text) for place in kept}
    if 2 * sum(len(words[place]) for place in links) > sum(map(len, words.values())):
        return set()
    return {place for place in links if len(words[place]) < 200 and not _QUOTED.search(words[place])}


def _headline(lines: Sequence[Line], first: int) -> int | None:
    """The last ``h1`` at or above the first line of the text."""
    above = [place for place in range(first, -1, -1) if lines[place].kind is PassageKind.HEADLINE]
    return above[0] if above else None


def _is_sentence(text: str) -> bool:
    return len(text) >= 80 and text.rstrip('»”" \xa0')[-1:] in (".", "!", "?", "…")
