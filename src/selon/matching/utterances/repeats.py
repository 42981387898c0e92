"""The same thing said again: families of utterances alike in speaker and words, whenever that was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from selon.matching.utterances.clusters import clusters
from selon.matching.utterances.records import Utterance
from selon.matching.utterances.weighing import Weighing
from selon.models.pairing import PairScorer
from selon.records import content_id

_ALIKE, _COVERED = 0.5, 0.5
"""The first model's chance, and the part of the longer wording that the shorter covers, from which on two are alike."""
_LESS_ALIKE, _MOSTLY = 0.2, 0.6
"""The same where most of the words are the same and the speakers are one actor or share a name."""


def told_first(utterances: Sequence[Utterance], weighing: Weighing) -> Weighing:
    """The statements that tell utterances first, weighed with one another without regard to their days."""
    first = {each.witnesses[0].statement for each in utterances}
    return weighing.undated([row for row, each in enumerate(weighing.said) if each.id in first])


def with_repeats(utterances: Sequence[Utterance], weighing: Weighing, scorer: PairScorer) -> list[Utterance]:
    """The utterances, those of a family with one key in ``repeated``; each is told by its first witness.

    ``weighing`` is what ``told_first`` gives. That days differ is why these are two utterances.
    """
    if not len(weighing.left):
        return list(utterances)
    chance = weighing.chance(scorer)
    covered = weighing.local["covered least"]
    known = weighing.local["speaker: actor"] | weighing.local["speaker: name"]
    alike = (chance >= _ALIKE) & (covered >= _COVERED) | (chance >= _LESS_ALIKE) & (covered >= _MOSTLY) & known
    alike &= ~weighing.local["speaker: other"]
    likely = np.clip(chance, _ALIKE + 0.05, 1 - 1e-4)
    odds = np.where(alike, np.log(likely / (1 - likely)), -1.0)
    of = {each.witnesses[0].statement: each.id for each in utterances}
    family: dict[str, str] = {}
    for group in clusters(weighing.days, weighing.left, weighing.right, odds):
        members = [of[weighing.said[row].id] for row in group]
        family |= dict.fromkeys(members, content_id("r", *sorted(members)[:1]))
    return [replace(each, repeated=family.get(each.id, "")) for each in utterances]
