"""From the chances of roles over a window to content and source: the likeliest path, cut into runs of words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from selon.models.reader.document import Document
from selon.models.reader.lexical import BREAK_WORD
from selon.models.reader.readings import Run

Chances = NDArray[np.float32]
Path = NDArray[np.int64]

OTHER, CONTENT, SOURCE = range(3)

_STAY = np.where(np.eye(3, dtype=bool), np.float32(0), np.float32(-np.inf))
"""The step behind a window's end: no role changes."""

_COMPLEMENTISERS = frozenset({"que", "qu'", "qu’", "de", "d'", "d’", "si"})


@dataclass(frozen=True, slots=True)
class Lifts:
    """Nats that roles gain before the path is read: a source everywhere, content where a window would have none."""

    content: float
    source: float


@dataclass(frozen=True, slots=True)
class Shares:
    """What a window gives: content and source, each with its chance."""

    content: tuple[Run, ...]
    source: tuple[Run, ...]
    content_chance: float
    source_chance: float


def best_paths(roles: Chances, lengths: NDArray[np.int64], changes: NDArray[np.float64]) -> Path:
    """The likeliest roles ``(time, windows)``, by Viterbi's algorithm over all windows at once.

    ``roles`` are chances ``(time, windows, 3)``, ``changes[from, to]`` is added at each step. Steps are joined two by
    two (max-plus products are associative), so that there are log2(time) rounds and not ``time``: Särkkä &
    García-Fernández 2021, *Temporal parallelization of Bayesian smoothers*. Places behind a window's end mean nothing.
    """
    gain = np.log(np.maximum(np.ascontiguousarray(np.moveaxis(roles, 2, 0)), np.float32(1e-6)))
    steps = gain[:, 1:] + changes.astype(gain.dtype)[:, :, None, None]
    np.copyto(steps, _STAY[:, :, None, None], where=np.arange(1, len(roles))[:, None] >= lengths)
    return _likeliest(gain[:, 0], steps)


def _likeliest(first: Chances, steps: Chances) -> Path:
    """The roles at each place, given the gains of the first ``(3, windows)`` and of steps ``(3, 3, n, windows)``."""
    count, windows = steps.shape[2:]
    if not count:
        path: Path = first.argmax(0)[None]
        return path
    if count == 1:
        ways, came = _best_of_three(first[:, None] + steps[:, :, 0])
        ends = ways.argmax(0)
        return np.stack([came[ends, np.arange(windows)], ends])
    odd = count % 2
    # the role between two steps is the middle one of five axes: from, between, to, step, window
    joined, between = _best_of_three(np.moveaxis(steps[:, :, None, : count - odd : 2] + steps[None, :, :, 1::2], 1, 0))
    ends = _likeliest(first, np.concatenate([joined, steps[:, :, -1:]], 2) if odd else joined)
    path = np.empty((count + 1, windows), np.int64)
    path[::2] = ends[: len(ends) - odd]
    pairs = count // 2
    path[1 : 2 * pairs : 2] = between[ends[:pairs], ends[1 : pairs + 1], np.arange(pairs)[:, None], np.arange(windows)]
    path[-1] = ends[-1]
    return path


def _best_of_three(ways: Chances) -> tuple[Chances, NDArray[np.int8]]:
    """The greatest over the first axis, which is of three, and which it is; quicker than ``max`` and ``argmax``."""
    best = np.maximum(ways[0], ways[1])
    which = (ways[1] > ways[0]).astype(np.int8)
    np.copyto(which, 2, where=ways[2] > best)
    return np.maximum(best, ways[2]), which


def chosen_roles(
    roles: Chances, lengths: NDArray[np.int64], changes: NDArray[np.float64], lifts: Lifts
) -> tuple[Chances, Path]:
    """Chances of roles and the path to read.

    The linker learned from false cues, whose windows are empty; a window is only read here because its cue is likely,
    so content is made likelier where there would be none.
    """
    roles = _lifted(roles, 0.0, lifts.source)
    again = _lifted(roles, lifts.content, lifts.content)
    windows = roles.shape[1]
    both = best_paths(np.concatenate([roles, again], 1), np.concatenate([lengths, lengths]), changes)
    path = both[:, :windows]
    empty = ~(path == CONTENT).any(0)
    return (
        np.where(empty[:, None], again, roles),
        np.where(empty, both[:, windows:], path),
    )


def _lifted(roles: Chances, content: float, source: float) -> Chances:
    raised = roles * np.exp(np.array([0.0, content, source], roles.dtype))
    result: Chances = raised / raised.sum(-1, keepdims=True)
    return result


def read_roles(roles: Chances, path: Path, low: int, document: Document, least_source: float) -> Shares:
    """What the window from place ``low`` gives; ``roles`` are chances ``(window, 3)``, ``path`` the likeliest roles."""
    content = _trimmed(_runs(path == CONTENT, low, document), document)
    of_content = [place - low for run in content for place in range(*run)]
    content_chance = float(roles[of_content, CONTENT].mean()) if of_content else 0.0
    source, source_chance = _best_source(roles, path, low, document, least_source)
    return Shares(content, source, content_chance, source_chance)


def _runs(chosen: NDArray[np.bool_], low: int, document: Document) -> list[Run]:
    """Runs of chosen words; runs with only marks between them are one."""
    runs: list[Run] = []
    words, spoken = document.words, document.spoken
    for place in (np.flatnonzero(chosen) + low).tolist():
        if words[place] == BREAK_WORD:
            continue
        if runs and spoken[runs[-1].end] == spoken[place]:
            runs[-1] = Run(runs[-1].start, place + 1)
        else:
            runs.append(Run(place, place + 1))
    return runs


def _trimmed(runs: Sequence[Run], document: Document) -> tuple[Run, ...]:
    """``runs`` without marks at their ends and without the ``que`` that opens the first."""
    kept: list[Run] = []
    words, spoken = document.words, document.spoken
    for start, end in runs:
        while start < end and spoken[start] == spoken[start + 1]:
            start += 1
        while end > start and spoken[end - 1] == spoken[end]:
            end -= 1
        if not kept and end - start > 1 and words[start] in _COMPLEMENTISERS:
            start += 1
        if start < end:
            kept.append(Run(start, end))
    return tuple(kept)


def _best_source(
    roles: Chances, path: Path, low: int, document: Document, least: float
) -> tuple[tuple[Run, ...], float]:
    on_path = (path == SOURCE) & (roles[:, CONTENT] < 0.5)
    likely = (roles[:, SOURCE] > least) & (roles[:, SOURCE] >= roles[:, CONTENT])
    runs = _runs(on_path, low, document) or _runs(likely, low, document)
    chances = [
        (float(roles[start - low : end - low, SOURCE].max()), -start, Run(start, end))
        for start, end in runs
        if document.spoken[start] < document.spoken[end]
    ]
    if not chances:
        return (), float(1 - roles[:, SOURCE].max(initial=0.0))
    chance, _, best = max(chances)
    return (best,), chance
