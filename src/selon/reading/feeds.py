"""RSS and Atom to documents, one an entry."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from typing import Any
from xml.sax import SAXParseException

from selon.errors import LimitExceeded, UnknownFormat
from selon.reading.decoding import whole_characters
from selon.reading.formats import looks_like_html
from selon.reading.html import visible_text
from selon.records import Document, Failure

LARGEST_FEED = 8 * 1024 * 1024
_REFERENCE = re.compile(r"&(?:#\d{2,6}|#x[0-9a-fA-F]{2,6}|[A-Za-z]{2,8});")


def feed_documents(data: bytes, where: str, limit: int) -> Iterator[Document | Failure]:
    """One document an entry, at ``where#number``: its full content, else its summary, as the feed wrote it.

    A Failure for each entry over ``limit`` characters, and one at the end when the feed is broken. Raises UnknownFormat
    when the feed declares entities of its own (the way of XML bombs) or cannot be parsed at all.
    """
    if b"<!ENTITY" in data[:65536] or "<!ENTITY".encode("utf-16-le") in data[:65536]:
        raise UnknownFormat(
            "the feed declares XML entities of its own", where=where, next="remove the <!ENTITY …> lines"
        )
    import feedparser

    # Bytes only: given a str, feedparser would fetch an address. Nothing sanitised: offsets count in the feed's words.
    feed = feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    damage = feed.get("bozo_exception") if feed.get("bozo") else None
    harmless = isinstance(damage, feedparser.CharacterEncodingOverride | feedparser.NonXMLContentType)
    if not feed.entries:
        words = "the feed has no entries" if damage is None or harmless else _broken(damage)
        raise UnknownFormat(words, where=where, next="check that the file is a complete RSS or Atom feed")
    outlet = _plain(str(feed.feed.get("title", "")))
    for number, entry in enumerate(feed.entries, start=1):
        document = _document(entry, f"{where}#{number}", outlet, str(feed.feed.get("language", "")))
        if len(document.data) > limit:
            error = LimitExceeded(
                f"the entry is longer than {limit} characters", where=document.where, next="raise the size limit"
            )
            yield Failure(error.where, error.what, error.next, "reading")
        else:
            yield document
    if damage is not None and not harmless:
        yield Failure(where, _broken(damage), "what could be read was read; fetch the feed again", "reading")


def _broken(damage: Exception) -> str:
    """What is wrong with the feed's XML, and in which line, in the words of the XML parser."""
    if isinstance(damage, SAXParseException):
        return f"the feed is not well-formed, line {damage.getLineNumber()}: {damage.getMessage()}"
    return f"the feed is not well-formed: {damage}"


def _document(entry: Mapping[str, Any], where: str, outlet: str, language: str) -> Document:
    source = entry.get("source") or {}
    text = _text(entry)
    return Document(
        where=where,
        data=whole_characters(text),
        media_type="text/html" if looks_like_html(text) or _REFERENCE.search(text) else "text/plain",
        url=str(entry.get("link", "")),
        outlet=_plain(str(source.get("title", ""))) or outlet,
        title=_plain(str(entry.get("title", ""))),
        published=str(entry.get("published", "") or entry.get("updated", "")),
        language=language[:2].lower(),
    )


def _plain(title: str) -> str:
    """A title without markup: feeds write ``L&#039;été`` in theirs, twice escaped."""
    shown = visible_text(title).text if _REFERENCE.search(title) or looks_like_html(title) or "</" in title else title
    return " ".join(shown.split("\n"))


def _text(entry: Mapping[str, Any]) -> str:
    contents = [str(content.get("value", "")) for content in entry.get("content", ())]
    return max(contents, key=len, default="") or str(entry.get("summary", ""))
