"""Scraped plain text: which lines are page furniture, and which one is the title. Marks, never deletes.

Three kinds of evidence, strongest first: what a line says (boilerplate.py, publication.py, origin.py), what it repeats
or belongs to (a title printed again, a list of other articles, readers' comments), and what it looks like at the edges
of a page (furniture.py). Between the first and the last sentence of the article the third kind does not count.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice, pairwise

from selon.languages.pack import LanguagePack
from selon.offsets import Span
from selon.reading import dates, origin
from selon.reading.boilerplate import codes_inside, fold, known
from selon.reading.captions import caption
from selon.reading.furniture import THRESHOLD, Line, foreign, line, menu, prose, score
from selon.reading.lines import blocks, trim
from selon.reading.publication import BYLINE, publication
from selon.records import Boilerplate

_LONGEST_TITLE = 45
_LONGEST_TEASER = 25
_LONGEST_NOTICE = 45
# A page of whose sentences less stand together has no bulk: a live ticker, an interview cut by adverts.
_BULK = 0.7
_ALONE_IN_THE_BODY = {"navigation", "author box", "counter", "share buttons", BYLINE}
_OVER_THE_TITLE = {"navigation", "newsletter or subscription", "cookie notice", "short line outside the article"}
_LOOKED_AT = 12
_ROWS_OF_A_MENU = 3
# A page with more lines than this outside its sentences is a list or a dump: how its lines look tells nothing.
_MOST_EDGE_LINES = 5000
_LISTS_OTHERS = "related articles"


def mark(text: str, pack: LanguagePack) -> tuple[Boilerplate, ...]:
    """The stretches of a scraped text that are not the article, in text order, each with the reason.

    Precision comes first: between the first and the last sentence only lines that say what they are get set aside, and
    never a line that opens with a quotation mark. Time is linear in the length.
    """
    head = dates.header(text)
    lines = [line(text, span) for span in _after(text, head[1] if head else None)]
    for each in lines:
        each.reason = known(each.text) or publication(each.text)
    first, last = _article(lines, pack.code)
    _spare(lines, first, last)
    _mark_repeats(lines, first, last)
    _mark_lists(lines, first, last)
    _mark_comments(lines, last)
    _mark_edges(lines, first, last, pack.code)
    found = [piece for each in lines for piece in _pieces(each)]
    return tuple([Boilerplate(head[1], "crawl header"), *found] if head else found)


def _pieces(each: Line) -> Iterator[Boilerplate]:
    """The whole line when it was set aside, else the codes between its sentences."""
    if each.reason:
        yield Boilerplate(each.span, each.reason)
        return
    for start, end, reason in codes_inside(each.text):
        yield Boilerplate(Span(each.span.start + start, each.span.start + end), reason)


def title(text: str, boilerplate: Sequence[Boilerplate]) -> Span | None:
    """The line that is the title: the first not set aside, if it does not end like a sentence and text follows it.

    A word or two above it (``SOCIÉTÉ``; up to four under a menu) are not the title when a longer such line follows, nor
    are lines with a menu between them and a later one: ``Flash info`` boxes stand above the menu.
    """
    aside = sorted(part.span for part in boilerplate)
    menus = [part.span.start for part in boilerplate if part.reason in _OVER_THE_TITLE]
    found: Span | None = None
    for span in islice(outside(text, aside), _LOOKED_AT):
        if not _title_like(text, span):
            return found
        if found is None or _stands_above(text, found, span, menus):
            found = span
    return found if found is not None and found.end < len(text.rstrip()) else None


def _stands_above(text: str, above: Span, below: Span, menus: Sequence[int]) -> bool:
    """Whether ``above`` belongs to the head of the page and ``below`` is the title."""
    short, longer = (span.of(text).count(" ") + 1 for span in (above, below))
    if not 4 <= longer <= _LONGEST_TITLE / 2:
        return False
    under_a_menu = sum(1 for place in menus if place < above.start) >= _ROWS_OF_A_MENU
    return short <= (4 if under_a_menu else 2) or any(above.end <= place < below.start for place in menus)


def outside(text: str, aside: Sequence[Span]) -> Iterator[Span]:
    """The blocks of the text without the stretches set aside (sorted), in order; pieces with no letter are dropped."""
    place = 0
    for block in blocks(text):
        start = block.start
        while place < len(aside) and aside[place].end <= start:
            place += 1
        reach = place
        while reach < len(aside) and aside[reach].start < block.end:
            yield from _worded(text, start, aside[reach].start)
            start = max(start, aside[reach].end)
            reach += 1
        yield from _worded(text, start, block.end)


def _worded(text: str, start: int, end: int) -> Iterator[Span]:
    span = trim(text, Span(start, end)) if start < end else None
    if span is not None and any(letter.isalnum() for letter in span.of(text)):
        yield span


def _after(text: str, head: Span | None) -> list[Span]:
    """The blocks of the text, the first one without the crawl header."""
    spans = list(blocks(text))
    if head is None or not spans:
        return spans
    rest = trim(text, Span(head.end, max(head.end, spans[0].end)))
    return ([rest] if rest else []) + spans[1:]


def _title_like(text: str, span: Span) -> bool:
    words = span.of(text)
    return words[-1] not in ".;,:" and words.count(" ") < _LONGEST_TITLE


def _article(lines: list[Line], language: str) -> tuple[int, int]:
    """The places of the first and the last line of the article's prose; ``(len(lines), -1)`` where there is none.

    ``This newspaper is not responsible for other sites.`` under a footer is prose too, but apart from the bulk of it.
    """
    places = [place for place, each in enumerate(lines) if not each.reason and prose(each, language)]
    if not places:
        return len(lines), -1
    clusters = [[places[0]]]
    for before, place in pairwise(places):
        if _interrupted(lines[before + 1 : place]):
            clusters.append([])
        clusters[-1].append(place)
    weights = [sum(len(lines[place].words) for place in cluster) for cluster in clusters]
    heaviest = max(range(len(clusters)), key=weights.__getitem__)
    if weights[heaviest] < _BULK * sum(weights):
        return places[0], places[-1]
    return clusters[heaviest][0], clusters[heaviest][-1]


def _interrupted(between: Sequence[Line]) -> bool:
    """Whether the lines between two sentences are furniture: the later one is a notice at the foot of the page."""
    aside = sum(1 for each in between if each.reason)
    return aside >= 3 and sum(1 for each in between if each.reason or each.short()) >= 5


def _spare(lines: list[Line], first: int, last: int) -> None:
    """Take back what was set aside on a word alone: ``Économie`` as a heading inside, ``Météo`` as the only title.

    The one line over the article is its title also where it begins like a pointer: ``Watch: Keeper scores twice``.
    """
    for place in range(first + 1, last):
        each = lines[place]
        beside = (lines[place - 1], lines[place + 1])
        if each.reason in _ALONE_IN_THE_BODY and len(each.words) > 0 and not any(other.reason for other in beside):
            each.reason = ""
    head = lines[:first]
    if last >= 0 and head and not any(len(each.words) >= 4 and not each.reason for each in head):
        spared = next((each for each in head if each.reason == _LISTS_OTHERS and len(each.words) > 5), None)
        spared = spared or (head[0] if first == 1 and head[0].reason == "navigation" else None)
        if spared is not None:
            spared.reason = ""


def _mark_repeats(lines: list[Line], first: int, last: int) -> None:
    """Set aside a title printed again, also with the outlet's name behind it or cut short; the first one is kept."""
    seen: dict[str, int] = {}
    for place, each in enumerate(lines):
        if each.reason or not 3 <= len(each.words) <= _LONGEST_TITLE:
            continue
        key = fold(each.text)
        before = seen.setdefault(key, place)
        if before < place and (before <= first or before > last) and not each.text.rstrip().endswith("."):
            each.reason = "repeated title"
    titles = [fold(each.text) for each in lines[: min(first, 12)] if not each.reason and len(each.words) >= 4]
    for each in lines[: min(first, 12)]:
        key = fold(each.text)
        if not each.reason and any(_longer_by_outlet(key, other) or _cut_short(key, other) for other in titles):
            each.reason = "repeated title"


def _longer_by_outlet(key: str, other: str) -> bool:
    rest = key[len(other) :].strip() if key.startswith(other) else ""
    return rest[:1] in {"-", "–", "—", "|", "•", "·"} and rest.count(" ") <= 6


def _cut_short(key: str, other: str) -> bool:
    stem = key.removesuffix("…").removesuffix("...").strip()
    return stem != key and stem.count(" ") >= 3 and other.startswith(stem)


def _mark_lists(lines: list[Line], first: int, last: int) -> None:
    """Set aside the titles of other articles under ``À lire aussi``: one inside the article, all after its end."""
    for place, each in enumerate(lines):
        if place <= first or each.reason != _LISTS_OTHERS or len(each.words) > 5:
            continue
        for other in lines[place + 1 : place + 2 if place < last else len(lines)]:
            if not other.reason and len(other.words) <= _LONGEST_TEASER and not other.text.endswith((".", ".»", ". »")):
                other.reason = "title of another article"


def _mark_comments(lines: list[Line], last: int) -> None:
    """Set aside what readers wrote: all after a comment heading in the last part of the page that has reply buttons."""
    headings = [place for place, each in enumerate(lines) if each.reason == "comments"]
    replies = [place for place in headings if fold(lines[place].text).strip(" :") in {"repondre", "reply"}]
    start = next((place for place in headings if place not in replies), None)
    if start is None or not replies or replies[-1] < start or start < len(lines) / 3 or start > last + 1:
        return
    if sum(1 for each in lines[:start] if not each.reason and each.stopped) < 3:
        return
    for each in lines[start:]:
        each.reason = each.reason or "readers' comment"


def _mark_edges(lines: list[Line], first: int, last: int, language: str) -> None:
    """Set aside what looks like furniture before the first sentence and after the last; the title is safe."""
    if last < 0:
        return
    edges = [place for place in (*range(first), *range(last + 1, len(lines))) if not lines[place].reason]
    for place in (place for place in edges if place > last):
        if origin.credits_outlet(lines[place].text):
            lines[place].reason = origin.CREDIT
    safe = _title_places(lines, first) | {place for place in edges if caption(lines[place].text)}
    if len(edges) > _MOST_EDGE_LINES:
        return
    foot = next((place for place in range(last + 1, len(lines)) if lines[place].reason), -1)
    strangers = [place for place in edges if _strange(lines[place], language)]
    bilingual = sum(1 for place in strangers if len(lines[place].words) > 12) > 3
    for place in [*edges, *reversed(edges)]:
        each = lines[place]
        if each.reason or place in safe:
            continue
        alone = len(strangers) == 1 and not any(other.reason for other in lines[place - 1 : place + 2])
        if place in strangers and not bilingual and not alone:
            each.reason = "another language"
        elif place < first and origin.credits_outlet(each.text):
            each.reason = "outlet name"
        elif menu(each, language):
            each.reason = "navigation"
        elif score(lines, place, language, below=0 <= foot < place) >= THRESHOLD:
            each.reason = "short line outside the article"


def _strange(each: Line, language: str) -> bool:
    return len(each.words) <= _LONGEST_NOTICE and not each.quoted and foreign(each, language)


def _title_places(lines: list[Line], first: int) -> set[int]:
    """The places before the article that may hold its title and standfirst: the last two of four words, or the last."""
    free = [place for place in range(first) if not lines[place].reason]
    worded = [place for place in free if len(lines[place].words) >= 4]
    worded = [place for place in worded if not origin.credits_outlet(lines[place].text)] or worded
    return set(worded[-2:] or free[-1:])
