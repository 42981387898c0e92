"""The fixed corpus that everything is timed on: our bundled articles, repeated, and the demo's HTML pages."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from evaluation.gold import BUNDLED, ROOT
from selon.records import Document

PAGES = ROOT / "demo" / "corpus"


@dataclass(frozen=True, slots=True)
class Corpus:
    """Plain texts and HTML pages as they come in; ``sha256`` names them."""

    texts: tuple[Document, ...]
    pages: tuple[Document, ...]
    sha256: str


def corpus(repeat: int) -> Corpus:
    """The bundled articles ``repeat`` times over, each copy at a place of its own, and the HTML pages as often."""
    records = [json.loads(line) for line in BUNDLED.read_text(encoding="utf-8").split("\n") if line.strip()]
    texts = [(str(each["id"]), each["text"].encode("utf-8")) for each in records]
    pages = [(path.name, path.read_bytes()) for path in sorted(Path(PAGES).glob("*.html"))]
    digest = hashlib.sha256(b"\x1e".join(name.encode() + b"\x1f" + data for name, data in texts + pages)).hexdigest()
    return Corpus(_repeated(texts, "text/plain", repeat), _repeated(pages, "text/html", repeat), digest)


def words(documents: tuple[Document, ...]) -> int:
    """How many words the documents hold: stretches without white space, of plain text only."""
    return sum(len(each.data.split()) for each in documents)


def _repeated(files: list[tuple[str, bytes]], media_type: str, repeat: int) -> tuple[Document, ...]:
    return tuple(Document(f"{turn}/{name}", data, media_type) for turn in range(repeat) for name, data in files)
