"""JSON Lines, and single JSON records or lists of them, to documents; a broken line costs that line only."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import IO

from selon.errors import InputError, LimitExceeded, UnknownFormat
from selon.reading.columns import Columns, row_document
from selon.reading.decoding import decode
from selon.records import Document, Failure

LARGEST_FILE = 64 * 1024 * 1024
# Escapes make a record longer than its text: é is six bytes as \u00e9.
_ESCAPED = 6


def line_documents(
    stream: IO[bytes], where: str, limit: int, guess: Callable[[list[str]], Columns]
) -> Iterator[Document | Failure]:
    """One document a line of JSON Lines, at ``where#line``; a Failure for each line too long or no JSON record."""
    longest = limit * _ESCAPED
    number = 0
    while line := stream.readline(longest + 1):
        number += 1
        place = f"{where}#{number}"
        if len(line) > longest:
            while line and not line.endswith(b"\n"):
                line = stream.readline(longest + 1)
            yield _failure(
                LimitExceeded(f"the line is longer than {longest} bytes", where=place, next="split the record")
            )
        elif line.strip(b"\xef\xbb\xbf \t\r\n"):
            yield _read(line, place, guess)


def file_documents(
    stream: IO[bytes], where: str, guess: Callable[[list[str]], Columns]
) -> Iterator[Document | Failure]:
    """The documents of a JSON file: one record, or a list of records at ``where#n``.

    Raises LimitExceeded for a file over 64 MiB and UnknownFormat for one that is no JSON.
    """
    data = stream.read(LARGEST_FILE + 1)
    if len(data) > LARGEST_FILE:
        raise LimitExceeded(
            "a JSON file of more than 64 MiB", where=where, next="write it as JSON Lines, one record a line"
        )
    value = _parsed(data, where)
    if isinstance(value, dict):
        yield _document(value, where, guess)
        return
    if not isinstance(value, list):
        raise UnknownFormat("JSON that holds no record", where=where, next="give a record or a list of records")
    for number, record in enumerate(value, start=1):
        place = f"{where}#{number}"
        if isinstance(record, dict):
            yield _document(record, place, guess)
        else:
            yield _failure(UnknownFormat("not a JSON record", where=place, next="give records with named fields"))


def _read(line: bytes, place: str, guess: Callable[[list[str]], Columns]) -> Document | Failure:
    try:
        record = _parsed(line, place)
    except InputError as error:
        return _failure(error)
    if not isinstance(record, dict):
        return _failure(UnknownFormat("not a JSON record", where=place, next="give records with named fields"))
    return _document(record, place, guess)


def _document(record: dict[str, object], place: str, guess: Callable[[list[str]], Columns]) -> Document | Failure:
    try:
        return row_document(record, guess(list(record)), place)
    except InputError as error:
        return _failure(type(error)(error.what, where=place, next=error.next))


def _parsed(data: bytes, where: str) -> object:
    try:
        parsed: object = json.loads(decode(data).text)
        return parsed
    except RecursionError as error:
        raise LimitExceeded("JSON nested too deep", where=where, next="flatten the record") from error
    except ValueError as error:
        raise UnknownFormat(f"not valid JSON: {error}", where=where, next="mend or drop the record") from error


def _failure(error: InputError) -> Failure:
    return Failure(error.where, error.what, error.next, "reading")
