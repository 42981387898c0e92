"""The encoder: laws on a small table made here, then what the shipped vectors must be able to do."""

from __future__ import annotations

import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from selon.errors import PackError
from selon.models.embedding import load, load_encoder
from selon.models.embedding.load import read_encoder
from selon.models.embedding.static import StaticEncoder, Table

WORDS = {"fr": {"guerre": 0, "paix": 1, "la": 2}, "en": {"war": 3, "peace": 4, "the": 5}}
some_texts = st.lists(st.text(alphabet="guerpaixwctéh12,.' «»", max_size=30), max_size=6)


def small() -> StaticEncoder:
    rows = np.array([[100, 0, 0, 0], [0, 100, 0, 0], [0, 0, 5, 0]] * 2, dtype=np.int8)
    subwords = np.eye(4, dtype=np.float32)[[0, 1, 2, 3, 0, 1, 2, 3]]
    return StaticEncoder(Table(rows, np.full(6, 0.01, np.float32), WORDS, subwords, 1.0, 0.7), "small")


@given(some_texts)
def test_every_text_has_a_vector_of_length_one_or_of_zeros(texts: list[str]) -> None:
    lengths = np.linalg.norm(small().encode(texts, ["fr"] * len(texts)), axis=1)
    assert np.all(np.isclose(lengths, 1, atol=1e-4) | (lengths == 0))


@given(some_texts)
def test_a_text_has_the_same_vector_alone_and_among_others(texts: list[str]) -> None:
    together = small().encode(texts, ["fr"] * len(texts))
    alone = [small().encode([text], ["fr"])[0] for text in texts]
    assert np.allclose(together, np.array(alone).reshape(together.shape), atol=1e-5)


def test_translations_meet_and_opposites_do_not() -> None:
    french, english, other = small().encode(["La guerre", "The war", "Peace"], ["fr", "en", "en"])
    assert french @ english > 0.99
    assert abs(french @ other) < 0.1


def test_a_frequent_word_weighs_little() -> None:
    bare, dressed = small().encode(["guerre", "la la guerre la"], ["fr", "fr"])
    assert bare @ dressed > 0.95


def test_a_name_outside_the_table_meets_itself_in_the_other_language_and_its_spelling_variant() -> None:
    first, second, variant, other = load_encoder().encode(
        ["Ahouansou", "Ahouansou", "Ahouanssou", "Kowalczyk"], ["fr", "en", "en", "en"]
    )
    assert first @ second > 0.99
    assert first @ second > first @ variant > first @ other


def test_numbers_are_themselves_alone_and_a_decimal_comma_is_a_point() -> None:
    comma, point, other = small().encode(["2,5", "2.5", "2.6"], ["fr", "en", "en"])
    assert comma @ point > 0.99
    assert comma @ other < 0.9


def test_no_text_and_no_words_give_zeros() -> None:
    assert small().encode([], []).shape == (0, 4)
    assert not small().encode(["", "« … »"], ["fr", "fr"]).any()


def test_a_language_outside_the_table_gives_zeros() -> None:
    assert not small().encode(["guerra"], ["it"]).any()


def test_a_damaged_table_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    held = io.BytesIO()
    np.savez(held, languages=np.array("fr"), rows=np.zeros((2, 4), np.int8))

    class Folder:
        def __truediv__(self, name: str) -> Folder:
            return self

        def read_bytes(self) -> bytes:
            return held.getvalue()

    monkeypatch.setattr(load.resources, "files", lambda package: Folder())
    with pytest.raises(PackError, match="damaged word vectors"):
        load_encoder.__wrapped__()


def test_words_and_vectors_must_be_as_many() -> None:
    held = io.BytesIO()
    np.savez(
        held,
        languages=np.array("fr"),
        words_fr=np.frombuffer(b"un\ndeux\ntrois", dtype=np.uint8),
        rows=np.zeros((2, 4), np.int8),
        scales=np.ones(2, np.float16),
        subwords=np.zeros((8, 4), np.int8),
        subword_scales=np.ones(8, np.float16),
    )
    with pytest.raises(ValueError, match="3 words, 2 vectors"):
        read_encoder(held.getvalue())


@pytest.mark.parametrize(
    ("french", "english", "other"),
    [
        ("Le ministre a refusé de négocier", "The minister refused to negotiate", "The minister agreed to a visit"),
        ("Les prix ont augmenté de 12 %", "Prices rose by 12%", "Wages fell by 3%"),
        ("Nous ne céderons jamais", "We will never give in", "We shall vote tomorrow"),
    ],
)
def test_the_shipped_vectors_tell_a_translation_from_another_sentence(french: str, english: str, other: str) -> None:
    asked, right, wrong = load_encoder().encode([french, english, other], ["fr", "en", "en"])
    assert asked @ right > asked @ wrong + 0.1


def test_the_shipped_table_is_small() -> None:
    entry = load.resources.files("selon.models.embedding") / "vectors" / "words.npz"
    assert len(entry.read_bytes()) <= 15_000_000
