"""Filling a ledger: documents through the engine into shards, then into the tables; what is known is skipped."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from time import monotonic

from selon.engines import local
from selon.engines.linking import link_held
from selon.engines.recipe import Recipe, digest, recipe
from selon.engines.worker import Outcome
from selon.errors import SelonError
from selon.records import Analysis, Document, Failure, SetAside
from selon.settings import Settings
from selon.store import Ledger, RunRecord
from selon.store.decisions import end_run, start_run
from selon.store.staging import Staging


@dataclass(slots=True)
class Tally:
    """What a run has done so far; ``failures`` and ``set_aside`` are kept whole, to be shown.

    ``ending`` is ``running``, ``writing`` (the tables), ``finished``, ``interrupted`` or ``failed``.
    """

    documents: int = 0
    unchanged: int = 0
    articles: int = 0
    statements: int = 0
    words: int = 0
    seconds: float = 0.0
    ending: str = "running"
    failures: list[Failure] = field(default_factory=list)
    set_aside: list[SetAside] = field(default_factory=list)

    def counts(self) -> dict[str, int]:
        """The numbers, as the record of the run keeps them."""
        numbers = {name: value for name, value in asdict(self).items() if isinstance(value, int)}
        return {**numbers, "failures": len(self.failures), "set_aside": len(self.set_aside)}

    def add(self, outcome: Outcome) -> None:
        """Count one outcome."""
        if isinstance(outcome, Failure):
            self.failures.append(outcome)
        elif isinstance(outcome, SetAside):
            self.set_aside.append(outcome)
        else:
            self.articles += 1
            self.statements += len(outcome.statements)
            self.words += len(outcome.article.text.split())


@dataclass(frozen=True, slots=True)
class Watch:
    """What the caller lends a run: the time of day, an ear for its progress, a way to hold signals while tables change.

    ``analyse`` stands in for the pipeline, as in ``local.run``.
    """

    now: Callable[[], datetime]
    progress: Callable[[Tally], None] = lambda _: None
    hold: Callable[[], AbstractContextManager[None]] = nullcontext
    analyse: Callable[[Document, Settings], Outcome] | None = None


def fill(ledger: Ledger, documents: Iterable[Document | Failure], settings: Settings, watch: Watch) -> Tally:
    """Read every document that is new or changed into the ledger; returns what was done.

    Interrupted (KeyboardInterrupt), it keeps what was read and says so in ``Tally.ending``. Killed, the next run picks
    up the finished shards. Raises LedgerBusy, and LedgerError when the disk is full: the tables then stay as they were.
    """
    with ledger.writing():
        used = recipe(settings)
        record = _begin(ledger, used, watch.now())
        run = _Filling(ledger, settings, watch, used.key, record)
        try:
            run.read(documents)
            run.keep("finished")
        except KeyboardInterrupt:
            run.keep("interrupted")
        except BaseException:
            run.abandon()
            raise
        return run.tally


class _Filling:
    """One run while it goes on."""

    def __init__(self, ledger: Ledger, settings: Settings, watch: Watch, key: str, record: RunRecord) -> None:
        self.tally = Tally()
        self._ledger = ledger
        self._settings = settings
        self._watch = watch
        self._key = key
        self._record = record
        self._known = ledger.known()
        self._digests: dict[str, str] = {}
        self._seen: set[str] = set()
        self._staging = Staging(ledger.staging, record.id, monotonic)
        self._started = monotonic()

    def read(self, documents: Iterable[Document | Failure]) -> None:
        """Every new or changed document through the engine into shards."""
        for outcome in local.run(self._changed(documents), self._settings, self._watch.analyse):
            place = outcome.article.where if isinstance(outcome, Analysis) else outcome.where
            self._staging.add(outcome, digest=self._digests.pop(place, ""), recipe=self._key)
            self.tally.add(outcome)
            self._report()

    def keep(self, ending: str) -> None:
        """What was read, into the tables."""
        with self._watch.hold():
            self.tally.ending = "writing"
            self._report()
            self._staging.close()
            self._ledger.absorb()
            link_held(self._ledger)
            self._end(ending)

    def abandon(self) -> None:
        """Leave the tables as they are and note that the run failed, if the disk still takes the note."""
        self._staging.abandon()
        with suppress(SelonError, OSError, Exception):
            self._end("failed")

    def _changed(self, documents: Iterable[Document | Failure]) -> Iterator[Document | Failure]:
        for document in documents:
            if isinstance(document, Document):
                if document.where in self._seen:
                    continue
                self._seen.add(document.where)
            self.tally.documents += 1
            if isinstance(document, Document):
                found = digest(document)
                if self._known.get(document.where) == (found, self._key):
                    self.tally.unchanged += 1
                    self._report()
                    continue
                self._digests[document.where] = found
            yield document

    def _report(self) -> None:
        self.tally.seconds = monotonic() - self._started
        self._watch.progress(self.tally)

    def _end(self, ending: str) -> None:
        self.tally.ending = ending
        self.tally.seconds = monotonic() - self._started
        end_run(
            self._ledger.log_database,
            replace(
                self._record,
                ended_at=self._watch.now(),
                ending=ending,
                seconds=round(self.tally.seconds, 3),
                counts=self.tally.counts(),
            ),
        )


def _begin(ledger: Ledger, used: Recipe, now: datetime) -> RunRecord:
    record = RunRecord(0, now, None, "running", None, used.code, used.data, used.settings)
    return start_run(ledger.log_database, record)
