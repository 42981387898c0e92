"""The raw French text for pre-training: every licensed source of the data folder, as lists of words."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

from training.quotations.articles import TRAINING_SETS, read_articles

_CONLLU_TEXT = re.compile(r"^# text = (.*)$", re.MULTILINE)
_SMALL_SOURCES_REPEATED = 2
_PAIRS = (
    "daccord/daccord_dev_even_rows.tsv",
    "pawsx_fr_test/paws_x_fr_even_rows.tsv",
    "rte3_fr/RTE3-FR-dev-set-3class.tsv",
    "rte3_fr/RTE3-FR-test-gold-3class.tsv",
)


def raw_paragraphs(unpacked: Path, annotated: Path) -> Iterator[tuple[str, str]]:
    """(source, paragraph) pairs; sources that are not parliamentary speech come more than once, being few.

    ``unpacked`` is the folder of unpacked archives, ``annotated`` the folder ``quotations`` of the data. Development
    articles are never read.
    """
    for _ in range(_SMALL_SOURCES_REPEATED):
        yield from _small_sources(unpacked, annotated)
    with (unpacked / "parallel/europarl/europarl_fr-en_third.tsv").open(encoding="utf-8") as lines:
        for line in lines:
            yield "europarl", line.split("\t")[2]


def _small_sources(unpacked: Path, annotated: Path) -> Iterator[tuple[str, str]]:
    for name in TRAINING_SETS:
        for article in read_articles(annotated, name):
            yield from (("articles", paragraph) for paragraph in article.text.split("\n") if paragraph.strip())
    for file in sorted(unpacked.glob("ud/UD_French-*/*.conllu")):
        yield from (("ud", sentence) for sentence in _CONLLU_TEXT.findall(file.read_text(encoding="utf-8")))
    for name in _PAIRS:
        for row in (unpacked / "pairs" / name).read_text(encoding="utf-8").split("\n"):
            yield from (("pairs", cell) for cell in row.split("\t") if cell.count(" ") > 4)
    yield from _novels(unpacked / "quotes/aads_french/aggregated_corpus.json")


def _novels(file: Path) -> Iterator[tuple[str, str]]:
    for novel in json.loads(file.read_text(encoding="utf-8")).values():
        yield from (("novels", line) for line in novel["text"].split("\n") if line.strip())
