"""Train the model that decides between the candidates of a cue; write it beside its language pack, with its card.

usage: python -m training.attribution [--shared ../shared] [--language fr] [--out src/selon/languages/fr] [--share 1.0]

Learns from S0-S4, ntrex-train, est-republicain-train and training/articles; never reads wikinews-dev, seeds or S5. The
target of a candidate is the Dice coefficient of its content's words with the gold quotation of the same cue (half of
it where the cue differs), as evaluation counts it; the candidates of a cue compete with one another and with none in a
log-linear model. Calibration: isotonic, on folds held out by article.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import pathlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from sklearn.isotonic import IsotonicRegression

from selon.attribution.draft import Draft
from selon.attribution.features import View
from selon.attribution.grammar import grammar
from selon.attribution.leftover import leftover
from selon.attribution.network import KEEP, Readings, as_read
from selon.attribution.propose import propose
from selon.attribution.words import Words, read_words
from selon.languages import LanguagePack, load_pack
from selon.models.linear import LinearModel
from selon.models.reader import load_reader
from selon.models.reader.reader import QuotationReader
from selon.reading.passages import passages
from selon.records import Article
from training.card import Card, write_card
from training.gold import Gold, articles, content_words, own_articles

WRITTEN = ("S0", "S1", "S2", "S3", "S4")
REAL = ("ntrex-train", "est-republicain-train")
FOLDS = 5
Floats = np.ndarray[Any, np.dtype[np.float64]]
_BESIDE = " --reader WORK/readers/half --reader WORK/readers/rest"
"""Where training.quotations.build leaves the readers that the French ranker learns beside."""
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
    parse.add_argument(
        "--reader",
        type=pathlib.Path,
        action="append",
        default=[],
        help="folder of a neural reader with articles.txt, the ids it was trained on; several may share none",
    )
    parse.add_argument("--share", type=float, default=1.0, help="share of the training articles, for a learning curve")
    parse.add_argument("--real-weight", type=float, default=3.0)
    parse.add_argument("--penalty", type=float, default=5.0, help="L2 penalty on the weights")
    options = parse.parse_args()
    pack = load_pack(options.language)
    readers = [HeldOut(folder) for folder in options.reader]
    examples = list(collect(options.shared, pack, readers, options.share, options.real_weight))
    print(f"{len({e.article for e in examples})} articles, {len(examples)} candidates")
    table, figures = fit(examples, options.penalty)
    path = (options.out or pathlib.Path("src/selon/languages") / options.language) / "attribution.json"
    write(table, path)
    write_card(path, _card(options.language, len({e.article for e in examples}), len(examples), figures))


def _card(language: str, count: int, candidates: int, figures: list[str]) -> Card:
    own = "the written articles S0-S4 and training/articles: selon's own, Apache-2.0"
    real = [
        "ntrex-train: professional French translations of news (NTREX), CC BY-SA 4.0",
        "est-republicain-train: regional daily (Democrat corpus), CC BY-SA 4.0",
    ]
    licence = (
        "CC BY-SA 4.0, as the share-alike texts ask; the code stays Apache-2.0." if language == "fr" else "Apache-2.0."
    )
    return Card(
        purpose="Decides which of the contents proposed for a cue is a quotation, if any, and how surely.",
        data=[own, *(real if language == "fr" else []), f"together {count} articles, {candidates} candidates"],
        licence=licence,
        figures=figures,
        command=f"python -m training.attribution --language {language}" + (_BESIDE if language == "fr" else ""),
    )


class HeldOut:
    """A neural reader and the ids of the articles it was trained on, of which it may say nothing here."""

    def __init__(self, folder: pathlib.Path) -> None:
        found = load_reader(folder, keep=KEEP)
        if found is None:
            raise SystemExit(f"no reader in {folder}: run training.quotations.export first")
        self.reader = found
        self.trained_on = frozenset((folder / "articles.txt").read_text(encoding="utf-8").split())


def collect(
    shared: pathlib.Path, pack: LanguagePack, readers: Sequence[HeldOut], share: float, real_weight: float
) -> Iterator[Example]:
    """Every candidate of the training articles; with readers only those that one of them was not trained on."""
    gold = [(g, 1.0) for g in articles(shared, WRITTEN, pack.code)]
    gold += [(g, real_weight) for g in articles(shared, REAL if pack.code == "fr" else (), pack.code)]
    gold += [(g, real_weight / 2) for g in own_articles(shared, pack.code)]
    keep = [entry for entry in gold if _place(entry[0].id) < share]
    for g, weight in keep:
        fresh = next((held.reader for held in readers if g.id not in held.trained_on), None)
        if fresh is not None or not readers:
            yield from candidates(g, pack, weight, fresh)


def candidates(
    gold: Gold, pack: LanguagePack, weight: float, reader: QuotationReader | None = None
) -> Iterator[Example]:
    """The candidates of one article with their targets; ``reader`` must not have been trained on the article."""
    article = Article(gold.id, gold.id, gold.text, language=pack.code)
    words = read_words(article, passages(article, pack), pack, grammar(pack))
    made = reader.read(as_read(words)) if reader else None
    readings = Readings(words, None) if made is None else Readings.given(words, made)
    view = View(words, readings)
    proposals, _ = propose(words, readings)
    best: list[Draft] = []
    for number, proposal in enumerate(proposals):
        scored = [(target(words, draft, gold), draft) for draft in proposal.drafts]
        if any(score is None for score, _ in scored):
            continue
        best += [draft for score, draft in scored if score == max(s or 0 for s, _ in scored) and (score or 0) > 0.5][:1]
        for score, draft in scored:
            yield Example(view.features(draft), score or 0.0, gold.id, number, weight)
    cueless = leftover(words, best)[0]
    for number, draft in enumerate([*cueless, *readings.without_cue(best, cueless)]):
        score = target(words, draft, gold)
        if score is not None:
            yield Example(view.features(draft), score, gold.id, -1 - number, weight)


def target(words: Words, draft: Draft, gold: Gold) -> float | None:
    """How well a candidate fits the gold; None when it only fits a doubtful quotation, of which nothing is learnt."""
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
    """The model as the table that is written: bias, weights, calibration; prints what held-out folds measured."""
    folds = [int(_place(example.article) * FOLDS) for example in examples]
    choices: list[Choice] = []
    for fold in range(FOLDS):
        model = learn([e for e, f in zip(examples, folds, strict=True) if f != fold], penalty)
        choices += choose([e for e, f in zip(examples, folds, strict=True) if f == fold], model)
    scores = np.array([choice.probability for choice in choices])
    right = np.array([float(choice.target >= 0.5) for choice in choices])
    weights = np.array([choice.weight for choice in choices])
    calibration = IsotonicRegression(out_of_bounds="clip", y_min=0.01, y_max=0.99).fit(
        scores, right, sample_weight=weights
    )
    figures = report(choices)
    print("\n".join(figures))
    model = learn(examples, penalty)
    table = {
        "bias": round(model.bias, 4),
        "weights": {name: round(weight, 3) for name, weight in model.weights.items() if abs(weight) >= 0.01},
        "calibration": {
            "knots": [round(float(x), 4) for x in calibration.X_thresholds_],
            "levels": [round(float(y), 4) for y in calibration.y_thresholds_],
        },
    }
    return table, figures


@dataclass(frozen=True)
class Choice:
    """What the model chose for one cue: its probability, how good it is, and how good the best candidate is."""

    article: str
    probability: float
    target: float
    possible: float
    weight: float


def competitions(examples: list[Example]) -> list[list[Example]]:
    """The candidates of each cue."""
    found: dict[tuple[str, int], list[Example]] = {}
    for example in examples:
        found.setdefault((example.article, example.cue), []).append(example)
    return list(found.values())


def choose(examples: list[Example], model: LinearModel) -> list[Choice]:
    """The choice of a model for every cue."""
    choices = []
    for group in competitions(examples):
        index, probability = model.choose([example.features for example in group])
        possible = max(example.target for example in group)
        choices.append(Choice(group[0].article, probability, group[index].target, possible, group[0].weight))
    return choices


def learn(examples: list[Example], penalty: float) -> LinearModel:
    """The weights that maximise the penalised conditional likelihood of the best candidate of each cue, or of none.

    With the best target t of a cue, probability t goes in equal parts to the candidates that reach it, 1 - t to none.
    """
    counts = Counter(name for example in examples for name in example.features)
    index = {name: i for i, name in enumerate(sorted(name for name, count in counts.items() if count >= RARE))}
    groups = competitions(examples)
    order = [example for group in groups for example in group]
    at = [(row, index[name]) for row, example in enumerate(order) for name in set(example.features) if name in index]
    rows, columns = zip(*at, strict=True)
    matrix = csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(order), len(index)))
    sizes = np.array([len(group) for group in groups])
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    member = np.repeat(np.arange(len(groups)), sizes)
    targets = np.array([example.target for example in order])
    top = np.maximum.reduceat(targets, starts)
    reached = (targets >= top[member] - 0.02) & (targets > 0)
    shares = np.add.reduceat(reached.astype(float), starts)
    wanted = np.where(reached, top[member] / np.maximum(shares[member], 1), 0.0)
    weights = np.array([group[0].weight for group in groups])

    def loss(theta: Floats) -> tuple[float, Floats]:
        scores = matrix @ theta[:-1] + theta[-1]
        peak = np.maximum(np.maximum.reduceat(scores, starts), 0)
        exponents = np.exp(scores - peak[member])
        total = np.add.reduceat(exponents, starts) + np.exp(-peak)
        log_chosen = scores - peak[member] - np.log(total)[member]
        log_none = -peak - np.log(total)
        value = -(weights[member] * wanted * log_chosen).sum() - (weights * (1 - top) * log_none).sum()
        slope = weights[member] * (exponents / total[member] - wanted)
        gradient = np.concatenate([matrix.T @ slope + penalty * theta[:-1], [slope.sum()]])
        return float(value + penalty * (theta[:-1] @ theta[:-1]) / 2), gradient

    found = minimize(loss, np.zeros(len(index) + 1), jac=True, method="L-BFGS-B", options={"maxiter": 300})
    named = dict(zip(index, map(float, found.x[:-1]), strict=True))
    return LinearModel(float(found.x[-1]), named, (), (), "in training")


def report(choices: list[Choice]) -> list[str]:
    """Precision and recall over the cues of held-out folds at several thresholds, written and real articles apart."""
    lines = ["cues of held-out folds, content found with at least half of its words:"]
    for name, real in (("written", False), ("real", True)):
        mine = [choice for choice in choices if choice.article.startswith(("S", "T")) != real]
        total = sum(choice.possible >= 0.5 for choice in mine)
        for threshold in (0.4, 0.46, 0.52, 0.58, 0.64):
            kept = [choice for choice in mine if choice.probability >= threshold]
            hits = sum(choice.target >= 0.5 for choice in kept)
            precision, recall = hits / max(1, len(kept)), hits / max(1, total)
            lines.append(
                f"{name:8} threshold {threshold:.2f}: precision {precision:.3f}, recall of proposed {recall:.3f}"
            )
    return lines


def _place(article: str) -> float:
    """A fixed place between 0 and 1 for an article, for folds and shares."""
    return int(hashlib.sha256(article.encode()).hexdigest()[:8], 16) / 0x100000000


def write(table: dict[str, Any], path: pathlib.Path) -> None:
    """Write the model with its features in order, so that the same training gives the same bytes."""
    table["weights"] = dict(sorted(table["weights"].items()))
    path.write_text(json.dumps(table, ensure_ascii=False, indent=0, separators=(",", ":")) + "\n", encoding="utf-8")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()[:16]
    print(f"{path}: {path.stat().st_size / 1024:.0f} kB, {len(table['weights'])} weights, sha256 {digest}")


if __name__ == "__main__":
    main()
