"""One writer a ledger: a lock that the system lets go of when its holder dies, however it dies."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from selon.errors import LedgerBusy

LOCK = "ledger.lock"


@contextmanager
def writing_lock(ledger: Path) -> Iterator[None]:
    """Hold the ledger for writing. Raises LedgerBusy, naming the process that has it, when another run does."""
    with (ledger / LOCK).open("a+", encoding="ascii") as file:
        if not _acquire(file):
            raise LedgerBusy(
                f"another run is writing to it (process {_holder(ledger)})",
                where=str(ledger),
                next="wait until it ends, or give another --ledger",
            )
        # The number is for the message above only: a stale one does no harm, since the lock dies with its holder.
        file.seek(0)
        file.truncate()
        file.write(str(os.getpid()))
        file.flush()
        try:
            yield
        finally:
            with suppress(OSError):
                file.truncate(0)


def _holder(ledger: Path) -> str:
    with suppress(OSError):
        return (ledger / LOCK).read_text(encoding="ascii").strip() or "unknown"
    return "unknown"


def _acquire(file: IO[str]) -> bool:
    try:
        import fcntl
    except ImportError:
        return _acquire_on_windows(file)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _acquire_on_windows(file: IO[str]) -> bool:
    import msvcrt

    # A byte far behind the number, so that others can still read it.
    file.seek(1 << 20)
    try:
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
    except OSError:
        return False
    return True
