"""How well pairs of texts are judged contradictory or not: macro-F1 on a table of pairs.

    python -m evaluation.pairs PAIRS.tsv [LANGUAGE]

The table has the columns ``premise``, ``hypothesis`` and ``label`` (1 for a contradiction), as DACCORD does. The judge
that ships was trained on DACCORD's visible half: what it scores there is not its quality, on the other half it is.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Sequence
from pathlib import Path

from evaluation.measures import Count
from selon.discourse.positions.judge import contradiction_chances
from selon.models.embedding import load_encoder


def macro_f1(gold: Sequence[int], told: Sequence[int]) -> float:
    """The mean of the F1 of both answers."""
    scores = []
    for answer in (0, 1):
        right = sum(a == b == answer for a, b in zip(gold, told, strict=True))
        scores.append(Count(right, list(told).count(answer), list(gold).count(answer)).f1)
    return sum(scores) / 2


def main(arguments: Sequence[str]) -> int:
    """Print the figure."""
    with Path(arguments[0]).open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    language = arguments[1] if len(arguments) > 1 else "fr"
    chances = contradiction_chances([(row["premise"], row["hypothesis"]) for row in rows], language, load_encoder())
    gold, told = [int(row["label"]) for row in rows], [int(each > 0.5) for each in chances]
    print(f"{len(rows)} pairs: macro-F1 {macro_f1(gold, told):.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
