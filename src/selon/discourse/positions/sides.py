"""Who is on which side: what the signs of the others say of each statement's own.

Statements of one quarrel fall into a pattern: a speaker keeps his side, who answers another mostly denies what that one
holds, the first to speak of a thing mostly holds it, and two who differ on one proposition differ on the next.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from selon.discourse.positions.debate import Around, Debate, share_of
from selon.discourse.positions.words import Floats, Ints

_BACK = 30
_FEW = 0.5
_SIGNS = ("denies", "open", "holds")
_NAMES = (
    *(f"{when}_{name}" for when in ("before", "after") for name in _SIGNS),
    "nobody_before", "nobody_after", "own_much", "own", "others", "camp",
)  # fmt: skip


def sides(debate: Debate, odds: Floats, alone: Floats) -> dict[str, Floats]:
    """What the second look at signs counts with: arrays of sayings by candidates.

    ``odds`` are those of each candidate against none; ``alone`` those of the signs (last axis) by each saying's words.
    """
    shares, likely = share_of(odds), chances(alone)
    out = {f"words_{name}": each for name, each in zip(_SIGNS, _centred(alone), strict=True)}
    out |= {name: np.zeros_like(shares) for name in _NAMES}
    signed = likely[..., 2] - likely[..., 0]
    mass = debate.wide(shares) * debate.once[:, None]
    told = mass * debate.wide(signed)
    for around in debate.pages:
        rows, place = around.rows, _placed(debate, around, shares)
        for number, name in enumerate(_SIGNS):
            out[f"before_{name}"][rows] = np.einsum("ijc,jc->ic", place.before, likely[rows, :, number])
            out[f"after_{name}"][rows] = np.einsum("ijc,jc->ic", place.after, likely[rows, :, number])
        out["nobody_before"][rows], out["nobody_after"][rows] = place.first, place.last
        chosen = debate.candidates(rows)
        there, said = mass[around.others][:, chosen], told[around.others][:, chosen]
        much = around.same_speaker @ said
        out["own_much"][rows], out["own"][rows] = much, np.tanh(much)
        out["others"][rows], out["camp"][rows] = _of_others(place, there, said)
    return out | debate.sign_numbers(shares, signed)


def chances(odds: Floats) -> Floats:
    """Probabilities from log-odds along the last axis."""
    raised = np.exp(odds - odds.max(axis=-1, keepdims=True))
    out: Floats = (raised / raised.sum(axis=-1, keepdims=True)).astype(np.float32)
    return out


@dataclass(frozen=True, slots=True)
class _Place:
    """Who spoke before and after each saying of a page on each candidate, and the speakers that it is read with.

    ``before`` and ``after`` are sayings by sayings by candidates: how likely the one is the last (next) other one on
    the candidate; ``first`` and ``last`` how likely there is none. ``speaker`` numbers the speakers of all sayings that
    the page is read with, ``mine`` those of the page's own.
    """

    before: Floats
    after: Floats
    first: Floats
    last: Floats
    speaker: Ints
    speakers: int
    mine: Ints


def _placed(debate: Debate, around: Around, shares: Floats) -> _Place:
    spoken = debate.speaker[around.rows]
    here = shares[around.rows]
    other = spoken[:, None] != spoken
    before, first = nearest_others(here, other)
    after, last = nearest_others(here[::-1], other[::-1, ::-1])
    names, places = np.unique(debate.speaker[around.others], return_inverse=True)
    mine = np.searchsorted(names, spoken)
    return _Place(before, after[::-1, ::-1], first, last[::-1], speaker=places, speakers=len(names), mine=mine)


def _centred(alone: Floats) -> Floats:
    out: Floats = np.moveaxis(alone - alone.mean(axis=-1, keepdims=True), -1, 0)
    return out


def nearest_others(shares: Floats, other: np.ndarray) -> tuple[Floats, Floats]:
    """How likely each saying is the nearest before each by another speaker on a candidate, and that there is none."""
    count, width = shares.shape
    near = np.zeros((count, count, width), dtype=np.float32)
    left = np.ones((count, width), dtype=np.float32)
    for step in range(1, min(count, _BACK + 1)):
        rows = np.arange(step, count)
        weight = shares[rows - step] * other[rows, rows - step][:, None]
        near[rows, rows - step] = left[rows] * weight
        left[rows] *= 1 - weight
    return near, left


def _of_others(place: _Place, there: Floats, said: Floats) -> tuple[Floats, Floats]:
    """For each saying of a page: the mean sign of the other speakers, and what friends and foes elsewhere say here."""
    shape = (place.speakers, there.shape[1])
    mass, told = np.zeros(shape, dtype=np.float32), np.zeros(shape, dtype=np.float32)
    np.add.at(mass, place.speaker, there)
    np.add.at(told, place.speaker, said)
    stand = told / np.maximum(mass, 1)
    present = np.minimum(mass, 1)
    balance = (stand.sum(axis=0) - stand) / (present.sum(axis=0) - present + _FEW)
    mine = np.unique(place.mine)
    agree = stand[mine] @ stand.T
    camp = np.zeros_like(stand)
    for column in range(shape[1]):
        elsewhere = agree - np.outer(stand[mine, column], stand[:, column])
        elsewhere[np.arange(len(mine)), mine] = 0
        camp[mine, column] = np.tanh(2 * elsewhere) @ stand[:, column]
    return balance[place.mine], np.tanh(camp[place.mine])
