"""What the reader hands back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Run(NamedTuple):
    """Tokens that stand side by side, from ``start`` up to but not including ``end``."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reading:
    """One quotation, as runs of token places counted over all passages of the article, without the breaks between.

    ``content`` is never empty; ``cue`` and ``source`` are empty when none stands in the text. ``kind`` is ``direct``,
    ``indirect`` or ``mixed``, ``form`` ``clause``, ``fragment`` or ``nominal``. ``confidence`` is the calibrated chance
    that this is a quotation.
    """

    content: tuple[Run, ...]
    cue: tuple[Run, ...]
    source: tuple[Run, ...]
    kind: str
    form: str
    confidence: float
