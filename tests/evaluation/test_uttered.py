"""Pairs of statements that report the same: counted by event and by the two languages."""

from __future__ import annotations

from evaluation.gold import GoldSet
from evaluation.measures import Count
from evaluation.uttered import Uttered


def article(name: str, language: str, event: str = "e") -> dict:
    return {"id": name, "lang": language, "event": event, "text": "", "quotations": []}


def test_pairs_of_two_articles_are_counted_by_language_and_event() -> None:
    gold = GoldSet("set", (article("a", "fr"), article("b", "fr"), article("c", "en"), article("d", "fr", "f")))
    true = {("a", 0): "u", ("b", 0): "u", ("c", 0): "u", ("a", 1): "v", ("a", 2): "v"}
    told = {"given": {("a", 0): 1, ("b", 0): 1, ("c", 0): 2, ("a", 1): 3, ("b", 1): 3}, "own": {}}
    first, second = Uttered(gold, true, told).tallies
    assert first["utterance fr-fr, given"] == Count(1, 2, 1)
    assert first["utterance fr-en, given"] == Count(0, 0, 2)
    assert first["utterance fr-fr, own"] == Count(0, 0, 1)
    assert set(second.values()) == {Count(0, 0, 0)}
