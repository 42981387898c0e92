"""A pile of generated articles, some of them taken from others, at any size: what finding copies is measured on.

python -m benchmarks.generated NUMBER [--seed N] > articles.jsonl
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import accumulate

_WORDS = 400
_VOCABULARY = 40_000
_LETTERS = "aeiourstnlcdpm"
_STOCK = 300
_OUTLETS = 400
_TAKEN = 0.1
_EDITED = 0.03
_SHORT = 60
_BACK = 2_000


@dataclass(slots=True)
class Made:
    """A generated article; ``origin`` is the number of the one it was taken from, ``sort`` how much of it."""

    number: int
    text: str
    outlet: str
    day: date
    origin: int | None = None
    sort: str = ""


@dataclass(slots=True)
class _Maker:
    chance: random.Random
    words: Sequence[str] = ()
    weights: Sequence[float] = ()
    stock: Sequence[Sequence[str]] = ()
    closing: Sequence[Sequence[str]] = ()
    recent: list[tuple[int, list[str]]] = field(default_factory=list)


def made_articles(number: int, seed: int = 7) -> Iterator[Made]:
    """So many articles of some 400 words, by day; one in ten is taken by another outlet from one of the 2,000 before.

    Of those, four in ten are ``full`` (three words in a hundred changed), three ``part`` (120 words in an article of
    its own words) and three ``short`` (60 words). Words follow Zipf's law; stock phrases and the closing lines of
    outlets stand in thousands of articles.
    """
    maker = _maker(seed)
    first = date(2024, 1, 1)
    per_day = max(1, number // 300)
    for each in range(number):
        origin, sort, words = _one(maker, each)
        outlet = maker.chance.randrange(_OUTLETS)
        while origin is not None and outlet == maker.recent[origin % _BACK][0]:
            outlet = maker.chance.randrange(_OUTLETS)
        if len(maker.recent) < _BACK:
            maker.recent.append((outlet, words))
        else:
            maker.recent[each % _BACK] = outlet, words
        text = _printed([*words, *maker.closing[outlet]])
        yield Made(each, text, f"Journal {outlet}", first + timedelta(days=each // per_day), origin, sort)


def _one(maker: _Maker, number: int) -> tuple[int | None, str, list[str]]:
    chance = maker.chance
    if not maker.recent or chance.random() >= _TAKEN:
        return None, "", _fresh(maker, _WORDS)
    origin = number - 1 - chance.randrange(min(len(maker.recent), number))
    _, theirs = maker.recent[origin % _BACK]
    sort = chance.choices(("full", "part", "short"), (4, 3, 3))[0]
    if sort == "full":
        return origin, sort, [_another(maker) if chance.random() < _EDITED else word for word in theirs]
    length = 120 if sort == "part" else _SHORT
    start = chance.randrange(max(1, len(theirs) - length))
    words = _fresh(maker, _WORDS - length)
    at = chance.randrange(len(words))
    return origin, sort, [*words[:at], *theirs[start : start + length], *words[at:]]


def _fresh(maker: _Maker, length: int) -> list[str]:
    words = maker.chance.choices(maker.words, cum_weights=maker.weights, k=length)
    for at in range(0, length - 12, 40):
        if maker.chance.random() < 0.3:
            phrase = maker.chance.choice(maker.stock)
            words[at : at + len(phrase)] = phrase
    return words


def _another(maker: _Maker) -> str:
    return maker.chance.choices(maker.words, cum_weights=maker.weights)[0]


def _printed(words: list[str]) -> str:
    """The words as sentences of ten words in paragraphs of four."""
    sentences = [" ".join(words[at : at + 10]).capitalize() + "." for at in range(0, len(words), 10)]
    return "\n\n".join(" ".join(sentences[at : at + 4]) for at in range(0, len(sentences), 4))


def _maker(seed: int) -> _Maker:
    chance = random.Random(seed)
    words = list({"".join(chance.choices(_LETTERS, k=chance.randint(2, 9))): None for _ in range(_VOCABULARY)})
    weights = list(accumulate(1 / (rank + 4) for rank in range(len(words))))
    maker = _Maker(chance, words, weights)
    maker.stock = [_words(maker, chance.randint(5, 10)) for _ in range(_STOCK)]
    maker.closing = [_words(maker, chance.choice((0, 0, 12, 30))) for _ in range(_OUTLETS)]
    return maker


def _words(maker: _Maker, length: int) -> list[str]:
    return maker.chance.choices(maker.words, cum_weights=maker.weights, k=length)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the pile as JSON lines, an article a line; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.generated")
    parser.add_argument("number", type=int)
    parser.add_argument("--seed", type=int, default=7)
    wanted = parser.parse_args(arguments)
    for each in made_articles(wanted.number, wanted.seed):
        record = {"id": f"g{each.number:06}", "text": each.text, "outlet": each.outlet, "date": each.day.isoformat()}
        sys.stdout.write(json.dumps(record, ensure_ascii=False) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
