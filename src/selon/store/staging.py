"""What a run has read so far, in finished shards: JSON lines, a document a line, under ``staging/`` in the ledger."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from selon.records import Analysis, Failure, SetAside
from selon.store import disk
from selon.store.rows import outcome_rows

SHARD_DOCUMENTS = 500
SHARD_SECONDS = 20.0


class Staging:
    """Takes outcomes one by one and closes a shard every ``SHARD_DOCUMENTS`` of them or ``SHARD_SECONDS`` seconds.

    A shard under its final name is whole and on the disk; a killed run loses only the open one. ``tick`` returns
    seconds from any fixed moment.
    """

    def __init__(self, folder: Path, run: int, tick: Callable[[], float]) -> None:
        self._folder = folder
        self._run = run
        self._tick = tick
        self._file: IO[bytes] | None = None
        self._opened = 0.0
        self._whole = 0
        self._documents = 0
        self._shards = 0

    def add(self, outcome: Analysis | SetAside | Failure, *, digest: str, recipe: str) -> None:
        """Write one outcome; ``digest`` is the document's, ``recipe`` what it was read with. Raises LedgerError."""
        place = outcome.article.where if isinstance(outcome, Analysis) else outcome.where
        line = encode({"place": place, "digest": digest, "recipe": recipe, **outcome_rows(outcome)})
        with disk.writing_to(self._folder):
            file = self._file or self._open()
            file.write(line)
        self._whole += len(line)
        self._documents += 1
        if self._documents >= SHARD_DOCUMENTS or self._tick() - self._opened >= SHARD_SECONDS:
            self.close()

    def close(self) -> None:
        """Finish the open shard, if there is one."""
        if self._file is None:
            return
        temporary = self._name(".tmp")
        file, self._file, self._documents = self._file, None, 0
        with disk.writing_to(self._folder):
            # An interrupt may have come in the middle of a line.
            file.truncate(self._whole)
            file.close()
            disk.replace(temporary, self._name(".jsonl"))

    def abandon(self) -> None:
        """Throw the open shard away, to give its room back after a write went wrong."""
        if self._file is not None:
            with suppress(OSError):
                self._file.close()
        self._file = None
        for left in self._folder.glob("*.tmp"):
            with suppress(OSError):
                left.unlink()

    def _open(self) -> IO[bytes]:
        self._folder.mkdir(exist_ok=True)
        self._shards += 1
        self._opened, self._whole = self._tick(), 0
        self._file = self._name(".tmp").open("wb")
        return self._file

    def _name(self, suffix: str) -> Path:
        return self._folder / f"{self._run:08d}-{self._shards:06d}{suffix}"


def shards(folder: Path) -> list[Path]:
    """The finished shards in a staging folder, oldest first."""
    return sorted(folder.glob("*.jsonl"))


def encode(entry: dict[str, Any]) -> bytes:
    """One JSON line. A lone surrogate, which no file can hold, becomes ``?``: one character for one, so spans hold."""
    return json.dumps(entry, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace") + b"\n"
