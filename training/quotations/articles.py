"""Reads the annotated articles."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from training.gold import own_records

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
    for record in own_records(folder.parent.parent) if name == OWN_SET else _records(folder / f"{name}.jsonl"):
        if record.get("lang", "fr") != language:
            continue
        text = record.get("text")
        if text is None:
            text = (folder / "texts" / f"{record['id']}.txt").read_text(encoding="utf-8")
        yield AnnotatedArticle(record["id"], name, text, tuple(record["quotations"]), record)


def _records(file: Path) -> Iterator[dict[str, Any]]:
    yield from map(json.loads, file.read_text(encoding="utf-8").splitlines())
