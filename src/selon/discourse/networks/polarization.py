"""How far a debate falls into camps: agreement within, conflict between."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import combinations
from math import comb

import numpy as np
from numpy.typing import NDArray

from selon.discourse.networks.codes import Codes
from selon.discourse.networks.counts import Floats
from selon.discourse.networks.networks import network
from selon.discourse.networks.options import Aggregation, Mode, NetworkOptions, Normalisation
from selon.discourse.networks.records import Network
from selon.discourse.networks.windows import Windows, networks_over_time
from selon.errors import UsageError

Camps = NDArray[np.int64]
_ENUMERABLE = 20_000
_STARTS = 20


@dataclass(frozen=True, slots=True)
class Polarization:
    """How polarised a debate is, between 0 and 1, and the camps that show it best, each with its labels.

    ``exact`` when every division into camps was tried.
    """

    value: float
    camps: tuple[tuple[str, ...], ...]
    exact: bool


def polarization(codes: Codes, options: NetworkOptions, camps: int, chance: np.random.Generator) -> Polarization:
    """The division into so many camps of equal size that comes nearest to the ideal, and how near it comes.

    Ideally all agreement lies evenly within camps and all conflict evenly between them: the value is 1 less half the
    difference to that, as a share of all agreement and conflict (both average-normalised). DNA's formula (manual,
    “polarization”) spreads only a part of either over the ideal and takes the division *farthest* from it: of two pure
    camps it draws the line across both. ``as_dna`` gives its figure. Raises UsageError when there are fewer rows than
    camps.
    """
    agree, oppose = (
        network(codes, _averaged(options, each)) for each in (Aggregation.CONGRUENCE, Aggregation.CONFLICT)
    )
    return _divided(agree, oppose, options, (camps, chance))


def polarization_over_time(
    codes: Codes, options: NetworkOptions, windows: Windows, camps: tuple[int, np.random.Generator]
) -> Iterator[tuple[datetime, datetime, int, Polarization | None]]:
    """For each window or moment its ends, its statements, and how polarised it is; None with too few rows for camps."""
    pair = [
        networks_over_time(codes, _averaged(options, each), windows)
        for each in (Aggregation.CONGRUENCE, Aggregation.CONFLICT)
    ]
    for agree, oppose in zip(*pair, strict=True):
        assert agree.first and agree.last
        few = len(agree.rows) < camps[0]
        found = None if few else _divided(agree, oppose, options, camps)
        yield agree.first, agree.last, agree.statements, found


def _averaged(options: NetworkOptions, aggregation: Aggregation) -> NetworkOptions:
    return replace(options, mode=Mode.ONE_MODE, aggregation=aggregation, normalisation=Normalisation.AVERAGE)


def _divided(
    agree: Network, oppose: Network, options: NetworkOptions, asked: tuple[int, np.random.Generator]
) -> Polarization:
    camps, chance = asked
    labels = agree.rows
    if camps < 2 or len(labels) < camps:
        raise UsageError(f"{len(labels)} rows make no {camps} camps", next="ask for two or more, or take more rows")
    sizes = [len(labels) // camps + (each < len(labels) % camps) for each in range(camps)]
    distance = _Distance(agree.weights.toarray(), oppose.weights.toarray(), sizes, as_dna=options.as_dna)
    sign = -1 if options.as_dna else 1
    exact = _divisions(sizes) <= _ENUMERABLE
    tried = _all(sizes) if exact else (_improved(sign * distance.gain(), sizes, chance) for _ in range(_STARTS))
    best, least = np.zeros(len(labels), dtype=np.int64), np.inf
    for division in tried:
        value = sign * distance(division)
        if value < least - 1e-12:
            best, least = division, value
    found = float(-least if options.as_dna else 1 - least)
    groups = tuple(tuple(labels[each] for each in np.flatnonzero(best == camp)) for camp in range(camps))
    return Polarization(found, groups, exact)


class _Distance:
    """Half the difference to the ideal division, as a share of all agreement and conflict."""

    def __init__(self, agree: Floats, oppose: Floats, sizes: list[int], *, as_dna: bool) -> None:
        size = np.array(sizes, dtype=float)
        self.agree, self.oppose, self.total = agree, oppose, float(np.abs(agree).sum() + np.abs(oppose).sum())
        within, between = np.diag(size * (size - 1)), np.outer(size, size)
        np.fill_diagonal(between, 0)
        self.ideal_agree = _spread(np.abs(agree).sum(), within, as_dna=as_dna)
        self.ideal_oppose = _spread(np.abs(oppose).sum(), between, as_dna=as_dna)
        self.off = ~np.eye(len(agree), dtype=bool)

    def __call__(self, division: Camps) -> float:
        there = division[:, None], division[None, :]
        apart = np.abs(self.agree - self.ideal_agree[there]) + np.abs(self.oppose - self.ideal_oppose[there])
        return float(apart[self.off].sum()) / (2 * self.total) if self.total else 0.0

    def gain(self) -> Floats:
        """For each pair, about how much the difference changes when they come into one camp."""
        agree, oppose = self.ideal_agree.diagonal().mean(), self.ideal_oppose[0, 1]
        together = np.abs(self.agree - agree) + np.abs(self.oppose)
        found: Floats = together - np.abs(self.agree) - np.abs(self.oppose - oppose)
        np.fill_diagonal(found, 0)
        return found


def _spread(amount: float, pairs: Floats, *, as_dna: bool) -> Floats:
    """The amount a pair of members of two camps, where it lies evenly over all such pairs."""
    total = pairs.sum()
    if not total:
        return pairs
    share = pairs / total if as_dna else (pairs > 0).astype(float)
    return np.asarray(share * amount / total)


def _divisions(sizes: list[int]) -> float:
    """How many divisions there are, camps of one size told apart."""
    left, number = sum(sizes), 1
    for size in sizes:
        number *= comb(left, size)
        left -= size
    return number


def _all(sizes: list[int]) -> Iterator[Camps]:
    def extended(left: tuple[int, ...], camp: int, division: Camps) -> Iterator[Camps]:
        if camp == len(sizes):
            yield division.copy()
            return
        for chosen in combinations(left, sizes[camp]):
            division[list(chosen)] = camp
            yield from extended(tuple(each for each in left if each not in chosen), camp + 1, division)

    yield from extended(tuple(range(sum(sizes))), 0, np.zeros(sum(sizes), dtype=np.int64))


def _improved(gain: Floats, sizes: list[int], chance: np.random.Generator) -> Camps:
    """A division drawn by lot, improved by the best exchange of two members as long as one helps."""
    division = chance.permutation(np.repeat(np.arange(len(sizes)), sizes))
    everyone = np.arange(len(division))
    for _ in range(len(division) ** 2):
        to_camp = gain @ np.eye(len(sizes))[division]
        moved = to_camp[:, division] - to_camp[everyone, division][:, None]
        change = moved + moved.T - 2 * gain
        change[division[:, None] == division[None, :]] = 0
        one, other = np.unravel_index(int(np.argmin(change)), change.shape)
        if change[one, other] > -1e-12:
            break
        division[[one, other]] = division[[other, one]]
    return division
