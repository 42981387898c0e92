"""Fits the confidence of quotations on articles a run has not seen.

``python -m training.quotations.calibrate ANNOTATED RUN...``.

Each run must have been trained on a share of the articles (its articles.txt names them); the others are the held-out
fold. Writes calibration.json in the first RUN and prints the calibration error (10 bins) on the development sets.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from sklearn.linear_model import LogisticRegression

from training.quotations.articles import (
    DEVELOPMENT_SETS,
    OWN_SET,
    REAL_SETS,
    TRAINING_SETS,
    AnnotatedArticle,
    read_articles,
)
from training.quotations.batches import Featurizer
from training.quotations.decode import Calibration, Found, Thresholds, logit, without_doubles
from training.quotations.measure import load_run
from training.quotations.model import QuotationModel
from training.quotations.predict import find_quotations, labelled_set, load_scorer, quotation_record

_REAL_WEIGHT = 2.0
_KEPT = 0.35


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("annotated", type=Path)
    parser.add_argument("runs", type=Path, nargs="+")
    parser.add_argument("--check", type=Path, help="the run to measure; else the first")
    options = parser.parse_args()
    torch.set_num_threads(1)
    scorer = load_scorer(options.annotated.parent.parent / "eval" / "score.py")
    found: list[Found] = []
    rights, weights = [], []
    for run in options.runs:
        seen = set((run / "articles.txt").read_text(encoding="utf-8").split())
        sets = (*TRAINING_SETS, OWN_SET)
        fresh = [
            article for name in sets for article in read_articles(options.annotated, name) if article.id not in seen
        ]
        some, right, weight = _judged(scorer, *load_run(run), fresh)
        found += some
        rights.append(right)
        weights.append(weight)
    fitted = LogisticRegression(C=10).fit(_inputs(found), np.concatenate(rights), np.concatenate(weights))
    calibration = Calibration(float(fitted.intercept_[0]), *(float(weight) for weight in fitted.coef_[0]))
    parameters = [calibration.bias, calibration.cue, calibration.content, calibration.uncued]
    (options.runs[0] / "calibration.json").write_text(json.dumps(parameters))
    print(calibration)
    model, featurizer = load_run(options.check or options.runs[0])
    for name, sets in (("real", DEVELOPMENT_SETS[:2]), ("S5", DEVELOPMENT_SETS[2:])):
        articles = [article for one in sets for article in read_articles(options.annotated, one)]
        found, right, _ = _judged(scorer, model, featurizer, articles)
        chances = np.array([replace(quotation, calibration=calibration).score for quotation in found])
        kept = chances > _KEPT
        every, those = calibration_error(chances, right), calibration_error(chances[kept], right[kept])
        print(f"{name}: calibration error {every:.4f} over all candidates, {those:.4f} over those kept")


def calibration_error(chances: np.ndarray, right: np.ndarray, bins: int = 10) -> float:
    """The mean distance of confidence and share of right ones over equal bins, weighted by their numbers."""
    number = np.minimum((chances * bins).astype(int), bins - 1)
    return float(
        sum(abs(chances[number == b].sum() - right[number == b].sum()) for b in range(bins)) / max(1, len(chances))
    )


def _inputs(found: Sequence[Found]) -> np.ndarray:
    return np.array(
        [
            [logit(quotation.cue_chance), logit(quotation.content_chance), float(quotation.cue is None)]
            for quotation in found
        ]
    )


def _judged(
    scorer: Any,  # noqa: ANN401 (a module)
    model: QuotationModel,
    featurizer: Featurizer,
    articles: Sequence[AnnotatedArticle],
) -> tuple[list[Found], np.ndarray, np.ndarray]:
    """Every candidate but doubles, whether it matches a gold quotation, and its weight.

    What matches an optional one is left out.
    """
    labelled = labelled_set(articles)
    everything: list[Found] = []
    right: list[bool] = []
    weights: list[float] = []
    for article, words, found in zip(
        articles, labelled, find_quotations(model, labelled, featurizer, Thresholds()), strict=True
    ):
        kept = without_doubles(found, replace(Thresholds(), keep=0.02))
        system = scorer.prepare(
            article.text, {"quotations": [quotation_record(quotation, words, article.text) for quotation in kept]}
        )
        if len(system) != len(kept):
            continue
        gold = scorer.prepare(article.text, article.record)
        matched = {j: gold[i]["optional"] for i, j in scorer.pair(gold, system)}
        for number, quotation in enumerate(kept):
            if not matched.get(number, False):
                everything.append(quotation)
                right.append(number in matched)
                weights.append(_REAL_WEIGHT if article.origin in REAL_SETS else 1.0)
    return everything, np.array(right), np.array(weights)


if __name__ == "__main__":
    main()
