"""A linear model over named binary features: a few thousand weights in a JSON file, scored without any library."""

from __future__ import annotations

import hashlib
import json
import math
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from selon.errors import PackError


@dataclass(frozen=True)
class LinearModel:
    """Logistic regression: ``weights`` by feature name, features without a weight count nothing.

    ``knots`` and ``levels`` are the steps of an isotonic calibration (Zadrozny & Elkan 2002) from raw to calibrated probability.
    """

    bias: float
    weights: Mapping[str, float]
    knots: Sequence[float]
    levels: Sequence[float]
    fingerprint: str

    def score(self, features: Iterable[str]) -> float:
        """The raw probability, 0 to 1, of a candidate with these features."""
        weights = self.weights
        total = self.bias + sum(weights.get(feature, 0.0) for feature in features)
        return 1.0 / (1.0 + math.exp(-total)) if total > -700 else 0.0

    def calibrated(self, raw: float) -> float:
        """The share of candidates with this raw score that were right on held-out folds."""
        if not self.knots:
            return raw
        place = bisect_right(self.knots, raw)
        if place == 0:
            return self.levels[0]
        if place == len(self.knots):
            return self.levels[-1]
        low, high = self.knots[place - 1], self.knots[place]
        share = (raw - low) / (high - low) if high > low else 0.0
        return self.levels[place - 1] + share * (self.levels[place] - self.levels[place - 1])


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
        raise PackError(f"damaged model: {error!r}", where=where, next="reinstall selon or rebuild the model") from error
