"""From what a model says to how often it is right when it says so."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence


def calibrated(raw: float, knots: Sequence[float], levels: Sequence[float]) -> float:
    """The probability that belongs to a raw score: the line through the corners ``(knot, level)``, flat outside them.

    Both ascend (isotonic calibration, Zadrozny & Elkan 2002); without knots the raw score comes back.
    """
    if not knots:
        return raw
    place = bisect_right(knots, raw)
    if place == 0:
        return levels[0]
    if place == len(knots):
        return levels[-1]
    low, high = knots[place - 1], knots[place]
    share = (raw - low) / (high - low) if high > low else 0.0
    return levels[place - 1] + share * (levels[place] - levels[place - 1])
