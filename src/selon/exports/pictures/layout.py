"""Where the nodes of a picture stand: near those they side with, and no label on another.

Stress majorisation (Gansner, Koren and North 2004) begun from classical scaling, so that the same network gives the
same picture; then boxes that overlap are pushed apart.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse.csgraph import connected_components, shortest_path

Floats = NDArray[np.float64]
_ROUNDS = 400
_FLATTEST = 1.6
"""How many times wider than high a picture may be before it is stretched."""
_AISLE = 30.0
"""Between two parts that no tie joins."""
_APART = 2.2
"""How far apart those that oppose one another, or have nothing in common, want to be, beside the farthest others."""


def placed(weights: Floats, boxes: Floats) -> Floats:
    """The middle of each node, in the unit of the boxes (a width and a height a node), none overlapping another.

    ``weights`` is symmetric; positive ties draw together, negative ones push apart.
    """
    _, part = connected_components(weights != 0, directed=False)
    parts = [np.flatnonzero(part == each).astype(np.int64) for each in range(part.max(initial=-1) + 1)]
    parts.sort(key=lambda members: -len(members))
    points = np.zeros((len(weights), 2))
    for members in parts:
        points[members] = _one_part(weights[np.ix_(members, members)], boxes[members])
    return _packed(points, boxes, parts)


def _one_part(weights: Floats, boxes: Floats) -> Floats:
    if len(weights) < 2:
        return np.zeros((len(weights), 2))
    ideal = _ideal(weights)
    points = _spread_wide(_majorised(_scaled(ideal), ideal))
    return _pushed_apart(points * _scale(points, boxes), boxes)


def _packed(points: Floats, boxes: Floats, parts: list[NDArray[np.int64]]) -> Floats:
    """The parts on shelves, the largest first, on a page somewhat wider than high."""
    corners = [(points[each] - boxes[each] / 2).min(axis=0) for each in parts]
    sizes = [(points[each] + boxes[each] / 2).max(axis=0) - corner for each, corner in zip(parts, corners, strict=True)]
    area = sum(float((size + _AISLE).prod()) for size in sizes)
    page = max([1.3 * area**0.5, *(float(size[0]) for size in sizes)])
    across, down, shelf = 0.0, 0.0, 0.0
    placed_points = points.copy()
    for members, corner, size in zip(parts, corners, sizes, strict=True):
        if across and across + size[0] > page:
            across, down, shelf = 0.0, down + shelf + _AISLE, 0.0
        placed_points[members] += np.array([across, down]) - corner
        across, shelf = across + float(size[0]) + _AISLE, max(shelf, float(size[1]))
    return placed_points


def _ideal(weights: Floats) -> Floats:
    """How far apart each two want to be: along positive ties, the stronger the shorter; opponents far."""
    strongest = np.abs(weights).max(initial=0) or 1
    near = np.where(weights > 0, 1 + 0.8 * (1 - np.sqrt(np.maximum(weights, 0) / strongest)), 0)
    distance = shortest_path(near, directed=False)
    known = np.isfinite(distance)
    distance[~known] = distance[known].max(initial=1) + _APART / 2
    opposed = weights < 0
    distance[opposed] = np.maximum(distance[opposed], _APART) + 0.6 * np.sqrt(np.abs(weights[opposed]) / strongest)
    np.fill_diagonal(distance, 0)
    return np.asarray((distance + distance.T) / 2)


def _scaled(ideal: Floats) -> Floats:
    """Classical scaling into two dimensions; signs are fixed, so that nothing is left to the machine."""
    size = len(ideal)
    centred = np.eye(size) - 1 / size
    values, vectors = np.linalg.eigh(-centred @ (ideal**2) @ centred / 2)
    top = vectors[:, -2:][:, ::-1] if size > 1 else vectors
    top = top * np.where(top[np.abs(top).argmax(axis=0), [0, 1]] < 0, -1, 1)
    points = top * np.sqrt(np.maximum(values[-2:][::-1], 1e-3))
    # A little of the golden spiral keeps those apart that scaling puts on one spot.
    turns = np.arange(size) * 2.399963
    spiral = np.sqrt(np.arange(size) / size)[:, None] * np.stack([np.cos(turns), np.sin(turns)], axis=1)
    return np.asarray(points + 0.05 * spiral)


def _majorised(points: Floats, ideal: Floats) -> Floats:
    size = len(points)
    weight = np.divide(1, ideal**2, out=np.zeros_like(ideal), where=ideal > 0)
    laplacian = np.diag(weight.sum(axis=1)) - weight
    inverse = np.linalg.pinv(laplacian + np.ones((size, size)) / size)
    for _ in range(_ROUNDS):
        distance = np.linalg.norm(points[:, None] - points[None, :], axis=2)
        pull = -np.divide(weight * ideal, distance, out=np.zeros_like(distance), where=distance > 1e-9)
        np.fill_diagonal(pull, -pull.sum(axis=1))
        moved: Floats = inverse @ (pull @ points)
        if np.abs(moved - points).max() < 1e-5:
            return moved
        points = moved
    return points


def _spread_wide(points: Floats) -> Floats:
    """The points turned so that their longer side lies flat, as pages are read, and a thin band of them stretched."""
    points = points - points.mean(axis=0)
    _, _, axes = np.linalg.svd(points, full_matrices=False)
    turned = np.asarray(points @ axes.T if axes.shape == (2, 2) else points)
    across, down = np.ptp(turned, axis=0)
    return np.asarray(turned * [1, np.clip(across / max(down, 1e-9) / _FLATTEST, 1, 1.4)])


def _scale(points: Floats, boxes: Floats) -> float:
    """How much larger the points must be for the boxes to have about three times their own room."""
    extent = np.ptp(points, axis=0) + 0.3
    return float(np.sqrt(3.2 * boxes.prod(axis=1).sum() / extent.prod()))


def _pushed_apart(points: Floats, boxes: Floats) -> Floats:
    """No two boxes overlap: each pair that does moves apart along the axis where less is needed, again and again."""
    points = points.copy()
    half = (boxes[:, None] + boxes[None, :]) / 2
    upper = np.triu(np.ones((len(points), len(points)), dtype=bool), 1)
    for round_ in range(3000):
        if round_ and not round_ % 300:
            points *= 1.1  # too crowded: give them more room
        apart = points[:, None] - points[None, :]
        overlap = half - np.abs(apart)
        pairs = np.argwhere((overlap > 1e-6).all(axis=2) & upper)
        if not len(pairs):
            break
        for one, other in pairs:
            difference = points[one] - points[other]
            need = half[one, other] - np.abs(difference)
            if (need <= 0).any():
                continue
            axis = int(np.argmin(need))
            step = (need[axis] / 2 + 0.01) * (1 if difference[axis] >= 0 else -1)
            points[one, axis] += step
            points[other, axis] -= step
    return points
