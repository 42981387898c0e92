"""What a page says of itself in its head: title, address, outlet, date of publication."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import unescape

from selon.reading import dates
from selon.reading.html import VisibleText
from selon.records import PassageKind, When


@dataclass(frozen=True, slots=True)
class Metadata:
    """The page's own words on itself, empty where it is silent."""

    title: str = ""
    url: str = ""
    outlet: str = ""
    published: When = field(default_factory=When)


def read_metadata(raw: str, page: VisibleText) -> Metadata:
    """Title, canonical address, outlet and date (with its precision and where it was read) of a page."""
    said = list(_said(raw, page))
    outlet = _first(said, ("og:site_name", "application-name", "dc.publisher"))
    return Metadata(
        title=_title(said, outlet, page),
        url=next(
            (
                url
                for name in ("canonical", "og:url")
                if (url := _first(said, (name,))).startswith(("http://", "https://"))
            ),
            "",
        ),
        outlet=outlet,
        published=_published(said, raw),
    )


_DATES = (
    "article:published_time",
    "datepublished",
    "og:published_time",
    "og:article:published_time",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date",
    "date",
    "pubdate",
    "publish-date",
    "publication_date",
    "cxenseparse:recs:publishtime",
    "time pubdate",
)
_JSON_DATE = re.compile(r'"datePublished"\s*:\s*"([^"\\]{4,40})"')
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_SEPARATOR = re.compile(r"\s+[|–—-]\s+|\s+[·•:»]\s+(?=\S+$)")


def _said(raw: str, page: VisibleText) -> Iterator[tuple[str, str]]:
    """Each thing the head says, as (lower-case name, value), in page order."""
    for tag in page.metadata:
        if tag.name == "title":
            yield "title", _folded(unescape(raw[tag.end : max(tag.end, raw.find("</", tag.end))]))
            continue
        if tag.name == "script":
            yield from _linked_data(raw, tag.source, tag.end)
            continue
        attributes = tag.attributes
        if tag.name == "link" and "canonical" in attributes.get("rel", "").lower().split():
            yield "canonical", attributes.get("href", "").strip()
        elif tag.name == "time" and (
            "pubdate" in attributes or attributes.get("itemprop", "").lower() == "datepublished"
        ):
            yield "time pubdate", attributes.get("datetime", "")
        elif tag.name == "meta":
            name = (
                attributes.get("property")
                or attributes.get("name")
                or attributes.get("itemprop")
                or attributes.get("http-equiv")
                or ""
            )
            yield name.strip().lower(), _folded(attributes.get("content", ""))


def _linked_data(raw: str, source: str, start: int) -> Iterator[tuple[str, str]]:
    if "ld+json" in source.lower():
        match = _JSON_DATE.search(raw, start, raw.find("</", start) if raw.find("</", start) > 0 else len(raw))
        if match:
            yield "datepublished", match[1]


def _first(said: Iterable[tuple[str, str]], names: tuple[str, ...]) -> str:
    """The first non-empty value under the first of the names that has one."""
    pairs = list(said)
    return next((value for name in names for key, value in pairs if key == name and value), "")


def _title(said: list[tuple[str, str]], outlet: str, page: VisibleText) -> str:
    """``og:title``, else the only ``h1``, else ``<title>`` without the outlet's name at its end."""
    declared = _first(said, ("og:title", "twitter:title", "dc.title"))
    if declared:
        return _without_outlet(declared, outlet)
    headlines = {line.span.of(page.text) for line in page.lines if line.kind is PassageKind.HEADLINE}
    if len(headlines) == 1:
        return headlines.pop()
    return _without_outlet(_first(said, ("title",)), outlet)


def _without_outlet(title: str, outlet: str) -> str:
    pieces = list(_SEPARATOR.finditer(title))
    if pieces and outlet and title[pieces[-1].end() :].casefold() == outlet.casefold():
        return title[: pieces[-1].start()]
    return title


def _published(said: list[tuple[str, str]], raw: str) -> When:
    for name in _DATES:
        value = _first(said, (name,))
        when = dates.parse_metadata(value) if value else When()
        if when.first is not None:
            return When(when.first, when.last, when.precision, f"page: {name}")
    return _found_by_htmldate(raw)


def _found_by_htmldate(raw: str) -> When:
    """The date that htmldate finds in the page, to the month where it had to invent the day."""
    import logging

    from htmldate import find_date

    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    try:
        # A latest date of its own: htmldate would ask the clock, and one page would read differently tomorrow.
        found = find_date(raw, extensive_search=False, original_date=True, min_date="1995-01-01", max_date="2099-12-31")
    except Exception:
        # As with trafilatura: a hostile page is a page without a date.
        return When()
    if not found:
        return When()
    when = dates.parse_metadata(_without_invented_day(found, raw))
    return When(when.first, when.last, when.precision, "page: htmldate") if when.first else When()


def _without_invented_day(found: str, raw: str) -> str:
    """``2022-10-01`` is kept only if the page writes a first of the month; else the month is all it said."""
    year, month, day = found.split("-")
    if day != "01":
        return found
    spaced = rf"\b(?:1er|0?1)\s+[^\W\d]{{3,12}}\.?,?\s+{year}|[^\W\d]{{3,12}}\.?\s+0?1(?:st)?,?\s+{year}"
    numeric = rf"{year}[-/.]?{month}[-/.]?01|\b0?1[-/. ](?:{month}|{int(month)})[-/. ]{year}"
    written = re.search(rf"{numeric}|{spaced}", raw)
    return found if written else f"{year}-{month}"


def _folded(text: str) -> str:
    """One line, no-break spaces kept: French titles have them before their colons."""
    return _BLANKS.sub(" ", text).strip(" ")
