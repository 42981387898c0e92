"""Parallel sentences as sparse counts of words: Europarl (a third of it) and Tatoeba; the Hansards are never read."""

from __future__ import annotations

import pathlib
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from selon.models.embedding.words import words

Pair = tuple[str, str]


@dataclass(frozen=True)
class Side:
    """One language of the parallel text: its vocabulary, most frequent first, and sentences by words as counts."""

    language: str
    vocabulary: list[str]
    counts: sparse.csr_matrix


def read_parallel(folder: pathlib.Path) -> tuple[list[Pair], list[Pair]]:
    """The (French, English) sentence pairs of Europarl, then those of Tatoeba, in file order."""
    europarl = [(row[2], row[3]) for row in _rows(folder / "europarl" / "europarl_fr-en_third.tsv") if len(row) == 4]
    tatoeba = [(row[1], row[0]) for row in _rows(folder / "tatoeba" / "fra.txt") if len(row) >= 2]
    return europarl, tatoeba


def build_side(language: str, sentences: Iterable[str], size: int, least: int) -> Side:
    """The sentences over the ``size`` most frequent words that stand at least ``least`` times."""
    ids: dict[str, int] = {}
    flat, ends = array("i"), array("q")
    for sentence in sentences:
        flat.extend([ids.setdefault(word, len(ids)) for word in words(sentence)])
        ends.append(len(flat))
    flat_ids = np.frombuffer(flat, dtype=np.int32)
    frequency = np.bincount(flat_ids, minlength=len(ids))
    order = np.argsort(-frequency, kind="stable")[:size]
    order = order[frequency[order] >= least]
    place = np.full(len(ids), -1, dtype=np.int32)
    place[order] = np.arange(len(order), dtype=np.int32)
    columns = place[flat_ids]
    rows = np.repeat(np.arange(len(ends), dtype=np.int32), np.diff(np.frombuffer(ends, dtype=np.int64), prepend=0))
    kept = columns >= 0
    data = np.ones(int(kept.sum()), dtype=np.float32)
    counts = sparse.csr_matrix((data, (rows[kept], columns[kept])), shape=(len(ends), len(order)))
    names = list(ids)
    return Side(language, [names[i] for i in order], counts)


def frequencies(side: Side) -> Counter[str]:
    """How often each word of the vocabulary stands."""
    return Counter(dict(zip(side.vocabulary, side.counts.sum(axis=0).A1.astype(int).tolist(), strict=True)))


def _rows(path: pathlib.Path) -> Iterator[list[str]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield line.rstrip("\n").split("\t")
