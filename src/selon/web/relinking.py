"""What is worked out across articles, made anew in the background when people have decided something."""

from __future__ import annotations

import threading
from contextlib import suppress
from pathlib import Path

from selon.engines.linking import link
from selon.errors import SelonError
from selon.store import Ledger


class Relinking:
    """Waits until nobody has decided anything for a while, then brings the linked tables up to date; one at a time.

    The old tables serve meanwhile; the pages look again when the files have changed.
    """

    def __init__(self, folder: Path, quiet: float = 4.0) -> None:
        self._folder = folder
        self._quiet = quiet
        self._lock = threading.Lock()
        self._timer: threading.Timer | None = None
        self._working = threading.Lock()

    def wake(self) -> None:
        """Something was decided."""
        with self._lock:
            if self._timer is not None:
                self._timer.cancel()
            self._timer = threading.Timer(self._quiet, self._work)
            self._timer.daemon = True
            self._timer.start()

    def close(self) -> None:
        """Wait for no more quiet; what is being made is finished."""
        with self._lock:
            if self._timer is not None:
                self._timer.cancel()
        with self._working:
            pass

    def _work(self) -> None:
        # A run that writes, or a folder that cannot be written, leaves it to the next command that can.
        with self._working, suppress(SelonError, OSError), Ledger.open(self._folder) as ledger:
            link(ledger)
