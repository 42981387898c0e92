"""A ledger for many threads: one DuckDB, a cursor a request, and a limit on the time that its questions take."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, TypeVar
from weakref import WeakKeyDictionary

import duckdb
from fastapi import Depends, Request

from selon.errors import SelonError
from selon.store import Ledger
from selon.store.bringing import memory_wanted
from selon.store.changes import Moment, moment, touched
from selon.store.tables import LINKED, TABLES

_Signature = tuple[tuple[int, int, int], ...]
"""Of the tables of runs first, then of the links."""
Made = TypeVar("Made")
_SMALL = 200 * 1024 * 1024
"""A ledger of so many bytes in memory is asked in its files about as quickly."""


@dataclass(slots=True)
class _Made:
    """What was made of the tables in one state, by name, each with how far decisions had come."""

    made: dict[str, tuple[Moment, Any]] = field(default_factory=dict)
    making: threading.Lock = field(default_factory=threading.Lock)


class Tables:
    """The ledger in a folder, opened once and looked at again when a run has exchanged its files.

    Questions go to the files until a copy in memory is ready, which is made at once where there is room for it. When
    only links were exchanged, what people decided shows in the old copy too: if it is big it serves until the new one
    is there.
    ``ready`` is given each copy before questions go to it. Raises NotALedger, LedgerTooNew, LedgerBusy.
    """

    def __init__(self, folder: Path, ready: Callable[[Tables, Ledger], None] = lambda _, __: None) -> None:
        self.folder = folder
        self._ready = ready
        self._lock = threading.Lock()
        self._states: WeakKeyDictionary[Ledger, _Signature] = WeakKeyDictionary()
        self._made: dict[_Signature, _Made] = {}
        self._seen = _signature(folder)
        self._ledger, self._of = Ledger.open(folder), self._seen
        self._in_memory = False
        self.copied = threading.Event()
        """Set from when questions need not go to the files any more."""
        self._copy_soon()

    def _look(self) -> None:
        """Open the ledger anew where its files were exchanged; the lock must be held."""
        now = _signature(self.folder)
        if now == self._seen:
            return
        self._seen = now
        same = now[: len(TABLES)] == self._of[: len(TABLES)] and self._has_room()
        if not (same and self._in_memory and memory_wanted(self.folder) > _SMALL):
            # The old one is not closed: other requests may still read from it, and keep it alive.
            self._ledger, self._of, self._in_memory = Ledger.open(self.folder), now, False
        self._copy_soon()

    def _has_room(self) -> bool:
        return memory_wanted(self.folder) < _memory() / 2

    def _copy_soon(self) -> None:
        threading.Thread(target=self._copy, args=(self._seen,), daemon=True).start()

    def _copy(self, seen: _Signature) -> None:
        """Let questions go to a copy in memory, unless the files were exchanged while it was made."""
        in_memory = self._has_room()
        try:
            copy = Ledger.open(self.folder, in_memory=in_memory)
            copy.cursor()
            self._prepare(copy, seen)
        except (SelonError, duckdb.Error, OSError):
            return  # what is wrong is told to who asks the files
        with self._lock:
            if seen == self._seen == _signature(self.folder):
                self._ledger, self._of, self._in_memory = copy, seen, in_memory
        self.copied.set()

    def _prepare(self, copy: Ledger, seen: _Signature) -> None:
        with closing(copy.beside()) as ledger, suppress(SelonError, duckdb.Error, sqlite3.Error):
            self._states[ledger] = seen
            self._ready(self, ledger)

    @contextmanager
    def asking(self, seconds: float) -> Iterator[Ledger]:
        """A ledger for one request; a question still running after so many seconds raises duckdb.InterruptException."""
        with self._lock:
            self._look()
            shared = self._ledger
            ledger = shared.beside()
            self._states[ledger] = self._of
        alarm = threading.Timer(seconds, ledger.interrupt)
        alarm.daemon = True
        alarm.start()
        try:
            yield ledger
        finally:
            alarm.cancel()
            ledger.close()
            del shared

    def kept(
        self, name: str, ledger: Ledger, make: Callable[[], Made], amend: Callable[[Made, Sequence[str]], Made]
    ) -> Made:
        """What was made under this name of the tables as they are, with what was decided until now.

        It is made anew when a file was exchanged, and else amended by the ids of the statements that decisions touched.
        """
        state = self._states[ledger]
        with self._lock:
            held = self._made.setdefault(state, _Made())
            for old in [each for each in self._made if each not in (state, self._of, self._seen)]:
                del self._made[old]
        with held.making:
            now = moment(ledger)
            if name not in held.made:
                made: Made = make()
            else:
                before, made = held.made[name]
                changed = touched(ledger, before) if now != before else ()
                made = amend(made, changed) if changed else made
            held.made[name] = now, made
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
