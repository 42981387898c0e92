"""Statements into utterances: who reports the same thing, said on the same occasion."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from selon.languages import LanguagePack
from selon.matching.utterances.candidates import WINDOW
from selon.matching.utterances.clusters import clusters
from selon.matching.utterances.records import Reported, Utterance, Witness
from selon.matching.utterances.repeats import told_first, with_repeats
from selon.matching.utterances.story import SURE, Doubles, Flags, affinity, others, supported
from selon.matching.utterances.weighing import Weighing
from selon.matching.utterances.wordings import WordEncoder
from selon.models.pairing import PairScorer
from selon.records import Evidence, content_id

_COVERED, _AT_LENGTH = 0.6, 0.5
"""Where days are unknown: the part of the one that the other covers, and the length (1 is twenty words), from which on
two statements are taken to be of one occasion. A short formula may be said any day."""
_VERBATIM, _SAME_WORDS = 0.8, 0.9
"""From so many words running on (1 is ten), two statements of no two speakers report one thing, with this chance."""
_TOLD, _MANY, _LEAN = 0.1, 3, (-0.5, 2.0)
"""The models are cautious: what is added to the log-odds of a pair, from what alone stands to what stands in articles
that share such a part, and so many other things."""
_RETOLD, _FEW = 0.5, 2
"""The part of an article's other statements, and the number, that another must share to be of the same occasion though
it appeared more than a week apart: a translation, a reprint, a piece written from it."""
_FAR, _RIVAL = 5.0, 0.1
_PIECE = 0.5
"""From so many words running on (1 is ten), a statement stands in a longer one word for word."""
_APART = 1
"""Days that two statements may be apart by what is told of them: *mardi* and *mercredi* are mixed up too often."""


def match_utterances(
    said: Sequence[Reported], encoder: WordEncoder, packs: Mapping[str, LanguagePack], scorers: Sequence[PairScorer]
) -> tuple[Utterance, ...]:
    """Every statement in exactly one utterance; most witnesses first, then by first publication and id.

    Three models weigh each pair in turn: by its words and speakers; then twice more with what the pairs around it say.
    """
    if not said:
        return ()
    weighing, chance = weigh(said, encoder, packs, scorers)
    found = utterances_of(weighing, chance)
    del chance
    weighing.forget_pairs()  # of a million statements they are gigabytes
    told = told_first(found, weighing)
    del weighing
    return tuple(with_repeats(found, told, scorers[0]))


def weigh(
    said: Sequence[Reported], encoder: WordEncoder, packs: Mapping[str, LanguagePack], scorers: Sequence[PairScorer]
) -> tuple[Weighing, Doubles]:
    """The candidate pairs, and the chance that each is one thing said, whenever that was."""
    weighing = Weighing(said, encoder, packs)
    weighing.widen(scorers[0])
    return weighing, settled(weighing, weighing.chance(scorers[0]), scorers[1:])


def settled(weighing: Weighing, first: Doubles, scorers: Sequence[PairScorer]) -> Doubles:
    """The chance of each pair when the later models have spoken; ``first`` is what the first said of it.

    The later models learnt from articles that share many things. Where two share nothing else there is no story to
    tell, and the first counts as much.
    """
    chance, alone = first, np.ones(len(first), dtype=bool)
    for scorer in scorers:
        before, chance = chance, np.zeros(len(first))
        for part, columns in weighing.after_in_parts(before):
            chance[part] = scorer.chance(columns)
            alone[part] = (columns["affinity"] == 0) & (columns["rival"] < _RIVAL)
    chance = np.where(alone, 1 / (1 + np.exp(-(_odds(first) + _odds(chance)) / 2)), chance)
    # Eight words running are nobody's chance, however few articles there are to tell of a story.
    verbatim = (weighing.local["run"] >= _VERBATIM) & ~weighing.local["speaker: other"]
    verbatim &= ~weighing.local["same article"]  # there one quotation may stand within another
    return np.where(verbatim, np.maximum(chance, _SAME_WORDS), chance)


def _odds(chance: Doubles) -> Doubles:
    odds: Doubles = np.clip(np.log((chance + 1e-4) / (1 - chance + 1e-4)), -_FAR, _FAR)
    return odds


def utterances_of(weighing: Weighing, chance: Doubles) -> tuple[Utterance, ...]:
    """The utterances that the chances of the candidate pairs make, in the order of ``match_utterances``."""
    same, odds = np.zeros(len(chance)), np.zeros(len(chance))
    for part in weighing.parts:  # numbers for all pairs at once are the most that lies in memory
        pairs, sure = weighing.pairs_of(part), np.where(chance[part] >= SURE, chance[part], 0.0)
        shared, number = affinity(pairs, sure), others(pairs, sure)
        retold = (shared >= _RETOLD) & (number >= _FEW)
        same[part] = np.where(_one_occasion(weighing, part, retold), chance[part], 0.0)
        lean = np.where(shared >= _TOLD, np.interp(number, (0, _MANY), _LEAN), _LEAN[0])
        odds[part] = _odds(same[part]) + lean
    pieces = _pieces(weighing, same)
    odds[pieces] = np.maximum(odds[pieces], 0.0)
    groups = clusters(weighing.days, weighing.left, weighing.right, odds)
    return _utterances(weighing, groups, same)


def _pieces(weighing: Weighing, same: Doubles) -> NDArray[np.int64]:
    """The pairs within an article whose statements both stand, word for word, in one of another: parts of one thing."""
    home = weighing.local["same article"]
    within = ~home & (weighing.local["run"] >= _PIECE) & (same >= SURE)
    kept = np.flatnonzero(home | within)
    both = supported(weighing.pairs_of(kept), np.where(home[kept], 0.0, same[kept])) >= SURE
    return kept[both & home[kept]]


def _one_occasion(weighing: Weighing, part: slice, retold: Flags) -> Flags:
    """Which pairs may be of one day, by what is told of their days, or where nothing is by how much they say alike.

    More than ``WINDOW`` days apart only those ``retold``, whose articles share much else.
    """
    left, right, days = weighing.left[part], weighing.right[part], weighing.days
    local = {name: weighing.local[name][part] for name in ("covered most", "short", "same article")}
    vague = days.vague[left] | days.vague[right]
    told = weighing.told_days.far(left, right, _APART)
    at_length = (local["covered most"] >= _COVERED) & (local["short"] >= _AT_LENGTH)
    late = days.far(left, right, WINDOW) & ~retold
    return ~told & ~late & (~vague | at_length | local["same article"])


def _utterances(weighing: Weighing, groups: Sequence[Sequence[int]], chance: Doubles) -> tuple[Utterance, ...]:
    of = np.arange(len(weighing.said))
    for group in groups:
        of[list(group)] = group[0]
    inside = of[weighing.left] == of[weighing.right]
    total = np.zeros(len(of))
    number = np.zeros(len(of))
    for side in (weighing.left, weighing.right):
        total += np.bincount(side[inside], weights=chance[inside], minlength=len(of))
        number += np.bincount(side[inside], minlength=len(of))
    mean = np.where(number > 0, total / np.maximum(number, 1), 1.0)
    alone = np.flatnonzero(np.bincount(of, minlength=len(of))[of] == 1)
    when = [_when(each) for each in weighing.said]
    made = []
    for rows in [*groups, *([row] for row in alone.tolist())]:
        ordered = sorted(rows, key=when.__getitem__)
        witnesses = tuple(_witness(weighing.said[row], float(mean[row]), len(rows)) for row in ordered)
        made.append(((-len(rows), when[ordered[0]]), Utterance(content_id("u", witnesses[0].statement), witnesses)))
    made.sort(key=lambda each: each[0])
    return tuple(each for _, each in made)


def _witness(said: Reported, mean: float, among: int) -> Witness:
    if among == 1:
        return Witness(said.id, 1.0)
    return Witness(said.id, round(mean, 4), (Evidence("utterance: pairs", f"{among} witnesses", round(mean, 4)),))


def _when(said: Reported) -> tuple[str, str, int, str]:
    day = said.published[0].isoformat() if said.published else "9999"
    return day, said.article, said.position, said.id
