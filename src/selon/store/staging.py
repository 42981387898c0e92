"""What a run has read so far, in finished shards: compressed JSON lines, a document a line, under ``staging/``."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from selon.records import Analysis, Failure, SetAside
from selon.store import disk
from selon.store.rows import outcome_rows

SHARD_DOCUMENTS = 500
SHARD_BYTES = 32 * 1024 * 1024
SHARD_SECONDS = 20.0
_SUFFIX = ".jsonl.gz"


class Staging:
    """Takes outcomes one by one; writes a shard every ``SHARD_DOCUMENTS``, ``SHARD_BYTES`` or ``SHARD_SECONDS``.

    A shard is whole and on the disk or not there at all: a killed run loses only what came after the last one. ``tick``
    returns seconds from any fixed moment.
    """

    def __init__(self, folder: Path, run: int, tick: Callable[[], float]) -> None:
        self._folder = folder
        self._run = run
        self._tick = tick
        self._lines: list[bytes] = []
        self._bytes = 0
        self._opened = 0.0
        self._shards = 0

    def add(self, outcome: Analysis | SetAside | Failure, *, digest: str, recipe: str) -> None:
        """Take one outcome; ``digest`` is the document's, ``recipe`` what it was read with. Raises LedgerError."""
        place = outcome.article.where if isinstance(outcome, Analysis) else outcome.where
        line = encode({"place": place, "digest": digest, "recipe": recipe, **outcome_rows(outcome)})
        if not self._lines:
            self._opened = self._tick()
        self._lines.append(line)
        self._bytes += len(line)
        late = self._tick() - self._opened >= SHARD_SECONDS
        if late or self._bytes >= SHARD_BYTES or len(self._lines) >= SHARD_DOCUMENTS:
            self.close()

    def close(self) -> None:
        """Write what has come since the last shard, if anything. Raises LedgerError."""
        lines = self._lines
        if not lines:
            return
        self._shards += 1
        # The longest line stands in the name, since who reads the file must know it beforehand.
        final = self._folder / f"{self._run:08d}-{self._shards:06d}-{max(map(len, lines))}{_SUFFIX}"
        temporary = final.with_suffix(".tmp")
        with disk.writing_to(self._folder):
            self._folder.mkdir(exist_ok=True)
            temporary.write_bytes(gzip.compress(b"".join(lines), compresslevel=1, mtime=0))
            disk.replace(temporary, final)
        # Only now: an interrupt before this line costs a shard written twice, which does no harm, not one that is lost.
        self._lines, self._bytes = [], 0

    def abandon(self) -> None:
        """Throw away what is not in a finished shard, to give its room back after a write went wrong."""
        self._lines, self._bytes = [], 0
        for left in self._folder.glob("*.tmp"):
            with suppress(OSError):
                left.unlink()


def shards(folder: Path) -> list[Path]:
    """The finished shards in a staging folder, oldest first."""
    return sorted(folder.glob(f"*{_SUFFIX}"))


def longest_line(shard: Path) -> int:
    """How many bytes the longest line of a shard has."""
    return int(shard.name.removesuffix(_SUFFIX).rpartition("-")[2])


def is_damaged(shard: Path) -> bool:
    """Whether a shard does not hold what was written: not gzip to its end, or a line that is no JSON."""
    try:
        with gzip.open(shard) as file:
            return sum(1 for line in file if json.loads(line)) == 0
    except (OSError, EOFError, zlib.error, ValueError):
        return True


def encode(entry: dict[str, Any]) -> bytes:
    """One JSON line. A lone surrogate, which no file can hold, becomes ``?``: one character for one, so spans hold."""
    return json.dumps(entry, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace") + b"\n"
