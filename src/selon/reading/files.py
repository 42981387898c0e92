"""The one door to the disk: paths, folders and standard input to documents, one Failure for what cannot be read."""

from __future__ import annotations

import codecs
import gzip
import os
import stat
import sys
import tempfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from selon.errors import LimitExceeded, SelonError, UnknownFormat, UnreadableFile
from selon.reading.archives import warc_documents
from selon.reading.columns import Columns, guess_columns
from selon.reading.decoding import HOLES
from selon.reading.feeds import LARGEST_FEED, feed_documents
from selon.reading.formats import GZIP, HEAD, Format, describe, recognise
from selon.reading.gunzip import Gunzip, unpacked_start
from selon.reading.json_records import file_documents, line_documents
from selon.reading.tables import table_documents
from selon.records import Document, Failure
from selon.settings import MEBIBYTE, Settings


def find_documents(
    paths: Iterable[Path | str],
    settings: Settings = Settings(),  # noqa: B008
    *,
    columns: Columns = Columns(),  # noqa: B008
    guessed: Callable[[str, Columns], None] | None = None,
) -> Iterator[Document | Failure]:
    """The documents in files, folders (and below, in the order of names) and ``-`` (standard input), as they are met.

    Hidden files and ledger folders inside a folder are passed over; a folder is entered once, however links lead to it.
    ``columns`` names the columns of tables and JSON records, the rest is guessed; ``guessed`` is told, once a file,
    what was taken. What cannot be read comes out as a Failure; no exception does.
    """
    door = _Door(settings.limits.size, columns, guessed)
    entered: set[tuple[int, int]] = set()
    for path in dict.fromkeys(str(path) for path in paths):
        if path == "-":
            yield from _guarded("-", lambda: _from_standard_input(door))
            continue
        for file in _walk(Path(path), entered, given=True):
            if isinstance(file, Failure):
                yield file
            else:
                where = shown(file)
                yield from _guarded(where, lambda file=file, where=where: _from_file(file, where, door))  # type: ignore[misc]


def documents_in(path: Path, settings: Settings = Settings()) -> Iterator[Document | Failure]:  # noqa: B008
    """The documents in one file. Raises InputError when the file cannot be read at all."""
    where = shown(path)
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise UnreadableFile("a folder, not a file", where=where, next="use selon.reading.find_documents")
        file = _regular(path, status.st_mode)
        if isinstance(file, Failure):
            raise UnreadableFile(file.what, where=where, next=file.next)
        yield from _from_file(path, where, _Door(settings.limits.size, Columns(), None))
    except _DAMAGED_GZIP as error:
        raise UnreadableFile(f"damaged gzip data: {error}", where=where, next=_FETCH_AGAIN) from error
    except OSError as error:
        raise UnreadableFile(_words(error), where=where, next=_CHECK_THE_PATH) from error


def shown(path: Path | str) -> str:
    r"""A path as text that can be written anywhere: a byte that is not UTF-8 becomes ``\xe9``."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


LARGEST_INPUT = 4096 * MEBIBYTE
_DAMAGED_GZIP = (zlib.error, gzip.BadGzipFile, EOFError)
_FETCH_AGAIN = "fetch or compress the file again"
_CHECK_THE_PATH = "check that it is there and that you may read it"
_LEDGER_SIGN = "decisions.sqlite"


@dataclass(frozen=True, slots=True)
class _Door:
    """What every reader needs to know."""

    limit: int
    columns: Columns
    guessed: Callable[[str, Columns], None] | None

    def guess(self, where: str) -> Callable[[list[str]], Columns]:
        """A guesser for one file, which remembers the columns it has seen and tells the first guess."""
        known: dict[tuple[str, ...], Columns] = {}

        def guess(names: list[str]) -> Columns:
            key = tuple(names)
            if key not in known:
                found = guess_columns(names, self.columns, where=where)
                if not known and self.guessed is not None:
                    self.guessed(where, found)
                if len(known) < 1000:
                    known[key] = found
                return found
            return known[key]

        return guess


def _guarded(where: str, read: Callable[[], Iterator[Document | Failure]]) -> Iterator[Document | Failure]:
    """What ``read`` yields, and a Failure in place of whatever it raises."""
    try:
        yield from read()
    except SelonError as error:
        yield Failure(error.where or where, error.what, error.next, "reading")
    except _DAMAGED_GZIP as error:
        yield Failure(where, f"damaged gzip data: {error}", _FETCH_AGAIN, "reading")
    except OSError as error:
        yield Failure(where, _words(error), _CHECK_THE_PATH, "reading")
    except Exception as error:
        # One file must never stop a run: what reaches this line is a fault of ours or of a library.
        yield Failure(where, f"unexpected {type(error).__name__}: {error}", "please report it with the file", "reading")


def _walk(path: Path, entered: set[tuple[int, int]], *, given: bool = False) -> Iterator[Path | Failure]:
    """The regular files at or below a path, in the order of their names; a stack, so that depth is no matter."""
    waiting = [(path, given)]
    while waiting:
        path, given = waiting.pop()
        try:
            status = path.stat()
            if not stat.S_ISDIR(status.st_mode):
                yield _regular(path, status.st_mode)
                continue
            identity = (status.st_dev, status.st_ino)
            if identity in entered:
                continue
            entered.add(identity)
            names = sorted(os.listdir(path))  # noqa: PTH208
        except OSError as error:
            yield Failure(shown(path), _words(error), _CHECK_THE_PATH, "reading")
            continue
        if _LEDGER_SIGN in names:
            if given:
                yield Failure(shown(path), "this is a ledger folder", "give the folder with the articles", "reading")
            continue
        waiting.extend((path / name, False) for name in reversed(names) if not name.startswith("."))


def _regular(path: Path, mode: int) -> Path | Failure:
    if stat.S_ISREG(mode):
        return path
    kinds = {
        stat.S_IFIFO: "a named pipe",
        stat.S_IFSOCK: "a socket",
        stat.S_IFCHR: "a device",
        stat.S_IFBLK: "a device",
    }
    kind = kinds.get(stat.S_IFMT(mode), "a special file")
    return Failure(shown(path), f"{kind}, not a file", "give a file, or - to read from standard input", "reading")


def _from_standard_input(door: _Door) -> Iterator[Document | Failure]:
    """Standard input is kept in a temporary file, so that every format can be read from it; gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="selon-") as folder:
        path = Path(folder) / "stdin"
        with path.open("wb") as file:
            left = LARGEST_INPUT
            while chunk := sys.stdin.buffer.read(min(MEBIBYTE, left + 1)):
                left -= file.write(chunk)
                if left < 0:
                    raise LimitExceeded("standard input holds more than 4 GiB", where="-", next="give it as files")
        yield from _from_file(path, "-", door)


def _from_file(path: Path, where: str, door: _Door) -> Iterator[Document | Failure]:
    nothing = True
    for outcome in _opened(path, where, door):
        nothing = False
        yield outcome
    if nothing:
        raise UnknownFormat("no article in it: no page, entry, row or record", where=where, next="check the file")


def _opened(path: Path, where: str, door: _Door) -> Iterator[Document | Failure]:
    with path.open("rb") as file:
        head = file.read(HEAD)
        file.seek(0)
        if head.startswith(GZIP):
            head = unpacked_start(head, HEAD)
            form = recognise(head, path.name)
            if form is Format.PARQUET:
                raise UnknownFormat("a gzipped Parquet file", where=where, next="decompress it first")
            # fastwarc unpacks by itself, a member a record.
            stream = file if form is Format.WARC else cast(IO[bytes], Gunzip(file, where))
            yield from _read(path, stream, form, where, door, head)
        else:
            yield from _read(path, file, recognise(head, path.name), where, door, head)


def _read(
    path: Path, stream: IO[bytes], form: Format, where: str, door: _Door, head: bytes
) -> Iterator[Document | Failure]:
    match form:
        case Format.EMPTY:
            raise UnknownFormat("the file is empty", where=where, next="give a file with text")
        case Format.UNKNOWN:
            raise UnknownFormat(describe(head), where=where, next="give text, HTML, WARC, RSS, JSON, CSV or Parquet")
        case Format.TEXT | Format.HTML:
            data = _whole(stream, door.limit, where)
            yield Document(where, data, "text/html" if form is Format.HTML else "text/plain")
        case Format.FEED:
            yield from feed_documents(_whole(stream, LARGEST_FEED, where), where, door.limit)
        case Format.WARC:
            yield from warc_documents(stream, where, door.limit)
        case Format.JSONL:
            yield from line_documents(stream, where, door.limit, door.guess(where))
        case Format.JSON:
            yield from file_documents(stream, where, door.guess(where))
        case Format.PARQUET:
            yield from table_documents(path, form, where, door.limit, door.guess(where))
        case Format.CSV:
            with _as_utf8(path, stream) as table:
                yield from table_documents(table, form, where, door.limit, door.guess(where))


def _whole(stream: IO[bytes], limit: int, where: str) -> bytes:
    """All the bytes; a file over the limit is refused by its size, a packed one as soon as it has given too much."""
    size = 0 if isinstance(stream, Gunzip) else os.fstat(stream.fileno()).st_size
    data = b"" if size > limit else stream.read(limit + 1)
    if max(size, len(data)) > limit:
        mebibytes = f"{limit / MEBIBYTE:.3g} MiB"
        raise LimitExceeded(
            f"larger than the limit of {mebibytes}", where=where, next="split it, or give a feed or table of records"
        )
    return data


@contextmanager
def _as_utf8(path: Path, stream: IO[bytes]) -> Iterator[Path]:
    """A CSV that DuckDB can read: the file itself where it is UTF-8, else a temporary copy in UTF-8.

    French spreadsheets write Windows-1252, and Unicode as UTF-16.
    """
    mark = stream.read(2)
    stream.seek(0)
    if mark not in (b"\xff\xfe", b"\xfe\xff") and _is_utf8(stream):
        yield path
        return
    stream.seek(0)
    encoding, errors = ("utf-16", "replace") if mark in (b"\xff\xfe", b"\xfe\xff") else ("cp1252", HOLES)
    with tempfile.TemporaryDirectory(prefix="selon-") as folder:
        copy = Path(folder) / "table.csv"
        reader = codecs.getreader(encoding)(stream, errors)
        with copy.open("w", encoding="utf-8", newline="") as file:
            while text := reader.read(MEBIBYTE):
                file.write(text)
        yield copy


def _is_utf8(stream: IO[bytes]) -> bool:
    check = codecs.getincrementaldecoder("utf-8")()
    try:
        while chunk := stream.read(MEBIBYTE):
            check.decode(chunk)
        check.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _words(error: OSError) -> str:
    """What the system said, in lower case and without the path, which the Failure names."""
    return (error.strerror or str(error) or type(error).__name__).lower()
