"""A ledger for many threads: one DuckDB, a cursor a request, and a limit on the time that its questions take."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, TypeVar
from weakref import WeakKeyDictionary

import duckdb
from fastapi import Depends, Request

from selon.errors import SelonError
from selon.store import Ledger
from selon.store.bringing import memory_wanted
from selon.store.tables import LINKED, TABLES

_Signature = tuple[tuple[int, int, int], ...]
Made = TypeVar("Made")


class Tables:
    """The ledger in a folder, opened once and looked at again when a run has exchanged its files.

    Questions go to the files until a copy in memory is ready, which is made at once where there is room for it.
    Raises NotALedger, LedgerTooNew, LedgerBusy.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = threading.Lock()
        self._states: WeakKeyDictionary[Ledger, _Signature] = WeakKeyDictionary()
        self._made: dict[str, Any] = {}
        self._made_of: object = None
        self._making = threading.Lock()
        self._open()

    def _open(self) -> None:
        """The ledger as it stands on the disk now."""
        self._seen, self._ledger = _signature(self.folder), Ledger.open(self.folder)
        if memory_wanted(self.folder) < _memory() / 2:
            threading.Thread(target=self._copy, args=(self._seen,), daemon=True).start()

    def _copy(self, seen: _Signature) -> None:
        """Let questions go to a copy in memory, unless the files were exchanged while it was made."""
        try:
            copy = Ledger.open(self.folder, in_memory=True)
            copy.cursor()
        except (SelonError, duckdb.Error, OSError):
            return  # what is wrong is told to who asks the files
        with self._lock:
            if seen == self._seen == _signature(self.folder):
                self._ledger = copy

    @contextmanager
    def asking(self, seconds: float) -> Iterator[Ledger]:
        """A ledger for one request; a question still running after so many seconds raises duckdb.InterruptException."""
        with self._lock:
            now = _signature(self.folder)
            if now != self._seen:
                # The old one is not closed: other requests may still read from it, and keep it alive.
                self._open()
            shared = self._ledger
            ledger = shared.beside()
            self._states[ledger] = self._seen
        alarm = threading.Timer(seconds, ledger.interrupt)
        alarm.daemon = True
        alarm.start()
        try:
            yield ledger
        finally:
            alarm.cancel()
            ledger.close()
            del shared

    def once(self, name: str, ledger: Ledger, make: Callable[[], Made]) -> Made:
        """What was made under this name of the tables and decisions as they are, made anew when one of them changes."""
        (decisions,) = ledger.log_database.execute("SELECT max(id) FROM decisions").fetchone()
        with self._making:
            state = (self._states.get(ledger), decisions)
            if state != self._made_of:
                self._made, self._made_of = {}, state
            if name not in self._made:
                self._made[name] = make()
            made: Made = self._made[name]
            return made

    def close(self) -> None:
        """Close the ledger; requests that still ask it fail."""
        self._ledger.close()


def _memory() -> int:
    """Bytes of memory that this machine has; none where it does not say."""
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):
        return 0


def _signature(folder: Path) -> _Signature:
    """What tells that a table was exchanged: inode, time and size of each file."""
    found: list[tuple[int, int, int]] = []
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
