"""A ledger for many threads: one DuckDB, a cursor a request, and a limit on the time that its questions take."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

from fastapi import Depends, Request

from selon.store import Ledger
from selon.store.tables import LINKED, TABLES


class Tables:
    """The ledger in a folder, opened once and looked at again when a run has exchanged its files.

    Raises NotALedger, LedgerTooNew, LedgerBusy.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = threading.Lock()
        self._seen = _signature(folder)
        self._ledger = Ledger.open(folder)

    @contextmanager
    def asking(self, seconds: float) -> Iterator[Ledger]:
        """A ledger for one request; a question still running after so many seconds raises duckdb.InterruptException."""
        with self._lock:
            now = _signature(self.folder)
            if now != self._seen:
                # The old one is not closed: other requests may still read from it, and keep it alive.
                self._seen, self._ledger = now, Ledger.open(self.folder)
            shared = self._ledger
            ledger = shared.beside()
        alarm = threading.Timer(seconds, ledger.interrupt)
        alarm.daemon = True
        alarm.start()
        try:
            yield ledger
        finally:
            alarm.cancel()
            ledger.close()
            del shared

    def close(self) -> None:
        """Close the ledger; requests that still ask it fail."""
        self._ledger.close()


def _signature(folder: Path) -> tuple[tuple[int, int, int], ...]:
    """What tells that a table was exchanged: inode, time and size of each file."""
    found = []
    for table in (*TABLES, *LINKED):
        try:
            status = (folder / table.file).stat()
        except OSError:
            found.append((0, 0, 0))
        else:
            found.append((status.st_ino, status.st_mtime_ns, status.st_size))
    return tuple(found)


def _opened(request: Request) -> Iterator[Ledger]:
    site = request.app.state.site
    with site.tables.asking(site.settings.seconds) as ledger:
        yield ledger


LedgerHere = Annotated[Ledger, Depends(_opened)]
"""The parameter of a route that asks the ledger."""
