"""The annotated articles: a bundled part of our written sets, and those in ``../shared`` beside the checkout."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
BUNDLED = Path(__file__).parent / "data" / "written.jsonl"

Article = dict[str, Any]


class GoldError(Exception):
    """Annotated articles that should be there are not, or are damaged: what and where."""


@dataclass(frozen=True)
class GoldSet:
    """Annotated articles under one name; each is a record in the evaluation format with its ``text``."""

    name: str
    articles: tuple[Article, ...]

    @cached_property
    def sha256(self) -> str:
        """A hash of texts and annotations, whichever files they came from."""
        canonical = json.dumps(self.articles, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()


def gold_sets(shared: Path = SHARED, bundled: Path = BUNDLED) -> list[GoldSet]:
    """The sets that can be had here: the bundled ones always, those of ``shared`` where that folder is there.

    Raises GoldError when a file that has to be there is missing or damaged.
    """
    sets = [*_by_language("bundled", _records(bundled))]
    if shared.is_dir():
        folder = shared / "data" / "quotations"
        texts = folder / "texts"
        real = [*_records(folder / "gold" / "wikinews-dev.jsonl"), *_records(folder / "gold" / "seeds.jsonl")]
        sets.append(_set("wikinews-dev+seeds", ({**record, "text": _text(texts, record)} for record in real)))
        sets += _by_language("S5", _records(folder / "S5.jsonl"))
    return sets


def drawn_from(name: str, shared: Path = SHARED) -> list[Article]:
    """The annotated articles of one set of ``shared`` with their texts, by id. Names: ``S5 fr``, ``S0-S4``, ``seeds``.

    Raises GoldError when a file is missing or damaged.
    """
    folder = shared / "data" / "quotations"
    if name.startswith("S"):
        numbers = range(5) if name == "S0-S4" else (5,)
        records = [record for number in numbers for record in _records(folder / f"S{number}.jsonl")]
        return [each for each in _sorted(records) if name == "S0-S4" or each["lang"] == name[-2:]]
    records = _sorted(_records(folder / "gold" / f"{name}.jsonl"))
    return [{**record, "text": _text(folder / "texts", record)} for record in records]


def read_set(name: str, shared: Path = SHARED) -> GoldSet:
    """One of the written sets (``S0`` to ``S5``), both languages together. Raises GoldError."""
    return _set(name, _records(shared / "data" / "quotations" / f"{name}.jsonl"))


def event_sets(shared: Path = SHARED, bundled: Path = BUNDLED) -> list[GoldSet]:
    """The sets whose articles tell of events, several an event: the bundled one, and S5 where ``shared`` is there."""
    sets = [_set("bundled", _records(bundled))]
    return [*sets, read_set("S5", shared)] if shared.is_dir() else sets


def _by_language(name: str, records: list[Article]) -> list[GoldSet]:
    languages = sorted({record["lang"] for record in records}, reverse=True)
    return [_set(f"{name} {code}", (each for each in records if each["lang"] == code)) for code in languages]


def _set(name: str, records: Iterable[Article]) -> GoldSet:
    return GoldSet(name, tuple(_sorted(records)))


def _sorted(records: Iterable[Article]) -> list[Article]:
    return sorted(records, key=lambda each: str(each["id"]))


def _records(path: Path) -> list[Article]:
    try:
        records = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
    except (OSError, ValueError) as error:
        raise GoldError(f"annotated articles cannot be read: {path}: {error}") from error
    if not records:
        raise GoldError(f"no annotated articles in {path}")
    return records


def _text(folder: Path, record: Article) -> str:
    path = folder / f"{record['id']}.txt"
    try:
        # newline="" keeps the offsets true: nothing in the file may be normalised.
        with path.open(encoding="utf-8", newline="") as file:
            return file.read()
    except (OSError, ValueError) as error:
        raise GoldError(f"the text of an annotated article cannot be read: {path}: {error}") from error
