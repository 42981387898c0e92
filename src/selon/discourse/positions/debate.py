"""The second look: what the statements around one say of its proposition and its sign."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from selon.discourse.positions.pile import Pile, unit
from selon.discourse.positions.records import Saying
from selon.discourse.positions.relevance import Look
from selon.discourse.positions.words import Floats, Ints

_FADES = 0.7
_ALIKE = 8.0
_NONE = np.float32(-6)
_MOST_AROUND = 160


@dataclass(frozen=True, slots=True)
class Around:
    """A page's sayings (``rows``) and those they are read with.

    ``others`` are the sayings of the page and of the pages near to it; the tables have a row a saying of the page:
    ``alike`` (how near each other's words are, 0 for the same utterance), ``apart`` (1 where the utterances differ),
    ``same_speaker`` (of another utterance), all by others; and by sayings of the page, weighted by distance,
    ``own_before``, ``own_after``, ``other_before``, ``other_after``.
    """

    rows: Ints
    others: Ints
    alike: Floats
    apart: Floats
    same_speaker: Floats
    own_before: Floats
    own_after: Floats
    other_before: Floats
    other_after: Floats


class Debate:
    """Who speaks before, after and elsewhere; made once a pile, asked once a round.

    ``speaker`` numbers the speaker of each saying, ``once`` counts each utterance once among its witnesses.
    """

    def __init__(self, pile: Pile, sayings: Sequence[Saying], seen: Look) -> None:
        self._pile, self._seen = pile, seen
        self._utterance = _numbered([each.utterance or f"\0{row}" for row, each in enumerate(sayings)])
        self.speaker = _numbered([each.speaker or f"\0{row}" for row, each in enumerate(sayings)])
        self.once = (1 / np.bincount(self._utterance)[self._utterance]).astype(np.float32)
        self._directions = unit(pile.contents.summed(pile.vectors))
        self.pages = list(self._surroundings())

    def pooled(self, values: Floats) -> Floats:
        """Values by saying and candidate, each the mean over the witnesses of its utterance."""
        wide = self._wide(values, _NONE)
        return np.take_along_axis(self._mean_of_utterance(wide), self._chosen, axis=1)

    def pooled_signs(self, values: Floats) -> Floats:
        """The same for values with outcomes as a last axis; a witness whose page lacks the candidate is left out."""
        columns = [self._wide(values[..., outcome], np.float32(0)) for outcome in range(values.shape[-1])]
        there = self._wide(np.ones(values.shape[:2], dtype=np.float32), np.float32(0))
        share = np.maximum(self._mean_of_utterance(there), 1e-6)
        means = [
            np.take_along_axis(self._mean_of_utterance(column) / share, self._chosen, axis=1) for column in columns
        ]
        return np.stack(means, axis=-1)

    def relevance_numbers(self, odds: Floats) -> dict[str, Floats]:
        """What the second look at relevance counts with, from the log-odds of the first: sayings by candidates."""
        pooled = self.pooled(odds)
        shares = share_of(pooled)
        wide = self._wide(shares, np.float32(0))
        names = ("around", "strongest", "likest", "before_on", "after_on", "earlier_on", "speaker_on")
        out = {name: np.zeros_like(odds) for name in names}
        for page in self.pages:
            rows = page.rows
            chosen = self._seen.candidates[self._pile.page_of[rows[0]]]
            there = wide[page.others][:, chosen]
            out["around"][rows] = np.log(page.apart @ there / max(len(page.others), 1) ** 0.5 + 0.02)
            out["strongest"][rows] = _strongest(there, page.apart)
            out["likest"][rows] = page.alike @ there / np.maximum(page.alike.sum(axis=1, keepdims=True), 1e-6)
            here = shares[rows]
            out["before_on"][rows[1:]], out["after_on"][rows[:-1]] = here[:-1], here[1:]
            out["earlier_on"][rows[2:]] = here[:-2]
            out["speaker_on"][rows] = (page.own_before + page.own_after) @ here
        out |= {f"{name}_pooled": self.pooled(out[name]) for name in ("before_on", "after_on", "speaker_on")}
        out |= {"first_look": odds, "pooled": pooled, "share": shares}
        for name in ("pooled", "around", "strongest", "likest"):
            out[f"{name}_behind"] = out[name] - out[name].max(axis=1, keepdims=True)
        return out

    def sign_numbers(self, shares: Floats, signs: Floats) -> dict[str, Floats]:
        """What the second look at signs counts with: the expected signs (-1 to 1) of the sayings around."""
        wide_share = self._wide(shares, np.float32(0))
        wide_signed = self._wide(shares * signs, np.float32(0))
        names = (
            "first", "other_before", "other_after", "own_before", "own_after", "answers",
            "speaker_elsewhere", "speaker_there", "likest_sign", "balance",
        )  # fmt: skip
        out = {name: np.zeros_like(shares) for name in names}
        for page in self.pages:
            rows = page.rows
            chosen = self._seen.candidates[self._pile.page_of[rows[0]]]
            here, signed = shares[rows], (shares * signs)[rows]
            taken = np.cumsum(np.log1p(-np.minimum(here, 0.999)), axis=0)
            out["first"][rows[1:]] = np.exp(taken[:-1])
            out["first"][rows[0]] = 1
            for name, table in (
                ("other_before", page.other_before),
                ("other_after", page.other_after),
                ("own_before", page.own_before),
                ("own_after", page.own_after),
            ):
                out[name][rows] = np.tanh(table @ signed)
            out["answers"][rows] = np.tanh(page.other_before @ here)
            there, told = wide_share[page.others][:, chosen], wide_signed[page.others][:, chosen]
            out["speaker_there"][rows] = np.tanh(page.same_speaker @ there)
            out["speaker_elsewhere"][rows] = page.same_speaker @ told / (page.same_speaker @ there + 0.3)
            out["likest_sign"][rows] = page.alike @ told / (page.alike @ there + 0.1)
            out["balance"][rows] = page.apart @ told / (page.apart @ there + 0.5)
        return out

    def wide(self, values: Floats) -> Floats:
        """Values by saying and proposition from values by saying and candidate; zero for the others."""
        return self._wide(values, np.float32(0))

    def candidates(self, rows: Ints) -> Ints:
        """The candidates of the page of these sayings."""
        out: Ints = self._seen.candidates[self._pile.page_of[rows[0]]]
        return out

    @property
    def _chosen(self) -> Ints:
        return self._seen.candidates[self._pile.page_of]

    def _wide(self, values: Floats, fill: np.float32) -> Floats:
        """Values by saying and proposition from values by saying and candidate."""
        out = np.full((len(values), self._pile.propositions), fill, dtype=np.float32)
        np.put_along_axis(out, self._chosen, values, axis=1)
        return out

    def _mean_of_utterance(self, wide: Floats) -> Floats:
        order = np.argsort(self._utterance, kind="stable")
        starts = np.flatnonzero(np.diff(self._utterance[order], prepend=-1))
        sums = np.add.reduceat(wide[order], starts, axis=0)
        counts = np.diff(np.append(starts, len(order)))
        means: Floats = (sums / counts[:, None]).astype(np.float32)[self._utterance]
        return means

    def _surroundings(self) -> Iterator[Around]:
        pages = len(self._pile.near)
        starts = np.searchsorted(self._pile.page_of, np.arange(pages + 1))
        for page in range(pages):
            rows = np.arange(starts[page], starts[page + 1])
            if not len(rows):
                continue
            near = [np.arange(starts[one], starts[one + 1]) for one in self._pile.near[page] if one >= 0]
            others = np.concatenate([rows, *near])[:_MOST_AROUND]
            apart = (self._utterance[rows][:, None] != self._utterance[others]).astype(np.float32)
            same = (self.speaker[rows][:, None] == self.speaker[others]) * apart
            alike = np.exp(_ALIKE * np.clip(self._directions[rows] @ self._directions[others].T, 0, 1)) * apart
            step = np.arange(len(rows))[:, None] - np.arange(len(rows))
            faded = np.where(step != 0, _FADES ** (np.abs(step) - 1.0), 0).astype(np.float32)
            own = self.speaker[rows][:, None] == self.speaker[rows]
            yield Around(
                rows, others, alike, apart, same.astype(np.float32),
                own_before=faded * (own & (step > 0)), own_after=faded * (own & (step < 0)),
                other_before=faded * (~own & (step > 0)), other_after=faded * (~own & (step < 0)),
            )  # fmt: skip


def share_of(odds: Floats) -> Floats:
    """The probability of each candidate against the others and none of them, from log-odds against none."""
    raised = np.exp(np.minimum(odds, 30))
    shares: Floats = raised / (1 + raised.sum(axis=1, keepdims=True))
    return shares


def _strongest(there: Floats, apart: Floats) -> Floats:
    """For each row the mean of the three highest values of the others that are apart from it."""
    masked = there[None] * apart[:, :, None]
    most = min(3, masked.shape[1])
    mean: Floats = np.sort(masked, axis=1)[:, -most:].mean(axis=1)
    return mean


def _numbered(keys: Sequence[str]) -> Ints:
    numbers: dict[str, int] = {}
    return np.asarray([numbers.setdefault(each, len(numbers)) for each in keys], dtype=np.int64)
