import re
import signal
import subprocess
import sys
import time

import pytest

from selon.store import Ledger

SELON = [sys.executable, "-m", "selon"]


def test_the_summary_tells_what_was_read_said_and_lost(selon, pile, tmp_path):
    answer = selon("run", pile, "--ledger", tmp_path / "l", "--workers", "1")
    assert answer.code == 0
    assert re.search(r"Read +3 articles · 1 failed", answer.out)
    assert re.search(r"\d+ words in [\d.]+ s · [\d,]+ words/s", answer.out)
    assert re.search(r"Ledger +3 articles · \d+ statements", answer.out)
    assert "Solène Kermarrec" in answer.out
    assert "photo.txt" in answer.out
    assert "picture" in answer.out
    assert "selon statements" in answer.out
    again = selon("run", pile, "--ledger", tmp_path / "l", "--strict", "--workers", "1")
    assert again.code == 3
    assert re.search(r"Read +0 articles · 3 unchanged · 1 failed", again.out)
    assert "1 document failed, and --strict was given" in again.err


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("run", "x.txt"), 2, "Missing option"),
        (("run", "x.txt", "--ledger", "{new}", "--lang", "xx"), 2, "no language pack 'xx' (--lang): use one of en, fr"),
        (("run", "x.txt", "--ledger", "{pile}"), 1, "the folder holds other things"),
        (("statements", "{new}"), 1, "no ledger here"),
        (("statements", "{ledger}", "--kind", "loud"), 2, "no such kind: loud: use one of direct, indirect, mixed"),
        (("statements", "{ledger}", "--since", "mardi"), 2, "not a date: 'mardi' (since): write it as 2024-06-03"),
        (("show", "{ledger}", "zz"), 1, "no statement 'zz'"),
        (("statements", "{ledger}", "--format", "xml"), 2, "xml"),
    ],
)
def test_errors_say_what_where_and_what_next(selon, pile, ledger, tmp_path, arguments, code, message):
    places = {"new": tmp_path / "new", "pile": pile, "ledger": ledger}
    answer = selon(*(argument.format(**places) for argument in arguments))
    assert answer.code == code
    assert message in answer.err
    assert "Traceback" not in answer.err
    assert answer.out == ""


def test_a_missing_file_is_a_failure_not_an_error(selon, tmp_path):
    answer = selon("run", tmp_path / "missing.txt", "--ledger", tmp_path / "l")
    assert answer.code == 0
    assert "1 failed" in answer.out
    assert "missing.txt" in answer.out.replace("\n", "")


def test_guessed_columns_are_told(selon, tmp_path):
    table = tmp_path / "table.csv"
    table.write_text("titre,texte,journal\nUn pont,« Nous fermons le pont lundi » a déclaré la maire.,L'Écho\n")
    answer = selon("run", table, "--ledger", tmp_path / "l", "--lang", "fr", "--workers", "1")
    assert "text column: texte" in answer.err
    with Ledger.open(tmp_path / "l") as ledger:
        assert [heading.outlet for heading in ledger.articles()] == ["L'Écho"]


def test_standard_input(tmp_path, pile):
    with (pile / "maire.txt").open() as text:
        command = [*SELON, "run", "-", "--ledger", tmp_path / "l", "--workers", "1"]
        finished = subprocess.run(command, stdin=text, capture_output=True, text=True, timeout=60)
    assert finished.returncode == 0, finished.stderr
    assert "1 article" in finished.stdout


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_leaves_a_usable_ledger(tmp_path, number):
    command = [*SELON, "run", "-", "--ledger", tmp_path / "l", "--workers", "1", "--lang", "fr"]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    # The input stays open: the run waits for more when the signal comes.
    process.stdin.write(b"Le pont\n\n")
    process.stdin.flush()
    deadline = time.monotonic() + 20
    while not (tmp_path / "l" / "ledger.json").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    time.sleep(1)
    process.send_signal(number)
    _, err = process.communicate(timeout=30)
    assert process.returncode == 130, err
    assert b"interrupted: what was read is in the ledger" in err
    assert b"Traceback" not in err
    with Ledger.open(tmp_path / "l") as ledger:
        assert ledger.counts()["failures"] == 0
        assert ledger.runs()[-1].ending == "interrupted"
