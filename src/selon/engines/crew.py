"""The worker processes: started when there is work, watched while they work, replaced when they hang or die."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import tempfile
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from queue import SimpleQueue
from time import monotonic
from typing import IO, Any

from selon.engines.worker import READY, Outcome, over_memory
from selon.errors import SelonError
from selon.records import Document, Failure
from selon.settings import Settings

Done = SimpleQueue[tuple[int, Outcome] | BaseException]

_START_SECONDS = 120.0
_WATCH_SECONDS = 0.1
_START_CODE = "import sys; sys.path[:] = {path!r}; from selon.engines.worker import main; main()"
_ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS"), "1")
"""A worker is one core's worth; numeric libraries that start a thread a core would also eat the memory limit."""


@dataclass(slots=True)
class Batch:
    """Documents that go to one worker together, by number; ``numbers`` also counts those that need no worker."""

    numbers: list[int] = field(default_factory=list)
    documents: list[tuple[int, Document]] = field(default_factory=list)


class Crew:
    """Up to ``size`` workers, each led by a thread that hands it batches and puts (number, outcome) into ``done``.

    An exception in ``done`` means that the workers cannot work at all.
    """

    def __init__(self, size: int, target: tuple[str, str], settings: Settings, done: Done) -> None:
        self._size = size
        self._target = target
        self._settings = settings
        self._done = done
        self._todo: SimpleQueue[Batch | None] = SimpleQueue()
        self._leaders: list[threading.Thread] = []
        self._workers: list[_Worker] = []
        self._closing = threading.Event()

    def __enter__(self) -> Crew:
        threading.Thread(target=self._watch, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._closing.set()
        for worker in self._workers:
            worker.kill()
        for _leader in self._leaders:
            self._todo.put(None)
        for leader in self._leaders:
            leader.join()

    def put(self, batch: Batch) -> None:
        """Hand a batch to whichever worker is free first, starting one more while there are fewer than wanted."""
        self._todo.put(batch)
        if len(self._leaders) < self._size:
            worker = _Worker(self._target, self._settings)
            self._workers.append(worker)
            leader = threading.Thread(target=self._lead, args=(worker,), daemon=True)
            self._leaders.append(leader)
            leader.start()

    def _lead(self, worker: _Worker) -> None:
        try:
            while (batch := self._todo.get()) is not None and not self._closing.is_set():
                self._work(worker, batch.documents)
        except BaseException as error:  # the caller's thread raises it
            if not self._closing.is_set():
                self._done.put(error)
        finally:
            worker.close()

    def _work(self, worker: _Worker, documents: list[tuple[int, Document]]) -> None:
        while documents and not self._closing.is_set():
            worker.start()
            try:
                worker.send([document for _, document in documents])
            except OSError:
                # It died between two batches, of nothing that these documents did.
                worker.close()
                continue
            while documents:
                number, document = documents[0]
                outcome = worker.outcome(document)
                if self._closing.is_set():
                    return
                documents = documents[1:]
                self._done.put((number, outcome))
                if not worker.alive:
                    break

    def _watch(self) -> None:
        while not self._closing.wait(_WATCH_SECONDS):
            now = monotonic()
            for worker in list(self._workers):
                worker.kill_if_late(now)


class _Worker:
    """One process at a time, and the next when that one has died."""

    def __init__(self, target: tuple[str, str], settings: Settings) -> None:
        self._target = target
        self._settings = settings
        self._process: subprocess.Popen[bytes] | None = None
        self._complaints: IO[bytes] | None = None
        self._lock = threading.Lock()
        self._deadline = float("inf")
        self._late = False

    @property
    def alive(self) -> bool:
        return self._process is not None

    def start(self) -> None:
        """Have a process that is ready. Raises SelonError, with what it said, when it cannot start."""
        if self._process is not None:
            return
        self._complaints = tempfile.TemporaryFile()  # noqa: SIM115  closed with the process
        self._late = False
        with self._lock:
            self._process = subprocess.Popen(  # noqa: S603  ourselves
                [sys.executable, "-c", _START_CODE.format(path=sys.path)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._complaints,
                env={**os.environ, **_ONE_THREAD},
                # Ctrl-C is for us to hear; we then end the workers.
                start_new_session=True,
            )
        try:
            self.send((*self._target, self._settings))
            if self._receive(_START_SECONDS) != READY:
                raise EOFError
        except (OSError, EOFError, pickle.UnpicklingError):
            said = self._said()
            self.close()
            what = "a worker process cannot start"
            raise SelonError(what, where=said, next="reinstall selon, or report it as a bug") from None

    def send(self, message: object) -> None:
        assert self._process is not None and self._process.stdin is not None
        pickle.dump(message, self._process.stdin, protocol=pickle.HIGHEST_PROTOCOL)
        self._process.stdin.flush()

    def outcome(self, document: Document) -> Outcome:
        """What the worker makes of the document that is its turn; a Failure when it is late or dies of it."""
        limits = self._settings.limits
        try:
            outcome: Outcome = self._receive(limits.seconds)
        except (OSError, EOFError, pickle.UnpicklingError, MemoryError):
            late, said = self._late, self._said()
            code = self.close()
            if late:
                what = f"took longer than {limits.seconds:g} s"
                return Failure(document.where, what, "split it, or look at what it holds", "limits")
            if "MemoryError" in said or "bad_alloc" in said:
                return over_memory(document, limits)
            what = f"crashed its worker process ({f'signal {-code}' if code < 0 else f'exit code {code}'})"
            return Failure(document.where, what, "report it as a bug, with the file", "analysis")
        if isinstance(outcome, Failure) and outcome == over_memory(document, limits):
            self.close()
        return outcome

    def kill_if_late(self, now: float) -> None:
        with self._lock:
            if self._process is not None and now > self._deadline:
                self._late = True
                self._process.kill()

    def kill(self) -> None:
        with self._lock:
            if self._process is not None:
                self._process.kill()

    def close(self) -> int:
        """End the process and let go of its pipes; returns its exit code, a signal as a negative number."""
        with self._lock:
            process, self._process = self._process, None
            self._deadline = float("inf")
        if self._complaints is not None:
            self._complaints.close()
            self._complaints = None
        if process is None:
            return 0
        process.kill()
        for pipe in (process.stdin, process.stdout):
            with suppress(OSError):
                if pipe is not None:
                    pipe.close()
        return process.wait()

    def _receive(self, seconds: float) -> Any:  # noqa: ANN401  whatever the worker sends
        assert self._process is not None and self._process.stdout is not None
        with self._lock:
            self._deadline = monotonic() + seconds
        try:
            return pickle.load(self._process.stdout)  # noqa: S301  our own worker wrote it
        finally:
            with self._lock:
                self._deadline = float("inf")

    def _said(self) -> str:
        """The last line the process wrote to stderr."""
        if self._process is not None:
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(timeout=1)
        if self._complaints is None:
            return ""
        self._complaints.seek(0)
        lines = self._complaints.read()[-2000:].decode("utf-8", "replace").strip().splitlines()
        return lines[-1] if lines else ""
