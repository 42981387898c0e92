"""What the stage reads: pages, sayings on them, propositions; private to positions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from selon.offsets import Span

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Page:
    """An article's text with its sentences in text order, page furniture left out."""

    id: str
    language: str
    text: str
    sentences: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Saying:
    """A statement as positions see it.

    ``speaker`` is the key of the actor (or a name), empty when unknown; ``utterance`` the key of what it reports with
    others, empty when it stands alone; ``span`` goes from the first to the last character of source, cue and content.
    """

    id: str
    page: str
    content: str
    cue: str
    kind: str
    speaker: str
    utterance: str
    span: Span


class WordVectors(Protocol):
    """Words in, vectors out, French and English in one space; the length of a vector is the word's weight."""

    @property
    def dimensions(self) -> int:
        """How many numbers a vector has."""

    def word_vectors(self, forms: Sequence[str], language: str) -> NDArray[np.float32]:
        """A row a word (lower case), in order."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """A linear model over named numbers: log-odds = bias + the sum of weight times number, one column an outcome."""

    names: tuple[str, ...]
    weights: NDArray[np.float32]
    bias: NDArray[np.float32]

    def score(self, numbers: Mapping[str, NDArray[np.float32]]) -> NDArray[np.float32]:
        """The log-odds for arrays of one shape, with the outcomes as a last axis."""
        import numpy as np

        first = numbers[self.names[0]]
        out = np.broadcast_to(self.bias, (*first.shape, len(self.bias))).copy()
        for name, row in zip(self.names, self.weights, strict=True):
            out += numbers[name][..., None] * row
        return out
