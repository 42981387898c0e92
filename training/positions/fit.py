"""Fits the five models of positions in turn, each on what those before it say of sets that they have not seen."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression

from selon.discourse.positions.debate import Debate
from selon.discourse.positions.pile import Pile, heap
from selon.discourse.positions.polarity import polarity_numbers
from selon.discourse.positions.records import Weighed, WordVectors
from selon.discourse.positions.relevance import look, page_numbers, said_again
from selon.discourse.positions.sides import sides
from selon.discourse.positions.take import judge, plain_words, sure_numbers
from selon.discourse.positions.weights import Models
from selon.models.embedding import load_encoder
from training.positions.gold import Gold

Floats = NDArray[np.float32]
Numbers = Mapping[str, Floats]
Fit = Callable[[Numbers, NDArray], Weighed]

STRENGTHS = {"about": 0.3, "first": 0.003, "second": 0.003, "sign": 0.1, "debate": 0.01}


@dataclass(frozen=True)
class Problem:
    """A pile with its answers, and the numbers of its pages."""

    gold: Gold
    pile: Pile
    on_pages: Numbers


def problem(gold: Gold, encoder: WordVectors) -> Problem:
    """The gold as training needs it."""
    pile = heap(gold.pages, gold.sayings, gold.propositions, encoder)
    return Problem(gold, pile, page_numbers(pile))


def fit_models(problems: Sequence[Problem], sets: Sequence[int], sure: Weighed) -> Models:
    """All models from the parts of the problems that belong to ``sets``."""
    page_groups = [each.gold.page_group for each in problems]
    page_answers = [_page_answers(each) for each in problems]
    about, odds = _stage(
        [each.on_pages for each in problems], page_groups, sets, _yes_or_no(page_answers, STRENGTHS["about"])
    )
    looks = [look(each.pile, told(scores)) for each, scores in zip(problems, odds, strict=True)]
    groups = [each.gold.group for each in problems]
    right = [
        (seen.candidates[each.pile.page_of] == each.gold.of[:, None]) & (each.gold.of >= 0)[:, None]
        for each, seen in zip(problems, looks, strict=True)
    ]
    debates = [Debate(each.pile, each.gold.sayings, seen) for each, seen in zip(problems, looks, strict=True)]
    first_numbers = [seen.numbers for seen in looks]
    first, odds = _stage(first_numbers, groups, sets, _best_of(right, STRENGTHS["first"]))
    second_numbers = [
        dict(seen.numbers) | debate.relevance_numbers(scores[..., 0])
        for seen, debate, scores in zip(looks, debates, odds, strict=True)
    ]
    second, odds = _stage(second_numbers, groups, sets, _best_of(right, STRENGTHS["second"]))
    about_what = [
        debate.pooled(scores[..., 0] + said_again(seen.direct))
        for debate, scores, seen in zip(debates, odds, looks, strict=True)
    ]
    words = [
        polarity_numbers(each.pile, each.gold.pages, each.gold.sayings, seen)
        for each, seen in zip(problems, looks, strict=True)
    ]
    signs = [np.where(hit, each.gold.sign[:, None], _UNKNOWN) for each, hit in zip(problems, right, strict=True)]
    sign, odds = _stage(words, groups, sets, _which_sign(signs, STRENGTHS["sign"]))
    odds = [scores + plain_words(word, seen.direct) for scores, word, seen in zip(odds, words, looks, strict=True)]
    around = [
        word | sides(debate, chosen, debate.pooled_signs(scores))
        for word, debate, chosen, scores in zip(words, debates, about_what, odds, strict=True)
    ]
    debate_model, _ = _stage(around, groups, sets, _which_sign(signs, STRENGTHS["debate"]), score=False)
    return Models(about, first, second, sign, debate_model, sure)


def fit_sure(problems: Sequence[Problem], models: Sequence[tuple[int, Models]], strangers: Sequence[Gold]) -> Weighed:
    """How sure a choice is, from small piles (an event each) by models that have not seen their set."""
    numbers, answers = [], []
    for hidden, each in models:
        for one in problems:
            if set(one.gold.group.tolist()) != {hidden}:
                continue
            _choices(one.gold, each, numbers, answers)
    for gold in strangers:
        _choices(gold, models[0][1], numbers, answers)
    return fit_logistic(numbers, answers, [np.ones(len(each), dtype=bool) for each in answers], 1.0)


def _choices(gold: Gold, models: Models, numbers: list[Numbers], answers: list[NDArray]) -> None:
    judged = judge(gold.pages, gold.sayings, gold.propositions, load_encoder(), models)
    rows, best = np.arange(len(judged.odds)), judged.odds.argmax(axis=1)
    numbers.append({name: v[rows, best] for name, v in sure_numbers(judged.seen, judged.odds).items()})
    answers.append((judged.chosen[rows, best] == gold.of).astype(np.int64))


ANY = Weighed(
    ("ahead", "content_spelt", "direct", "meant", "sentence_meant"),
    np.asarray([[0.7], [2.8], [1.9], [1.5], [1.8]], dtype=np.float32),
    np.asarray([-2.4], dtype=np.float32),
)
"""A first guess of ``sure``, to fit the others with before it is fitted itself."""
_UNKNOWN = 9


@dataclass(frozen=True)
class _Told(Weighed):
    """Scores that are known already, in the place of a model."""

    scores: Floats | None = None

    def score(self, numbers: Numbers) -> Floats:  # noqa: ARG002
        return self.scores


def told(scores: Floats) -> Weighed:
    """A stand-in for a model that says what is known already."""
    return _Told((), np.zeros(0), np.zeros(0), scores)


def _stage(
    numbers: Sequence[Numbers],
    groups: Sequence[NDArray],
    sets: Sequence[int],
    fit: Callable[[Sequence[Numbers], Sequence[NDArray]], Weighed],
    *,
    score: bool = True,
) -> tuple[Weighed, list[Floats]]:
    """The model of ``sets``, and the scores of every row by a model that has not seen its set."""
    model = fit(numbers, [np.isin(group, sets) for group in groups])
    if not score:
        return model, []
    scores = [model.score(each) for each in numbers]
    for one in sets:
        others = [each for each in sets if each != one]
        inner = fit(numbers, [np.isin(group, others) for group in groups])
        for each, group, out in zip(numbers, groups, scores, strict=True):
            here = group == one
            if here.any():
                out[here] = inner.score(each)[here]
    return model, scores


def _page_answers(each: Problem) -> NDArray:
    answers = np.zeros((len(each.gold.pages), each.pile.propositions), dtype=np.int64)
    named = each.gold.of >= 0
    answers[each.pile.page_of[named], each.gold.of[named]] = 1
    return answers


def _yes_or_no(answers: Sequence[NDArray], strength: float) -> Callable[..., Weighed]:
    def fit(numbers: Sequence[Numbers], rows: Sequence[NDArray]) -> Weighed:
        return fit_logistic(
            numbers,
            answers,
            [np.repeat(row[:, None], a.shape[1], 1) for row, a in zip(rows, answers, strict=True)],
            strength,
        )

    return fit


def _which_sign(signs: Sequence[NDArray], strength: float) -> Callable[..., Weighed]:
    def fit(numbers: Sequence[Numbers], rows: Sequence[NDArray]) -> Weighed:
        return fit_logistic(
            numbers, signs, [row[:, None] & (s != _UNKNOWN) for row, s in zip(rows, signs, strict=True)], strength
        )

    return fit


def _best_of(right: Sequence[NDArray], strength: float) -> Callable[..., Weighed]:
    """A conditional log-linear model: a row's candidates compete with one another and with none of them (score 0)."""

    def fit(numbers: Sequence[Numbers], rows: Sequence[NDArray]) -> Weighed:
        names = tuple(sorted(numbers[0]))
        width = max(each.shape[1] for each in right)
        tables, wanted = [], []
        for each, hit, row in zip(numbers, right, rows, strict=True):
            pad = width - hit.shape[1]
            tables.append(
                np.pad(
                    np.stack([each[name][row] for name in names], axis=-1),
                    ((0, 0), (0, pad), (0, 0)),
                    constant_values=np.nan,
                )
            )
            wanted.append(np.pad(hit[row], ((0, 0), (0, pad))))
        return _conditional(
            names, np.concatenate(tables).astype(np.float64), np.concatenate(wanted).astype(np.float64), strength
        )

    return fit


def _conditional(names: tuple[str, ...], table: NDArray, wanted: NDArray, strength: float) -> Weighed:
    middle, spread = np.nanmean(table, axis=(0, 1)), np.nanstd(table, axis=(0, 1)) + 1e-6
    missing = np.isnan(table[..., 0])
    table = np.nan_to_num((table - middle) / spread)

    def loss(flat: NDArray) -> tuple[float, NDArray]:
        scores = np.where(missing, -1e9, table @ flat[:-1] + flat[-1])
        peak = np.maximum(scores.max(axis=1), 0)
        raised = np.exp(scores - peak[:, None])
        mass = raised.sum(axis=1) + np.exp(-peak)
        value = np.sum(np.log(mass) + peak - np.where(wanted > 0, scores, 0).sum(axis=1))
        slope = raised / mass[:, None] - wanted
        gradient = np.append(np.einsum("nc,ncf->f", slope, table), slope.sum())
        penalty = flat[:-1] / strength
        return value + 0.5 * float(flat[:-1] @ penalty), gradient + np.append(penalty, 0)

    best = minimize(loss, np.zeros(len(names) + 1), jac=True, method="L-BFGS-B", options={"maxiter": 300}).x
    weights = best[:-1] / spread
    bias = np.asarray([best[-1] - middle @ weights], dtype=np.float32)
    return Weighed(names, weights[:, None].astype(np.float32), bias)


def fit_logistic(
    numbers: Sequence[Numbers], wanted: Sequence[NDArray], rows: Sequence[NDArray], strength: float
) -> Weighed:
    """A logistic model of the answers at ``rows`` (boolean, of the numbers' shape); classes in ascending order."""
    names = tuple(sorted(numbers[0]))
    table = np.concatenate(
        [np.stack([each[name][row] for name in names], axis=-1) for each, row in zip(numbers, rows, strict=True)]
    ).astype(np.float64)
    answers = np.concatenate([each[row] for each, row in zip(wanted, rows, strict=True)])
    middle, spread = table.mean(axis=0), table.std(axis=0) + 1e-6
    model = LogisticRegression(C=strength, max_iter=3000).fit((table - middle) / spread, answers)
    weights = model.coef_.T / spread[:, None]
    bias = model.intercept_ - middle @ weights
    return Weighed(names, weights.astype(np.float32), bias.astype(np.float32))
