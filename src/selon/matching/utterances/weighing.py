"""The candidate pairs of a pile of statements, and what is known of each, as columns for the scorers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from selon.languages import LanguagePack
from selon.matching.utterances.candidates import KEPT, candidates, days_of
from selon.matching.utterances.features import CONTENT, compared
from selon.matching.utterances.matters import matter, rarity_at_home
from selon.matching.utterances.records import Reported
from selon.matching.utterances.speakers import RELATIONS, Speakers
from selon.matching.utterances.story import SURE, Doubles, Flags, Pairs, story
from selon.matching.utterances.wordings import Ints, WordEncoder, wordings
from selon.models.pairing import PairScorer

ACROSS = ("cosine", "covered", "covered least")
"""Columns with weights of their own between two languages."""
_LINKED = 1.4
"""From so many sure pairs on, two articles tell of one story, and all their statements are compared."""
_LONG = 60

Columns = dict[str, NDArray[Any]]


class Weighing:
    """Statements in the order of articles, and their candidate pairs; ``rows`` are places in the given order."""

    def __init__(
        self, said: Sequence[Reported], encoder: WordEncoder, packs: Mapping[str, LanguagePack], kept: int = KEPT
    ) -> None:
        self.rows = sorted(range(len(said)), key=lambda row: (said[row].article, said[row].position, row))
        self.said = [said[row] for row in self.rows]
        self.days = days_of(self.said)
        self.articles = _numbered([each.article for each in self.said])
        read = wordings(self.said, encoder, packs)
        self.wordings = replace(read, weights=read.weights * rarity_at_home(read.plain, self.articles))
        self._matter = matter(read.sentences, self.articles)
        self.speakers = Speakers(self.said, encoder)
        self._languages = _numbered([each.language for each in self.said])
        self._kinds = _numbered([each.kind for each in self.said])
        self._direct = np.array([each.kind == "direct" for each in self.said], dtype=bool)

        self.left, self.right = candidates(self.wordings, self.speakers, self.days, self.articles, kept)
        self.local = self._local(self.left, self.right)

    def widen(self, scorer: PairScorer) -> None:
        """Add all pairs of statements of articles that the first model finds to tell of one story."""
        if len(self.left):
            chance = scorer.chance(self.local)
            apart = self.articles[self.left] != self.articles[self.right]
            likely = np.where(apart & (chance >= SURE), chance, 0.0)
            self._compare_all(_together(self.articles, self.left, self.right, likely) >= _LINKED)

    def widen_all(self) -> None:
        """Add all pairs of statements of articles that share a candidate pair, for training."""
        self._compare_all(np.ones(len(self.left), dtype=bool))

    def _compare_all(self, linked: Flags) -> None:
        """Add all pairs of statements of the two articles of each pair that is ``linked``; long articles are spared."""
        stories = np.unique(np.stack([self.articles[self.left], self.articles[self.right]], axis=1)[linked], axis=0)
        begins = np.searchsorted(self.articles, np.arange(int(self.articles.max(initial=0)) + 2))
        count = np.int64(len(self.said))
        blocks = [
            (
                np.arange(begins[a], begins[a + 1])[:, None] * count + np.arange(begins[b], begins[b + 1])[None, :]
            ).ravel()
            for a, b in stories.tolist()
            if a != b and max(begins[a + 1] - begins[a], begins[b + 1] - begins[b]) <= _LONG
        ]
        have = self.left * count + self.right
        more = np.setdiff1d(np.concatenate(blocks), have) if blocks else np.zeros(0, dtype=np.int64)
        left, right = (more // count).astype(np.int32), (more % count).astype(np.int32)
        added = self._local(left, right)
        order = np.argsort(np.concatenate([have, more]), kind="stable")
        self.left, self.right = np.concatenate([self.left, left])[order], np.concatenate([self.right, right])[order]
        self.local = {name: np.concatenate([self.local[name], added[name]])[order] for name in self.local}

    @property
    def pairs(self) -> Pairs:
        """The pairs as the story wants them."""
        return Pairs(self.left, self.right, self.articles, self.speakers.of)

    def after(self, chance: Doubles) -> Columns:
        """The local columns, and those of the story that the chances of the round before tell."""
        shape = np.log((chance + 1e-4) / (1 - chance + 1e-4))
        return {**self.local, **story(self.pairs, chance), "so far": shape}

    def _local(self, left: Ints, right: Ints) -> Columns:
        table = compared(self.wordings, left, right)
        columns: Columns = {name: table[:, place] for place, name in enumerate(CONTENT)}
        relation, columns["speaker cosine"] = self.speakers.compare(left, right)
        home = np.maximum(self._matter[left], self._matter[right])
        columns |= {"matter": home, "above the matter": columns["cosine"] - home}
        across = self._languages[left] != self._languages[right]
        columns |= {f"speaker: {name}": relation == place for place, name in enumerate(RELATIONS)}
        columns |= {f"{name}, across": np.where(across, columns[name], -1.0) for name in ACROSS}
        return columns | {
            "across": across,
            "both direct": self._direct[left] & self._direct[right],
            "same kind": self._kinds[left] == self._kinds[right],
            "same article": self.articles[left] == self.articles[right],
        }


def _together(articles: Ints, left: Ints, right: Ints, weights: Doubles) -> Doubles:
    """For each pair the sum of the weights of all pairs of its two articles."""
    codes = articles[left].astype(np.int64) * (int(articles.max(initial=0)) + 1) + articles[right]
    _, group = np.unique(codes, return_inverse=True)
    total: Doubles = np.bincount(group, weights=weights)[group].astype(np.float64)
    return total


def _numbered(values: Sequence[str]) -> Ints:
    numbers: dict[str, int] = {}
    return np.array([numbers.setdefault(value, len(numbers)) for value in values], dtype=np.int32)
