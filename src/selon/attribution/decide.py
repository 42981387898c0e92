"""Which candidates are quotations: a model scores each, the best of every cue stays if it is likely enough."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cache

from selon.attribution.draft import Draft
from selon.attribution.features import features
from selon.attribution.words import Words
from selon.languages import LanguagePack
from selon.models.linear import LinearModel, read_linear

MODEL = "attribution.json"
THRESHOLD = 0.52
"""Least probability, before calibration, that one of a cue's candidates is a quotation."""


@cache
def decider(pack: LanguagePack) -> LinearModel | None:
    """The pack's model of candidates, or None when it has none and the rules' own confidence decides."""
    data = pack.model(MODEL)
    return read_linear(data, f"language pack {pack.code}, {MODEL}") if data is not None else None


def best(words: Words, candidates: Iterable[Draft], model: LinearModel | None) -> Draft | None:
    """The likeliest of the candidates of one cue, with its score as confidence, or None when there is none."""
    if model is None:
        return max(candidates, key=lambda draft: draft.confidence, default=None)
    drafts = list(candidates)
    if not drafts:
        return None
    index, probability = model.choose([features(words, draft) for draft in drafts])
    return replace(drafts[index], confidence=probability)
