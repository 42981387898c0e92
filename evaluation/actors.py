"""How well speakers are matched across articles: B-cubed over quotations, on the events of the written sets.

    python -m evaluation.actors [SET ...] [--errors DIR]

The articles of an event name their actors each for itself. Two of them are one actor where the annotators give them one
name within the event, or say that one utterance is theirs and they are of one kind: anonymous sources, documents and
translated names among them. B-cubed (Bagga and Baldwin, 1998) is measured three times: with the annotated speakers of
each article (only the matching is judged), with the annotated quotations (the resolution too), and end to end, over the
annotated quotations that were found; a quotation whose speaker is unknown stands for an actor of its own.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from evaluation.baseline import Figures
from evaluation.gold import SHARED, Article, GoldError, GoldSet, read_set
from evaluation.measures import compare, plain
from selon.matching.actors import Said
from selon.pipeline import actors, analyse, resolve_given
from selon.records import ActorKind, Analysis, Document, Speaker, Statement
from selon.settings import Settings

MATCHED, RESOLVED, END = "actors, speakers given", "actors, quotations given", "actors, end to end"
SETS = ("S0", "S1", "S2", "S3", "S4", "S5")

Item = tuple[str, int]
"""A quotation: the id of its article and its number among the annotated ones."""


class BCubed(NamedTuple):
    """Precision and recall, averaged over items."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class ActorResult:
    """What the events of a set gave, by measure; ``groups`` are the gold's and the system's label of each quotation."""

    gold: GoldSet
    scores: Mapping[str, BCubed]
    groups: Mapping[str, tuple[Mapping[Item, Hashable], Mapping[Item, Hashable]]]

    @property
    def figures(self) -> Figures:
        """The figures that are held to floors."""
        values = {measure: score.f1 for measure, score in self.scores.items()}
        return Figures(self.gold.sha256, len(self.gold.articles), values)


def measured_actors(gold: GoldSet) -> ActorResult:
    """The articles of events of a set, matched three times."""
    events = GoldSet(f"{gold.name} events", tuple(each for each in gold.articles if each.get("event")))
    analyses = {each["id"]: _analysed(each) for each in events.articles}
    systems = {
        MATCHED: _labels(_annotated(events.articles)),
        RESOLVED: _labels(_resolved(events.articles, analyses)),
        END: _labels(_extracted(analyses)),
    }
    found = {each["id"]: _twins(each, analyses[each["id"]]) for each in events.articles}
    twins = {MATCHED: None, RESOLVED: None, END: found}
    labels = gold_labels(events.articles)
    groups = {measure: _paired(events.articles, labels, systems[measure], twins[measure]) for measure in systems}
    scores = {measure: b_cubed(*pair) for measure, pair in groups.items()}
    return ActorResult(events, scores, groups)


def b_cubed(gold: Mapping[Item, Hashable], system: Mapping[Item, Hashable]) -> BCubed:
    """B-cubed of two groupings of the same items."""
    if not gold:
        return BCubed(0.0, 0.0)
    true, told = _groups(gold), _groups(system)
    shared = {item: len(true[gold[item]] & told[system[item]]) for item in gold}
    precision = sum(shared[item] / len(told[system[item]]) for item in gold) / len(gold)
    recall = sum(shared[item] / len(true[gold[item]]) for item in gold) / len(gold)
    return BCubed(precision, recall)


def gold_labels(articles: Iterable[Article]) -> dict[tuple[str, str], Hashable]:
    """The actor across articles of each annotated actor, by its article and key."""
    labels: dict[tuple[str, str], tuple[str, str]] = {}
    first: dict[Hashable, tuple[str, str]] = {}

    def root(one: tuple[str, str]) -> tuple[str, str]:
        while labels[one] != one:
            one = labels[one]
        return one

    def join(one: tuple[str, str], key: Hashable) -> None:
        labels[root(one)] = root(first.setdefault(key, one))

    for article in articles:
        kinds = {}
        for actor in article["actors"]:
            mine = (article["id"], actor["key"])
            labels[mine] = mine
            kinds[actor["key"]] = actor["kind"]
            join(mine, (article["event"], plain(actor["name"])))
        for quotation in article["quotations"]:
            if quotation.get("u") and quotation.get("speaker"):
                join((article["id"], quotation["speaker"]), (quotation["u"], kinds[quotation["speaker"]]))
    return {one: root(one) for one in labels}


def table(result: ActorResult, floor: Figures | None) -> str:
    """The figures of a set with their floors, for a terminal."""
    count = sum(len(each["quotations"]) for each in result.gold.articles)
    lines = [f"{result.gold.name}: {len(result.gold.articles)} articles, {count} quotations, B-cubed"]
    for measure, score in result.scores.items():
        held = floor.values.get(measure) if floor else None
        lines.append(
            f"  {measure:<26}{score.precision:>7.3f}{score.recall:>7.3f}{score.f1:>9.4f}       "
            + ("       –" if held is None else f"{held:>8.4f}")
        )
    return "\n".join([*lines, ""])


def differences(result: ActorResult, measure: str) -> Iterator[str]:
    """Where the groups are not those of the gold, in words: what was put together wrongly, then what was left apart."""
    gold, system = result.groups[measure]
    names = {
        (article["id"], number): _name(article, quotation)
        for article in result.gold.articles
        for number, quotation in enumerate(article["quotations"])
    }
    for word, (one, other) in {"together": (system, gold), "apart": (gold, system)}.items():
        for items in _groups(one).values():
            parts = defaultdict(list)
            for item in sorted(items):
                parts[other[item]].append(item)
            if len(parts) > 1:
                told = (f"{names[part[0]]} ({', '.join(sorted({key for key, _ in part}))})" for part in parts.values())
                yield f"{word}  {' | '.join(told)}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.actors", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("sets", nargs="*", default=SETS, metavar="SET", help="S0 to S5; all when none is named")
    parser.add_argument("--errors", type=Path, metavar="DIR", help="write what differs from the gold, a file a set")
    wanted = parser.parse_args(arguments)
    for name in wanted.sets:
        try:
            result = measured_actors(read_set(name, SHARED))
        except GoldError as error:
            print(f"actors: {error}", file=sys.stderr)
            return 1
        print(table(result, None))
        if wanted.errors:
            wanted.errors.mkdir(parents=True, exist_ok=True)
            lines = [f"{measure}: {line}" for measure in result.scores for line in differences(result, measure)]
            (wanted.errors / f"actors-{name}.txt").write_text("\n".join([*lines, ""]), encoding="utf-8")
    return 0


def _analysed(article: Article) -> Analysis:
    document = Document(
        article["id"],
        article["text"],
        "text/plain",
        outlet=article.get("outlet", ""),
        published=article.get("date", ""),
        language=article["lang"],
    )
    analysis = analyse(document, Settings(language=article["lang"]))
    if not isinstance(analysis, Analysis):
        raise GoldError(f"{article['id']} was set aside: {analysis.reason}")
    return analysis


def _annotated(articles: Iterable[Article]) -> Iterator[Said]:
    for article in articles:
        known = {actor["key"]: actor for actor in article["actors"]}
        day = date.fromisoformat(article["date"])
        for number, quotation in enumerate(article["quotations"]):
            actor = known.get(quotation.get("speaker"))
            if actor is not None:
                who = Speaker(actor["name"], ActorKind(actor["kind"]), tuple(actor["names"]))
                content = " ".join(article["text"][start:end] for start, end in quotation["content"])
                yield Said(_key((article["id"], number)), who, article["id"], article["lang"], day, day, content)


def _resolved(articles: Iterable[Article], analyses: Mapping[str, Analysis]) -> Iterator[Said]:
    for article in articles:
        analysis = analyses[article["id"]]
        bare = [{**each, "speaker": None} for each in article["quotations"]]
        yield from _said(article["id"], analysis, resolve_given(analysis.article, bare))


def _extracted(analyses: Mapping[str, Analysis]) -> Iterator[Said]:
    for key, analysis in analyses.items():
        yield from _said(key, analysis, analysis.statements)


def _said(key: str, analysis: Analysis, statements: Iterable[Statement]) -> Iterator[Said]:
    article = analysis.article
    for number, statement in enumerate(statements):
        if statement.who is not None:
            when = article.published
            yield Said(
                _key((key, number)), statement.who, key, article.language, when.first, when.last, statement.content
            )


def _labels(said: Iterable[Said]) -> dict[str, str]:
    return {each.statement: each.actor for each in actors(said).belongings}


def _twins(article: Article, analysis: Analysis) -> dict[int, int]:
    """The number of the system's quotation for each annotated one that was found."""
    found: Any = [
        {"content": [[span.start, span.end] for span in each.quotation.content], "number": number}
        for number, each in enumerate(analysis.statements)
    ]
    comparison = compare(article["text"], article, {"quotations": found})
    numbers = {id(each): number for number, each in enumerate(article["quotations"])}
    return {numbers[id(comparison.gold[i].record)]: comparison.system[j].record["number"] for i, j in comparison.pairs}


def _paired(
    articles: Iterable[Article],
    labels: Mapping[tuple[str, str], Hashable],
    system: Mapping[str, str],
    twins: Mapping[str, Mapping[int, int]] | None,
) -> tuple[dict[Item, Hashable], dict[Item, Hashable]]:
    """The gold's and the system's label of every annotated quotation (that has a twin, where twins are given)."""
    gold: dict[Item, Hashable] = {}
    told: dict[Item, Hashable] = {}
    for article in articles:
        for number, quotation in enumerate(article["quotations"]):
            item = (article["id"], number)
            twin = number if twins is None else twins[article["id"]].get(number)
            if twin is not None:
                speaker = quotation.get("speaker")
                gold[item] = labels[article["id"], speaker] if speaker else item
                told[item] = system.get(_key((article["id"], twin)), item)
    return gold, told


def _groups(labels: Mapping[Item, Hashable]) -> dict[Hashable, set[Item]]:
    groups: dict[Hashable, set[Item]] = defaultdict(set)
    for item, label in labels.items():
        groups[label].add(item)
    return groups


def _name(article: Article, quotation: Article) -> str:
    return next((each["name"] for each in article["actors"] if each["key"] == quotation.get("speaker")), "nobody")


def _key(item: Item) -> str:
    return f"{item[0]}#{item[1]}"


if __name__ == "__main__":
    sys.exit(main())
