"""Gzip data as a stream that refuses to grow without end."""

from __future__ import annotations

import gzip
import io
import zlib
from typing import IO

from selon.errors import LimitExceeded

# Text packs 3 to 20 times; gzip can pack zeros 1,032 times. A file may be strange for its first 64 MiB, no longer.
_DENSEST = 200
_TRUSTED = 64 * 1024 * 1024


def unpacked_start(packed: bytes, size: int) -> bytes:
    """At most the first ``size`` bytes of gzip data that may be cut off or damaged further on.

    Raises zlib.error or EOFError when the damage is in these bytes.
    """
    unpacker = zlib.decompressobj(wbits=31)
    start = unpacker.decompress(packed, size)
    if not start and not unpacker.eof:
        raise EOFError("it breaks off at once")
    return start


class Gunzip(io.RawIOBase):
    """The unpacked bytes of a gzip file. Raises LimitExceeded once it has unpacked like a bomb; else as gzip does."""

    def __init__(self, file: IO[bytes], where: str) -> None:
        self._file = file
        self._where = where
        self._unpacked = gzip.GzipFile(fileobj=file, mode="rb")

    def readable(self) -> bool:
        """Always true."""
        return True

    def read(self, size: int | None = -1, /) -> bytes:
        """At most ``size`` bytes, fewer only at the end."""
        return self._counted(self._unpacked.read(-1 if size is None else size))

    def readline(self, size: int | None = -1, /) -> bytes:
        """The next line, or its first ``size`` bytes."""
        return self._counted(self._unpacked.readline(-1 if size is None else size))

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """Back to a place in the unpacked data; used for the start only."""
        return self._unpacked.seek(offset, whence)

    def _counted(self, data: bytes) -> bytes:
        given = self._unpacked.tell()
        if given > _TRUSTED and given > _DENSEST * self._file.tell():
            raise LimitExceeded(
                "unpacks to more than 200 times its size",
                where=self._where,
                next="check the file: it looks like a bomb",
            )
        return data
