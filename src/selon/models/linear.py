"""A log-linear model over named binary features: a few thousand weights in a JSON file, scored without any library."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat

from selon.errors import PackError
from selon.models.calibration import calibrated


@dataclass(frozen=True)
class LinearModel:
    """A conditional log-linear ranker: ``weights`` by feature name, features without a weight count nothing.

    Candidates compete with one another and with *none of them*, whose score is 0 (a softmax, Ravichandran et al. 2003).
    ``knots`` and ``levels`` are the corners of an isotonic calibration (Zadrozny & Elkan 2002) from raw to calibrated
    probability, both ascending; without knots nothing is calibrated.
    """

    bias: float
    weights: Mapping[str, float]
    knots: Sequence[float]
    levels: Sequence[float]
    fingerprint: str

    def score(self, features: Iterable[str]) -> float:
        """The score of a candidate with these features: a log-odds against *none of them*."""
        return self.bias + sum(map(self.weights.get, features, repeat(0.0)))

    def choose(self, candidates: Sequence[Iterable[str]]) -> tuple[int, float]:
        """The index of the best candidate, the first of equals, and the probability that one of them is right.

        ``candidates`` must not be empty.
        """
        scores = [self.score(features) for features in candidates]
        top = max(scores)
        best = scores.index(top)
        peak = max(top, 0.0)
        mass = sum(math.exp(score - peak) for score in scores)
        return best, mass / (mass + math.exp(-peak))

    def calibrated(self, raw: float) -> float:
        """The share of choices with this raw probability that were right on held-out folds."""
        return calibrated(raw, self.knots, self.levels)


def read_linear(data: bytes, where: str) -> LinearModel:
    """The model in a JSON file. Raises PackError when it is damaged."""
    try:
        table = json.loads(data)
        return LinearModel(
            bias=float(table["bias"]),
            weights={str(name): float(weight) for name, weight in table["weights"].items()},
            knots=tuple(map(float, table["calibration"]["knots"])),
            levels=tuple(map(float, table["calibration"]["levels"])),
            fingerprint=hashlib.sha256(data).hexdigest(),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise PackError(
            f"damaged model: {error!r}", where=where, next="reinstall selon or rebuild the model"
        ) from error
