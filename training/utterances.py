"""Train the models that say which statements report one utterance.

``python -m training.utterances --shared ../shared``. On the written sets S0 to S4 with their quotations given, and on
real news in which nothing is the same; three models, each trained on what the one before says of sets that it has not
seen. S5 is not read.
"""

from __future__ import annotations

import argparse
import json
import pathlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, sparse

from selon.languages import languages, load_pack
from selon.matching.utterances import Reported
from selon.matching.utterances.matching import settled, utterances_of
from selon.matching.utterances.weighing import Columns, Weighing
from selon.models.embedding import load_encoder
from selon.models.linear import LinearModel
from selon.models.pairing import PairScorer
from selon.models.pairing.scorer import ROUNDS
from selon.pipeline import reported_of, resolve_given, with_actors
from selon.reading import read_document
from selon.records import Article, Document
from training.card import Card, write_card

SETS = ("S0", "S1", "S2", "S3", "S4")
NEWS, NEWS_DAY = "ntrex-train", "2018-10-01"
"""Real news of some weeks: much of it is on the same matters by the same speakers, and hardly anything the same."""
STRENGTH = 3.0
"""Of the pull of each weight to zero (L2)."""
_TENTHS = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]
_FEW = [0.1, 0.3, 0.6, 1.0, 1.5, 2.5, 4.0]
EDGES: Mapping[str, Sequence[float]] = {
    "names": [0.0, 0.34, 0.67, 1.0],
    "numbers": [0.0, 0.5, 1.0],
    "cue cosine": [0.1, 0.3, 0.5, 0.7, 0.9],
    "length": [0.2, 0.4, 0.6, 0.8],
    "short": [0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.7],
    "speaker cosine": [0.2, 0.4, 0.6, 0.8],
    "so far": [-6, -5, -4, -3, -2, -1, -0.5, 0, 0.5, 1, 2, 3, 4],
    "rival": [0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.9],
    "lesser rival": [0.02, 0.05, 0.1, 0.2, 0.5],
    "above the matter": [-0.3, -0.2, -0.1, 0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6],
    "affinity": [0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7],
    "support": [0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95],
    "speakers": _FEW,
    "speakers' share": [0.05, 0.2, 0.4, 0.6, 0.8, 0.95],
    "other speakers": _FEW,
}
"""Where a column is cut; shares that are not listed at every tenth, flags at 1."""

AGAINST = ("denied", "matter", "rival", "lesser rival", "other speakers", "speaker: other")
EITHER = ("length", "short", "across", "both direct", "same kind", "same article", "speaker: unknown")
"""Columns of which more never speaks for a pair, and those of which it may; of all others more never speaks against."""
THINNED = (0.5, 0.2, 0.1)
"""Each set is also shown with so few of its statements: a single quotation in common is the rule in real news."""
SPLIT = (1, 3)
"""Articles are shown cut in two by every statement, or every third: one speaker, one matter, and yet nothing twice."""
EASY, EVERY = 0.12, 5
MET = 16
"""How many candidates a statement keeps here: more than in use, for more pairs that are hard to tell apart."""
ASIDE = ("run",)
"""Columns for rules, not for the models."""
SEED = 20

Flags = NDArray[np.bool_]
Doubles = NDArray[np.float64]


@dataclass
class Set:
    """One set: its candidate pairs, and which of them are about one utterance."""

    name: str
    said: Sequence[Reported]
    gold: Sequence[str]
    weighing: Weighing
    right: Flags


def main(argv: Sequence[str] | None = None) -> None:
    """Train, report each set by models that have not seen it, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=pathlib.Path, default=pathlib.Path("../shared"))
    parser.add_argument("--out", type=pathlib.Path, default=pathlib.Path("src/selon/models/pairing/utterances"))
    given = parser.parse_args(argv)
    read = [_read(given.shared / "data" / "quotations" / f"{name}.jsonl") for name in SETS]
    sets = [_shown(name, *told) for name, told in zip(SETS, read, strict=True)]
    sets.append(_shown(NEWS, *_read(given.shared / "data" / "quotations" / "gold" / f"{NEWS}.jsonl")))
    given.out.mkdir(parents=True, exist_ok=True)
    for name, model in zip(ROUNDS, train(sets), strict=True):
        table = {"bias": model.bias, "weights": model.weights, "calibration": {"knots": [], "levels": []}}
        (given.out / f"{name}.json").write_text(json.dumps(table, ensure_ascii=False, indent=1) + "\n", "utf-8")
    write_card(given.out, _card(["not measured yet: the training was stopped before it was done"]))
    print("written; now each set by models of the other four", flush=True)
    figures = ["each set by models trained on the other four; pairs of statements of two articles", *_left_out(sets)]
    print(figures[-1])
    write_card(given.out, _card(figures))


def train(sets: Sequence[Sequence[Set]]) -> list[LinearModel]:
    """The models of the rounds; each round learns from chances that models without the set at hand gave.

    ``sets`` are the sets, each as it is shown: whole, and thinned.
    """
    chances: list[list[Doubles | None]] = [[None] * len(shown) for shown in sets]
    models = []
    for _ in ROUNDS:
        columns = [
            [_columns(one, chance) for one, chance in zip(shown, told, strict=True)]
            for shown, told in zip(sets, chances, strict=True)
        ]
        models.append(_fit(_flat(columns), [one.right for one in _flat(sets)]))
        chances = []
        for number, told in enumerate(columns):
            others = [one.right for one in _flat(_without(sets, number))]
            scorer = PairScorer(_fit(_flat(_without(columns, number)), others))
            chances.append([scorer.chance(one) for one in told])
    return models


def _left_out(sets: Sequence[Sequence[Set]]) -> list[str]:
    lines, all_counts = [], np.zeros((2, 3))
    for number, (held, *_) in enumerate(sets[: len(SETS)]):
        scorers = [PairScorer(model) for model in train(_without(sets, number))]
        chance = settled(held.weighing, scorers[0].chance(held.weighing.local), scorers[1:])
        counts = _counts(held, chance)
        all_counts += counts
        lines.append(f"{held.name}  {_told(counts)}")
        print(lines[-1], flush=True)
    return [*lines, f"all {_told(all_counts)}"]


def _counts(held: Set, chance: Doubles) -> NDArray[np.float64]:
    """Right, told and wanted pairs, French with French and French with English."""
    of = {witness.statement: each.id for each in utterances_of(held.weighing, chance) for witness in each.witnesses}
    told = _links([of[each.id] for each in held.said], held.said)
    true = _links(held.gold, held.said)
    counts = []
    for languages_of in ({"fr"}, {"fr", "en"}):
        mine, theirs = (
            {p for p in pairs if {held.said[n].language for n in p} == languages_of} for pairs in (told, true)
        )
        counts.append([len(mine & theirs), len(mine), len(theirs)])
    return np.array(counts, dtype=np.float64)


def _links(keys: Sequence[str], said: Sequence[Reported]) -> set[tuple[int, int]]:
    groups: dict[str, list[int]] = {}
    for number, key in enumerate(keys):
        if key:
            groups.setdefault(key, []).append(number)
    return {
        (a, b) for rows in groups.values() for a in rows for b in rows if a < b and said[a].article != said[b].article
    }


def _told(counts: NDArray[np.float64]) -> str:
    parts = []
    for name, (right, told, wanted) in zip(("fr-fr", "fr-en"), counts, strict=True):
        parts.append(
            f"{name} P {right / told:.3f} R {right / wanted:.3f} F1 {2 * right / (told + wanted):.3f} of {wanted:.0f}"
        )
    return "   ".join(parts)


def _read(path: pathlib.Path) -> tuple[list[Reported], list[str], list[bool]]:
    """The statements of a set, the utterance of each (empty for none), whether its article is its event's first."""
    said: list[Reported] = []
    gold: list[str] = []
    first: list[bool] = []
    events: set[str] = set()
    for record in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
        text = record.get("text") or (path.parent.parent / "texts" / f"{record['id']}.txt").read_text(encoding="utf-8")
        document = Document(
            where=f"{path.name}#{record['id']}",
            data=text,
            media_type="text/plain",
            outlet=record.get("outlet", ""),
            published=record.get("date", NEWS_DAY),
            language=record.get("lang", "fr"),
        )
        article = read_document(document)
        if isinstance(article, Article):
            said += reported_of(article, resolve_given(article, record["quotations"]))
            gold += [each.get("u") or "" for each in record["quotations"]]
            event = record.get("event") or record["id"]
            first += [event not in events] * len(record["quotations"])
            events.add(event)
    return with_actors(said), gold, first


def _shown(name: str, said: Sequence[Reported], gold: Sequence[str], first: Sequence[bool]) -> list[Set]:
    """The set whole, then thinned, then its first articles of each event in two halves that have nothing in common."""
    chance = np.random.default_rng(SEED)
    shown = [_set(name, said, gold)]
    for share in THINNED if name != NEWS else ():
        kept = np.flatnonzero(chance.random(len(said)) < share)
        shown.append(_set(name, [said[row] for row in kept], [gold[row] for row in kept]))
    for size in SPLIT:
        halves = [
            replace(each, article=f"{each.article}/{each.position // size % 2}", position=each.position)
            for each, kept in zip(said, first, strict=True)
            if kept
        ]
        shown.append(_set(name, halves, [key for key, kept in zip(gold, first, strict=True) if kept]))
    return shown


def _set(name: str, said: Sequence[Reported], gold: Sequence[str]) -> Set:
    weighing = Weighing(said, load_encoder(), {code: load_pack(code) for code in languages()}, MET)
    if name != NEWS:  # of real news only what shares a key is shown: hard enough, and not half a million easy pairs
        weighing.widen_all()
    keys = np.array([gold[row] for row in weighing.rows])
    right = (keys[weighing.left] != "") & (keys[weighing.left] == keys[weighing.right])
    return Set(name, said, gold, weighing, right)


def _columns(each: Set, chance: Doubles | None) -> Columns:
    return each.weighing.local if chance is None else each.weighing.after(chance)


def _without(things: Sequence[Any], number: int) -> list[Any]:
    return [each for place, each in enumerate(things) if place != number]


def _flat(groups: Sequence[Sequence[Any]]) -> list[Any]:
    return [each for group in groups for each in group]


def _fit(columns: Sequence[Columns], right: Sequence[Flags]) -> LinearModel:
    """Logistic regression with a pull to zero and a sign where one is known, by L-BFGS-B.

    Of the pairs that share next to nothing and are not the same every fifth is shown, and counts five times.
    """
    shares = np.concatenate([each["covered"] for each in columns])
    wanted = np.concatenate(list(right)).astype(np.float64)
    easy = np.flatnonzero((shares < EASY) & (wanted == 0))
    counted = np.ones(len(wanted))
    counted[easy] = 0.0
    counted[easy[::EVERY]] = EVERY
    shown = counted > 0
    counted, wanted = counted[shown], wanted[shown]
    names, parts, bounds = [], [], [(None, None)]
    for name in (each for each in columns[0] if each not in ASIDE):
        values = np.concatenate([each[name] for each in columns])[shown].astype(np.float64)
        bare = name.removesuffix(", across")
        edges = [1.0] if set(np.unique(values)) <= {0.0, 1.0} else EDGES.get(bare, _TENTHS)
        names += [f"{name}>={edge:g}" for edge in edges]
        parts += [sparse.csc_matrix((values + 1e-6 >= edge).astype(np.float64)[:, None]) for edge in edges]
        bounds += [(None, None) if bare in EITHER else (None, 0) if bare in AGAINST else (0, None)] * len(edges)
    design = sparse.hstack(parts).tocsr()
    turned = design.T.tocsr()

    def loss(weights: Doubles) -> tuple[float, Doubles]:
        score = design @ weights[1:] + weights[0]
        slope = counted * (1 / (1 + np.exp(-score)) - wanted)
        value = counted @ (np.logaddexp(0, score) - wanted * score) + STRENGTH / 2 * weights[1:] @ weights[1:]
        return float(value), np.concatenate([[slope.sum()], turned @ slope + STRENGTH * weights[1:]])

    start = np.zeros(len(names) + 1)
    found = optimize.minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 200}).x
    rounded = zip(names, np.round(found[1:], 4).tolist(), strict=True)
    weights = {name: weight for name, weight in rounded if weight}
    return LinearModel(round(float(found[0]), 4), weights, (), (), "")


def _card(figures: Sequence[str]) -> Card:
    return Card(
        purpose=(
            "Which two statements report one thing said on one occasion: three log-linear models over named features "
            "(words, names, numbers, negation, cue, speaker; then what the pairs around say), asked in turn."
        ),
        data=[
            "S0 to S4 of the written sets (our own, free to use): quotations given, speakers resolved by selon.",
            "NTREX fr (83 articles of the BBC and agencies, 2018; CC BY-SA 4.0): statements that are not the same.",
        ],
        licence="Apache-2.0, as the code; weights of named features, no words of the articles.",
        figures=figures,
        command="python -m training.utterances --shared ../shared",
    )


if __name__ == "__main__":
    main()
