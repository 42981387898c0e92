"""Writing that survives a crash: a temporary name, fsync, rename, fsync of the folder; and a full disk said plainly."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from selon.errors import LedgerError

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_FULL_WORDS = ("no space left", "disk is full", "disk full", "file too large", "disk quota", "could not write")


@contextmanager
def writing_to(folder: Path) -> Iterator[None]:
    """Turn what goes wrong while writing into ``folder`` into a LedgerError; what was there before stays as it was."""
    import sqlite3

    import duckdb

    try:
        yield
    except OSError as error:
        raise _ledger_error(folder, error, full=error.errno in _FULL) from error
    except (duckdb.Error, sqlite3.Error) as error:
        message = str(error).lower()
        raise _ledger_error(folder, error, full=any(words in message for words in _FULL_WORDS)) from error


def _ledger_error(folder: Path, error: Exception, *, full: bool) -> LedgerError:
    if full:
        return LedgerError(
            "the disk is full",
            where=str(folder),
            next="make room and run the same command again; what the ledger held is intact",
        )
    if isinstance(error, FileExistsError | NotADirectoryError):
        return LedgerError("a file is in the way of the folder", where=str(folder), next="give another folder")
    if isinstance(error, PermissionError):
        return LedgerError("no permission to write", where=str(folder), next="give a folder that you may write to")
    said = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    reason = said.strip().splitlines() or [type(error).__name__]
    return LedgerError(
        f"cannot write: {reason[0]}", where=str(folder), next="check the disk, then run the same command again"
    )


def sync(path: Path) -> None:
    """Wait until a file or folder is on the disk (folders are skipped where the system has no such thing)."""
    flags = os.O_RDONLY if path.is_dir() else os.O_RDWR
    try:
        handle = os.open(path, flags)
    except PermissionError:
        if path.is_dir():
            return
        raise
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def replace(temporary: Path, final: Path) -> None:
    """Give a finished file its name, and wait until both are on the disk."""
    sync(temporary)
    temporary.replace(final)
    sync(final.parent)


def write_text(path: Path, text: str) -> None:
    """Write a small file whole or not at all."""
    temporary = path.with_name(path.name + ".tmp")
    try:
        temporary.write_text(text, encoding="utf-8")
        replace(temporary, path)
    except BaseException:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise
