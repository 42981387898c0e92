"""Why a statement is held to stand somewhere, in words that a reader can check."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from selon.discourse.positions.pile import Pile, unit
from selon.discourse.positions.words import Floats
from selon.records import Evidence

_ALIKE = 0.55
_MOST = 4
_SEEN = {
    "cue_denies": "a cue of denial",
    "has_denying": "a verb of denial inside",
    "has_negations": "negation",
    "has_denials": "words that turn it down",
    "opposite": "an opposite",
    "numbers_differ": "other numbers",
    "cue_has_open": "a cue that leaves it open",
    "has_open": "words that leave it open",
    "cue_accuse": "an accusation",
    "cue_admit": "an admission",
    "has_affirmations": "words that bear it out",
    "proposition_negated": "the proposition is negated",
}
_AROUND = {"speaker_elsewhere": "the speaker elsewhere", "own_before": "the speaker before"}
_TELLING = 0.35


class Reasons:
    """Makes the evidence of a position from what the models counted with."""

    def __init__(self, pile: Pile, words: Mapping[str, Floats], around: Mapping[str, Floats]) -> None:
        self._pile, self._words, self._around = pile, words, around
        self._directions = unit(pile.vectors)
        starts = np.searchsorted(pile.proposition_of, np.arange(pile.propositions))
        asked = [pile.wordings.words[pile.wordings.starts[row] : pile.wordings.starts[row + 1]] for row in starts]
        self._asked = [(self._directions[each].T, {pile.stems[word] for word in each}) for each in asked]

    def of(self, row: int, rank: int, proposition: int, share: float, chance: float) -> tuple[Evidence, ...]:
        """The words that tie a saying to the proposition, and the signs of its sign."""
        signs = [said for name, said in _SEEN.items() if self._words[name][row, rank] > 0]
        for name, said in _AROUND.items():
            value = float(self._around[name][row, rank])
            if abs(value) > _TELLING:
                signs.append(f"{said} {'holds' if value > 0 else 'denies'} it")
        return (
            Evidence("model: relevance", ", ".join(self._shared(row, proposition)), round(share, 4)),
            Evidence("model: sign", ", ".join(signs), round(chance, 4)),
        )

    def _shared(self, row: int, proposition: int) -> list[str]:
        """The saying's words that are most like the proposition's, at most four."""
        pile = self._pile
        said = np.unique(pile.contents.words[pile.contents.starts[row] : pile.contents.starts[row + 1]])
        asked, stems = self._asked[proposition]
        if not len(said) or not asked.shape[1]:
            return []
        alike = (self._directions[said] @ asked).max(axis=1)
        alike = np.where([pile.stems[word] in stems for word in said], 1.0, alike)
        order = np.argsort(-alike, kind="stable")[:_MOST]
        return [pile.vocabulary.forms[said[place]][1] for place in order if alike[place] >= _ALIKE]
