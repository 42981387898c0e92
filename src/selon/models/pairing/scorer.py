"""A log-linear model over columns: each feature is a threshold (``cosine>=0.6``) that a pair's value reaches or not."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from selon.errors import PackError
from selon.models.linear import LinearModel, read_linear

if TYPE_CHECKING:
    from numpy.typing import NDArray

ROUNDS = ("first", "second", "third")


class PairScorer:
    """Scores columns of pairs at once; a column without a weight counts nothing, a missing one reaches no threshold."""

    def __init__(self, model: LinearModel) -> None:
        import numpy as np

        self.model = model
        steps: dict[str, dict[float, float]] = {}
        for feature, weight in model.weights.items():
            name, _, edge = feature.rpartition(">=")
            steps.setdefault(name, {})[float(edge)] = weight
        self._steps = {
            name: (np.array(sorted(each)), np.cumsum([0.0, *(each[edge] for edge in sorted(each))]))
            for name, each in steps.items()
        }

    def chance(self, columns: Mapping[str, NDArray[Any]]) -> NDArray[Any]:
        """The probability of each pair; ``columns`` by name, all of one length, at least one."""
        import numpy as np

        score = np.full(len(next(iter(columns.values()))), self.model.bias)
        for name, (edges, sums) in self._steps.items():
            if name in columns:
                # a hair's breadth, so that a value stored as float32 reaches the threshold it stands for
                score += sums[np.searchsorted(edges, columns[name] + 1e-6, side="right")]
        chances: NDArray[Any] = 1 / (1 + np.exp(-np.clip(score, -30, 30)))
        return chances

    def told(self, values: Mapping[str, float]) -> list[tuple[str, float]]:
        """What each column of one pair adds to its score, strongest first."""
        import numpy as np

        added = [
            (name, float(sums[int(np.searchsorted(edges, values[name] + 1e-6, side="right"))]))
            for name, (edges, sums) in self._steps.items()
            if name in values
        ]
        return sorted((each for each in added if each[1]), key=lambda each: -abs(each[1]))


@cache
def load_scorers(kind: str) -> tuple[PairScorer, ...]:
    """The shipped models for pairs of a kind (``utterances``), one a round. Raises PackError when one is damaged."""
    folder = resources.files("selon.models.pairing") / kind
    scorers = []
    for name in ROUNDS:
        entry = folder / f"{name}.json"
        try:
            scorers.append(PairScorer(read_linear(entry.read_bytes(), str(entry))))
        except (OSError, ValueError) as error:
            raise PackError(
                f"damaged model: {error}", where=str(entry), next="reinstall selon or rebuild the model"
            ) from error
    return tuple(scorers)
