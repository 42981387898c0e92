"""How long the pages over a big ledger take, as a browser sees it: one request after the other to a server of its own.

    python -m benchmarks.serving FOLDER [--requests N] [--kinds KIND ...] [--corrections N] [--slowest]

The folder holds what ``benchmarks.made_ledger`` writes. For each kind of page milliseconds on the wall and of the
server's processor, at the median and at the 95th of a hundred; a page that this version does not have is left out.
Corrections are timed from the decision to the first question that shows it, as the pages make them; they stay.
"""

from __future__ import annotations

import argparse
import http.client
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlencode

from selon.store import Ledger
from selon.store.reviewing import Signed, accept

_SEED = 5
_TICK = os.sysconf("SC_CLK_TCK")
_FRAGMENT = {"HX-Request": "true"}
_BROWSER = {"Accept": "text/html"}


@dataclass(frozen=True, slots=True)
class Asked:
    """One request and its answer: milliseconds on the wall, and of the server's processor."""

    path: str
    status: int
    wall: float
    processor: float


def main(arguments: Sequence[str] | None = None) -> int:
    """Returns the exit code: 0, or 1 where an answer was an error."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.serving", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--requests", type=int, default=40, help="how many of each kind (40)")
    parser.add_argument("--kinds", nargs="*", default=[], help="only these kinds")
    parser.add_argument("--wait", type=float, default=30, help="seconds before the first, for the copy in memory (30)")
    parser.add_argument("--corrections", type=int, default=0, help="accept so many statements too (0)")
    parser.add_argument("--slowest", action="store_true", help="name the slowest requests of each kind")
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args(arguments)
    return _serve(given.folder) if given.serve else _measure(given)


def _measure(given: argparse.Namespace) -> int:
    makers = _kinds(given.folder, random.Random(_SEED))
    command = [sys.executable, "-m", "benchmarks.serving", str(given.folder), "--serve"]
    broken = 0
    print("".join(f"{head:>16}" for head in ("page", "requests", "p50", "p95", "max", "cpu p50", "cpu p95")))
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:  # noqa: S603 - ourselves
        try:
            port = int((server.stdout.readline() if server.stdout else "") or 0)
            _wait(port)
            time.sleep(given.wait)
            for kind, (maker, headers) in makers.items():
                if given.kinds and kind not in given.kinds:
                    continue
                asked = [_ask(port, server.pid, maker(), headers) for _ in range(given.requests)]
                if all(each.status == 404 for each in asked):
                    continue
                broken += sum(each.status >= 400 for each in asked)
                print(_line(kind, asked), flush=True)
                if given.slowest:
                    for each in sorted(asked, key=lambda each: -each.processor)[:3]:
                        print(f"    {each.processor:6.0f} ms  {each.wall:6.0f} ms  {each.status}  {each.path}")
            print(f"server: {_memory(server.pid):,.0f} MB at most; load {os.getloadavg()[0]:.1f}; {broken} errors")
        finally:
            server.terminate()
    if given.corrections:
        print(_line("corrections", _corrected(given.folder, given.corrections)))
    return min(broken, 1)


def _corrected(folder: Path, number: int) -> list[Asked]:
    """So many statements accepted one after the other, each then asked for."""
    signed = Signed("the bench", datetime.now(UTC))
    with Ledger.open(folder, in_memory=True) as ledger:
        query = f"SELECT id FROM machine_statements USING SAMPLE {int(number)}"  # noqa: S608
        keys = [row[0] for row in ledger.sql(query).fetchall()]
        asked = []
        for key in keys:
            begun, before = time.perf_counter(), time.process_time()
            with closing(ledger.beside()) as beside:
                accept(beside, key, signed)
                beside.statement(key)
            wall, processor = time.perf_counter() - begun, time.process_time() - before
            asked.append(Asked(key, 200, wall * 1000, processor * 1000))
    return asked


def _line(kind: str, asked: Sequence[Asked]) -> str:
    wall, processor = sorted(each.wall for each in asked), sorted(each.processor for each in asked)
    cells = [_at(wall, 0.5), _at(wall, 0.95), wall[-1], _at(processor, 0.5), _at(processor, 0.95)]
    return f"{kind:>16}{len(asked):>16}" + "".join(f"{each:>16.0f}" for each in cells)


def _at(ordered: Sequence[float], share: float) -> float:
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def _kinds(folder: Path, chance: random.Random) -> dict[str, tuple[Callable[[], str], dict[str, str]]]:
    """For each kind of page what makes an address of one, and the headers it is asked for with."""
    with Ledger.open(folder) as ledger:
        keys = {name: _some(ledger, name) for name in ("articles", "statements", "actors", "utterances")}
        propositions = _some(ledger, "propositions", "proposition")
        words = _vocabulary(ledger)
        names = [row[0] for row in ledger.sql("SELECT name FROM actors USING SAMPLE 300").fetchall()]

    def one(*values: str) -> str:
        return chance.choice(values)

    def word() -> str:
        return words[int(len(words) * chance.random() ** 2)]

    def sought() -> str:
        return one(word(), f"{word()} {word()}", word()[:4])

    def day() -> str:
        return f"{one('2020', '2021', '2022')}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"

    def name() -> str:
        return one(*chance.choice(names).split())

    def with_query(path: str, **query: str) -> str:
        return f"{path}?{urlencode({key: value for key, value in query.items() if value != ''})}"

    made: dict[str, Callable[[], str]] = {
        "overview": lambda: "/",
        "articles": lambda: with_query(
            "/articles",
            outlet=one("", "", f"Journal {chance.randrange(400)}"),
            language=one("", "fr", "en"),
            since=one("", day()),
            sort=one("newest", "oldest", "outlet", "title"),
            copies=one("", "", "", "copy", "original"),
            page=one("1", "1", "2", "30"),
        ),
        "articles, words": lambda: with_query("/articles", about=sought()),
        "articles, name": lambda: with_query("/articles", speaker=name()),
        "reader": lambda: f"/articles/{chance.choice(keys['articles'])}",
        "panel": lambda: f"/statements/{chance.choice(keys['statements'])}",
        "statement": lambda: f"/statements/{chance.choice(keys['statements'])}",
        "statements": lambda: with_query(
            "/statements",
            kind=one("", "", "direct", "indirect"),
            outlet=one("", "", f"Journal {chance.randrange(400)}"),
            language=one("", "", "fr", "en"),
            since=one("", day()),
            confidence=one("", "", "0.5", "0.9"),
            sort=one("newest", "oldest", "surest", "doubtful", "speaker"),
            page=one("1", "1", "2", "30"),
        ),
        "search": lambda: with_query("/statements", about=sought(), since=one("", day()), kind=one("", "", "direct")),
        "search, name": lambda: with_query("/statements", speaker=name(), about=one("", word())),
        "stands": lambda: with_query(
            "/statements", proposition=chance.choice(propositions), stand=one("", "for", "against")
        ),
        "people": lambda: with_query(
            "/people", name=one("", name()), sort=one("statements", "name", "latest"), page=one("1", "2")
        ),
        "person": lambda: f"/people/{chance.choice(keys['actors'])}",
        "utterances": lambda: with_query(
            "/utterances", about=one("", sought()), speaker=one("", name()), page=one("1", "3")
        ),
        "utterance": lambda: f"/utterances/{chance.choice(keys['utterances'])}",
        "copies": lambda: with_query("/copies", page=one("1", "3")),
        "propositions": lambda: "/propositions",
        "proposition": lambda: f"/propositions/{chance.choice(propositions)}",
        "network": lambda: "/network",
        "timeline": lambda: "/timeline",
        "contradictions": lambda: with_query("/contradictions", page=one("1", "3")),
        "review": lambda: "/review",
    }
    return {kind: (maker, _FRAGMENT if kind == "panel" else _BROWSER) for kind, maker in made.items()}


def _some(ledger: Ledger, table: str, column: str = "id") -> list[str]:
    return [row[0] for row in ledger.sql(f"SELECT {column} FROM {table} USING SAMPLE 500").fetchall()]  # noqa: S608


def _vocabulary(ledger: Ledger) -> list[str]:
    """Words of some statements, the most frequent first."""
    query = """
        SELECT word FROM (SELECT unnest(string_split(content, ' ')) AS word FROM
            (SELECT content FROM statements USING SAMPLE 2000)) WHERE length(word) > 3
        GROUP BY word ORDER BY count(*) DESC, word LIMIT 2000"""
    return [row[0] for row in ledger.sql(query).fetchall()]


def _ask(port: int, server: int, path: str, headers: dict[str, str]) -> Asked:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    before, begun = _processor(server), time.perf_counter()
    line.request("GET", path, headers=headers)
    answer = line.getresponse()
    answer.read()
    wall = (time.perf_counter() - begun) * 1000
    line.close()
    return Asked(path, answer.status, wall, _processor(server) - before)


def _processor(server: int) -> float:
    """Milliseconds of processor that a process has used so far, to the system's tick (mostly 10)."""
    fields = Path(f"/proc/{server}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICK * 1000


def _memory(server: int) -> float:
    lines = Path(f"/proc/{server}/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))


def _wait(port: int) -> None:
    for _ in range(600):
        try:
            line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
            line.request("GET", "/static/site.css")
            line.getresponse().read()
            return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError("the server does not answer")


def _serve(folder: Path) -> int:
    """Serve the ledger on a free port, which is printed; as ``selon serve`` does, but nothing is brought up to date."""
    import socket

    import uvicorn

    from selon.web.app import make_app
    from selon.web.warming import warm_soon

    app = make_app(folder)
    warm_soon(app)
    door = socket.create_server(("127.0.0.1", 0))
    print(door.getsockname()[1], flush=True)
    uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False)).run(sockets=[door])
    return 0


if __name__ == "__main__":
    sys.exit(main())
