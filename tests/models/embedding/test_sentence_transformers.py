"""The adapter for a user's model, tried on a stub with the library's own signature."""

from __future__ import annotations

import sys

import numpy as np
import pytest

from selon.errors import UsageError
from selon.models.embedding.sentence_transformers import SentenceTransformerEncoder


class Stub:
    """What ``SentenceTransformer.encode`` of sentence-transformers 3 takes and gives."""

    def encode(
        self,
        sentences: list[str],
        batch_size: int = 32,
        show_progress_bar: bool | None = None,
        convert_to_numpy: bool = True,
        normalize_embeddings: bool = False,
    ) -> np.ndarray:
        assert isinstance(sentences, list)
        assert convert_to_numpy
        rows = np.array([[len(s), s.count("e"), 1.0] for s in sentences], dtype=np.float64).reshape(-1, 3)
        return rows / np.linalg.norm(rows, axis=1, keepdims=True) if normalize_embeddings else rows


def test_its_vectors_are_unit_rows_of_single_precision() -> None:
    encoder = SentenceTransformerEncoder(Stub())
    rows = encoder.encode(("une phrase", "another"), ("fr", "en"))
    assert rows.dtype == np.float32
    assert rows.shape == (2, encoder.dimensions)
    assert np.allclose(np.linalg.norm(rows, axis=1), 1)


def test_an_empty_text_gives_zeros_as_ours_does() -> None:
    assert not SentenceTransformerEncoder(Stub()).encode([" "], ["fr"]).any()


def test_it_is_told_apart_by_its_name() -> None:
    assert SentenceTransformerEncoder(Stub()).fingerprint == "sentence-transformers Stub"


def test_without_the_library_a_name_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    with pytest.raises(UsageError, match="pip install sentence-transformers"):
        SentenceTransformerEncoder("some/model")
