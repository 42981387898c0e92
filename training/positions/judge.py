"""Builds ``pair_model/weights.json`` from the visible half of DACCORD: cross-validated by source page, then on all.

python -m training.positions.judge DATA    (DATA/pairs/daccord/daccord_dev_even_rows.tsv)
"""

from __future__ import annotations

import csv
import json
import pathlib
import sys
import zlib
from collections.abc import Sequence

import numpy as np
from sklearn.metrics import f1_score

from selon.discourse.positions.judge import FILE, pair_numbers
from selon.discourse.positions.weights import written
from selon.models.embedding import load_encoder
from training.card import Card, write_card
from training.positions.fit import fit_logistic

TARGET = pathlib.Path("src/selon/discourse/positions") / FILE
FOLDS = 10
STRENGTH = 0.01


def main(argv: Sequence[str]) -> None:
    """Cross-validate, fit, write."""
    path = pathlib.Path(argv[0]) / "pairs" / "daccord" / "daccord_dev_even_rows.tsv"
    with path.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    numbers = pair_numbers([(row["premise"], row["hypothesis"]) for row in rows], "fr", load_encoder())
    answers = np.asarray([int(row["label"]) for row in rows])
    fold = np.asarray([zlib.crc32(row["url"].encode()) % FOLDS for row in rows])
    told = np.zeros(len(rows), dtype=int)
    for one in range(FOLDS):
        model = fit_logistic([numbers], [answers], [fold != one], STRENGTH)
        told[fold == one] = (model.score(numbers)[:, 0] > 0)[fold == one]
    score = f1_score(answers, told, average="macro")
    figures = [f"DACCORD, visible half, {FOLDS} folds by source page: macro-F1 {score:.3f} of {len(rows)} pairs"]
    print(*figures)
    model = fit_logistic([numbers], [answers], [np.ones(len(rows), dtype=bool)], STRENGTH)
    TARGET.write_text(json.dumps(written(model), indent=1) + "\n", encoding="utf-8")
    write_card(TARGET.parent, _card(figures))


def _card(figures: Sequence[str]) -> Card:
    return Card(
        purpose="Whether two texts contradict each other: a logistic model over 35 numbers of the pair (`judge.py`).",
        data=["DACCORD (Skandalis et al. 2023), 517 of its pairs, BSD-2-Clause; the other half was never seen"],
        licence="Apache-2.0; the pairs' own notice: Copyright (c) 2023 Maximos Skandalis, BSD-2-Clause.",
        figures=figures,
        command="python -m training.positions.judge DATA",
    )


if __name__ == "__main__":
    main(sys.argv[1:])
