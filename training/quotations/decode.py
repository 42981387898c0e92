"""From tag and role probabilities to quotations. For the models as they train, before they are exported."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from selon.models.reader.roles import best_paths
from training.quotations.lexical import PARAGRAPH

_COMPLEMENTISERS = frozenset({"que", "qu'", "qu’", "de", "d'", "d’", "si"})
Run = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From which chances on something is looked at or kept.

    ``cue`` and ``beginning``: a word; ``keep``: a quotation, by its score; ``source``: a source. Two quotations as
    much ``alike`` as that (Dice) are one. ``change``: what a change of role costs where the model brings no costs of
    its own; ``source_lift`` and ``content_lift``: nats, see ``chosen_roles``.
    """

    cue: float = 0.2
    beginning: float = 0.2
    keep: float = 0.25
    alike: float = 0.7
    source: float = 0.35
    change: float = 1.5
    source_lift: float = 0.5
    content_lift: float = 0.75

    def flat_changes(self) -> np.ndarray:
        """One cost for every change of role."""
        return self.change * (np.eye(3) - 1)


@dataclass(frozen=True, slots=True)
class Calibration:
    """Weights of a logistic regression from the chances of cue and content to that of being a quotation."""

    bias: float
    cue: float
    content: float
    uncued: float

    def __call__(self, cue_chance: float, content_chance: float, *, uncued: bool) -> float:
        """The chance that the quotation is right."""
        total = self.bias + self.cue * logit(cue_chance) + self.content * logit(content_chance) + self.uncued * uncued
        return 1 / (1 + math.exp(-total))


def logit(chance: float) -> float:
    """The log odds of ``chance``, between -7 and 7."""
    chance = min(max(chance, 0.001), 0.999)
    return math.log(chance / (1 - chance))


@dataclass(frozen=True, slots=True)
class Found:
    """A quotation as half-open runs of places in the document's words; ``cue`` is None without one."""

    content: tuple[Run, ...]
    cue: Run | None
    source: tuple[Run, ...]
    form: int
    type: int
    cue_chance: float
    content_chance: float
    source_chance: float
    calibration: Calibration | None = None

    @property
    def score(self) -> float:
        """The chance that this is a quotation; a mere product of chances where nothing calibrates it."""
        if self.calibration is None:
            return self.cue_chance * self.content_chance
        return self.calibration(self.cue_chance, self.content_chance, uncued=self.cue is None)


def cue_runs(tags: np.ndarray, threshold: float) -> list[tuple[int, int, float]]:
    """(first, last, chance) of each cue; ``tags`` are chances of outside, first, inside ``(words, 3)``."""
    some = 1 - tags[:, 0]
    found, place = [], 0
    while place < len(tags):
        if some[place] < threshold or (tags[place, 2] > tags[place, 1] and found and found[-1][1] == place - 1):
            place += 1
            continue
        last = place
        while last + 1 < len(tags) and tags[last + 1, 2] > 0.4 and tags[last + 1, 2] > tags[last + 1, 1]:
            last += 1
        found.append((place, last, float(some[place : last + 1].max())))
        place = last + 1
    return found


def chosen_roles(
    roles: np.ndarray, lengths: np.ndarray, changes: np.ndarray, thresholds: Thresholds
) -> tuple[np.ndarray, np.ndarray]:
    """Chances of roles and the path to read, both made likelier where the window says nothing.

    A source is made likelier everywhere, content where the window would have none.

    The linker learned from false cues, whose windows are empty; a window is only read here because its cue is likely.
    """
    roles = _lifted(roles, 0.0, thresholds.source_lift)
    path = best_paths(roles, lengths, changes)
    empty = ~(path == 1).any(0)
    if empty.any():
        again = _lifted(roles[:, empty], thresholds.content_lift, thresholds.content_lift)
        roles[:, empty] = again
        path[:, empty] = best_paths(again, lengths[empty], changes)
    return roles, path


def _lifted(roles: np.ndarray, content: float, source: float) -> np.ndarray:
    raised = roles * np.exp(np.array([0.0, content, source], roles.dtype))
    result: np.ndarray = raised / raised.sum(-1, keepdims=True)
    return result


def read_roles(
    roles: np.ndarray, best: np.ndarray, low: int, words: Sequence[str], source_threshold: float
) -> tuple[tuple[Run, ...], tuple[Run, ...], float, float]:
    """Content and source runs with their chances.

    ``roles`` are chances ``(window, 3)``, ``best`` the likeliest path of roles.
    """
    content = _trimmed(_runs(best == 1, low, words), words)
    inside = np.zeros(len(roles), bool)
    for start, end in content:
        inside[start - low : end - low] = True
    content_chance = float(roles[inside, 1].mean()) if inside.any() else 0.0
    source, source_chance = _best_source(roles, best, low, words, source_threshold)
    return content, source, content_chance, source_chance


def without_doubles(found: Sequence[Found], thresholds: Thresholds) -> list[Found]:
    """The quotations whose score is enough, better ones first where two say the same words; in text order."""
    kept: list[tuple[Found, set[int]]] = []
    for quotation in sorted(found, key=lambda quotation: (-quotation.score, quotation.content)):
        if quotation.score < thresholds.keep or not quotation.content:
            continue
        places = {place for start, end in quotation.content for place in range(start, end)}
        if all(2 * len(places & other) < thresholds.alike * (len(places) + len(other)) for _, other in kept):
            kept.append((quotation, places))
    return sorted(
        (quotation for quotation, _ in kept), key=lambda quotation: (quotation.content, quotation.cue or (0, 0))
    )


def _runs(chosen: np.ndarray, low: int, words: Sequence[str]) -> list[Run]:
    """Runs of chosen words; runs with only marks between them are one."""
    runs: list[Run] = []
    for place in np.flatnonzero(chosen) + low:
        if words[place] == PARAGRAPH:
            continue
        if runs and all(not _is_word(words[between]) for between in range(runs[-1][1], place)):
            runs[-1] = (runs[-1][0], int(place) + 1)
        else:
            runs.append((int(place), int(place) + 1))
    return runs


def _trimmed(runs: Sequence[Run], words: Sequence[str]) -> tuple[Run, ...]:
    kept = []
    for start, end in runs:
        while start < end and not _is_word(words[start]):
            start += 1
        while end > start and not _is_word(words[end - 1]):
            end -= 1
        if not kept and end - start > 1 and words[start].lower() in _COMPLEMENTISERS:
            start += 1
        if start < end:
            kept.append((start, end))
    return tuple(kept)


def _best_source(
    roles: np.ndarray, best_roles: np.ndarray, low: int, words: Sequence[str], threshold: float
) -> tuple[tuple[Run, ...], float]:
    runs = _runs((best_roles == 2) & (roles[:, 1] < 0.5), low, words) or _runs(
        (roles[:, 2] > threshold) & (roles[:, 2] >= roles[:, 1]), low, words
    )
    runs = [run for run in runs if any(_is_word(words[place]) for place in range(*run))]
    if not runs:
        return (), float(1 - roles[:, 2].max(initial=0.0))

    def chance(run: Run) -> float:
        return float(roles[run[0] - low : run[1] - low, 2].max())

    best = max(runs, key=lambda run: (chance(run), -run[0]))
    return (best,), chance(best)


def _is_word(word: str) -> bool:
    return word != PARAGRAPH and any(unicodedata.category(letter)[0] in "LN" for letter in word)
