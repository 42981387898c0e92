"""What a page shows of a network: the strongest nodes and ties, and where they stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from selon.discourse.networks import Network
from selon.exports.pictures.layout import placed
from selon.exports.pictures.lettering import lines_of, width

TIES = 300
"""How many ties are drawn and listed, the strongest."""
_SIZE, _WIDEST, _GAP, _PAGE = 12.0, 150.0, 22.0, 1.4
_SIGNS = {"congruence": "+", "conflict": "-"}


@dataclass(frozen=True, slots=True)
class Node:
    """A label of a network: its number, whether a row or a column, how many statements it counts, where it stands."""

    number: int
    label: str
    group: str
    statements: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Line:
    """A tie between two nodes; ``sign`` is ``+`` for agreement, ``-`` for disagreement, else empty."""

    source: Node
    target: Node
    weight: float
    sign: str

    def row(self) -> Mapping[str, Any]:
        """The tie as a row of a table."""
        labels = {"source": self.source.label, "target": self.target.label}
        return {**labels, "weight": round(self.weight, 6), "sign": self.sign}


@dataclass(frozen=True, slots=True)
class Shown:
    """The nodes and ties that are shown, strongest first, and how many there are in all."""

    nodes: tuple[Node, ...]
    ties: tuple[Line, ...]
    all_nodes: int
    all_ties: int


def shown(network: Network, least: float, most: int) -> Shown:
    """At most so many nodes, those with the strongest ties of at least this weight, and the ties between them."""
    one, other, weight = _ties(network, least)
    labels = [*network.rows, *([] if network.one_mode else network.columns)]
    strength = np.bincount(np.concatenate([one, other]), np.tile(np.abs(weight), 2), minlength=len(labels))
    best = np.argsort(-strength, kind="stable")[:most]
    kept = np.sort(best[strength[best] > 0])
    inside = np.flatnonzero(np.isin(one, kept) & np.isin(other, kept))
    inside = inside[np.argsort(-np.abs(weight[inside]), kind="stable")][:TIES]
    place = {int(label): number for number, label in enumerate(kept)}
    ends = [(place[int(one[each])], place[int(other[each])]) for each in inside]
    weights = weight[inside].tolist()
    nodes = tuple(_nodes(network, [labels[each] for each in kept], kept.tolist(), _matrix(network, ends, weights)))
    ties = tuple(
        Line(nodes[source], nodes[target], value, _sign(network, value))
        for (source, target), value in zip(ends, weights, strict=True)
    )
    return Shown(nodes, ties, int((strength > 0).sum()), len(weight))


def _ties(network: Network, least: float) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    found = network.weights.tocoo()
    kept = np.abs(found.data) >= max(least, 1e-12)
    if network.one_mode:
        kept &= found.row < found.col
    shift = 0 if network.one_mode else len(network.rows)
    return found.row[kept].astype(np.int64), found.col[kept].astype(np.int64) + shift, found.data[kept]


def _matrix(network: Network, ends: list[tuple[int, int]], weights: list[float]) -> NDArray[np.float64]:
    """What draws nodes together or, in one mode, opponents apart."""
    size = 1 + max((max(pair) for pair in ends), default=-1)
    matrix = np.zeros((size, size))
    for (source, target), weight in zip(ends, weights, strict=True):
        apart = network.one_mode and _sign(network, weight) == "-"
        matrix[source, target] = matrix[target, source] = -abs(weight) if apart else abs(weight)
    return matrix


def _nodes(network: Network, labels: list[str], numbers: list[int], matrix: NDArray[np.float64]) -> Iterator[Node]:
    rows = len(network.rows)
    said = [*network.row_statements, *([] if network.one_mode else network.column_statements)]
    size = len(labels)
    pull = np.zeros((size, size))
    pull[: len(matrix), : len(matrix)] = matrix
    rooms = np.array([_room(label) for label in labels]).reshape(size, 2)
    points = _as_wide(placed(pull, rooms)) if size else np.zeros((0, 2))
    for number, (label, place) in enumerate(zip(labels, numbers, strict=True)):
        group = "column" if not network.one_mode and place >= rows else "row"
        # The page draws upwards, a picture downwards.
        yield Node(
            number, label, group, said[place], round(float(points[number, 0]), 2), -round(float(points[number, 1]), 2)
        )


def _as_wide(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """The points stretched sideways, up to twice, to fill a page that is wider than high."""
    across, down = np.ptp(points, axis=0)
    return np.asarray(points * [np.clip(_PAGE * down / max(across, 1.0), 1.0, 2.0), 1.0])


def _room(label: str) -> tuple[float, float]:
    """How much room a node and its label take."""
    lines = lines_of(label, _SIZE, _WIDEST, most=2)
    return max((width(line, _SIZE) for line in lines), default=0.0) + _GAP, _SIZE * 1.3 * len(lines) + 2 * _GAP


def _sign(network: Network, weight: float) -> str:
    if network.aggregation == "subtract":
        return "+" if weight > 0 else "-"
    return _SIGNS.get(network.aggregation, "")
