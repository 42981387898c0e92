"""Builds ``stance_model/weights.json``: leave-set-out figures on S0 to S5, then the models of S0 to S4, measured on S5.

python -m training.positions.build ../shared
"""

from __future__ import annotations

import pathlib
import sys
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from selon.discourse.positions.sides import chances
from selon.discourse.positions.take import judge
from selon.discourse.positions.weights import FILE, Models, write_models
from selon.models.embedding import load_encoder
from training.card import Card, write_card
from training.positions.fit import ANY, fit_models, fit_sure, problem
from training.positions.gold import Gold, parts, read_gold, read_strangers

TARGET = pathlib.Path("src/selon/discourse/positions") / FILE


_EVENT = 6


def main(argv: Sequence[str]) -> None:
    """Fit, measure, write; prints the figures of the card."""
    folder = pathlib.Path(argv[0]) / "data" / "quotations"
    gold = read_gold(folder, range(6))
    whole = [problem(gold, load_encoder())]
    events = [problem(each, load_encoder()) for each in parts(gold) if len(each.propositions) < _EVENT]
    train = [0, 1, 2, 3, 4]
    inner = [(one, fit_models(whole, [each for each in train if each != one], ANY)) for one in train]
    sure = fit_sure(events, inner, read_strangers(folder, gold.propositions))
    print(dict(zip(sure.names, sure.weights[:, 0].round(2).tolist(), strict=True)), sure.bias)
    figures = []
    keys, signs = np.full(len(gold.of), -1), np.zeros(len(gold.of), dtype=np.int64)
    for hidden in range(6):
        held = told(gold, fit_models(whole, [each for each in range(6) if each != hidden], sure))
        here = gold.group == hidden
        keys[here], signs[here] = held[0][here], held[1][here]
        figures.append(line(f"S{hidden} hidden", gold, keys, signs, here))
    figures.append(line("all, each set hidden in its turn", gold, keys, signs, np.ones(len(keys), dtype=bool)))
    shipped = fit_models(whole, train, sure)
    figures.append(line("shipped model, S5", gold, *told(gold, shipped), gold.group == 5))
    print("\n".join(figures))
    TARGET.write_bytes(write_models(shipped))
    write_card(TARGET.parent, _card(figures))


def told(gold: Gold, models: Models) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The proposition and sign of every saying by these models, whatever the confidence."""
    judged = judge(gold.pages, gold.sayings, gold.propositions, load_encoder(), models)
    rows, best = np.arange(len(judged.odds)), judged.odds.argmax(axis=1)
    return judged.chosen[rows, best], chances(judged.signs[rows, best]).argmax(axis=-1) - 1


def line(name: str, gold: Gold, keys: NDArray, signs: NDArray, rows: NDArray) -> str:
    """Accuracy of propositions and signs, F1 of pairs on one proposition and of contradicting pairs."""
    here = rows & (gold.of >= 0)
    of, sign, key, told_sign = gold.of[here], gold.sign[here], keys[here], signs[here]
    upper = np.triu_indices(len(of), 1)
    same, told_same = (of[:, None] == of)[upper], (key[:, None] == key)[upper]
    against = same & ((sign[:, None] * sign)[upper] < 0)
    told_against = told_same & ((told_sign[:, None] * told_sign)[upper] < 0)
    return (
        f"{name:34} proposition {np.mean(of == key):.3f}  sign {np.mean(sign == told_sign):.3f}  "
        f"pairs F1 {_f1(same, told_same):.3f}  contradictions F1 {_f1(against, told_against):.3f}  of {len(of)}"
    )


def _f1(true: NDArray, found: NDArray) -> float:
    return float(2 * (true & found).sum() / max(true.sum() + found.sum(), 1))


def _card(figures: Sequence[str]) -> Card:
    return Card(
        purpose="Which proposition of a codebook a statement is about, and whether it holds it, denies it or leaves it "
        "open: linear models over named numbers (`relevance.py`, `debate.py`, `polarity.py`). They never see a "
        "proposition's key: those of a set that was kept hidden are new to them.",
        data=["S0 to S4, written by the project: 150 articles, 994 statements with a position (Apache-2.0)"],
        licence="Apache-2.0, as the code.",
        figures=figures,
        command="python -m training.positions.build ../shared",
    )


if __name__ == "__main__":
    main(sys.argv[1:])
