"""Loads the word vectors that ship with selon."""

from __future__ import annotations

import hashlib
import io
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from selon.errors import PackError

if TYPE_CHECKING:
    from selon.models.embedding.static import StaticEncoder

_FILE = "words.npz"


@cache
def load_encoder() -> StaticEncoder:
    """The shipped encoder, read once. Raises PackError when its table is missing or damaged."""
    entry = resources.files("selon.models.embedding") / "vectors" / _FILE
    try:
        return read_encoder(entry.read_bytes())
    except Exception as error:  # a damaged archive can raise anything from zipfile, zlib, numpy and codecs
        raise PackError(
            f"damaged word vectors: {type(error).__name__}: {str(error)[:200]}",
            where=str(entry),
            next="reinstall selon or rebuild them",
        ) from error


def read_encoder(data: bytes) -> StaticEncoder:
    """The encoder in the bytes of an ``npz`` archive as ``training.embedding`` writes it."""
    import numpy as np  # only when vectors are asked for

    from selon.models.embedding.static import StaticEncoder, Table

    with np.load(io.BytesIO(data), allow_pickle=False) as archive:
        places, row = {}, 0
        for language in str(archive["languages"]).split():
            known = archive[f"words_{language}"].tobytes().decode("utf-8").split("\n")
            places[language] = dict(zip(known, range(row, row + len(known)), strict=True))
            row += len(known)
        subwords = archive["subwords"].astype(np.float32) * archive["subword_scales"].astype(np.float32)[:, None]
        rows = archive["rows"]
        if row != len(rows) or len(rows) != len(archive["scales"]):
            raise ValueError(f"{row} words, {len(rows)} vectors")
        table = Table(
            rows=rows,
            scales=archive["scales"].astype(np.float32),
            places=places,
            subwords=subwords,
            weight=float(archive["weight"]),
            own=float(archive["own"]),
        )
    return StaticEncoder(table, hashlib.sha256(data).hexdigest())
