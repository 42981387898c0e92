"""Which propositions the statements of a page may be about, and what speaks for each, word against word."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from selon.discourse.positions.pile import Pile, likeness, mean_of_near, most_of_near, unit
from selon.discourse.positions.records import Weighed
from selon.discourse.positions.words import Bags, Floats, Ints

CANDIDATES = 4
_LOCAL_LEAST, _LOCAL_MOST = 0.1, 4.0
_SHARP = 6.0
_AGAIN, _AGAIN_FROM, _AGAIN_TO, _LIKE_PAGES = 4.0, 0.3, 0.7, 2.0
_CONTRASTED = (
    "content",
    "content_spelt",
    "content_rare",
    "sentence",
    "meant",
    "sentence_meant",
    "before",
    "after",
    "led",
)
_ONE_PAGE_WILL_DO = ("spelt", "alike", "sentences", "sentence_spelt", "said", "nearest", "near_three")
"""What counts when any page of an event has it: the others may say it in other words, or in another language."""


@dataclass(frozen=True, slots=True)
class Look:
    """The candidates of each page, best first, and the numbers of each saying against them.

    ``candidates`` holds, by page and rank, a proposition; ``direct`` the share of the candidate's words that the saying
    has, by the weights of the words alone, whatever the pile.
    """

    candidates: Ints
    numbers: Mapping[str, Floats]
    direct: Floats


def look(pile: Pile, about: Weighed) -> Look:
    """The candidates of every page by the model ``about``, and the numbers of each saying against them."""
    wanted = _Wanted(pile)
    on_pages = page_numbers(pile, wanted)
    odds = about.score(on_pages)[..., 0]
    odds2 = odds + mean_of_near(pile, odds)
    count = min(CANDIDATES, pile.propositions)
    said = _said_again(pile, wanted)
    candidates = np.argsort(-(odds2 + said), axis=1, kind="stable")[:, :count]
    rows = np.arange(len(candidates))[:, None]
    numbers = _saying_numbers(pile, wanted, candidates)
    for name, values in (("page", odds), ("pages", odds2)):
        chosen = values[rows, candidates]
        numbers[name] = chosen[pile.page_of]
        numbers[f"{name}_behind"] = (chosen - values.max(axis=1, keepdims=True))[pile.page_of]
        numbers[f"{name}_below"] = (chosen - values.max(axis=0)[candidates])[pile.page_of]
    numbers |= _contrasts(numbers)
    return Look(candidates, numbers, numbers.pop("direct"))


def said_again(direct: Floats) -> Floats:
    """What is added to the log-odds of a candidate most of whose words a saying has."""
    out: Floats = _AGAIN * np.clip((direct - _AGAIN_FROM) / (_AGAIN_TO - _AGAIN_FROM), 0, 1)
    return out


def _said_again(pile: Pile, wanted: _Wanted) -> Floats:
    """The most that any saying of a page has for each proposition: pages by propositions."""
    direct = said_again(wanted.covered(wanted.content_alike, wanted.lengths))
    out = np.zeros((len(pile.near), pile.propositions), dtype=np.float32)
    np.maximum.at(out, pile.page_of, direct)
    return out * _LIKE_PAGES


def page_numbers(pile: Pile, wanted: _Wanted | None = None) -> dict[str, Floats]:
    """What says that a page is about a proposition: arrays of pages by propositions."""
    wanted = wanted or _Wanted(pile)
    shape = (len(pile.near), pile.propositions)
    names = ("spelt", "alike", "sentences", "sentence_spelt", "nearest", "near_three", "whole", "said")
    out = {name: np.zeros(shape, dtype=np.float32) for name in names}
    said = _grouped(pile.page_of, len(pile.near))
    for page, (low, high) in enumerate(_bounds(pile)):
        spelt, alike, meant = wanted.spelt[low:high], wanted.alike[low:high], wanted.meant[low:high]
        if not high > low:
            continue
        out["spelt"][page] = wanted.covered(spelt.max(axis=0, keepdims=True))[0]
        out["alike"][page] = wanted.covered(alike.max(axis=0, keepdims=True))[0]
        out["sentences"][page] = _top(wanted.covered(alike), 2)
        out["sentence_spelt"][page] = wanted.covered(spelt).max(axis=0)
        out["nearest"][page] = meant.max(axis=0)
        out["near_three"][page] = _top(meant, 3)
        out["whole"][page] = wanted.meaning(unit(wanted.sentence_sums[low:high].sum(axis=0, keepdims=True)))[0]
        if len(said[page]):
            out["said"][page] = _top(wanted.content_meant[said[page]], 2)
    for name in names:
        out[f"near_{name}"] = mean_of_near(pile, out[name])
    for name in _ONE_PAGE_WILL_DO:
        most = out[f"most_{name}"] = most_of_near(pile, out[name])
        out[f"most_{name}_below"] = most - most.max(axis=0, keepdims=True)
    for name in tuple(out):
        if not name.startswith("most_"):
            out[f"{name}_behind"] = out[name] - out[name].max(axis=1, keepdims=True)
    for name in (
        "sentences",
        "nearest",
        "alike",
        "spelt",
        "near_sentences",
        "near_nearest",
        "near_spelt",
        "near_alike",
    ):
        out[f"{name}_below"] = out[name] - out[name].max(axis=0, keepdims=True)
    for name in ("sentences", "nearest", "alike", "near_sentences"):
        out[f"{name}_over"] = out[name] - np.quantile(out[name], 0.9, axis=0, keepdims=True).astype(np.float32)
    return out


class _Wanted:
    """The words that propositions are made of, and how far each sentence and content has them."""

    def __init__(self, pile: Pile) -> None:
        self.pile = pile
        self.words: Ints = np.unique(pile.wordings.words)
        spelt, alike = likeness(pile, self.words)
        self.spelt, self.alike = pile.sentences.highest(spelt), pile.sentences.highest(alike)
        self.content_spelt, self.content_alike = pile.contents.highest(spelt), pile.contents.highest(alike)
        self.has = _membership(pile.wordings, self.words)
        self.lengths: Floats = np.linalg.norm(pile.vectors[self.words], axis=1)
        self.weight: Floats = pile.rarity[self.words]
        self.directions = unit(pile.wordings.summed(pile.vectors))
        self.sentence_sums = pile.sentences.summed(pile.vectors)
        self.meant = self.meaning(unit(self.sentence_sums))
        self.content_meant = self.meaning(unit(pile.contents.summed(pile.vectors)))

    def covered(self, alike: Floats, weight: Floats | None = None) -> Floats:
        """The share of each proposition's words, by weight, that each row has; its best wording counts."""
        heavy = self.has * (self.weight if weight is None else weight)
        return self._best(alike @ heavy.T / np.maximum(heavy.sum(axis=1), 1e-6))

    def meaning(self, directions: Floats) -> Floats:
        """The cosine of each row with each proposition; its best wording counts."""
        return self._best(directions @ self.directions.T)

    def _best(self, by_wording: Floats) -> Floats:
        starts = np.searchsorted(self.pile.proposition_of, np.arange(self.pile.propositions))
        best: Floats = np.maximum.reduceat(by_wording, starts, axis=1)
        return best


def _saying_numbers(pile: Pile, wanted: _Wanted, candidates: Ints) -> dict[str, Floats]:
    """What says that a saying is about a candidate of its page: arrays of sayings by candidates."""
    shape = (len(pile.page_of), candidates.shape[1])
    names = (
        "content", "content_spelt", "content_rare", "sentence", "meant", "sentence_meant", "before", "after", "led",
        "direct",
    )  # fmt: skip
    out = {name: np.zeros(shape, dtype=np.float32) for name in names}
    said = _grouped(pile.page_of, len(candidates))
    for page, (low, high) in enumerate(_bounds(pile)):
        rows = said[page]
        if not len(rows):
            continue
        chosen = candidates[page]
        local = wanted.weight * _local_rarity(wanted.alike[low:high])
        content = wanted.covered(wanted.content_alike[rows], local)[:, chosen]
        out["content"][rows] = content
        out["content_spelt"][rows] = wanted.covered(wanted.content_spelt[rows], local)[:, chosen]
        out["direct"][rows] = wanted.covered(wanted.content_alike[rows], wanted.lengths)[:, chosen]
        out["content_rare"][rows] = wanted.covered(wanted.content_alike[rows])[:, chosen]
        out["before"][rows[1:]], out["after"][rows[:-1]] = content[:-1], content[1:]
        out["meant"][rows] = wanted.content_meant[rows][:, chosen]
        if high > low:
            first, last = pile.first_sentence[rows], pile.last_sentence[rows]
            around = _ranges(wanted.alike, first, last)
            out["sentence"][rows] = wanted.covered(around, local)[:, chosen]
            out["sentence_meant"][rows] = _ranges(wanted.meant, first, last)[:, chosen]
            ahead = wanted.alike[np.maximum(first - 1, low)]
            out["led"][rows] = wanted.covered(ahead, local)[:, chosen]
    return out


def _contrasts(numbers: Mapping[str, Floats]) -> dict[str, Floats]:
    """How far each candidate lies behind the best one, and its share among all."""
    out = {}
    for name in _CONTRASTED:
        values = numbers[name]
        out[f"{name}_behind"] = values - values.max(axis=1, keepdims=True)
        raised = np.exp(_SHARP * values)
        out[f"{name}_share"] = raised / raised.sum(axis=1, keepdims=True)
    return out


def _local_rarity(alike: Floats) -> Floats:
    """How telling each word is within a page: one that stands in every sentence tells nothing apart."""
    sentences = len(alike)
    stands = (alike > 0.6).sum(axis=0)
    rare: Floats = np.clip(np.log((sentences + 1) / (stands + 0.5)), _LOCAL_LEAST, _LOCAL_MOST).astype(np.float32)
    return rare


def _membership(bags: Bags, words: Ints) -> Floats:
    out = np.zeros((len(bags), len(words)), dtype=np.float32)
    for row in range(len(bags)):
        out[row, np.searchsorted(words, bags.words[bags.starts[row] : bags.starts[row + 1]])] = 1
    return out


def _bounds(pile: Pile) -> list[tuple[int, int]]:
    starts = pile.sentence_starts
    return list(zip(starts[:-1].tolist(), starts[1:].tolist(), strict=True))


def _grouped(page_of: Ints, pages: int) -> list[Ints]:
    starts = np.searchsorted(page_of, np.arange(pages + 1))
    return [np.arange(low, high) for low, high in itertools.pairwise(starts)]


def _top(rows: Floats, most: int) -> Floats:
    """The mean of the highest ``most`` values of each column."""
    mean: Floats = np.sort(rows, axis=0)[-most:].mean(axis=0)
    return mean


def _ranges(rows: Floats, first: Ints, last: Ints) -> Floats:
    """The highest of rows first to last, both inclusive, column by column, for each pair."""
    out = rows[first].copy()
    for number in np.flatnonzero(last > first):
        out[number] = rows[first[number] : last[number] + 1].max(axis=0)
    return out
