"""The candidate pairs of a pile of statements, and what is known of each, as columns for the scorers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from selon.languages import LanguagePack
from selon.matching.utterances.candidates import KEPT, candidates, days_of, distinct
from selon.matching.utterances.features import CONTENT, compared
from selon.matching.utterances.matters import matter, rarity_at_home
from selon.matching.utterances.records import Reported
from selon.matching.utterances.speakers import RELATIONS, Speakers
from selon.matching.utterances.story import SURE, Doubles, Flags, Pairs, Told, story, supported
from selon.matching.utterances.wordings import Ints, WordEncoder, wordings
from selon.models.pairing import PairScorer

ACROSS = ("cosine", "covered", "covered least")
"""Columns with weights of their own between two languages."""
_LINKED = 1.4
"""From so many sure pairs on, two articles tell of one story, and all their statements are compared."""
_LONG, _PART = 60, 1 << 17

Columns = dict[str, NDArray[Any]]


class Weighing:
    """Statements in the order of articles, and their candidate pairs; ``rows`` are places in the given order.

    ``left`` and ``right`` are the rows of each pair, in order; ``local`` has a column a name, a value a pair.
    """

    left: Ints
    right: Ints
    local: Columns

    def __init__(
        self, said: Sequence[Reported], encoder: WordEncoder, packs: Mapping[str, LanguagePack], kept: int = KEPT
    ) -> None:
        self.rows = sorted(range(len(said)), key=lambda row: (said[row].article, said[row].position, row))
        self.said = [said[row] for row in self.rows]
        self.days = days_of([each.published for each in self.said])
        self.told_days = days_of([each.said for each in self.said])
        self.articles = _numbered([each.article for each in self.said])
        self._read = wordings(self.said, encoder, packs)
        self.speakers = Speakers(self.said, encoder)
        self._languages = _numbered([each.language for each in self.said])
        self._kinds = _numbered([each.kind for each in self.said])
        self._direct = np.array([each.kind == "direct" for each in self.said], dtype=bool)
        self._begin(kept)

    def _begin(self, kept: int) -> None:
        read = self._read
        self.wordings = replace(read, weights=read.weights * rarity_at_home(read.plain, self.articles))
        self._matter = matter(read.sentences, self.articles)
        self._told = Told(self.articles, self.speakers.of)
        self.left, self.right = candidates(self.wordings, self.speakers, self.days, self.articles, kept)
        self.local = self._local(self.left, self.right)

    def undated(self, rows: Sequence[int]) -> Weighing:
        """These rows alone (in order) and their candidate pairs, as if nobody knew when they were published."""
        other = copy(self)
        other.rows = [self.rows[row] for row in rows]
        other.said = [replace(self.said[row], published=None) for row in rows]
        other.days = days_of([None] * len(rows))
        other.told_days = days_of([each.said for each in other.said])
        other.articles = np.unique(self.articles[list(rows)], return_inverse=True)[1].astype(np.int32)
        other._read, other.speakers = self._read.some(rows), self.speakers.some(rows)
        for name in ("_languages", "_kinds", "_direct"):
            setattr(other, name, getattr(self, name)[list(rows)])
        other._begin(KEPT)
        return other

    def widen(self, scorer: PairScorer) -> None:
        """Add all pairs of statements of articles that the first model finds to tell of one story."""
        if len(self.left):
            chance = self.chance(scorer)
            apart = self.articles[self.left] != self.articles[self.right]
            likely = np.where(apart & (chance >= SURE), chance, 0.0)
            self._compare_all(_together(self.articles, self.left, self.right, likely) >= _LINKED)

    def widen_all(self) -> None:
        """Add all pairs of statements of articles that share a candidate pair, for training."""
        self._compare_all(np.ones(len(self.left), dtype=bool))

    def _compare_all(self, linked: Flags) -> None:
        """Add all pairs of statements of the two articles of each pair that is ``linked``; long articles are spared."""
        width, count = np.int64(int(self.articles.max(initial=0)) + 1), np.int64(len(self.said))
        stories = distinct(self.articles[self.left[linked]] * width + self.articles[self.right[linked]])
        begins = np.searchsorted(self.articles, np.arange(width + 1))
        blocks = [
            (
                np.arange(begins[a], begins[a + 1])[:, None] * count + np.arange(begins[b], begins[b + 1])[None, :]
            ).ravel()
            for a, b in zip((stories // width).tolist(), (stories % width).tolist(), strict=True)
            if a != b and max(begins[a + 1] - begins[a], begins[b + 1] - begins[b]) <= _LONG
        ]
        if not blocks:
            return
        have, more = self.left * count + self.right, distinct(np.concatenate(blocks))
        place = np.searchsorted(have, more)
        more = more[have[np.minimum(place, len(have) - 1)] != more]
        left, right = (more // count).astype(np.int32), (more % count).astype(np.int32)
        added = self._local(left, right)
        order = np.argsort(np.concatenate([have, more]), kind="stable")
        self.left, self.right = np.concatenate([self.left, left])[order], np.concatenate([self.right, right])[order]
        for name in list(added):  # one after the other: all columns together are most of what lies in memory
            self.local[name] = np.concatenate([self.local[name], added.pop(name)])[order]

    def forget_pairs(self) -> None:
        """Give back the memory of the pairs and their columns."""
        self.left, self.right, self.local = self.left[:0].copy(), self.right[:0].copy(), {}

    @property
    def pairs(self) -> Pairs:
        """The pairs as the story wants them."""
        return Pairs(self.left, self.right, self._told)

    def pairs_of(self, part: slice | NDArray[np.int64]) -> Pairs:
        """Those of a stretch, see ``parts``, or at these places, ascending."""
        return Pairs(self.left[part], self.right[part], self._told)

    @property
    def parts(self) -> list[slice]:
        """Stretches of the pairs one after the other, with all pairs of two articles in the same one."""
        articles = self.articles[self.left]
        ends = np.append(np.flatnonzero(articles[1:] != articles[:-1]) + 1, len(articles)).tolist()
        found, start = [], 0
        for end in ends:
            if end - start >= _PART or (end == len(articles) and end > start):
                found.append(slice(start, end))
                start = end
        return found

    def chance(self, scorer: PairScorer) -> Doubles:
        """What a scorer says of each pair by its local columns."""
        found = np.zeros(len(self.left))
        for part in self.parts:
            found[part] = scorer.chance({name: column[part] for name, column in self.local.items()})
        return found

    def after(self, chance: Doubles) -> Columns:
        """The local columns, and those of the story that the chances of the round before tell."""
        shape = np.log((chance + 1e-4) / (1 - chance + 1e-4))
        return {**self.local, **story(self.pairs, chance), "so far": shape}

    def after_in_parts(self, chance: Doubles) -> Iterator[tuple[slice, Columns]]:
        """The same for one stretch of the pairs after the other."""
        support = supported(self.pairs, chance)
        for part in self.parts:
            pairs = self.pairs_of(part)
            local = {name: column[part] for name, column in self.local.items()}
            shape = np.log((chance[part] + 1e-4) / (1 - chance[part] + 1e-4))
            yield part, {**local, **story(pairs, chance[part], support[part]), "so far": shape}

    def _local(self, left: Ints, right: Ints) -> Columns:
        table = compared(self.wordings, left, right)
        columns: Columns = {name: np.ascontiguousarray(table[:, place]) for place, name in enumerate(CONTENT)}
        del table
        relation, columns["speaker cosine"] = self.speakers.compare(left, right)
        columns["matter"] = np.maximum(self._matter[left], self._matter[right])
        columns["above the matter"] = columns["cosine"] - columns["matter"]
        across = self._languages[left] != self._languages[right]
        columns |= {f"speaker: {name}": relation == place for place, name in enumerate(RELATIONS)}
        columns |= {f"{name}, across": np.where(across, columns[name], np.float32(-1.0)) for name in ACROSS}
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
