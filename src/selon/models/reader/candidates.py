"""Quotations that the model proposes, their scores, and the choice among those that say the same words."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from selon.models.reader.readings import Run
from selon.models.reader.roles import Shares
from selon.models.reader.windows import CUED, UNCUED, Anchor

_LONGEST_CUE = 40
_GOES_ON = 0.4


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From which chance on something counts, and what moves the choices; a model brings its own.

    ``cue`` and ``beginning``: a word is looked at; ``keep``: a quotation stays; ``source``: a source counts;
    ``alike``: how much alike two quotations may be; ``change``: what a change of role costs (only in training);
    ``source_lift``, ``content_lift``: nats, see ``chosen_roles``.
    """

    cue: float = 0.35
    beginning: float = 0.35
    keep: float = 0.25
    alike: float = 0.7
    source: float = 0.35
    change: float = 1.5
    source_lift: float = 1.0
    content_lift: float = 1.5


@dataclass(frozen=True, slots=True)
class Calibration:
    """Weights of a logistic regression from the chances of cue and content to that of a right quotation."""

    bias: float
    cue: float
    content: float
    uncued: float

    def __call__(self, candidate: Candidate) -> float:
        """The chance that ``candidate`` is a quotation."""
        total = (
            self.bias
            + self.cue * logit(candidate.anchor.chance)
            + self.content * logit(candidate.shares.content_chance)
        )
        return 1 / (1 + math.exp(-total - self.uncued * (candidate.anchor.kind == UNCUED)))


@dataclass(frozen=True, slots=True)
class Candidate:
    """A quotation, its runs being places in the document's words; ``form`` and ``kind`` as the model numbers them."""

    anchor: Anchor
    shares: Shares
    form: int
    kind: int

    @property
    def cue(self) -> tuple[Run, ...]:
        """The cue, empty without one."""
        return (Run(self.anchor.first, self.anchor.last + 1),) if self.anchor.kind == CUED else ()


def logit(chance: float) -> float:
    """The log odds of ``chance``, between -7 and 7."""
    chance = min(max(chance, 0.001), 0.999)
    return math.log(chance / (1 - chance))


def find_anchors(tags: NDArray[np.float32], begins: NDArray[np.float32], thresholds: Thresholds) -> list[Anchor]:
    """The likely cues, then the likely first words of quotations without one, each in text order.

    ``tags`` are chances of outside, first, inside ``(words, 3)``; ``begins`` chances ``(words,)``.
    """
    some = 1 - tags[:, 0]
    anchors: list[Anchor] = []
    after = 0
    for place in np.flatnonzero(some >= thresholds.cue).tolist():
        goes_on = bool(tags[place, 2] > tags[place, 1])
        if place < after or (goes_on and anchors and place == after):
            continue
        last = place
        while last + 1 < min(len(tags), place + _LONGEST_CUE) and tags[last + 1, 2] > max(_GOES_ON, tags[last + 1, 1]):
            last += 1
        anchors.append(Anchor(place, last, CUED, float(some[place : last + 1].max())))
        after = last + 1
    starts = np.flatnonzero(begins > thresholds.beginning).tolist()
    return anchors + [Anchor(place, place, UNCUED, float(begins[place])) for place in starts]


def without_doubles(scored: Iterable[tuple[float, Candidate]], thresholds: Thresholds) -> list[tuple[float, Candidate]]:
    """The candidates whose score is enough, better ones first where two say the same words; in text order."""
    kept: list[tuple[float, Candidate]] = []
    sizes: list[int] = []
    owners: dict[int, list[int]] = defaultdict(list)
    for score, candidate in sorted(scored, key=lambda pair: (-pair[0], pair[1].shares.content)):
        if score < thresholds.keep or not candidate.shares.content:
            continue
        places = [place for run in candidate.shares.content for place in range(*run)]
        shared = Counter(owner for place in places for owner in owners[place])
        if any(2 * count >= thresholds.alike * (len(places) + sizes[owner]) for owner, count in shared.items()):
            continue
        for place in places:
            owners[place].append(len(kept))
        kept.append((score, candidate))
        sizes.append(len(places))
    return sorted(kept, key=lambda pair: (pair[1].shares.content, pair[1].cue or (Run(0, 0),)))
