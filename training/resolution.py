"""Fits the weights of ``speakers.toml``: which figure a pronoun, a description or a missing source means.

    python -m training.resolution ../shared            # writes speakers.toml and its card into the packs fr and en
    python -m training.resolution ../shared --check    # five folds by article, writes nothing

Only the training sets are read (S0 to S4, ntrex-train, est-republicain-train). Each question that the ranker would
be asked is collected with the true speakers of the earlier quotations in place; the loss is minus the log of the share
that the right figures get together ("nobody" where none is right), with an L2 penalty. Full batches, no randomness.

How sure each rule may be is read off held-out articles: five times the weights are fitted without a fifth of the
articles, whose speakers are then settled as the machine does it, and what each rule said is set against how often it
was right.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from selon.languages.pack import LanguagePack, load_pack
from selon.offsets import Span
from selon.reading.passages import passages
from selon.records import Article, Form, Kind, Quotation
from selon.resolution.decisions import Decision
from selon.resolution.mentions import scene
from selon.resolution.speakers import Question, Speakers
from training.card import Card, write_card

SETS = ("S0", "S1", "S2", "S3", "S4", "gold/ntrex-train", "gold/est-republicain-train")
FOLDS = 5
BIN = 25
# The L2 penalty of each case, chosen by five folds over the training articles.
CASES = {"back": 0.01, "near": 0.02, "missing": 0.03, "description": 0.03}


@dataclass(frozen=True, slots=True)
class Example:
    """One question: each candidate's features, and the numbers of the right candidates (none: nobody)."""

    article: str
    language: str
    case: str
    candidates: tuple[dict[str, float], ...]
    right: tuple[int, ...]


class Taught(Speakers):
    """Settles speakers as the machine does, then puts the true one in place before going on."""

    def __init__(self, record: dict[str, Any], quotations: Sequence[Quotation], text: str, pack: LanguagePack) -> None:
        article = Article(record["id"], record["id"], text, language=pack.code)
        super().__init__(scene(article, passages(article, pack), pack), quotations, pack)
        self.record = record
        self.actors = {actor["key"]: actor for actor in record["actors"]}

    def _decide(self, number: int) -> Decision:
        decision = super()._decide(number)
        right = self.right(number)
        if decision.figure in right:
            return decision
        if not right:  # the description is nobody that is named: keep it apart
            source = self._sources[number].mention
            return replace(decision, figure=self.cast.link(source).figure) if source is not None else decision
        return replace(decision, figure=right[0], score=1.0)

    def right(self, number: int) -> list[Any]:
        """The figures that are the true speaker of a quotation, best first."""
        gold = self.record["quotations"][number]
        actors = [self.actors.get(reading.get("speaker")) for reading in [gold, *gold.get("also", [])]]
        return [f for f in self.cast.figures if any(a and same_speaker(f.name, a) for a in actors)]

    def taken_up(self, number: int) -> list[Any]:
        """The figures whose name is the true speaker's own, for descriptions."""
        gold = self.record["quotations"][number]
        actors = [self.actors.get(reading.get("speaker")) for reading in [gold, *gold.get("also", [])]]
        named = [{**a, "names": []} for a in actors if a]
        return [f for f in self.cast.figures if f.key and any(same_speaker(f.name, a) for a in named)]


def records(shared: Path, sets: Sequence[str] = SETS) -> Iterator[tuple[dict[str, Any], str]]:
    """The annotated articles of the sets with their texts, in article order."""
    for name in sets:
        for line in (shared / "data/quotations" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            text = record.get("text")
            if text is None:
                text = (shared / "data/quotations/texts" / f"{record['id']}.txt").read_text(encoding="utf-8")
            yield record, text


def examples(shared: Path, sets: Sequence[str] = SETS) -> Iterator[Example]:
    """Every question of the sets, in article order."""
    for record, text in records(shared, sets):
        taught = Taught(record, gold_quotations(record), text, load_pack(record.get("lang", "fr")))
        taught.settle()
        for question in taught.questions:
            yield from _example(taught, question, record)


def _example(taught: Taught, question: Question, record: dict[str, Any]) -> Iterator[Example]:
    gold = record["quotations"][question.quotation]
    if gold.get("optional") or (question.case == "missing" and gold.get("speaker") is None):
        return
    described = question.case == "description"
    right = taught.taken_up(question.quotation) if described else taught.right(question.quotation)
    numbers = tuple(i for i, figure in enumerate(question.figures) if figure in right)
    yield Example(record["id"], record.get("lang", "fr"), question.case, question.candidates, numbers)


def gold_quotations(record: dict[str, Any]) -> tuple[Quotation, ...]:
    """The annotated quotations as records, each with the smallest quotation around it as its parent."""
    made = []
    for number, gold in enumerate(record["quotations"]):
        parts = [tuple(sorted(Span(*piece) for piece in gold.get(part) or [])) for part in ("content", "cue", "source")]
        kind, form = Kind(gold["type"]), Form(gold["form"])
        made.append(Quotation(f"{record['id']}-{number}", record["id"], *parts, kind, form, 1.0))
    return tuple(replace(quotation, parent=_parent(quotation, made)) for quotation in made)


def _parent(quotation: Quotation, others: Sequence[Quotation]) -> str | None:
    around = [
        other
        for other in others
        if other.content != quotation.content
        and all(any(c.contains(s) for c in other.content) for s in quotation.content + quotation.cue)
    ]
    return min(around, key=lambda other: sum(s.end - s.start for s in other.content)).id if around else None


def fit(chosen: Sequence[Example], penalty: float, rounds: int = 300) -> dict[str, float]:
    """The weights that make the right candidates likeliest; "nobody" is a candidate without features."""
    names = sorted({name for example in chosen for candidate in example.candidates for name in candidate})
    column = {name: at for at, name in enumerate(names)}
    rows: list[Mapping[str, float]] = []
    firsts, right = [], []
    for example in chosen:
        firsts.append(len(rows))
        rows += [*example.candidates, {}]
        numbers = example.right or (len(example.candidates),)
        right += [n in numbers for n in range(len(example.candidates) + 1)]
    table = np.zeros((len(rows), len(names)))
    for at, row in enumerate(rows):
        for name, value in row.items():
            table[at, column[name]] = value
    sizes = np.diff([*firsts, len(rows)])
    weights, squares, wanted = np.zeros(len(names)), np.full(len(names), 1e-8), np.array(right, dtype=float)
    for _ in range(rounds):
        scores = table @ weights
        share = np.exp(scores - np.repeat(np.maximum.reduceat(scores, firsts), sizes))
        share /= np.repeat(np.add.reduceat(share, firsts), sizes)
        good = share * wanted
        good /= np.repeat(np.maximum(np.add.reduceat(good, firsts), 1e-12), sizes)
        gradient = penalty * len(chosen) * weights / 10 + table.T @ (share - good)
        squares += gradient**2
        weights -= 0.3 * gradient / np.sqrt(squares)
    return {name: round(float(weights[at]), 3) for name, at in column.items() if abs(weights[at]) >= 0.005}


def right_share(chosen: Sequence[Example], weights: dict[str, float]) -> float:
    """How often the likeliest candidate is right."""
    good = 0
    for example in chosen:
        scores = [sum(weights.get(n, 0.0) * v for n, v in candidate.items()) for candidate in example.candidates]
        best = max(range(len(scores)), key=scores.__getitem__, default=-1)
        good += best in example.right or (not example.right and (best < 0 or scores[best] < 0))
    return good / max(1, len(chosen))


class Told(NamedTuple):
    """A decision on a held-out article: its rule and score, whether it is right, whether the article is real."""

    rule: str
    score: float
    right: bool
    real: bool


def held_out(shared: Path, collected: Sequence[Example]) -> list[Told]:
    """What is decided for every article by weights that never saw it, in five folds."""
    names = sorted({example.article for example in collected})
    found = []
    for fold in range(FOLDS):
        held = set(names[fold::FOLDS])
        rest = [example for example in collected if example.article not in held]
        weights = {case: fit([e for e in rest if e.case == case], penalty) for case, penalty in CASES.items()}
        for record, text in records(shared):
            if record["id"] in held:
                found += _settled(record, text, weights)
    return found


def _settled(record: dict[str, Any], text: str, weights: Mapping[str, Mapping[str, float]]) -> Iterator[Told]:
    pack = load_pack(record.get("lang", "fr"))
    article = Article(record["id"], record["id"], text, language=pack.code)
    speakers = Speakers(scene(article, passages(article, pack), pack), gold_quotations(record), pack)
    speakers.weights = weights
    actors = {actor["key"]: actor for actor in record["actors"]}
    for gold, decision in zip(record["quotations"], speakers.settle(), strict=True):
        name = decision.figure.name if decision.figure is not None else None
        readings = [actors.get(reading.get("speaker")) for reading in [gold, *gold.get("also", [])]]
        if not gold.get("optional"):
            right = any(same_speaker(name, actor) for actor in readings)
            yield Told(decision.rule, decision.score, right, not record["id"].startswith("S"))


def corners(told: Sequence[Told]) -> dict[str, tuple[list[float], list[float]]]:
    """For each rule, scores and the share of right decisions there, both ascending (isotonic, over bins of decisions).

    A decision in real news counts twice, for that is what users read; a rule with few decisions has one corner.
    """
    found = {}
    for rule in sorted({each.rule for each in told}):
        mine = sorted(each for each in told if each.rule == rule)
        bins = _bins(mine, max(BIN, -(-len(mine) // 8))) if len(mine) >= 2 * BIN else [mine]
        found[rule] = _ascending([_corner(each) for each in bins])
    return found


def _bins(told: Sequence[Told], size: int) -> list[list[Told]]:
    """Runs of decisions by ascending score, at least ``size`` long; equal scores stay together."""
    bins: list[list[Told]] = [[]]
    for each in told:
        if len(bins[-1]) >= size and each.score > bins[-1][-1].score:
            bins.append([])
        bins[-1].append(each)
    if len(bins) > 1 and len(bins[-1]) < size:
        bins[-2:] = [bins[-2] + bins[-1]]
    return bins


def _corner(told: Sequence[Told]) -> tuple[float, float, float]:
    """Mean score, share of right decisions (pulled a little towards the score), and weight of a bin."""
    weights = [2.0 if each.real else 1.0 for each in told]
    total = sum(weights)
    score = sum(w * each.score for w, each in zip(weights, told, strict=True)) / total
    right = sum(w for w, each in zip(weights, told, strict=True) if each.right)
    return score, (right + score) / (total + 1), total


def _ascending(bins: list[tuple[float, float, float]]) -> tuple[list[float], list[float]]:
    """Pool adjacent violators: bins whose share falls are joined until none does."""
    pooled: list[tuple[float, float, float]] = []
    for each in bins:
        pooled.append(each)
        while len(pooled) > 1 and pooled[-2][1] >= pooled[-1][1]:
            (a, x, m), (b, y, n) = pooled[-2:]
            pooled[-2:] = [((a * m + b * n) / (m + n), (x * m + y * n) / (m + n), m + n)]
    return [round(score, 3) for score, _, _ in pooled], [round(share, 3) for _, share, _ in pooled]


def _checked(collected: Sequence[Example]) -> list[str]:
    """A line a case: how often the right figure comes first on held-out articles."""
    names = sorted({example.article for example in collected})
    lines = []
    for case, penalty in CASES.items():
        chosen = [example for example in collected if example.case == case]
        good = 0.0
        for fold in range(FOLDS):
            held = set(names[fold::FOLDS])
            test = [example for example in chosen if example.article in held]
            weights = fit([example for example in chosen if example.article not in held], penalty)
            good += right_share(test, weights) * len(test)
        possible = sum(bool(example.right) for example in chosen)
        lines.append(
            f"{case:<12} {len(chosen):>4} questions, the right figure a candidate in {possible:>4}, "
            f"right on held-out folds {good / max(1, len(chosen)):.3f}"
        )
    return lines


def _table(weights: Mapping[str, Mapping[str, float]], corners: Mapping[str, tuple[list[float], list[float]]]) -> str:
    """``speakers.toml``."""
    lines = ["# Weights of the speaker ranker, made by training/resolution.py; do not edit by hand."]
    for case, each in weights.items():
        lines += ["", f"[{case}]", *(f'"{name}" = {value}' for name, value in sorted(each.items()))]
    lines += [
        "",
        "# How often a decision was right on held-out articles, by its rule: at these scores (knots) this share.",
        "",
    ]
    lines += ["[calibration]"]
    lines += [
        f'"{rule}" = {{ knots = {knots}, levels = {levels} }}' for rule, (knots, levels) in sorted(corners.items())
    ]
    return "\n".join(lines) + "\n"


def _card(collected: Sequence[Example], told: Sequence[Told]) -> Card:
    shares = [
        f"{name:<8} {len(part):>4} quotations given, speaker right on held-out folds "
        f"{sum(each.right for each in part) / len(part):.3f}"
        for name, part in (("written", [t for t in told if not t.real]), ("real", [t for t in told if t.real]))
    ]
    return Card(
        "Decides which figure of an article a pronoun, a description or a missing source means, and says how sure "
        "each rule may be.",
        [
            "the written articles S0-S4: selon's own, Apache-2.0",
            "ntrex-train: professional French translations of news (NTREX), CC BY-SA 4.0",
            "est-republicain-train: regional daily (Democrat corpus), CC BY-SA 4.0",
            f"together {len({e.article for e in collected})} articles, {len(collected)} questions, fr and en",
        ],
        "CC BY-SA 4.0, as the share-alike texts ask; the code stays Apache-2.0.",
        [*_checked(collected), *shares],
        "python -m training.resolution ../shared",
    )


def main() -> None:
    """Fit every case, calibrate every rule, and write both into the packs with a card."""
    parse = argparse.ArgumentParser(description=__doc__)
    parse.add_argument("shared", type=Path)
    parse.add_argument("--check", action="store_true", help="five folds by article instead of writing")
    arguments = parse.parse_args()
    global same_speaker
    sys.path.insert(0, str(arguments.shared / "eval"))
    from score import same_speaker

    collected = list(examples(arguments.shared))
    if arguments.check:
        print("\n".join(_checked(collected)))
        return
    weights = {case: fit([e for e in collected if e.case == case], penalty) for case, penalty in CASES.items()}
    told = held_out(arguments.shared, collected)
    card = _card(collected, told)
    for code in ("fr", "en"):
        target = Path("src/selon/languages") / code / "speakers.toml"
        target.write_text(_table(weights, corners(told)), encoding="utf-8")
        write_card(target, card)
    print("\n".join(card.figures))


if __name__ == "__main__":
    main()
