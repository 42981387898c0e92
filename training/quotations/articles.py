"""Reads the annotated articles."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

TRAINING_SETS = ("S0", "S1", "S2", "S3", "S4", "gold/ntrex-train", "gold/est-republicain-train")
REAL_SETS = ("gold/ntrex-train", "gold/est-republicain-train")
OWN_SET = "own"
"""The articles written for training in ``training/articles``."""
DEVELOPMENT_SETS = ("gold/wikinews-dev", "gold/seeds", "S5")


@dataclass(frozen=True, slots=True)
class AnnotatedArticle:
    """An article with its quotations as the records of the scorer; ``origin`` is the set it belongs to."""

    id: str
    origin: str
    text: str
    quotations: tuple[dict[str, Any], ...]
    record: dict[str, Any]


def read_articles(folder: Path, name: str, language: str = "fr") -> Iterator[AnnotatedArticle]:
    """The articles of the set ``name`` (``S0``, ``gold/seeds`` …) that are in ``language``, in file order.

    Real sets keep their texts beside the records, written sets within them; ``OWN_SET`` is read from its XML by the
    format's own checker. Raises ValueError where that finds fault.
    """
    for record in _own_records(folder) if name == OWN_SET else _records(folder / f"{name}.jsonl"):
        if record.get("lang", "fr") != language:
            continue
        text = record.get("text")
        if text is None:
            text = (folder / "texts" / f"{record['id']}.txt").read_text(encoding="utf-8")
        yield AnnotatedArticle(record["id"], name, text, tuple(record["quotations"]), record)


def _records(file: Path) -> Iterator[dict[str, Any]]:
    yield from map(json.loads, file.read_text(encoding="utf-8").splitlines())


def _own_records(folder: Path) -> Iterator[dict[str, Any]]:
    inline = load_script(folder.parent.parent / "eval" / "inline.py")
    for file in sorted((Path(__file__).parents[1] / "articles").glob("*.xml")):
        problems: list[str] = []
        for article in ElementTree.parse(file).getroot().iter("article"):  # noqa: S314 (our own files)
            yield inline.record(article, problems)
        if problems:
            raise ValueError(f"{file}: {problems[0]}")


def load_script(path: Path) -> Any:  # noqa: ANN401 (a module)
    """The module in a file that is no package's."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
