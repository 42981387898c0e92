"""Neither the order of articles, nor what was read before, nor the process changes what is found in one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from selon.attribution import attribute
from selon.languages import load_pack
from selon.reading.passages import passages
from selon.records import Article
from tests.attribution.made import attributed

WRITTEN = Path(__file__).parents[2] / "evaluation" / "data" / "written.jsonl"
RECORDS = [json.loads(line) for line in WRITTEN.read_text(encoding="utf-8").splitlines()]


def found(record: dict[str, str]) -> str:
    """All that attribution makes of an article, evidence and refusals included."""
    language = record.get("lang", "fr")
    pack = load_pack(language)
    one = Article(record["id"], record["id"], record["text"], language=language)
    return repr(attribute(one, passages(one, pack), pack))


@pytest.fixture(scope="module")
def first() -> dict[str, str]:
    return {record["id"]: found(record) for record in RECORDS}


def test_there_is_something_to_compare(first: dict[str, str]) -> None:
    assert sum(each.count("Quotation(") for each in first.values()) > 50


def test_any_order_gives_the_same(first: dict[str, str]) -> None:
    for order in (reversed(RECORDS), sorted(RECORDS, key=lambda record: record["text"])):
        assert {record["id"]: found(record) for record in order} == first


def test_what_was_read_in_between_changes_nothing(first: dict[str, str]) -> None:
    for record in RECORDS[:4]:
        attributed("Zzz « grmbl " * 40 + "\n\n" + record["text"][::-1])
        attributed(record["text"].upper(), "en")
        assert found(record) == first[record["id"]]


def test_another_process_gives_the_same(first: dict[str, str]) -> None:
    """With another seed for the hashes of strings, so that no order of a set can slip through."""
    script = (
        "import json; from tests.attribution.test_order import RECORDS, found; "
        "print(json.dumps({record['id']: found(record) for record in RECORDS[::-1]}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=WRITTEN.parents[2],
        env={**os.environ, "PYTHONHASHSEED": "4711"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(done.stdout) == first
