"""The run on this machine: a handful of worker processes, each document under its limits, outcomes in input order.

Workers are plain subprocesses talking over pipes, not ``multiprocessing``: nothing of the caller's ``__main__`` is run
again, so it works from a script, a notebook and a command alike, and a worker that dies takes one document with it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from itertools import count
from queue import Empty, SimpleQueue

from selon.engines.crew import Batch, Crew, Done
from selon.engines.worker import Outcome
from selon.records import Document, Failure
from selon.settings import Limits, Settings

_BATCH_DOCUMENTS = 8
_BATCH_SIZE = 128 * 1024
_BATCHES_AHEAD = 4


def run(
    documents: Iterable[Document | Failure],
    settings: Settings,
    analyse: Callable[[Document, Settings], Outcome] | None = None,
) -> Iterator[Outcome]:
    """Analyse every document; yields one outcome each, in input order. A Failure among the documents is handed on.

    A document that is too big, slow or greedy, that crashes its worker or raises, becomes a Failure. ``analyse`` is a
    function of an importable module (``selon.pipeline.analyse``). Closing the iterator ends the workers at once.
    """
    target = (analyse.__module__, analyse.__qualname__) if analyse else ("selon.pipeline", "analyse")
    workers = settings.workers or _cores()
    ready: dict[int, Outcome] = {}
    done: Done = SimpleQueue()
    with Crew(workers, target, settings, done) as crew:
        fed, given = 0, 0
        for batch in _batches(documents, settings.limits, ready):
            fed = batch.numbers[-1] + 1 if batch.numbers else fed
            if batch.documents:
                crew.put(batch)
            ahead = workers * _BATCHES_AHEAD * _BATCH_DOCUMENTS
            while True:
                while given in ready:
                    yield ready.pop(given)
                    given += 1
                if not _take(done, ready, wait=fed - given > ahead):
                    break
        while given < fed or ready:
            while given in ready:
                yield ready.pop(given)
                given += 1
            if given < fed:
                _take(done, ready, wait=True)


def _batches(documents: Iterable[Document | Failure], limits: Limits, ready: dict[int, Outcome]) -> Iterator[Batch]:
    """Group documents into batches; what needs no worker goes straight to ``ready`` under its number."""
    numbers = count()
    batch, size = Batch(), 0
    for document in documents:
        number = next(numbers)
        batch.numbers.append(number)
        verdict = document if isinstance(document, Failure) else _too_big(document, limits)
        if verdict is not None:
            ready[number] = verdict
        elif isinstance(document, Document):
            batch.documents.append((number, document))
            size += len(document.data)
        if len(batch.numbers) >= _BATCH_DOCUMENTS or size >= _BATCH_SIZE:
            yield batch
            batch, size = Batch(), 0
    if batch.numbers:
        yield batch


def _too_big(document: Document, limits: Limits) -> Failure | None:
    data = document.data
    size = len(data) if isinstance(data, bytes) else len(data.encode("utf-8", "replace"))
    if size <= limits.size:
        return None
    mebibytes, limit = size / 1024 / 1024, limits.size / 1024 / 1024
    what = f"too big: {mebibytes:.1f} MiB, an article may have {limit:g}"
    return Failure(document.where, what, "split it into articles", "limits")


def _take(done: Done, ready: dict[int, Outcome], *, wait: bool) -> bool:
    """Move one finished outcome into ``ready``; False when there is none and we need not wait."""
    while True:
        try:
            # Waking up now and then lets Ctrl-C through on every system.
            found = done.get(block=wait, timeout=0.5 if wait else None)
        except Empty:
            if wait:
                continue
            return False
        if isinstance(found, BaseException):
            raise found
        number, outcome = found
        ready[number] = outcome
        return True


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
