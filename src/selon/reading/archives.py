"""WARC and WET archives to documents, record by record."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from typing import IO, TYPE_CHECKING

from selon.errors import InputError, LimitExceeded, UnknownFormat
from selon.reading.formats import Format, recognise
from selon.records import Document, Failure
from selon.settings import MEBIBYTE

if TYPE_CHECKING:
    from fastwarc.warc import WarcRecord

# HTTP headers stand inside a record's length, and compressed pages are a little longer in rare cases.
_HEADERS = 64 * 1024
_TYPES = {
    "text/html": "text/html",
    "application/xhtml+xml": "text/html",
    "text/plain": "text/plain",
}


def warc_documents(stream: IO[bytes], where: str, limit: int) -> Iterator[Document | Failure]:
    """One document a text record, at ``where#number``, counting all records from 1; ``stream`` may be gzipped.

    Pages are the responses with status 200 and the resources and conversions (WET) that hold HTML or plain text;
    redirects, pictures and the like are passed over. A Failure stands for each page that is over ``limit`` bytes, cut
    off or packed in an unknown way. Raises UnknownFormat at damage after which the rest cannot be read.
    """
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    kinds = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
    for number, record in enumerate(_undamaged(ArchiveIterator(stream, parse_http=False), where), start=1):
        if record.record_type & kinds:
            place = f"{where}#{number}"
            try:
                yield from _read(record, place, limit)
            except (InputError, OSError, ValueError, zlib.error) as error:
                # One bad record (an unknown encoding, broken HTTP headers) costs that record only.
                yield _failure(error, place)


def _undamaged(records: Iterable[WarcRecord], where: str) -> Iterator[WarcRecord]:
    number = 0
    try:
        for record in records:
            number += 1
            yield record
    except (OSError, ValueError, RuntimeError, EOFError) as error:
        raise UnknownFormat(
            f"damaged WARC after record {number}: {error or type(error).__name__}",
            where=where,
            next="fetch the archive again; the records before the damage were read",
        ) from error


def _read(record: WarcRecord, place: str, limit: int) -> Iterator[Document | Failure]:
    length = record.content_length
    if length > limit + _HEADERS:
        if _may_be_text(record):
            raise _too_big(limit)
        return
    # In memory the record can be taken apart without losing the place in the archive, and a shorter one was cut off.
    record.freeze()
    cut = record.content_length < length
    record.parse_http(auto_decode="transfer")
    http = record.http_headers
    if http is not None and http.status_code not in (200, None):
        return
    content_type = (record.http_content_type if http is not None else record.headers.get("Content-Type")) or ""
    media_type = content_type.split(";")[0].strip().lower()
    if media_type and media_type not in _TYPES:
        return
    data = _payload(record, limit)
    if not media_type:
        found = recognise(data[:4096], "")
        if found not in (Format.HTML, Format.TEXT):
            return
        media_type = "text/html" if found is Format.HTML else "text/plain"
    charset = (record.http_charset or "") if http is not None else "utf-8"
    yield Document(
        where=place,
        data=data,
        media_type=_TYPES[media_type] + (f"; charset={charset}" if charset else ""),
        url=record.headers.get("WARC-Target-URI") or "",
    )
    if cut:
        yield Failure(place, "the record is cut off", "its beginning was read; fetch the archive again", "reading")


def _may_be_text(record: WarcRecord) -> bool:
    """Whether a record too big to read might have been an article: a film of 50 MB is no loss to tell of."""
    if record.headers.get("WARC-Identified-Payload-Type", "text/html") not in _TYPES:
        return False
    record.parse_http()
    return record.http_headers is None or (record.http_content_type or "text/html") in _TYPES


def _payload(record: WarcRecord, limit: int) -> bytes:
    """The body as its author wrote it. Raises LimitExceeded as soon as it unpacks to more than the limit."""
    data: bytes = record.reader.read()
    encoding = (record.http_headers.get("Content-Encoding") or "").strip().lower() if record.http_headers else ""
    if encoding in ("gzip", "x-gzip", "deflate") and not _is_plain(data):
        data = zlib.decompressobj(wbits=47 if data[:1] in (b"\x1f", b"\x78") else -15).decompress(data, limit + 1)
    elif encoding not in ("", "identity", "gzip", "x-gzip", "deflate") and not _is_plain(data):
        raise UnknownFormat(f"a page packed with {encoding}", next="store the archive with unpacked pages")
    if len(data) > limit:
        raise _too_big(limit)
    return data


def _is_plain(data: bytes) -> bool:
    """Whether a body is markup already: crawlers unpack pages and leave the header that says they are packed."""
    return data.lstrip()[:1] == b"<"


def _too_big(limit: int) -> LimitExceeded:
    next_step = "save its text alone if it is an article"
    return LimitExceeded(f"the page is larger than the limit of {limit / MEBIBYTE:.3g} MiB", next=next_step)


def _failure(error: Exception, place: str) -> Failure:
    if isinstance(error, InputError):
        return Failure(place, error.what, error.next, "reading")
    return Failure(place, f"damaged record: {error or type(error).__name__}", "fetch the archive again", "reading")
