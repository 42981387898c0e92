"""Whether one article is another in translation: sentences laid beside each other, and how well they keep step."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from selon.matching.copies.beads import Bead, Matrix, Side, aligned, likeness
from selon.matching.copies.marks import density
from selon.matching.copies.records import Judged, Printed
from selon.offsets import Span
from selon.records import CopyKind, Evidence, SharedPassage

# A log-linear model over three features, fitted by training/copies.py on the pairs of S0 to S4 and of NTREX.
_BIAS = -7.52
_WEIGHTS = {"meaning": 13.98, "likeness": 4.28, "length": -3.80}
_MARKS, _MOST_MARKS = 1.2, 4.0
_TRANSLATED, _RETOLD = 4.4, 2.0
_FEWEST = 3
_RATIO = 1.15


def translation(left: Printed, right: Printed) -> Judged | None:
    """What two articles of different languages are to each other; None where they do not keep step.

    The sentences are laid side by side in their order. The features are how like the pairs are in what the word vectors
    say they mean, and in names, numbers and cognates; and how far their lengths are from those of translations. The
    density of translation marks in the one that has more is added: a text that says the same sentence for sentence and
    bears marks is a translation, one without them may be the same report retold, and then has to say it more closely.
    """
    if min(len(left.sentences), len(right.sentences)) < _FEWEST:
        return None
    alike = likeness(left.side, right.side)
    beads, _ = aligned(left.side, right.side, alike)
    pairs = [bead for bead in beads if bead.paired]
    if not pairs:
        return None
    features = side_by_side(pairs, left, right, alike)
    close = _BIAS + sum(weight * features[name] for name, weight in _WEIGHTS.items())
    if close < _RETOLD:
        return None
    marks = max(density(each.marks, len(each.words)) for each in (left, right))
    total = close + _MARKS * min(marks, _MOST_MARKS)
    kind = CopyKind.TRANSLATED if total >= _TRANSLATED else CopyKind.COMMON_SOURCE
    evidence = (
        Evidence(
            "sentences in step", f"{len(pairs)} of {min(len(left.sentences), len(right.sentences))}", _sure(close)
        ),
        *((Evidence("translation marks", f"{marks:.1f} in a hundred words"),) if marks >= 1 else ()),
    )
    return Judged(
        left=left,
        right=right,
        kind=kind,
        score=round(_sure(total - _TRANSLATED + 1), 4),
        passages=_passages(pairs, left, right, alike),
        covered=_covered(pairs, left, right),
        evidence=evidence,
        features={**features, "marks": marks},
    )


def side_by_side(pairs: Sequence[Bead], left: Printed, right: Printed, alike: Matrix) -> dict[str, float]:
    """How like two texts are whose sentences stand side by side, by the name of each feature.

    The longer a sentence, the more it counts; where much of both texts stands alone, they mean less the same.
    """
    ours = [sum(left.side.lengths[bead.left : bead.left_end]) for bead in pairs]
    theirs = [sum(right.side.lengths[bead.right : bead.right_end]) for bead in pairs]
    stretch, total = _stretch(ours, theirs), sum(ours) or 1
    alikes = sum(size * _of(bead, alike) for size, bead in zip(ours, pairs, strict=True))
    misfits = sum(a * abs(math.log(max(b, 1) / max(a, 1) / stretch)) for a, b in zip(ours, theirs, strict=True))
    meanings = sum(size * _meaning(bead, left, right) for size, bead in zip(ours, pairs, strict=True))
    return {
        "meaning": meanings / total * max(_covered(pairs, left, right)),
        "likeness": alikes / total,
        "length": misfits / total,
    }


def _meaning(bead: Bead, left: Printed, right: Printed) -> float:
    """The cosine of what stands side by side."""
    ours = left.vectors[bead.left : bead.left_end].sum(axis=0)
    theirs = right.vectors[bead.right : bead.right_end].sum(axis=0)
    return float(ours @ theirs) / (float(np.linalg.norm(ours) * np.linalg.norm(theirs)) or 1.0)


def _covered(pairs: Sequence[Bead], left: Printed, right: Printed) -> tuple[float, float]:
    """The shares of both texts that stand beside something."""
    return (
        _share(left.side, [(bead.left, bead.left_end) for bead in pairs]),
        _share(right.side, [(bead.right, bead.right_end) for bead in pairs]),
    )


def _fewer(left: Printed, right: Printed) -> int:
    return min(len(left.sentences), len(right.sentences))


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
