"""Loads a trained reader from a folder of a language pack."""

from __future__ import annotations

import hashlib
import json
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING

from selon.errors import PackError

if TYPE_CHECKING:
    from selon.models.reader.reader import QuotationReader

_FILES = ("encoder.onnx", "linker.onnx", "settings.json")


def load_reader(folder: Traversable, keep: float | None = None) -> QuotationReader | None:
    """The reader whose model lies in ``folder``, or None when there is no model.

    ``keep`` is the least confidence of a reading, the model's own when None. Raises PackError when it is damaged.
    """
    entries = [folder / name for name in _FILES]
    if not any(entry.is_file() for entry in entries):
        return None
    from selon.models.reader.reader import QuotationReader  # numpy and onnxruntime: only when there is a model

    digest = hashlib.sha256()
    try:
        parts = [entry.read_bytes() for entry in entries]
        for name, part in zip(_FILES, parts, strict=True):
            digest.update(f"{name} {len(part)}\n".encode() + part)
        encoder, linker, settings = parts
        return QuotationReader(encoder, linker, json.loads(settings), digest.hexdigest(), keep)
    except Exception as error:  # onnxruntime's errors have no root but Exception
        raise PackError(
            f"damaged quotation reader: {type(error).__name__}: {str(error)[:200]}",
            where=str(folder),
            next="reinstall selon or rebuild the model",
        ) from error
