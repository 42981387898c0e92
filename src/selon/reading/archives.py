"""WARC and WET archives to documents, record by record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import IO, TYPE_CHECKING

from selon.errors import LimitExceeded, UnknownFormat
from selon.reading.formats import Format, recognise
from selon.records import Document, Failure

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
    redirects, pictures and the like are passed over. A Failure stands for each page over ``limit`` bytes. Raises
    UnknownFormat at damage, after which the rest of the archive cannot be read.
    """
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    kinds = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
    records = ArchiveIterator(stream, parse_http=True, auto_decode="all")
    for number, record in enumerate(_undamaged(records, where), start=1):
        if record.record_type & kinds:
            yield from _read(record, f"{where}#{number}", limit)


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
    http = record.http_headers
    if http is not None and http.status_code not in (200, None):
        return
    content_type = (record.http_content_type if http is not None else record.headers.get("Content-Type")) or ""
    media_type = content_type.split(";")[0].strip().lower()
    if media_type and media_type not in _TYPES:
        return
    if record.content_length > limit + _HEADERS:
        yield _too_big(place, limit)
        return
    data: bytes = record.reader.read(limit + 1)
    if len(data) > limit:
        yield _too_big(place, limit)
        return
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


def _too_big(place: str, limit: int) -> Failure:
    error = LimitExceeded(
        f"the page is larger than {limit} bytes", where=place, next="raise the size limit if it is an article"
    )
    return Failure(error.where, error.what, error.next, "reading")
