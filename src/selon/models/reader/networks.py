"""The two exported networks: the encoder reads words, the linker gives each word of a window its role to the cue."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from selon.models.reader.document import Document
from selon.models.reader.lexical import LexicalTable
from selon.models.reader.windows import Anchor, Windows, grid

Floats = NDArray[np.float32]

_MOST_CHUNKS = 8  # a third faster than 24, whose states leave the processor's cache


class Encoding(NamedTuple):
    """By word: hidden states, chances of cue tags ``(words, 3)``, of beginnings, and what the linker reads."""

    states: Floats
    tags: Floats
    begins: Floats
    projected: Floats


class Encoder:
    """Words to states, in batches of a few chunks of one document, so that nothing depends on other documents.

    (The 8-bit products take their scale from the whole batch.)
    """

    def __init__(self, model: bytes) -> None:
        self._session = _start(model)

    def __call__(self, document: Document, table: LexicalTable) -> Encoding:
        """The encoding of every word of ``document``."""
        facts = np.empty((len(document.words), 9), np.int64)
        facts[:, :7] = [table(word) for word in document.words]
        facts[:, 7] = document.states
        facts[:, 8] = np.arange(len(document.words)) < document.title_end
        chunks = document.chunks
        batches = [self._encode(facts, chunks[row : row + _MOST_CHUNKS]) for row in range(0, len(chunks), _MOST_CHUNKS)]
        states, tags, begins, projected = map(np.concatenate, zip(*batches, strict=True))
        return Encoding(states, tags, begins[:, 0], projected)

    def _encode(self, facts: NDArray[np.int64], chunks: Sequence[tuple[int, int]]) -> list[Floats]:
        lengths = np.array([end - start for start, end in chunks], np.int32)
        batch = np.zeros((lengths.max(), len(chunks), 9), np.int64)
        for row, (start, end) in enumerate(chunks):
            batch[: end - start, row] = facts[start:end]
        given = {"numbers": batch[..., :5].copy(), "extras": batch[..., 5:].copy(), "lengths": lengths}
        outputs = self._session.run(["states", "cues", "beginnings", "words"], given)
        return [_joined(output, chunks) for output in outputs]


class Linker:
    """Windows to roles."""

    def __init__(self, model: bytes) -> None:
        self._session = _start(model)

    def __call__(
        self, anchors: Sequence[Anchor], bounds: NDArray[np.int64], windows: Windows, encoding: Encoding
    ) -> tuple[Floats, Floats]:
        """Chances of roles ``(time, windows, 3)``, and of forms and kinds ``(windows, 6)`` as log odds."""
        places, within = grid(bounds)
        words = encoding.projected[np.minimum(places, len(encoding.projected) - 1)]
        words *= within[..., None]
        firsts, lasts = [anchor.first for anchor in anchors], [anchor.last for anchor in anchors]
        given = {
            "words": words,
            "cues": np.concatenate([encoding.states[firsts], encoding.states[lasts]], 1),
            "relations": windows.relations(anchors, bounds),
            "mask": within[..., None].astype(np.float32),
            "kinds": np.array([anchor.kind for anchor in anchors], np.int64),
            "lengths": (bounds[:, 1] - bounds[:, 0]).astype(np.int32),
        }
        roles, forms = self._session.run(["roles", "forms"], given)
        return roles, forms


def _joined(output: Floats, chunks: Sequence[tuple[int, int]]) -> Floats:
    return np.concatenate([output[: end - start, row] for row, (start, end) in enumerate(chunks)])


def _start(model: bytes) -> Any:  # noqa: ANN401 - onnxruntime is untyped
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    # an arena and a plan for each new shape of batch gain no speed here, but grow to hundreds of megabytes
    options.enable_cpu_mem_arena = options.enable_mem_pattern = False
    options.log_severity_level = 4
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
