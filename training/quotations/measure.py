"""Scores a run again, with other thresholds: ``python -m training.quotations.measure ANNOTATED RUN [--state]``."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

import torch

from training.quotations.articles import DEVELOPMENT_SETS, read_articles
from training.quotations.batches import Featurizer
from training.quotations.decode import Thresholds
from training.quotations.lexical import RESERVED
from training.quotations.model import ModelSize, QuotationModel
from training.quotations.predict import find_quotations, labelled_set, load_scorer, score_articles


def load_run(run: Path, *, state: bool = False) -> tuple[QuotationModel, Featurizer]:
    """The averaged model of a finished run, or of its last saved state."""
    weights = torch.load(run / "state.pt")["model"] if state else torch.load(run / "model.pt")
    model = QuotationModel(ModelSize())
    model.load_state_dict(weights)
    model.requires_grad_(requires_grad=False)
    words = torch.load(run / "words.pt")
    return model, Featurizer(
        {word: number for number, word in enumerate(words["vocabulary"], start=RESERVED)}, words["lexicon"]
    )


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("annotated", type=Path)
    parser.add_argument("run", type=Path)
    parser.add_argument("--state", action="store_true", help="the last saved state of a run that goes on")
    parser.add_argument("--keep", type=float, nargs="*", default=[0.15, 0.25, 0.35, 0.45])
    options = parser.parse_args()
    torch.set_num_threads(1)
    model, featurizer = load_run(options.run, state=options.state)
    scorer = load_scorer(options.annotated.parent.parent / "eval" / "score.py")
    for name, sets in (("real", DEVELOPMENT_SETS[:2]), ("S5", DEVELOPMENT_SETS[2:])):
        articles = [article for one in sets for article in read_articles(options.annotated, one)]
        labelled = labelled_set(articles)
        found = find_quotations(model, labelled, featurizer, Thresholds())
        for keep in options.keep:
            with (options.run / f"errors-{name}.txt").open("w", encoding="utf-8") as errors:
                scores = score_articles(scorer, articles, labelled, found, replace(Thresholds(), keep=keep), errors)
            values = " ".join(
                f"{measure} {v['p']:.3f}/{v['r']:.3f}/{v['f']:.3f}" for measure, v in list(scores["all"].items())[:5]
            )
            print(f"{name:5} keep {keep:.2f} {values}")
        print(scores["recall"])


if __name__ == "__main__":
    main()
