"""How well positions and contradictions are found: pairs of quotations, the annotated quotations given.

    python -m evaluation.positions [--more]

Pairs as in the shared scorer of matches: two annotated quotations on one proposition, and two that contradict each
other (one holds it, one denies it), over all sets at once and on S5 alone, which no model was trained on. ``--more``
adds what is left without the rules of polarity (everything holds) and without learning (the proposition with most words
in the statement), and what ten corrections change in the others.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from evaluation.baseline import Figures
from evaluation.gold import SHARED, Article, read_set
from evaluation.measures import Count
from selon.discourse.positions import Correction, Page, Saying, read_codebook
from selon.discourse.positions.words import fold
from selon.engines.joining import join
from selon.engines.positions import as_page
from selon.models.embedding.words import words
from selon.pipeline import positions
from selon.records import Proposition

SETS = ("S0", "S1", "S2", "S3", "S4", "S5")
SAME, AGAINST = "proposition pairs", "contradiction pairs"
_SIGNS = {"+": 1, "-": -1, "0": 0}

Held = Mapping[str, tuple[str, int]]
"""Proposition and agreement by statement."""


@dataclass(frozen=True, slots=True)
class Pile:
    """The annotated quotations of the sets, joined by selon, and where the annotators say that they stand."""

    articles: Sequence[Article]
    pages: Sequence[Page]
    sayings: Sequence[Saying]
    codebook: Sequence[Proposition]
    gold: Held


@dataclass(frozen=True, slots=True)
class PositionResult:
    """Pairs found, by measure."""

    name: str
    sha256: str
    articles: int
    counts: Mapping[str, Count]

    @property
    def figures(self) -> Figures:
        """The figures that are held to floors."""
        return Figures(self.sha256, self.articles, {measure: count.f1 for measure, count in self.counts.items()})


def measured_positions(shared: Path) -> list[PositionResult]:
    """The figures of all sets and of S5 alone; none where the sets are not there."""
    if not (shared / "data" / "quotations" / "propositions.tsv").exists():
        return []
    pile = read_pile(shared)
    held = taken(pile)
    return [_result("S0-S5 positions", pile, held, "S"), _result("S5 positions", pile, held, "S5")]


def read_pile(shared: Path) -> Pile:
    """All sets, their quotations as annotated, the utterances as selon joins them."""
    folder = shared / "data" / "quotations"
    articles = [each for name in SETS for each in read_set(name, shared).articles]
    joined = join(articles, given=True)
    gold, pages, sayings = {}, [], []
    for article, analysis in zip(articles, joined.analyses, strict=True):
        page, said = as_page(analysis, joined.utterance)
        pages.append(page)
        sayings += said
        for quotation, each in zip(article["quotations"], said, strict=True):
            for named in (quotation.get("p") or "").split():
                key, _, sign = named.rpartition(":")
                gold[each.id] = (key, _SIGNS[sign])
    codebook = read_codebook((folder / "propositions.tsv").read_bytes(), "propositions.tsv")
    return Pile(articles, pages, sayings, codebook, gold)


def taken(pile: Pile, corrections: Sequence[Correction] = ()) -> Held:
    """Where selon says that the statements stand."""
    found = positions(pile.pages, pile.sayings, pile.codebook, corrections)
    return {each.statement: (each.proposition, each.agreement) for each in found}


def counted(gold: Held, held: Held) -> dict[str, Count]:
    """Pairs of annotated statements on one proposition, and of those that contradict each other."""
    true, told = _pairs(gold), _pairs({key: stand for key, stand in held.items() if key in gold})
    return {
        measure: Count(len(true[measure] & told[measure]), len(told[measure]), len(true[measure]))
        for measure in (SAME, AGAINST)
    }


def table(result: PositionResult, floor: Figures | None) -> str:
    """The figures with their floors, for a terminal."""
    lines = [f"{result.name}: {result.articles} articles, quotations given"]
    for measure, count in result.counts.items():
        held = floor.values.get(measure) if floor else None
        lines.append(
            f"  {measure:<26}{count.precision:>7.3f}{count.recall:>7.3f}{count.f1:>9.4f}       "
            + ("       –" if held is None else f"{held:>8.4f}")
        )
    return "\n".join([*lines, ""])


def _pairs(held: Held) -> dict[str, set[frozenset[str]]]:
    groups: dict[str, list[tuple[str, int]]] = {}
    for statement, (key, sign) in held.items():
        groups.setdefault(key, []).append((statement, sign))
    same, against = set(), set()
    for members in groups.values():
        for (one, x), (other, y) in combinations(members, 2):
            same.add(frozenset((one, other)))
            if x * y < 0:
                against.add(frozenset((one, other)))
    return {SAME: same, AGAINST: against}


def _result(name: str, pile: Pile, held: Held, prefix: str) -> PositionResult:
    of = {each.id: each.page for each in pile.sayings}
    gold = {key: stand for key, stand in pile.gold.items() if of[key].startswith(prefix)}
    texts = [each["text"] for each in pile.articles if each["id"].startswith(prefix)]
    digest = hashlib.sha256("\x1f".join([*texts, *map(repr, sorted(gold.values()))]).encode())
    return PositionResult(name, digest.hexdigest(), len(texts), counted(gold, held))


def _most_words(pile: Pile) -> Held:
    """Without learning: each statement on the proposition that it has the largest share of the words of."""
    asked = {each.key: {fold(form) for form in words(each.text) if len(form) > 3} for each in pile.codebook}
    out = {}
    for saying in pile.sayings:
        said = {fold(form) for form in words(saying.content)}
        key = max(asked, key=lambda each: len(asked[each] & said) / max(len(asked[each]), 1))
        if asked[key] & said:
            out[saying.id] = (key, 1)
    return out


def _more(pile: Pile, held: Held) -> Iterator[tuple[str, dict[str, Count]]]:
    yield "as shipped", counted(pile.gold, held)
    yield "no polarity: all hold it", counted(pile.gold, {key: (of, 1) for key, (of, _) in held.items()})
    learned = _most_words(pile)
    signs = {key: (of, held[key][1] if key in held else 1) for key, (of, _) in learned.items()}
    yield "no learned assignment", counted(pile.gold, signs)
    wrong = [key for key in sorted(pile.gold) if key in held and held[key] != pile.gold[key]]
    s5 = {each.id for each in pile.sayings if each.page.startswith("S5")}
    ten = [key for key in wrong if key in s5][:: max(len([k for k in wrong if k in s5]) // 10, 1)][:10]
    corrections = [Correction(key, *pile.gold[key], by="gold") for key in ten]
    corrections += [Correction(key, held[key][0], None, by="gold") for key in ten if held[key][0] != pile.gold[key][0]]
    taught = taken(pile, corrections)
    others = {key: stand for key, stand in pile.gold.items() if key in s5 and key not in ten}
    yield "S5 but ten statements", counted(others, held)
    yield "the same, those ten corrected", counted(others, taught)
    better = sum(taught.get(key) == stand != held.get(key) for key, stand in others.items())
    worse = sum(held.get(key) == stand != taught.get(key) for key, stand in others.items())
    print(f"ten corrections put {better} other statements right and {worse} wrong, of {len(others)}")


def main(arguments: Sequence[str]) -> int:
    """Print the figures."""
    for result in measured_positions(SHARED):
        print(table(result, None))
    if "--more" in arguments:
        pile = read_pile(SHARED)
        for name, counts in _more(pile, taken(pile)):
            told = "  ".join(f"{measure} {count.f1:.3f}" for measure, count in counts.items())
            print(f"{name:32} {told}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
