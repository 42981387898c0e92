"""The training of the word vectors, on a language of six words and its translation."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import numpy as np
import pytest

if not importlib.util.find_spec("scipy"):
    pytest.skip("needs the extra `train`: scipy", allow_module_level=True)

from training.embedding.contrastive import Recipe, sharpen
from training.embedding.corpus import build_side, read_parallel
from training.embedding.spectral import spectral_vectors
from training.embedding.spelling import spelt_vectors

FRENCH = ["guerre", "paix", "pain", "eau", "train", "mer"]
ENGLISH = ["war", "peace", "bread", "water", "rail", "sea"]


def pairs(count: int) -> list[tuple[str, str]]:
    chance = np.random.default_rng(3)
    chosen = [chance.choice(6, size=3, replace=False) for _ in range(count)]
    return [(" ".join(FRENCH[i] for i in each), " ".join(ENGLISH[i] for i in each)) for each in chosen]


def trained() -> tuple[dict[str, np.ndarray], list[float]]:
    said = pairs(600)
    sides = (build_side("fr", (p[0] for p in said), 10, 1), build_side("en", (p[1] for p in said), 10, 1))
    chance = np.random.default_rng(4)
    both = np.hstack([side.counts.toarray() for side in sides])
    from scipy import sparse

    vectors = spectral_vectors(sparse.csr_matrix(both), np.ones(12, np.float32), 4, chance)
    tables = (vectors[:6].copy(), vectors[6:].copy())
    told: list[str] = []
    sharpen((sides[0].counts, sides[1].counts), tables, Recipe(epochs=4, batch=50), chance, told.append)
    named = {
        form: row
        for side, table in zip(sides, tables, strict=True)
        for form, row in zip(side.vocabulary, table, strict=True)
    }
    return named, [float(line.rsplit(" ", 1)[1]) for line in told]


def test_a_word_comes_to_lie_nearest_to_its_translation() -> None:
    vectors, losses = trained()
    for french, english in zip(FRENCH, ENGLISH, strict=True):
        cosines = {
            other: vectors[french] @ vectors[other] / np.linalg.norm(vectors[french]) / np.linalg.norm(vectors[other])
            for other in ENGLISH
        }
        assert max(cosines, key=cosines.__getitem__) == english
    assert losses[-1] < losses[0]


def test_the_same_seed_gives_the_same_vectors() -> None:
    one, other = trained()[0], trained()[0]
    assert all(np.array_equal(one[form], other[form]) for form in one)


def test_a_side_keeps_the_most_frequent_words_and_counts_them_by_sentence() -> None:
    side = build_side("fr", ["la paix la", "la guerre", "l’eau, 2,5 fois"], 2, 1)
    assert side.vocabulary[0] == "la"
    assert side.counts.shape == (3, 2)
    assert side.counts.toarray()[0, 0] == 2


def test_a_spelling_learns_what_its_words_share() -> None:
    forms = [f"{stem}ement" for stem in ("gouvern", "parl", "logi")] + [f"{stem}tion" for stem in ("nata", "ac", "op")]
    targets = np.repeat(np.eye(2, dtype=np.float32), 3, axis=0)
    spelt = spelt_vectors(forms, targets, 512)
    from selon.models.embedding.subwords import subword_buckets

    unseen = spelt[subword_buckets("jugement", 512)].mean(axis=0)
    assert unseen[0] > unseen[1]


def test_parallel_text_is_read_french_first(tmp_path: Path) -> None:
    for name in ("europarl", "tatoeba"):
        (tmp_path / name).mkdir()
    (tmp_path / "europarl" / "europarl_fr-en_third.tsv").write_text("1996-04-15\tNL\tOui.\tYes.\nbroken\n")
    (tmp_path / "tatoeba" / "fra.txt").write_text("Run!\tCours !\tsomebody\n")
    assert read_parallel(tmp_path) == ([("Oui.", "Yes.")], [("Cours !", "Run!")])
