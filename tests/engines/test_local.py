import signal
import subprocess
import sys
import time
from pathlib import Path

import fake_pipeline
import pytest

from selon.engines import local
from selon.errors import SelonError
from selon.records import Analysis, Document, Failure, SetAside
from selon.settings import Limits, Settings

QUICK = Settings(workers=2, limits=Limits(size=10_000, seconds=1.0, memory=300 * 1024 * 1024))


def documents(*texts):
    return [Document(f"{number}.txt", text, "text/plain") for number, text in enumerate(texts)]


def outcomes(*texts, settings=QUICK):
    return list(local.run(documents(*texts), settings, fake_pipeline.obey))


@pytest.mark.parametrize("workers", [1, 3])
def test_outcomes_come_in_input_order_one_for_each_document(workers):
    texts = [f"sleep {0.1 if number % 5 == 0 else 0}" for number in range(40)]
    found = outcomes(*texts, settings=Settings(workers=workers))
    assert [outcome.article.where for outcome in found] == [f"{number}.txt" for number in range(40)]


def test_a_bad_document_becomes_a_failure_and_the_others_go_on():
    found = outcomes(
        "ok", "hang", "ok", "crash", "ok", "exit", "eat", "ok", "raise", "refuse", "aside", "fail", "print", "ok"
    )
    kinds = [type(outcome) for outcome in found]
    assert kinds == [
        *(Analysis, Failure, Analysis, Failure, Analysis, Failure, Failure, Analysis),
        *(Failure, Failure, SetAside, Failure, Analysis, Analysis),
    ]
    whats = {outcome.where: outcome.what for outcome in found if isinstance(outcome, Failure)}
    assert whats["1.txt"] == "took longer than 1 s"
    assert whats["3.txt"] == f"crashed its worker process (signal {signal.SIGSEGV.value})"
    assert whats["5.txt"] == "crashed its worker process (exit code 7)"
    assert whats["6.txt"] == "needs more than 300 MiB of memory"
    assert whats["8.txt"].startswith("unexpected RuntimeError: boom (fake_pipeline.py:")
    assert whats["9.txt"] == "binary data"
    assert all(outcome.next for outcome in found if isinstance(outcome, Failure))


def test_a_document_over_the_size_limit_never_reaches_a_worker():
    big, accents, fits = "x" * 10_001, "é" * 5_001, "é" * 5_000
    found = outcomes(big, accents, fits)
    assert [type(outcome) for outcome in found] == [Failure, Failure, Analysis]
    assert found[0].what == "too big: 0.0 MiB, an article may have 0.00953674"


def test_failures_from_reading_are_handed_on_in_their_place():
    unreadable = Failure("x", "no permission", "ask for it", "reading")
    stream = [unreadable, *documents("ok"), unreadable]
    found = list(local.run(stream, QUICK, fake_pipeline.obey))
    assert found[0] == found[2] == unreadable
    assert isinstance(found[1], Analysis)


def test_no_documents_no_workers():
    assert list(local.run([], QUICK, fake_pipeline.missing)) == []


def test_stopping_early_ends_the_workers():
    running = local.run(documents("ok", *["sleep 30"] * 30), Settings(workers=2), fake_pipeline.obey)
    assert isinstance(next(running), Analysis)
    started = time.monotonic()
    running.close()
    assert time.monotonic() - started < 2


def test_an_error_while_reading_the_input_comes_through():
    def broken():
        yield from documents("ok")
        raise OSError("the disk went away")

    with pytest.raises(OSError, match="went away"):
        list(local.run(broken(), QUICK, fake_pipeline.obey))


def test_workers_that_cannot_start_are_said_so():
    def nowhere(document, settings):
        return None

    with pytest.raises(SelonError, match="a worker process cannot start"):
        list(local.run(documents("ok"), QUICK, nowhere))


def test_a_script_without_a_main_guard_can_run(tmp_path):
    script = tmp_path / "script.py"
    script.write_text(
        f"import sys; sys.path.insert(0, {str(Path(fake_pipeline.__file__).parent)!r})\n"
        "import fake_pipeline\nfrom selon.engines import local\nfrom selon.records import Document\n"
        "from selon.settings import Settings\n"
        "print(len(list(local.run([Document('a', 'ok', 'text/plain')], Settings(workers=2), fake_pipeline.obey))))\n"
    )
    finished = subprocess.run([sys.executable, script], capture_output=True, text=True, timeout=60)
    assert (finished.stdout, finished.stderr) == ("1\n", "")
