"""Whether one article is another in translation: sentences laid beside each other, and how well they keep step."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from selon.matching.copies.beads import Bead, Matrix, Side, aligned, likeness
from selon.matching.copies.marks import density
from selon.matching.copies.records import Judged, Printed
from selon.offsets import Span
from selon.records import CopyKind, Evidence, SharedPassage

# A log-linear model over four features, fitted by training/copies.py on the pairs of S0 to S4 and of NTREX.
_BIAS = -10.36
_WEIGHTS = {"step": 4.99, "likeness": 3.69, "length": -2.50, "meaning": 12.01}
_MARKS, _MOST_MARKS = 1.2, 4.0
_TRANSLATED, _RETOLD = 4.6, 2.0
_FEWEST = 3
_RATIO = 1.15


def translation(left: Printed, right: Printed) -> Judged | None:
    """What two articles of different languages are to each other; None where they do not keep step.

    The features are how often a pair of sentences follows a pair, how like the pairs are in names, numbers and cognates
    and in what the word vectors say they mean, and how far their lengths are from those of translations. The density of
    translation marks in the one that has more is added: a text that keeps step and bears marks is a translation, one
    that keeps step without them may be the same report retold, and then has to keep step better.
    """
    if min(len(left.sentences), len(right.sentences)) < _FEWEST:
        return None
    alike = likeness(left.side, right.side)
    beads, _ = aligned(left.side, right.side, alike)
    pairs = [bead for bead in beads if bead.paired]
    if not pairs:
        return None
    features = {**step_features(beads, left.side, right.side, alike), "meaning": meaning(pairs, left, right)}
    step = _BIAS + sum(weight * features[name] for name, weight in _WEIGHTS.items())
    if step < _RETOLD:
        return None
    marks = max(density(each.marks, len(each.words)) for each in (left, right))
    total = step + _MARKS * min(marks, _MOST_MARKS)
    kind = CopyKind.TRANSLATED if total >= _TRANSLATED else CopyKind.COMMON_SOURCE
    evidence = (
        Evidence("sentences in step", f"{len(pairs)} of {min(len(left.sentences), len(right.sentences))}", _sure(step)),
        *((Evidence("translation marks", f"{marks:.1f} in a hundred words"),) if marks >= 1 else ()),
    )
    return Judged(
        left=left,
        right=right,
        kind=kind,
        score=round(_sure(total - _TRANSLATED + 1), 4),
        passages=_passages(pairs, left, right, alike),
        covered=(
            _share(left.side, [(b.left, b.left_end) for b in pairs]),
            _share(right.side, [(b.right, b.right_end) for b in pairs]),
        ),
        evidence=evidence,
        features={**features, "marks": marks},
    )


def step_features(beads: Sequence[Bead], left: Side, right: Side, alike: Matrix) -> dict[str, float]:
    """How well two texts keep step, by the name of each feature; ``beads`` must hold a pair."""
    pairs = [bead for bead in beads if bead.paired]
    ours = [sum(left.lengths[bead.left : bead.left_end]) for bead in pairs]
    theirs = [sum(right.lengths[bead.right : bead.right_end]) for bead in pairs]
    stretch, total = _stretch(ours, theirs), sum(ours) or 1
    steps = sum(before.paired and after.paired for before, after in pairwise(beads))
    alikes = sum(size * _of(bead, alike) for size, bead in zip(ours, pairs, strict=True))
    misfits = sum(a * abs(math.log(max(b, 1) / max(a, 1) / stretch)) for a, b in zip(ours, theirs, strict=True))
    return {
        "step": steps / max(1, min(len(left.lengths), len(right.lengths)) - 1),
        "likeness": alikes / total,
        "length": misfits / total,
    }


def meaning(pairs: Sequence[Bead], left: Printed, right: Printed) -> float:
    """The mean cosine of what stands side by side, by the word vectors; the longer a sentence, the more it counts."""
    sizes = np.array([sum(left.side.lengths[bead.left : bead.left_end]) for bead in pairs], dtype=float)
    ours = [left.vectors[bead.left : bead.left_end].sum(axis=0) for bead in pairs]
    theirs = [right.vectors[bead.right : bead.right_end].sum(axis=0) for bead in pairs]
    norms = [float(np.linalg.norm(a) * np.linalg.norm(b)) or 1.0 for a, b in zip(ours, theirs, strict=True)]
    cosines = [float(a @ b) / norm for a, b, norm in zip(ours, theirs, norms, strict=True)]
    return float(sizes @ np.array(cosines)) / (float(sizes.sum()) or 1.0)


def _stretch(ours: Sequence[int], theirs: Sequence[int]) -> float:
    """The expected ratio of lengths, whichever side is the longer language."""
    return _RATIO if sum(theirs) >= sum(ours) else 1 / _RATIO


def _of(bead: Bead, alike: Matrix) -> float:
    block = alike[bead.left : bead.left_end, bead.right : bead.right_end]
    return float(block.sum()) * (1.0 if block.size == 1 else 2 / 3)


def _passages(pairs: Sequence[Bead], left: Printed, right: Printed, alike: Matrix) -> tuple[SharedPassage, ...]:
    return tuple(
        SharedPassage(
            derived=Span(left.sentences[bead.left].start, left.sentences[bead.left_end - 1].end),
            origin=Span(right.sentences[bead.right].start, right.sentences[bead.right_end - 1].end),
            likeness=round(min(1.0, _of(bead, alike)), 3),
        )
        for bead in pairs
    )


def _share(side: Side, stretches: Sequence[tuple[int, int]]) -> float:
    total = sum(side.lengths)
    return round(sum(int(np.sum(side.lengths[start:end])) for start, end in stretches) / total, 4) if total else 0.0


def _sure(score: float) -> float:
    return round(1 / (1 + math.exp(-max(-30.0, min(30.0, score)))), 4)
