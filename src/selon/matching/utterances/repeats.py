"""The same thing said again: families of utterances alike in speaker and words, whenever that was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from selon.languages import LanguagePack
from selon.matching.utterances.clusters import clusters
from selon.matching.utterances.records import Reported, Utterance
from selon.matching.utterances.weighing import Weighing
from selon.matching.utterances.wordings import WordEncoder
from selon.models.pairing import PairScorer
from selon.records import content_id

_ALIKE, _COVERED = 0.5, 0.5
"""The first model's chance, and the part of the longer wording that the shorter covers, from which on two are alike."""


def with_repeats(
    utterances: Sequence[Utterance],
    reported: Mapping[str, Reported],
    encoder: WordEncoder,
    packs: Mapping[str, LanguagePack],
    scorer: PairScorer,
) -> list[Utterance]:
    """The utterances, those of a family with one key in ``repeated``; each is told by its first witness.

    ``reported`` are the statements by id. Days are not looked at: that they differ is why these are two utterances.
    """
    told = [replace(reported[each.witnesses[0].statement], id=each.id, published=None) for each in utterances]
    weighing = Weighing(told, encoder, packs)
    if not len(weighing.left):
        return list(utterances)
    chance = scorer.chance(weighing.local)
    alike = (chance >= _ALIKE) & (weighing.local["covered least"] >= _COVERED) & ~weighing.local["speaker: other"]
    odds = np.where(alike, np.log((chance + 1e-4) / (1 - chance + 1e-4)), -1.0)
    family: dict[str, str] = {}
    for group in clusters(weighing.days, weighing.left, weighing.right, odds):
        members = [weighing.said[row].id for row in group]
        family |= dict.fromkeys(members, content_id("r", *sorted(members)[:1]))
    return [replace(each, repeated=family.get(each.id, "")) for each in utterances]
