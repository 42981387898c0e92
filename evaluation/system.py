"""What selon says of annotated articles: ``selon quotations`` as anybody would type it, in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from evaluation.gold import Article

Answers = dict[str, Article]
"""The system's record of each article, by its id."""


class CommandError(Exception):
    """The command under test ended with an error; the message holds what it printed."""


def extracted(articles: Sequence[Article]) -> Answers:
    """The quotations that selon finds, from plain text files and nothing else. Raises CommandError."""
    return _answers(articles, given=False)


def resolved(articles: Sequence[Article]) -> Answers:
    """The speakers that selon works out when the annotated quotations are given. Raises CommandError."""
    return _answers(articles, given=True)


def _answers(articles: Sequence[Article], *, given: bool) -> Answers:
    with tempfile.TemporaryDirectory(prefix="selon-gate-") as name:
        texts, quotations = Path(name) / "texts", Path(name) / "given.jsonl"
        texts.mkdir()
        for article in articles:
            (texts / f"{article['id']}.txt").write_bytes(article["text"].encode("utf-8"))
        if given:
            # Neither the speakers nor the readings of the gold go to the system.
            bare = [{"id": each["id"], "quotations": [_bare(q) for q in each["quotations"]]} for each in articles]
            quotations.write_text("".join(f"{json.dumps(each)}\n" for each in bare), encoding="utf-8")
        command = [sys.executable, "-m", "selon", "quotations", str(texts)]
        done = subprocess.run(  # noqa: S603  our own interpreter and module
            command + (["--quotations", str(quotations)] if given else []), capture_output=True, check=False
        )
        if done.returncode != 0:
            raise CommandError(f"{' '.join(command)} ended with {done.returncode}:\n{done.stderr.decode()}")
    sys.stderr.write(done.stderr.decode())
    records = map(json.loads, done.stdout.decode("utf-8").splitlines())
    return {record["id"]: record for record in records}


def _bare(quotation: Article) -> Article:
    return {name: quotation.get(name) for name in ("content", "cue", "source", "type", "form")}
