"""What an encoder of texts promises, so that another can take the place of ours."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Encoder(Protocol):
    """Texts in, unit vectors out: the product of two rows is the cosine of the two texts."""

    @property
    def dimensions(self) -> int:
        """How many numbers a vector has."""

    @property
    def fingerprint(self) -> str:
        """What tells this encoder from every other, for the record of what a result was made with."""

    def encode(self, texts: Sequence[str], languages: Sequence[str]) -> NDArray[np.float32]:
        """A row a text, in order, of length 1, or of zeros where a text has no words.

        ``languages`` holds the code of each text's language.
        """
