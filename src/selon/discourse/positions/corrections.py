"""What a person's corrections teach: a small linear model for each proposition, on top of what ships."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from selon.discourse.positions.pile import Pile, unit
from selon.discourse.positions.records import Saying
from selon.discourse.positions.words import Floats, Ints
from selon.records import Proposition

_SPEAKER = 0.8
_RIDGE = 0.06
_STEPS = 12
_SAME = 1.0
_UNSEEN = -2.0

Told = tuple[Floats, Floats, Ints]


@dataclass(frozen=True, slots=True)
class Correction:
    """What somebody decided: the statement takes this agreement (-1, 0, +1) on the proposition, or none (None)."""

    statement: str
    proposition: str
    agreement: int | None
    by: str = ""


def corrected(
    pile: Pile,
    sayings: Sequence[Saying],
    propositions: Sequence[Proposition],
    told: Told,
    corrections: Sequence[Correction],
) -> tuple[Floats, Floats]:
    """The log-odds and sign log-odds after learning from the corrections and from the codebook's examples.

    ``told`` holds both as the models gave them, with the proposition of each saying and candidate. For each proposition
    a logistic regression whose offset is the model's own score learns from the corrected statements: numbers are the
    statement's direction in the space of words and its speaker, so that what is near to a corrected statement, or said
    by the same speaker, moves with it (ridge-penalised, Newton's method).
    """
    odds, signs, chosen = told
    lessons = _lessons(sayings, propositions, corrections)
    if not lessons:
        return odds, signs
    odds, signs = odds.copy(), signs.copy()
    directions = unit(pile.contents.summed(pile.vectors))
    examples = _Examples(pile, propositions)
    for proposition, (said, shown) in lessons.items():
        rows, ranks = np.nonzero(chosen == proposition)
        if not len(rows):
            continue
        place = {int(row): number for number, row in enumerate(rows)}
        known = [(place[row], agreement) for row, agreement in said if row in place]
        numbers, extra = _numbers(directions, sayings, rows, [row for row, _ in said]), examples.of(shown)
        wide = np.zeros((len(extra), numbers.shape[1]), dtype=np.float32)
        wide[:, : extra.shape[1]] = extra
        table = np.concatenate([numbers[[number for number, _ in known]], wide])
        agreements = [agreement for _, agreement in known] + [sign for _, sign in shown]
        ahead = _against_the_rest(told[0])[rows, ranks]
        offsets = np.concatenate([ahead[[number for number, _ in known]], np.full(len(wide), _UNSEEN)])
        odds[rows, ranks] += numbers @ _fitted(table, np.asarray([each is not None for each in agreements]), offsets)
        held = [number for number, each in enumerate(agreements) if each]
        if held:
            lean = signs[rows, ranks, 2] - signs[rows, ranks, 0]
            before = np.concatenate([lean[[number for number, _ in known]], np.zeros(len(wide))])[held]
            positive = np.asarray([agreements[number] == 1 for number in held])
            shift = numbers @ _fitted(table[held], positive, before)
            signs[rows, ranks, 2] += shift / 2
            signs[rows, ranks, 0] -= shift / 2
    return odds, signs


def _against_the_rest(odds: Floats) -> Floats:
    """The log-odds of each candidate against all the others and none of them together."""
    raised = np.exp(np.minimum(odds, 30)).astype(np.float64)
    rest = 1 + raised.sum(axis=1, keepdims=True) - raised
    out: Floats = (odds - np.log(rest)).astype(np.float32)
    return out


Lesson = tuple[list[tuple[int, int | None]], list[tuple[str, int]]]


def _lessons(
    sayings: Sequence[Saying], propositions: Sequence[Proposition], corrections: Sequence[Correction]
) -> dict[int, Lesson]:
    """By proposition: the corrected sayings, and the codebook's examples, each with its agreement."""
    row_of = {each.id: row for row, each in enumerate(sayings)}
    number = {each.key: place for place, each in enumerate(propositions)}
    out: dict[int, Lesson] = {}
    last = {(each.statement, each.proposition): each for each in corrections}
    for each in last.values():
        if each.statement in row_of and each.proposition in number:
            said, _ = out.setdefault(number[each.proposition], ([], []))
            said.append((row_of[each.statement], each.agreement))
    for place, one in enumerate(propositions):
        shown = [(text, 1) for text in one.pro] + [(text, -1) for text in one.con]
        if shown:
            out.setdefault(place, ([], []))[1].extend(shown)
    return out


class _Examples:
    """The directions of the codebook's examples, by the words that the pile knows."""

    def __init__(self, pile: Pile, propositions: Sequence[Proposition]) -> None:
        texts = [(text, one.language) for one in propositions for text in (*one.pro, *one.con)]
        bags = pile.vocabulary.known(texts)
        rows = unit(bags.summed(pile.vectors))
        self._rows = dict(zip((text for text, _ in texts), rows, strict=True))
        self._width = pile.vectors.shape[1]

    def of(self, shown: Sequence[tuple[str, int]]) -> Floats:
        """A row an example."""
        if not shown:
            return np.zeros((0, self._width), dtype=np.float32)
        return np.stack([self._rows[text] for text, _ in shown]).astype(np.float32)


def _numbers(directions: Floats, sayings: Sequence[Saying], rows: Ints, corrected_rows: Sequence[int]) -> Floats:
    """The sayings as rows of numbers: direction, one column for each corrected speaker, and a constant."""
    speakers = sorted({sayings[row].speaker for row in corrected_rows} - {""})
    column = {each: number for number, each in enumerate(speakers)}
    out = np.zeros((len(rows), directions.shape[1] + len(speakers) + 1), dtype=np.float32)
    out[:, : directions.shape[1]] = directions[rows]
    for number, row in enumerate(rows):
        place = column.get(sayings[row].speaker)
        if place is not None:
            out[number, directions.shape[1] + place] = _SPEAKER
    out[:, -1] = _SAME * 0.3
    return out


def _fitted(table: Floats, wanted: np.ndarray, offsets: np.ndarray) -> Floats:
    """The weights of a logistic regression with offsets, in the space of its rows (fewer than its columns)."""
    kernel = (table @ table.T).astype(np.float64)
    alpha = np.zeros(len(table))
    target = wanted.astype(np.float64)
    for _ in range(_STEPS):
        scores = np.clip(kernel @ alpha + offsets, -30, 30)
        chance = 1 / (1 + np.exp(-scores))
        spread = np.maximum(chance * (1 - chance), 1e-4)
        # Newton in the dual: (K + ridge / spread) a = K a + (y - p) / spread
        wish = kernel @ alpha + (target - chance) / spread
        alpha = np.linalg.solve(kernel + np.diag(_RIDGE / spread), wish)
    weights: Floats = (alpha @ table).astype(np.float32)
    return weights
