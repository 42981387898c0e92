"""Where statements stand on propositions: which one each is about, with which sign, how sure, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from selon.discourse.positions.corrections import Correction, corrected
from selon.discourse.positions.debate import Debate
from selon.discourse.positions.pile import Pile, heap
from selon.discourse.positions.polarity import polarity_numbers
from selon.discourse.positions.reasons import Reasons
from selon.discourse.positions.records import Page, Saying, Weighed, WordVectors
from selon.discourse.positions.relevance import Look, look, said_again
from selon.discourse.positions.sides import chances, sides
from selon.discourse.positions.weights import Models, load_models
from selon.discourse.positions.words import Floats, Ints
from selon.records import Evidence, Position, Proposition

_LEAST = 0.05
_NO_RIVAL = -3.0
_MOST_AHEAD = 3.0
_PLAIN, _PLAIN_FROM, _PLAIN_TO = 4.0, 0.35, 0.55
_SIGNS = (-1, 0, 1)


@dataclass(frozen=True, slots=True)
class Judged:
    """What the models say of each saying and candidate: ``odds`` against none, how ``sure``, ``signs`` (-1, 0, +1)."""

    pile: Pile
    seen: Look
    odds: Floats
    sure: Floats
    signs: Floats
    words: dict[str, Floats]
    around: dict[str, Floats]

    @property
    def chosen(self) -> Ints:
        """The proposition of each saying and candidate."""
        return self.seen.candidates[self.pile.page_of]


def take_positions(
    pages: Sequence[Page],
    sayings: Sequence[Saying],
    propositions: Sequence[Proposition],
    encoder: WordVectors,
    corrections: Sequence[Correction] = (),
) -> tuple[Position, ...]:
    """The positions of all sayings, by saying, at most one by the models each and every one that somebody decided.

    A position's confidence is the probability that the saying is about the proposition, times that of its sign.
    ``corrections`` override what the models say of the same saying and proposition, and teach them for the others.
    """
    if not propositions:
        return ()
    order = {page.id: row for row, page in enumerate(pages)}
    ordered = sorted(sayings, key=lambda each: (order[each.page], each.span.start, each.span.end, each.id))
    if not ordered:
        return ()
    judged = judge(pages, ordered, propositions, encoder, load_models())
    learned = corrected(judged.pile, ordered, propositions, (judged.odds, judged.signs, judged.chosen), corrections)
    return tuple(_positions(ordered, propositions, judged, learned, corrections))


def judge(
    pages: Sequence[Page],
    sayings: Sequence[Saying],
    propositions: Sequence[Proposition],
    encoder: WordVectors,
    models: Models,
) -> Judged:
    """What the models say; the sayings must be in the order of the pages, then of the text."""
    pile = heap(pages, sayings, propositions, encoder)
    seen = look(pile, models.about)
    debate = Debate(pile, sayings, seen)
    first = models.first.score(seen.numbers)[..., 0]
    second = models.second.score(dict(seen.numbers) | debate.relevance_numbers(first))[..., 0]
    odds = debate.pooled(second + said_again(seen.direct))
    sure = certainty(models.sure, seen, odds)
    words = polarity_numbers(pile, pages, sayings, seen)
    push = plain_words(words, seen.direct)
    around = sides(debate, odds, debate.pooled_signs(models.sign.score(words) + push))
    signs = debate.pooled_signs(models.debate.score(words | around) + push)
    return Judged(pile, seen, odds, sure, signs, words, around)


def certainty(model: Weighed, seen: Look, odds: Floats) -> Floats:
    """The probability that a saying is about a candidate, by ``model``."""
    scores = model.score(sure_numbers(seen, odds))[..., 0]
    sure: Floats = (1 / (1 + np.exp(-scores))).astype(np.float32)
    return sure


def sure_numbers(seen: Look, odds: Floats) -> dict[str, Floats]:
    """What ``sure`` counts with: how far a candidate is ahead of the others, and how near its words are."""
    order = -np.sort(-odds, axis=1)
    rival = np.where(odds == order[:, :1], order[:, 1:2] if odds.shape[1] > 1 else _NO_RIVAL, order[:, :1])
    numbers = seen.numbers
    return {
        "ahead": np.clip(odds - rival, -_MOST_AHEAD, _MOST_AHEAD),
        "direct": seen.direct,
        "meant": numbers["meant"],
        "sentence_meant": numbers["sentence_meant"],
        "content_spelt": numbers["content_spelt"],
    }


def plain_words(words: Mapping[str, Floats], direct: Floats) -> Floats:
    """What is added to the sign's log-odds of a saying that says the proposition again: the parity of its negations.

    « L'OTAN n'est pas partie au conflit » has nearly all words of the proposition, and one negation more: it denies it,
    whoever says it and whatever he said elsewhere. Nothing is added where the saying has fewer than 35% of the words;
    where a denied denial leaves it open (« n'exclut pas ») the middle gains.
    """
    weight = _PLAIN * np.clip((direct - _PLAIN_FROM) / (_PLAIN_TO - _PLAIN_FROM), 0, 1)
    left_open = words["cue_negated_denies"] > 0
    odd = (words["negation_differs"] > 0) != (words["cue_denies"] > 0)
    parity = np.where(odd, -1, 1) * weight / 2
    out: Floats = np.stack([-parity, np.zeros_like(parity), parity], axis=-1)
    out[left_open] = np.stack([-weight / 2, weight / 2, -weight / 2], axis=-1)[left_open]
    return out.astype(np.float32)


def _taught(sure: Floats, gained: Floats) -> Floats:
    """How sure it is after what corrections added to the log-odds."""
    doubt = np.clip(sure, 1e-6, 1 - 1e-6)
    taught: Floats = np.where(gained == 0, sure, 1 / (1 + np.exp(-gained) * (1 - doubt) / doubt)).astype(np.float32)
    return taught


def _positions(
    sayings: Sequence[Saying],
    propositions: Sequence[Proposition],
    judged: Judged,
    learned: tuple[Floats, Floats],
    corrections: Sequence[Correction],
) -> Iterator[Position]:
    odds, signs = learned
    sure = _taught(judged.sure, odds - judged.odds)
    decided = {(each.statement, each.proposition): each for each in corrections}
    likely = chances(signs)
    best, chosen = odds.argmax(axis=1), judged.chosen
    reasons = Reasons(judged.pile, judged.words, judged.around)
    told: dict[str, list[str]] = {}
    for each in decided.values():
        told.setdefault(each.statement, []).append(each.proposition)
    for row, saying in enumerate(sayings):
        for key in told.get(saying.id, ()):
            one = decided[saying.id, key]
            if one.agreement is not None:
                yield Position(saying.id, key, one.agreement, 1.0, (Evidence(f"decision: {one.by}"),))
        rank = int(best[row])
        proposition = int(chosen[row, rank])
        share = float(sure[row, rank])
        key = propositions[proposition].key
        if share < _LEAST or (saying.id, key) in decided:
            continue
        place = int(likely[row, rank].argmax())
        chance = float(likely[row, rank, place])
        evidence = reasons.of(row, rank, proposition, share, chance)
        yield Position(saying.id, key, _SIGNS[place], round(share * chance, 4), evidence)
