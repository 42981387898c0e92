"""A user's own sentence-transformers model as an encoder; the library is the user's to install."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from selon.errors import UsageError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class _Model(Protocol):
    """What we ask of ``sentence_transformers.SentenceTransformer``."""

    def encode(self, sentences: list[str], **settings: object) -> object: ...


class SentenceTransformerEncoder:
    """Encodes by a model of sentence-transformers, loaded or by its name or folder.

    Raises UsageError when a name is given and the library is not installed.
    """

    def __init__(self, model: str | _Model, batch: int = 64) -> None:
        self._model: _Model = _load(model) if isinstance(model, str) else model
        self._name = model if isinstance(model, str) else type(model).__name__
        self._batch = batch
        self._dimensions = int(self.encode(["."], [""]).shape[1])

    @property
    def dimensions(self) -> int:
        """How many numbers a vector has."""
        return self._dimensions

    @property
    def fingerprint(self) -> str:
        """The name of the model; its weights are the user's to keep."""
        return f"sentence-transformers {self._name}"

    def encode(self, texts: Sequence[str], languages: Sequence[str]) -> NDArray[np.float32]:  # noqa: ARG002
        """A unit row a text, in order; zeros for an empty text. Such a model tells the languages itself."""
        import numpy as np

        made = self._model.encode(
            list(texts),
            batch_size=self._batch,
            convert_to_numpy=True,
            normalize_embeddings=True,
            show_progress_bar=False,
        )
        rows = np.asarray(made, dtype=np.float32)
        rows[[not text.strip() for text in texts]] = 0.0
        return rows


def _load(name: str) -> _Model:
    try:
        from sentence_transformers import SentenceTransformer
    except ImportError as error:
        raise UsageError(
            "sentence-transformers is not installed", where=name, next="pip install sentence-transformers"
        ) from error
    model: _Model = SentenceTransformer(name)
    return model
