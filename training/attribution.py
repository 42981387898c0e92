"""Train the model that decides between the candidates the rules propose; write it beside its language pack with its card.

usage: python -m training.attribution [--shared ../shared] [--language fr] [--out src/selon/languages/fr] [--share 1.0]

Learns from S0-S4, ntrex-train and est-republicain-train; never reads wikinews-dev, seeds or S5. The target of a candidate is the Dice
coefficient of its content's words with the gold quotation of the same cue (half of it where the cue differs), as evaluation counts
it; logistic regression with L2 penalty on soft targets. Calibration: isotonic, on the scores of article-wise held-out folds.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import pathlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression

from selon.attribution.draft import Draft
from selon.attribution.features import features
from selon.attribution.grammar import grammar
from selon.attribution.leftover import leftover
from selon.attribution.propose import propose
from selon.attribution.words import Words, read_words
from selon.languages import LanguagePack, load_pack
from selon.reading.passages import passages
from selon.records import Article
from training.gold import Gold, articles, content_words

WRITTEN = ("S0", "S1", "S2", "S3", "S4")
REAL = ("ntrex-train", "est-republicain-train")
FOLDS = 5
RARE = 3
"""A feature seen in fewer candidates is left out."""


@dataclass(frozen=True)
class Example:
    """A candidate: its features, its target (0 to 1), its article and the cue it competes for."""

    features: list[str]
    target: float
    article: str
    cue: int
    weight: float


def main() -> None:
    """Run the command."""
    parse = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parse.add_argument("--shared", type=pathlib.Path, default=pathlib.Path("../shared"))
    parse.add_argument("--language", default="fr")
    parse.add_argument("--out", type=pathlib.Path)
    parse.add_argument("--share", type=float, default=1.0, help="share of the training articles, for a learning curve")
    parse.add_argument("--real-weight", type=float, default=3.0)
    parse.add_argument("--penalty", type=float, default=0.5, help="C of the logistic regression")
    options = parse.parse_args()
    pack = load_pack(options.language)
    examples = list(collect(options.shared, pack, options.share, options.real_weight))
    print(f"{len({e.article for e in examples})} articles, {len(examples)} candidates")
    table = fit(examples, options.penalty)
    out = options.out or pathlib.Path("src/selon/languages") / options.language
    write(table, out / "attribution.json")


def collect(shared: pathlib.Path, pack: LanguagePack, share: float, real_weight: float) -> Iterator[Example]:
    """Every candidate of the training articles."""
    gold = [(g, 1.0) for g in articles(shared, WRITTEN, pack.code)]
    gold += [(g, real_weight) for g in articles(shared, REAL if pack.code == "fr" else (), pack.code)]
    keep = [entry for entry in gold if _place(entry[0].id) < share]
    for g, weight in keep:
        yield from candidates(g, pack, weight)


def candidates(gold: Gold, pack: LanguagePack, weight: float) -> Iterator[Example]:
    """The candidates of one article with their targets."""
    article = Article(gold.id, gold.id, gold.text, language=pack.code)
    words = read_words(article, passages(article, pack), pack, grammar(pack))
    proposals, _ = propose(words)
    best: list[Draft] = []
    for number, proposal in enumerate(proposals):
        scored = [(target(words, draft, gold), draft) for draft in proposal.drafts]
        if any(score is None for score, _ in scored):
            continue
        best += [draft for score, draft in scored if score == max(s or 0 for s, _ in scored) and (score or 0) > 0.5][:1]
        for score, draft in scored:
            yield Example(features(words, draft), score or 0.0, gold.id, number, weight / len(scored) ** 0.5)
    for number, draft in enumerate(leftover(words, best)[0]):
        score = target(words, draft, gold)
        if score is not None:
            yield Example(features(words, draft), score, gold.id, -1 - number, weight)


def target(words: Words, draft: Draft, gold: Gold) -> float | None:
    """How well a candidate fits the gold; None when it only fits a doubtful quotation, which nobody should learn from."""
    mine = content_words(gold.text, [words.span(*part) for part in draft.content])
    cue = {i for first, last in draft.cue for i in range(words.tokens[first].start, words.tokens[last].end)}
    best, doubtful = 0.0, False
    for quotation in gold.quotations:
        for reading in quotation.readings:
            common = len(mine & reading.content)
            if not common:
                continue
            dice = 2 * common / (len(mine) + len(reading.content))
            agrees = bool(cue & reading.cue) or not (cue or reading.cue)
            value = dice if agrees else dice / 2
            if value > best:
                best, doubtful = value, quotation.optional
    return None if doubtful and best >= 0.5 else best


def fit(examples: list[Example], penalty: float) -> dict[str, Any]:
    """The model as the table that is written: bias, weights, calibration, and what was measured on held-out folds."""
    counts: dict[str, int] = {}
    for example in examples:
        for name in example.features:
            counts[name] = counts.get(name, 0) + 1
    rows = [{name: 1 for name in example.features if counts[name] >= RARE} for example in examples]
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform(rows)
    targets = np.array([example.target for example in examples])
    weights = np.array([example.weight for example in examples])
    folds = np.array([int(_place(example.article) * FOLDS) for example in examples])
    held_out = np.zeros(len(examples))
    for fold in range(FOLDS):
        train = folds != fold
        model = _regression(matrix[train], targets[train], weights[train], penalty)
        held_out[~train] = model.predict_proba(matrix[~train])[:, 1]
    chosen = _chosen(examples, held_out)
    right = (targets[chosen] >= 0.5).astype(float)
    calibration = IsotonicRegression(out_of_bounds="clip", y_min=0.01, y_max=0.99).fit(held_out[chosen], right, sample_weight=weights[chosen])
    report(examples, held_out, chosen, right)
    model = _regression(matrix, targets, weights, penalty)
    names = vectorizer.get_feature_names_out()
    return {
        "bias": round(float(model.intercept_[0]), 4),
        "weights": {str(name): round(float(w), 3) for name, w in zip(names, model.coef_[0], strict=True) if abs(w) >= 0.01},
        "calibration": {
            "knots": [round(float(x), 4) for x in calibration.X_thresholds_],
            "levels": [round(float(y), 4) for y in calibration.y_thresholds_],
        },
    }


def _regression(matrix: Any, targets: Any, weights: Any, penalty: float) -> LogisticRegression:
    """Soft targets as pairs of weighted hard ones."""
    from scipy.sparse import vstack

    both = vstack([matrix, matrix])
    labels = np.concatenate([np.ones(len(targets)), np.zeros(len(targets))])
    pair = np.concatenate([weights * targets, weights * (1 - targets)])
    keep = pair > 0
    return LogisticRegression(C=penalty, max_iter=400).fit(both[keep], labels[keep], sample_weight=pair[keep])


def _chosen(examples: list[Example], scores: Any) -> list[int]:
    best: dict[tuple[str, int], int] = {}
    for i, example in enumerate(examples):
        key = (example.article, example.cue)
        if key not in best or scores[i] > scores[best[key]]:
            best[key] = i
    return sorted(best.values())


def report(examples: list[Example], scores: Any, chosen: list[int], right: Any) -> None:
    """Print, for held-out folds, precision and recall over cues at several thresholds, written and real articles apart."""
    possible: dict[tuple[str, int], float] = {}
    for example in examples:
        key = (example.article, example.cue)
        possible[key] = max(possible.get(key, 0.0), example.target)
    for name, real in (("written", False), ("real", True)):
        at = [k for k, i in enumerate(chosen) if examples[i].article.startswith("S") != real]
        total = sum(value >= 0.5 for (article, _), value in possible.items() if article.startswith("S") != real)
        for threshold in (0.25, 0.3, 0.35, 0.4, 0.45, 0.5):
            kept = [k for k in at if scores[chosen[k]] >= threshold]
            hits = sum(right[k] for k in kept)
            print(f"{name:8} threshold {threshold:.2f}: precision {hits / max(1, len(kept)):.3f}, recall of reachable {hits / max(1, total):.3f}")


def _place(article: str) -> float:
    """A fixed place between 0 and 1 for an article, for folds and shares."""
    return int(hashlib.sha256(article.encode()).hexdigest()[:8], 16) / 0x100000000


def write(table: dict[str, Any], path: pathlib.Path) -> None:
    """Write the model with its features in order, so that the same training gives the same bytes."""
    table["weights"] = dict(sorted(table["weights"].items()))
    path.write_text(json.dumps(table, ensure_ascii=False, indent=0, separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"{path}: {path.stat().st_size / 1024:.0f} kB, {len(table['weights'])} weights, sha256 {hashlib.sha256(path.read_bytes()).hexdigest()[:16]}")


if __name__ == "__main__":
    main()
