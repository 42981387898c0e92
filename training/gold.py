"""The annotated articles of ../shared as training sees them."""

from __future__ import annotations

import importlib.util
import json
import pathlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree

_WORD = re.compile(r"\w+")
_COMPLEMENTISERS = {"que", "qu", "de", "d", "si", "that", "to", "if", "whether"}


@dataclass(frozen=True)
class Reading:
    """One reading of a quotation: where its content's words begin, and the characters of its cue."""

    content: frozenset[int]
    cue: frozenset[int]


@dataclass(frozen=True)
class GoldQuotation:
    """A quotation with every reading of it that counts as right."""

    readings: tuple[Reading, ...]
    optional: bool
    raw: dict[str, Any]


@dataclass(frozen=True)
class Gold:
    """An annotated article."""

    id: str
    text: str
    quotations: tuple[GoldQuotation, ...]


def articles(shared: pathlib.Path, sets: Sequence[str], language: str) -> Iterator[Gold]:
    """The articles of the named sets in a language (records without one are French)."""
    folder = shared / "data" / "quotations"
    for name in sets:
        path = folder / f"{name}.jsonl" if name.startswith("S") else folder / "gold" / f"{name}.jsonl"
        for line in path.read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            if record.get("lang", "fr") == language:
                text = record.get("text") or (folder / "texts" / f"{record['id']}.txt").read_text(encoding="utf-8")
                yield Gold(record["id"], text, tuple(_quotation(text, q) for q in record["quotations"]))


def own_articles(shared: pathlib.Path, language: str) -> Iterator[Gold]:
    """The articles that were written for training, in a language."""
    for record in own_records(shared):
        if record.get("lang", "fr") == language:
            text = record["text"]
            yield Gold(record["id"], text, tuple(_quotation(text, q) for q in record["quotations"]))


def own_records(shared: pathlib.Path) -> Iterator[dict[str, Any]]:
    """The articles that were written for training, ``training/articles``, read by the format's own checker.

    Raises ValueError when the checker has anything to say of one.
    """
    inline = load_script(shared / "eval" / "inline.py")
    problems: list[str] = []
    for path in sorted((pathlib.Path(__file__).parent / "articles").glob("*.xml")):
        for element in ElementTree.parse(path).getroot().findall("article"):  # noqa: S314 (our own files)
            yield inline.record(element, problems)
    if problems:
        raise ValueError("; ".join(problems))


def load_script(path: pathlib.Path) -> Any:  # noqa: ANN401 (a module)
    """The module in a file that is no package's."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise ValueError(f"no module in {path}")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _quotation(text: str, record: dict[str, Any]) -> GoldQuotation:
    readings = tuple(
        Reading(
            content_words(text, r["content"]),
            frozenset(i for start, end in r.get("cue") or [] for i in range(start, end)),
        )
        for r in [record, *record.get("also", [])]
    )
    return GoldQuotation(readings, record.get("optional", False), record)


def content_words(text: str, spans: Sequence[Sequence[int]]) -> frozenset[int]:
    """Where the words of the spans begin, without an opening complementiser: what evaluation compares."""
    found = [match.start() + start for start, end in spans for match in _WORD.finditer(text[start:end])]
    if len(found) > 1 and _first_word(text, found[0]) in _COMPLEMENTISERS:
        found = found[1:]
    return frozenset(found)


def _first_word(text: str, at: int) -> str:
    match = _WORD.match(text, at)
    return match.group().casefold() if match else ""
