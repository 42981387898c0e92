"""What a file holds, by its first kilobytes; the extension only decides where the content leaves it open."""

from __future__ import annotations

import json
import re
from enum import StrEnum

from selon.reading.decoding import decode

HEAD = 64 * 1024


class Format(StrEnum):
    """What we can be given. ``UNKNOWN`` carries its words in ``describe``."""

    EMPTY = "empty"
    TEXT = "plain text"
    HTML = "HTML"
    WARC = "WARC"
    FEED = "feed"
    JSON = "JSON"
    JSONL = "JSONL"
    CSV = "CSV"
    PARQUET = "Parquet"
    UNKNOWN = "unknown"


GZIP = b"\x1f\x8b"
_MAGIC = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"RIFF", "a RIFF media file"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"SQLite format 3\x00", "an SQLite database (a .dna file is taken in by selon import)"),
    (b"\x7fELF", "a program"),
    (b"{\\rtf", "an RTF document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
)
_WARC = re.compile(rb"WARC/\d\.\d\r?\n")
_PAGE = re.compile(r"<!doctype\s+html|<html[\s>]", re.I)
_ELEMENTS = (
    "html head body title meta link script style div p article section main header h1 h2 h3 span table a ul ol br img"
)
_MARKUP = re.compile(rf"(?:<!--.*?-->\s*)*<(?:{'|'.join(_ELEMENTS.split())})(?=[\s>/])[^<>]*>", re.I | re.S)
_FEED = re.compile(r"<(?:\w+:)?(?:rss|feed|RDF)[\s>]")
_XML = re.compile(r"<\?xml\s|<!DOCTYPE\s|<[A-Za-z][\w:.-]*(?:\s[^<>]*)?>")
_RECORD = re.compile(r'(\[\s*)?\{\s*"(?:[^"\\]|\\.){0,200}"\s*:|\[\s*\]|\{\s*\}')
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_EXTENSIONS = {
    ".csv": Format.CSV,
    ".tsv": Format.CSV,
    ".tab": Format.CSV,
    ".htm": Format.HTML,
    ".html": Format.HTML,
    ".xhtml": Format.HTML,
    ".json": Format.JSON,
    ".jsonl": Format.JSONL,
    ".ndjson": Format.JSONL,
}


def recognise(head: bytes, name: str) -> Format:
    """The format of a file (already gunzipped) from its first kilobytes and, where they do not tell, its name."""
    if not head.strip(b"\xef\xbb\xbf"):
        return Format.EMPTY
    if head.startswith(b"PAR1"):
        return Format.PARQUET
    if _WARC.match(head):
        return Format.WARC
    if any(head.startswith(magic) for magic, _ in _MAGIC):
        return Format.UNKNOWN
    start = decode(_whole_sequences(head)).text
    if len(_CONTROLS.findall(start)) > len(start) // 100:
        return Format.UNKNOWN
    return _recognise_text(start, _extension(name))


def describe(head: bytes) -> str:
    """What a file of unknown format seems to be, in words for an error message."""
    for magic, words in _MAGIC:
        if head.startswith(magic):
            return words
    return (
        "XML that is neither a page nor a feed"
        if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")
        else "binary data"
    )


def looks_like_html(text: str) -> bool:
    """Whether a cell or entry holds markup rather than plain text: it opens with a tag, or has paragraph tags."""
    start = text[:4096]
    return bool(
        _MARKUP.match(start.lstrip()) or re.search(r"</(?:p|div|h[1-6]|li|blockquote)>|<br\s*/?>|<p>", start, re.I)
    )


def _recognise_text(start: str, extension: str) -> Format:
    body = start.lstrip("\ufeff \t\r\n\f")
    if body.startswith("<"):
        found = _recognise_markup(body, extension)
        if found is not None:
            return found
    record = _RECORD.match(body)
    if record and extension != ".txt":
        return _json_shape(body, extension)
    # A .json or .csv by name only: let its reader say what is wrong with it.
    return _EXTENSIONS.get(extension, Format.TEXT)


def _recognise_markup(body: str, extension: str) -> Format | None:
    top = body[:8192]
    page, feed = _PAGE.search(top), _FEED.search(top)
    if feed and (page is None or feed.start() < page.start()) and _opens_with(body, feed.start()):
        return Format.FEED
    if page and _opens_with(body, page.start()):
        return Format.HTML
    if extension == ".txt":
        return None
    if _MARKUP.match(body) or _EXTENSIONS.get(extension) is Format.HTML:
        return Format.HTML
    return Format.UNKNOWN if _XML.match(body) else None


def _opens_with(body: str, position: int) -> bool:
    """Whether only a prolog (declarations, comments, a doctype and its entities) stands before the element."""
    before = re.sub(r"<!--.*?-->", "", body[:position], flags=re.S)
    return re.search(r"<[A-Za-z]", before) is None


def _json_shape(body: str, extension: str) -> Format:
    """JSON Lines when the first line is a whole record; the name decides where that line is longer than what we see."""
    if body.startswith("[") or extension in (".jsonl", ".ndjson"):
        return Format.JSON if body.startswith("[") else Format.JSONL
    try:
        json.loads(body.split("\n", 1)[0])
    except (ValueError, RecursionError):
        return Format.JSON
    return Format.JSONL


def _extension(name: str) -> str:
    stem = name.lower().removesuffix(".gz")
    dot = stem.rfind(".")
    return stem[dot:] if dot > 0 else ""


def _whole_sequences(head: bytes) -> bytes:
    """The head without a UTF-8 sequence that the cut at 64 KiB broke."""
    return head[: len(head) - 4] if len(head) >= HEAD else head
