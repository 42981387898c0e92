"""Fits the weights of ``speakers.toml``: which figure a pronoun, a description or a missing source means.

    .venv/bin/python -m training.resolution ../shared            # writes src/selon/languages/{fr,en}/speakers.toml
    .venv/bin/python -m training.resolution ../shared --check    # five folds by article, writes nothing

Only the training sets are read (S0 to S4, ntrex-train, est-republicain-train). Each question that the ranker would
be asked is collected with the true speakers of the earlier quotations in place; the loss is minus the log of the share
that the right figures get together ("nobody" where none is right), with an L2 penalty. Full batches, no randomness.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from selon.languages.pack import LanguagePack, load_pack
from selon.offsets import Span
from selon.reading.passages import passages
from selon.records import Article, Form, Kind, Quotation
from selon.resolution.decisions import Decision
from selon.resolution.mentions import scene
from selon.resolution.speakers import Question, Speakers

SETS = ("S0", "S1", "S2", "S3", "S4", "gold/ntrex-train", "gold/est-republicain-train")
# The L2 penalty of each case, chosen by five folds over the training articles.
CASES = {"back": 0.002, "near": 0.02, "missing": 0.03, "description": 0.02}


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


def examples(shared: Path, sets: Sequence[str] = SETS) -> Iterator[Example]:
    """Every question of the sets, in article order."""
    for name in sets:
        for line in (shared / "data/quotations" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            text = record.get("text")
            if text is None:
                text = (shared / "data/quotations/texts" / f"{record['id']}.txt").read_text(encoding="utf-8")
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
    """The weights that make the right candidates likeliest."""
    names = sorted({name for example in chosen for candidate in example.candidates for name in candidate})
    column = {name: at for at, name in enumerate(names)}
    tables = []
    for example in chosen:
        table = np.zeros((len(example.candidates) + 1, len(names)))
        for row, candidate in enumerate(example.candidates):
            for name, value in candidate.items():
                table[row, column[name]] = value
        tables.append((table, list(example.right) or [len(example.candidates)]))
    weights = np.zeros(len(names))
    squares = np.full(len(names), 1e-8)
    for _ in range(rounds):
        gradient = penalty * len(chosen) * weights / 10
        for table, right in tables:
            share = np.exp(table @ weights - (table @ weights).max())
            share /= share.sum()
            wanted = np.zeros_like(share)
            wanted[right] = share[right] / max(share[right].sum(), 1e-12)
            gradient += table.T @ (share - wanted)
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


def main() -> None:
    """Fit every case and write the weights into the packs."""
    parse = argparse.ArgumentParser(description=__doc__)
    parse.add_argument("shared", type=Path)
    parse.add_argument("--check", action="store_true", help="five folds by article instead of writing")
    arguments = parse.parse_args()
    global same_speaker
    sys.path.insert(0, str(arguments.shared / "eval"))
    from score import same_speaker

    collected = list(examples(arguments.shared))
    articles = sorted({example.article for example in collected})
    lines = ["# Weights of the speaker ranker, made by training/resolution.py; do not edit by hand."]
    for case, penalty in CASES.items():
        chosen = [example for example in collected if example.case == case]
        possible = sum(bool(example.right) for example in chosen)
        print(f"{case}: {len(chosen)} questions, the right figure among the candidates in {possible}")
        if arguments.check:
            good = 0.0
            for fold in range(5):
                held = set(articles[fold::5])
                test = [example for example in chosen if example.article in held]
                weights = fit([example for example in chosen if example.article not in held], penalty)
                good += right_share(test, weights) * len(test)
            print(f"   five folds: {good / max(1, len(chosen)):.4f}")
            continue
        weights = fit(chosen, penalty)
        print(f"   on itself: {right_share(chosen, weights):.4f}")
        lines += ["", f"[{case}]", *(f'"{name}" = {value}' for name, value in sorted(weights.items()))]
    if not arguments.check:
        for code in ("fr", "en"):
            target = Path("src/selon/languages") / code / "speakers.toml"
            target.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
