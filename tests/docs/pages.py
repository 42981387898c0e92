"""The project's pages, and what stands in them."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "demo").glob("*.md")])
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def read(name):
    return (ROOT / name).read_text(encoding="utf-8")


def code_lines(page):
    """The lines of every block of code, fenced or indented."""
    for block in FENCE.finditer(page):
        yield from block[2].splitlines()
    yield from re.findall(r"^ {4}(\S.*)$", FENCE.sub("", page), re.MULTILINE)


def section(page, heading):
    """What stands under a heading, up to the next one of its level or above."""
    found = re.search(rf"^(#+) {re.escape(heading)}\n", page, re.MULTILINE)
    assert found, f"no heading {heading!r}"
    level = len(found[1])
    rest = page[found.end() :]
    end = re.search(rf"^#{{1,{level}}} ", rest, re.MULTILINE)
    return rest[: end.start()] if end else rest
