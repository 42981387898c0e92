"""Train the bilingual word vectors: ``python -m training.embedding UNPACKED/parallel --shared ../shared``.

Seeded, on one CPU core some five minutes, 2 GB of memory. Writes ``words.npz`` and ``card.md``.
"""

from __future__ import annotations

import argparse
import pathlib
import time
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from selon.models.embedding.load import read_encoder
from selon.models.embedding.static import StaticEncoder
from training.card import Card, write_card
from training.embedding.contrastive import Recipe, sharpen
from training.embedding.corpus import Pair, Side, build_side, read_parallel
from training.embedding.measure import news_sentences, retrieval, utterances
from training.embedding.spectral import spectral_vectors
from training.embedding.spelling import spelt_vectors

SEED, HELD_OUT, FIRST = 20, 3000, 300_000
DIMENSIONS, SIZES, LEAST = 192, {"fr": 36_000, "en": 27_000}, 3
BUCKETS, OWN = 8192, 0.7
EUROPARL = (
    "Europarl v7 fr-en, a third of it (627,990 pairs): debates of the European Parliament. Source: © European Union, "
    "European Parliament; reuse authorised with the source acknowledged."
)
TATOEBA = "Tatoeba fr-en (142,787 pairs), CC BY 2.0 FR, by way of manythings.org/anki."
Floats = NDArray[np.float32]


def main(argv: Sequence[str] | None = None) -> None:
    """Read, train, write, measure what was written."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parallel", type=pathlib.Path, help="the unpacked folder with europarl/ and tatoeba/")
    parser.add_argument("--shared", type=pathlib.Path, default=pathlib.Path("../shared"), help="for the figures")
    parser.add_argument("--out", type=pathlib.Path, default=pathlib.Path("src/selon/models/embedding/vectors"))
    given = parser.parse_args(argv)
    begun = time.process_time()
    europarl, tatoeba = read_parallel(given.parallel)
    order = np.random.default_rng(SEED).permutation(len(europarl) + len(tatoeba))
    held, used = order[:HELD_OUT], order[HELD_OUT:]
    pairs = europarl + tatoeba
    sides = [
        build_side(language, (pairs[i][n] for i in used), SIZES[language], LEAST) for n, language in enumerate(SIZES)
    ]
    print(f"{len(used)} pairs, {[len(side.vocabulary) for side in sides]} words")
    tables = _train(sides)
    given.out.mkdir(exist_ok=True)
    archive = given.out / "words.npz"
    _write(archive, sides, tables)
    print(f"{time.process_time() - begun:.0f} s of CPU")
    encoder = read_encoder(archive.read_bytes())
    kept = [[pairs[i] for i in held if i < len(europarl)], [pairs[i] for i in held if i >= len(europarl)]]
    figures = _figures(encoder, kept, given.shared)
    print(*figures, sep="\n")
    write_card(given.out, _card(figures))


def _train(sides: Sequence[Side]) -> list[Floats]:
    """The word vectors of each side, their lengths the words' weights."""
    chance = np.random.default_rng(SEED)
    pairs = sides[0].counts.shape[0]
    present = [np.bincount(side.counts.indices, minlength=side.counts.shape[1]) for side in sides]
    rarity = [np.log((pairs + 1) / (each + 1)).astype(np.float32) for each in present]
    both = sparse.hstack([side.counts[:FIRST] for side in sides]).tocsr()
    first = spectral_vectors(both, np.concatenate(rarity), DIMENSIONS, chance)
    first /= np.linalg.norm(first, axis=1, keepdims=True) + 1e-6
    weights = np.concatenate(rarity)
    first *= (weights / weights.mean() * 0.5)[:, None]
    cut = sides[0].counts.shape[1]
    tables = (np.ascontiguousarray(first[:cut]), np.ascontiguousarray(first[cut:]))
    sharpen((sides[0].counts, sides[1].counts), tables, Recipe(), chance)
    return list(tables)


def _write(path: pathlib.Path, sides: Sequence[Side], tables: Sequence[Floats]) -> None:
    """The archive: whole numbers of eight bits with a scale a row."""
    vectors = np.concatenate(tables)
    spelt = spelt_vectors([form for side in sides for form in side.vocabulary], vectors, BUCKETS)
    rows, scales = _quantized(vectors)
    subwords, subword_scales = _quantized(spelt)
    rare = np.concatenate([np.linalg.norm(table[len(table) // 2 :], axis=1) for table in tables])
    named = {
        f"words_{side.language}": np.frombuffer("\n".join(side.vocabulary).encode(), dtype=np.uint8) for side in sides
    }
    np.savez_compressed(
        path,
        languages=np.array(" ".join(side.language for side in sides)),
        rows=rows,
        scales=scales,
        subwords=subwords,
        subword_scales=subword_scales,
        weight=np.float32(np.median(rare)),
        own=np.float32(OWN),
        **named,
    )


def _quantized(vectors: Floats) -> tuple[NDArray[np.int8], NDArray[np.float16]]:
    scales = np.maximum(np.abs(vectors).max(axis=1) / 127, 1e-6).astype(np.float16)
    return np.rint(vectors / scales.astype(np.float32)[:, None]).clip(-127, 127).astype(np.int8), scales


def _figures(encoder: StaticEncoder, held: Sequence[Sequence[Pair]], shared: pathlib.Path) -> list[str]:
    folder = shared / "data" / "quotations"
    sets = {
        "Europarl, held out": held[0],
        "Tatoeba, held out": held[1],
        "news (NTREX), unseen": news_sentences(folder / "texts"),
        "utterances of S0-S4, unseen": utterances([folder / f"S{n}.jsonl" for n in range(5)]),
    }
    return [f"{name:28} {retrieval(encoder, pairs)}" for name, pairs in sets.items() if pairs]


def _card(figures: Sequence[str]) -> Card:
    return Card(
        purpose=(
            "Static word vectors, French and English in one space: a text is the weighted mean of its words, and near "
            "texts mean the same, also across the two languages. Words outside the table are spelt from letter "
            "sequences. Method: truncated SVD of words by sentence pairs, sharpened by a contrastive loss over "
            "translations; see `training/embedding/`."
        ),
        data=[EUROPARL, TATOEBA],
        licence="CC BY 4.0; keep the two attributions above.",
        figures=figures,
        command="python -m training.embedding UNPACKED/parallel --shared ../shared",
    )


if __name__ == "__main__":
    main()
