"""One worker process: documents in on stdin, outcomes out on stdout, pickled; started by ``local.py`` and nobody else.

It may hang, run out of memory or crash: that is what it is for.
"""

from __future__ import annotations

import importlib
import logging
import os
import pickle
import signal
import traceback
import warnings
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO

from selon.errors import InputError, SelonError
from selon.records import Analysis, Document, Failure, SetAside
from selon.settings import Limits, Settings

Outcome = Analysis | SetAside | Failure
READY = "ready"
_ORPHAN_SECONDS = 30.0


def main() -> None:
    """Serve until stdin ends. The first message is (module, function, settings), each later one a list of documents."""
    incoming, outgoing = _private_pipes()
    with suppress(ValueError):
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    module, function, settings = pickle.load(incoming)  # noqa: S301  our own parent wrote it
    analyse = getattr(importlib.import_module(module), function)
    _limit_memory(settings.limits)
    _send(outgoing, READY)
    while True:
        try:
            documents = pickle.load(incoming)  # noqa: S301
        except EOFError:
            return
        for document in documents:
            _alarm(settings.limits)
            _send(outgoing, analysed(document, settings, analyse))


def analysed(document: Document, settings: Settings, analyse: Callable[[Document, Settings], Outcome]) -> Outcome:
    """What ``analyse`` makes of a document; whatever it raises becomes a Failure: what, where, what next."""
    try:
        return analyse(document, settings)
    except MemoryError:
        return over_memory(document, settings.limits)
    except InputError as error:
        return Failure(document.where, error.what, error.next or "look at the file", "reading")
    except SelonError as error:
        return Failure(document.where, error.what, error.next, "analysis")
    except Exception as error:  # one bad document never stops a run
        return Failure(
            document.where,
            f"unexpected {type(error).__name__}: {_first_line(error)} ({_place(error)})",
            "report it as a bug, with the file",
            "analysis",
        )


def over_memory(document: Document, limits: Limits) -> Failure:
    """The Failure of a document that asked for too much memory."""
    size = limits.memory // (1024 * 1024)
    return Failure(document.where, f"needs more than {size} MiB of memory", "split the file", "limits")


def _private_pipes() -> tuple[IO[bytes], IO[bytes]]:
    """Stdin and stdout for us alone: a library that prints or reads goes to stderr or finds nothing."""
    incoming, outgoing = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    return incoming, outgoing


def _limit_memory(limits: Limits) -> None:
    """Cap the address space at what the process has now and the limit on top (Unix; elsewhere there is no such cap)."""
    try:
        import resource

        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        now = pages * os.sysconf("SC_PAGE_SIZE")
    except (ImportError, OSError, ValueError):
        return
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_AS, (now + limits.memory, resource.RLIM_INFINITY))


def _alarm(limits: Limits) -> None:
    """Have the system end this process if it hangs and its parent is no longer there to do so."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, limits.seconds + _ORPHAN_SECONDS)


def _send(outgoing: IO[bytes], message: object) -> None:
    try:
        pickle.dump(message, outgoing, protocol=pickle.HIGHEST_PROTOCOL)
        outgoing.flush()
    except BrokenPipeError:
        os._exit(0)


def _first_line(error: Exception) -> str:
    lines = str(error).strip().splitlines()
    return lines[0][:200] if lines else "no message"


def _place(error: Exception) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    return f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "nowhere"


if __name__ == "__main__":
    main()
