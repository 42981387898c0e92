"""A process that corrects is killed in the middle: nothing that it was told is kept may be lost."""

import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from made import analysis

from selon.store import Ledger

ROUNDS = int(os.environ.get("SELON_KILLS", "3"))
"""How often; SELON_KILLS=25 for the figure in docs/decisions/0015-review.md."""
CORRECTS = """
import sys
from datetime import UTC, datetime
from selon.store import Ledger
from selon.store.reviewing import Change, Signed, correct
with Ledger.open(sys.argv[1]) as ledger:
    keys = [row[0] for row in ledger.sql("SELECT id FROM machine_statements ORDER BY id").fetchall()]
    for number in range(200):
        change = Change(addressee=f"{sys.argv[2]} {number}")
        made = correct(ledger, keys[number % len(keys)], change, Signed("Ann", datetime.now(UTC)))
        print(made.id, made.target, made.value["after"]["addressee"], sep="|", flush=True)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL on this system")
def test_no_acknowledged_correction_is_lost_when_it_is_killed(fill, ledger):
    fill(*(analysis(content=f"La loi numéro {number} passera", place=f"{number}.txt") for number in range(10)))
    chance = random.Random(8)
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2] / "src")}
    for _ in range(ROUNDS):
        command = [sys.executable, "-c", CORRECTS, str(ledger.folder), str(chance.random())]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
        stop = chance.randrange(1, 30)
        told = [process.stdout.readline() for _ in range(stop)]
        process.kill()
        told += process.stdout.readlines()
        process.wait()
        process.stdout.close()
        acknowledged = [line.rstrip("\n").split("|") for line in told if line.endswith("\n")]
        assert len(acknowledged) >= stop
        with Ledger.open(ledger.folder) as again:
            log = {each.id: (each.target, each.value["after"]["addressee"]) for each in again.decisions()}
            assert all(log[int(number)] == (key, words) for number, key, words in acknowledged)
            latest = dict(log.values())
            shown = dict(again.sql("SELECT id, addressee FROM statements WHERE decided <> ''").fetchall())
            assert shown == latest
