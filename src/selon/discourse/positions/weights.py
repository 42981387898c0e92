"""The trained weights that ship with selon: which proposition a statement is about, and with which sign."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import numpy as np

from selon.discourse.positions.records import Weighed
from selon.errors import PackError

FILE = "stance_model/weights.json"
PARTS = ("about", "first", "second", "sign", "debate", "sure")


@dataclass(frozen=True, slots=True)
class Models:
    """The models in the order in which they are asked; ``fingerprint`` is the SHA-256 of their file.

    ``about``: is the page about the proposition; ``first``, ``second``: is the statement, by its words and then by
    those around it too; ``sign`` and ``debate``: the sign (-1, 0, +1), the same two ways; ``sure``:
    is the choice right, by what does not hang on the size of the pile.
    """

    about: Weighed
    first: Weighed
    second: Weighed
    sign: Weighed
    debate: Weighed
    sure: Weighed
    fingerprint: str = ""


@cache
def load_models() -> Models:
    """The shipped models, read once. Raises PackError when their file is damaged."""
    entry = resources.files("selon.discourse.positions") / FILE
    try:
        return read_models(entry.read_bytes())
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise PackError(
            f"damaged model: {error!r}", where=str(entry), next="reinstall selon or rebuild the model"
        ) from error


def read_models(data: bytes) -> Models:
    """The models in the bytes of a file that ``write_models`` made. Raises ValueError, KeyError or TypeError."""
    table: dict[str, Any] = json.loads(data)
    parts = {name: weighed_from(table[name]) for name in PARTS}
    return Models(**parts, fingerprint=hashlib.sha256(data).hexdigest())


def write_models(models: Models) -> bytes:
    """The file of the models: JSON, a feature a line."""
    table = {name: written(getattr(models, name)) for name in PARTS}
    return (json.dumps(table, indent=1, ensure_ascii=False) + "\n").encode()


def weighed_from(part: dict[str, Any]) -> Weighed:
    """A model as JSON holds it. Raises ValueError, KeyError or TypeError."""
    names = tuple(str(name) for name in part["weights"])
    weights = np.asarray(list(part["weights"].values()), dtype=np.float32).reshape(len(names), -1)
    return Weighed(names, weights, np.asarray(part["bias"], dtype=np.float32))


def written(model: Weighed) -> dict[str, Any]:
    """A model as JSON holds it, a number's weights by its name."""
    rows = {
        name: [round(float(weight), 6) for weight in row] for name, row in zip(model.names, model.weights, strict=True)
    }
    return {"bias": [round(float(each), 6) for each in model.bias], "weights": rows}
