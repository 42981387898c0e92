"""Ctrl-C and termination: stop reading at once, but never in the middle of writing the tables."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from selon.cli.terminal import note


class Interruptions:
    """While entered, SIGINT and SIGTERM raise KeyboardInterrupt once; later ones, and those while held, wait."""

    def __init__(self) -> None:
        self._held = False
        self._heard = False
        self._before: dict[int, signal._HANDLER] = {}

    def __enter__(self) -> Interruptions:
        for number in (signal.SIGINT, signal.SIGTERM):
            self._before[number] = signal.signal(number, self._hear)
        return self

    def __exit__(self, *_: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    @contextmanager
    def hold(self) -> Iterator[None]:
        """Let nothing interrupt what is done inside."""
        self._held = True
        try:
            yield
        finally:
            self._held = False

    def _hear(self, _number: int, _frame: FrameType | None) -> None:
        if self._held or self._heard:
            self._heard = True
            note("writing the ledger; one moment …")
            return
        self._heard = True
        raise KeyboardInterrupt
