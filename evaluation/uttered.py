"""Utterances: pairs of statements of two articles that report the same, in one language and across two.

As the project's shared scorer of matches counts them: with the annotated quotations given only the linking is judged,
with selon's own everything is; of those, a quotation nobody annotated can only be linked wrongly, and is not counted.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path

from evaluation.gold import SHARED, Article, GoldSet, drawn_from
from evaluation.measures import Count, Tally, compare
from selon.engines.joining import join, joined_records

PAIRS = {"fr-fr": {"fr"}, "fr-en": {"fr", "en"}}
MEASURES = tuple(f"utterance {languages}, {whose}" for whose in ("given", "own") for languages in PAIRS)

_Node = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Uttered:
    """Articles, and for the annotated quotations the keys that the gold and, by measure of whose, selon give them."""

    gold: GoldSet
    true: Mapping[_Node, Hashable]
    told: Mapping[str, Mapping[_Node, Hashable]] = field(repr=False)

    @property
    def tallies(self) -> list[Tally]:
        """The counts of each event, in order; those of articles of no event together."""
        events = {str(each["id"]): str(each.get("event") or "") for each in self.gold.articles}
        languages = {str(each["id"]): each.get("lang", "fr") for each in self.gold.articles}
        return [self._tally(event, events, languages) for event in sorted(set(events.values()))]

    def _tally(self, event: str, events: Mapping[str, str], languages: Mapping[str, str]) -> Tally:
        tally: Tally = {}
        for whose, told in self.told.items():
            for name, wanted in PAIRS.items():
                true, found = (
                    {
                        pair
                        for pair in _links(keys)
                        if events[pair[0][0]] == event and {languages[article] for article, _ in pair} == wanted
                    }
                    for keys in (self.true, told)
                )
                tally[f"utterance {name}, {whose}"] = Count(len(true & found), len(found), len(true))
        return tally


def uttered(shared: Path = SHARED) -> list[Uttered]:
    """What selon says of S5, on which nothing is trained; nothing where ``shared`` is not there. Raises GoldError."""
    if not shared.is_dir():
        return []
    articles = [*drawn_from("S5 fr", shared), *drawn_from("S5 en", shared)]
    true = {(str(a["id"]), n): q["u"] for a in articles for n, q in enumerate(a["quotations"]) if q.get("u")}
    told = {"given": _told(articles, given=True), "own": _told(articles, given=False)}
    return [Uttered(GoldSet("utterances S5", tuple(articles)), true, told)]


def _told(articles: Sequence[Article], *, given: bool) -> dict[_Node, Hashable]:
    """The key that selon gives each annotated quotation that it has, by article and number."""
    keys: dict[_Node, Hashable] = {}
    for article, record in zip(articles, joined_records(join(articles, given=given)), strict=True):
        found = record["quotations"]
        if given:
            keys |= {(str(article["id"]), number): each["utterance"] for number, each in enumerate(found)}
            continue
        twins = _twins(article, record)
        keys |= {(str(article["id"]), number): found[place]["utterance"] for number, place in twins}
    return keys


def _twins(article: Article, record: Article) -> list[tuple[int, int]]:
    """Numbers of annotated quotations with those of the system's that match them."""
    compared = compare(article["text"], article, record)
    numbers = {id(each): number for number, each in enumerate(article["quotations"])}
    own = {id(each): number for number, each in enumerate(record["quotations"])}
    return [(numbers[id(compared.gold[a].record)], own[id(compared.system[b].record)]) for a, b in compared.pairs]


def _links(keys: Mapping[_Node, Hashable]) -> set[tuple[_Node, _Node]]:
    groups: dict[Hashable, list[_Node]] = {}
    for node, key in sorted(keys.items()):
        groups.setdefault(key, []).append(node)
    return {pair for nodes in groups.values() for pair in combinations(nodes, 2) if pair[0][0] != pair[1][0]}
