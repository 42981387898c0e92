"""Which candidates are quotations: a model scores each, the best of every cue stays if it is likely enough."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from selon.attribution.draft import Draft
from selon.attribution.features import View
from selon.attribution.network import Readings
from selon.attribution.words import Words
from selon.languages import LanguagePack
from selon.models.linear import LinearModel, read_linear

MODEL = "attribution.json"
THRESHOLD = 0.52
"""Least probability, before calibration, that one of a cue's candidates is a quotation."""


class Decider:
    """Chooses between the candidates of one article; without a model the rules' own confidence decides."""

    def __init__(self, words: Words, readings: Readings, model: LinearModel | None) -> None:
        self._view = View(words, readings)
        self._model = model

    def best(self, candidates: Sequence[Draft]) -> Draft | None:
        """The likeliest of the candidates of one cue with its score as confidence; None when none is likely enough."""
        if not candidates:
            return None
        if self._model is None:
            return max(candidates, key=lambda draft: draft.confidence)
        index, probability = self._model.choose([self._view.features(draft) for draft in candidates])
        return candidates[index]._replace(confidence=probability) if probability >= THRESHOLD else None


@cache
def decider_model(pack: LanguagePack) -> LinearModel | None:
    """The pack's model of candidates, or None when it has none. Raises PackError when it is damaged."""
    data = pack.model(MODEL)
    return read_linear(data, f"language pack {pack.code}, {MODEL}") if data is not None else None
