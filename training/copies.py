"""Fits the weights by which a translation is told from the same event told twice.

    .venv/bin/python -m training.copies ../shared            # prints what translations.py holds
    .venv/bin/python -m training.copies ../shared --check    # leaves out a set at a time, and without a feature each

Pairs of an English and a French article that share three names or numbers, of S0 to S4 and of NTREX; right are those
that were translated. Each stands three times: whole, its second half cut off, a fifth of its sentences left out. Full
batches (scikit-learn's lbfgs), no randomness but that of the sentences left out, which is seeded.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from evaluation.gold import drawn_from
from evaluation.reuse import translations
from selon.languages import load_pack
from selon.matching.copies.beads import aligned, likeness
from selon.matching.copies.marks import density
from selon.matching.copies.names import name_keys
from selon.matching.copies.records import Printed
from selon.matching.copies.translations import side_by_side
from selon.pipeline import printed
from selon.reading import passages, read_document
from selon.records import Article, Document

FEATURES = ("meaning", "likeness", "length")
CUTS = ("whole", "half", "gaps")
_MARKS, _MOST_MARKS = 1.2, 4.0
_LEAST_NAMES = 3


@dataclass(frozen=True, slots=True)
class Example:
    """A pair: its features, the density of marks in the French article, whether it was translated, and of which set."""

    pair: tuple[str, str]
    cut: str
    features: tuple[float, ...]
    marks: float
    right: bool
    part: str


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit and print; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m training.copies", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("shared", type=Path)
    parser.add_argument("--check", action="store_true", help="leave out a set at a time; print what separates")
    wanted = parser.parse_args(arguments)
    examples = collected(wanted.shared)
    if wanted.check:
        for without in (None, *FEATURES):
            columns = [number for number, name in enumerate(FEATURES) if name != without]
            print(f"without {without}" if without else "all features")
            _print_separation(examples, _left_out(examples, columns))
        return 0
    model = _fitted([each for each in examples if each.part != "S5"], list(range(len(FEATURES))))
    weights = ", ".join(f'"{name}": {weight:.2f}' for name, weight in zip(FEATURES, model.coef_[0], strict=True))
    print(f"_BIAS = {model.intercept_[0]:.2f}\n_WEIGHTS = {{{weights}}}")
    return 0


def collected(shared: Path) -> list[Example]:
    """Every pair that is compared, three times each."""
    records = [*drawn_from("S0-S4", shared), *drawn_from("S5 fr", shared), *drawn_from("S5 en", shared)]
    records += translations(shared)
    true = {(each["copy_of"], each["id"]) for each in records if each.get("copy") == "translated"}
    pile = {each["id"]: _printed(each) for each in records}
    names = {key: name_keys(each.article.text) for key, each in pile.items()}
    english, french = ([key for key in pile if pile[key].article.language == code] for code in ("en", "fr"))
    chance = random.Random(3)
    examples = []
    for one in english:
        for other in french:
            if len(names[one] & names[other]) >= _LEAST_NAMES:
                examples += _examples((one, other), pile[one], pile[other], (one, other) in true, chance)
    return examples


def _examples(pair: tuple[str, str], left: Printed, right: Printed, true: bool, chance: random.Random) -> list[Example]:
    examples = []
    marks = density(right.marks, len(right.words))
    sentences = right.sentences
    kept = {
        "whole": sentences,
        "half": sentences[: max(3, len(sentences) // 2)],
        "gaps": [each for each in sentences if chance.random() > 0.2],
    }
    for cut, some in kept.items():
        features = _features(left, replace(right, sentences=some)) if len(some) >= 3 else None
        if features is not None:
            examples.append(Example(pair, cut, features, marks, true, _part(pair[1])))
    return examples


def _part(name: str) -> str:
    """The set an article is of; NTREX in four parts."""
    return name[:2] if name.startswith("S") else f"nt{int(name.split('-')[1]) % 4}"


def _features(left: Printed, right: Printed) -> tuple[float, ...] | None:
    alike = likeness(left.side, right.side)
    beads, _ = aligned(left.side, right.side, alike)
    pairs = [bead for bead in beads if bead.paired]
    if not pairs:
        return None
    found = side_by_side(pairs, left, right, alike)
    return tuple(found[name] for name in FEATURES)


def _printed(record: dict[str, str]) -> Printed:
    document = Document(record["id"], record["text"], "text/plain", language=record.get("lang", "fr"))
    article = read_document(document)
    if not isinstance(article, Article):
        raise TypeError(f"no article: {article}")
    return printed(article, passages(article, load_pack(article.language)))


def _fitted(examples: Sequence[Example], columns: Sequence[int]) -> LogisticRegression:
    features = np.array([[each.features[column] for column in columns] for each in examples])
    return LogisticRegression(C=3, class_weight="balanced").fit(features, [each.right for each in examples])


def _left_out(examples: Sequence[Example], columns: Sequence[int]) -> NDArray[np.float64]:
    """The log-odds of each example by a model that has not seen its set."""
    scores = np.zeros(len(examples))
    for part in sorted({each.part for each in examples}):
        model = _fitted([each for each in examples if each.part != part], columns)
        for number, each in enumerate(examples):
            if each.part == part:
                scores[number] = model.decision_function([[each.features[column] for column in columns]])[0]
    return scores


def _print_separation(examples: Sequence[Example], scores: NDArray[np.float64]) -> None:
    marked = scores + _MARKS * np.array([min(each.marks, _MOST_MARKS) for each in examples])
    written = np.array([each.part[0] == "S" for each in examples])
    right = np.array([each.right for each in examples])
    for cut in CUTS:
        here = np.array([each.cut == cut for each in examples])
        for name, told in (("with marks", marked), ("without marks", scores)):
            least, most = told[here & right & written].min(), told[here & ~right].max()
            real = (told[here & right & ~written] > most).mean()
            print(
                f"  {cut:<6} {name:<14} written translations from {least:5.2f}, others to {most:5.2f}; "
                f"of NTREX above all others {real:.0%}"
            )


if __name__ == "__main__":
    sys.exit(main())
