"""How far a run is: a bar on a terminal, a line now and then in a log; always on standard error."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from selon.cli.terminal import QUIET, console, counted, note
from selon.records import Document, Failure

if TYPE_CHECKING:
    from collections.abc import Callable

    from selon.engines.filling import Tally

_LINE_SECONDS = 10.0
_REDRAW_SECONDS = 0.1


class Files:
    """Counts the files of an input beforehand, and how many of them have been met: what an estimate can stand on.

    An archive or table is one file with many documents, so the estimate is rough where there are such; with one file
    alone there is none.
    """

    def __init__(self, paths: Iterable[str]) -> None:
        self.total = sum(_files(Path(path)) for path in paths if path != "-")
        self.met = 0
        self._last = ""

    def following(self, documents: Iterable[Document | Failure]) -> Iterator[Document | Failure]:
        """The documents as they come, counting their files."""
        for document in documents:
            file = document.where.partition("#")[0]
            if file != self._last:
                self.met += 1
                self._last = file
            yield document

    def done(self, tally: Tally) -> float:
        """About how many files are done: of those met, the share of their documents that are."""
        return self.met * _documents(tally) / tally.documents if tally.documents else 0.0

    def seconds_left(self, tally: Tally) -> float | None:
        """An estimate from the files done so far; None where it would mean nothing."""
        done = self.done(tally)
        if self.total < 2 or not 0 < done <= self.total or tally.seconds < 1:
            return None
        return tally.seconds * (self.total - done) / done


@contextmanager
def shown_progress(files: Files) -> Iterator[Callable[[Tally], None]]:
    """A function to call with every new state of the run."""
    if console(error=True).is_terminal:
        with _bar(files) as show:
            yield show
    else:
        yield _lines(files)


@contextmanager
def _bar(files: Files) -> Iterator[Callable[[Tally], None]]:
    from rich.progress import BarColumn, Progress, TextColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(bar_width=24, complete_style="cyan", finished_style="cyan"),
        TextColumn("{task.fields[state]}", style=QUIET),
    )
    with Progress(*columns, console=console(error=True), transient=True, refresh_per_second=8) as progress:
        task = progress.add_task("reading", total=files.total or None, state="")
        drawn = -1.0

        def show(tally: Tally) -> None:
            nonlocal drawn
            if tally.seconds - drawn >= _REDRAW_SECONDS or tally.ending == "writing":
                drawn = tally.seconds
                progress.update(task, completed=min(files.done(tally), files.total), state=_state(tally, files))

        yield show


def _lines(files: Files) -> Callable[[Tally], None]:
    told = 0.0

    def show(tally: Tally) -> None:
        nonlocal told
        if tally.seconds - told >= _LINE_SECONDS:
            told = tally.seconds
            note(f"reading: {_state(tally, files)}")

    return show


def _state(tally: Tally, files: Files) -> str:
    done = _documents(tally)
    parts = [counted(done, "document")]
    if tally.ending == "writing":
        return " · ".join([*parts, "writing the ledger"])
    if tally.seconds >= 1:
        parts.append(f"{done / tally.seconds:,.0f}/s")
    left = files.seconds_left(tally)
    if left is not None:
        parts.append(f"{left // 60:.0f}:{left % 60:02.0f} left")
    if tally.failures:
        parts.append(f"{len(tally.failures)} failed")
    return " · ".join(parts)


def _documents(tally: Tally) -> int:
    return tally.articles + len(tally.failures) + len(tally.set_aside) + tally.unchanged


def _files(path: Path) -> int:
    if not path.is_dir():
        return 1
    number = 0
    for _, folders, names in os.walk(path):
        folders[:] = [name for name in folders if not name.startswith(".")]
        number += sum(not name.startswith(".") for name in names)
    return number
