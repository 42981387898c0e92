"""What finding copies costs as the pile grows, and how many of the generated ones it finds.

    python -m benchmarks.reuse [SIZE ...] [--seed N]

Each size is measured in a process of its own, from articles in memory to copies: seconds of the processor and on the
wall, the most memory held, articles and all; then the share found of each sort of copy, and the pairs taken for copies
that have nothing from each other, in a million.
"""

from __future__ import annotations

import argparse
import json
import math
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from time import perf_counter, process_time
from typing import Any

from benchmarks.generated import Made, made_articles
from selon.engines.copying import copies_in
from selon.matching.copies import Printed
from selon.records import Article, Copy, CopyKind, Precision, When

_SIZES = (1_000, 10_000, 100_000)
_SORTS = ("full", "part", "short")
_ONE = "--one"


class GeneratedPile:
    """Generated articles as a pile to find copies in."""

    def __init__(self, made: Sequence[Made]) -> None:
        self._articles = {f"g{each.number:07}": _article(each) for each in made}

    def all(self) -> list[Printed]:
        """Every article, in no order."""
        return [Printed(each, ()) for each in self._articles.values()]

    def headings(self) -> Sequence[tuple[str, str, date | None]]:
        """Id, language and day of every article, by day, then by id."""
        rows = [(each.id, each.language, each.published.first) for each in self._articles.values()]
        return sorted(rows, key=lambda row: (row[2] or date.max, row[0]))

    def batches(self, size: int) -> Iterator[Sequence[Article]]:
        """Every article once, so many at a time."""
        articles = list(self._articles.values())
        for start in range(0, len(articles), size):
            yield articles[start : start + size]

    def printed(self, keys: Sequence[str]) -> Mapping[str, Printed]:
        """The articles with these ids; generated ones are of one language, so that no sentences are asked for."""
        return {key: Printed(self._articles[key], ()) for key in keys}


def measured(size: int, seed: int) -> dict[str, Any]:
    """What it costs to find the copies among so many articles, and what is found of them."""
    made = list(made_articles(size, seed))
    pile = GeneratedPile(made)
    processor, wall = process_time(), perf_counter()
    copies = copies_in(pile)
    return {
        "articles": size,
        "processor": process_time() - processor,
        "wall": perf_counter() - wall,
        "memory": _most_memory(),
        **found(made, copies),
    }


def found(made: Sequence[Made], copies: Sequence[Copy]) -> dict[str, float]:
    """The share found of each sort of copy, whichever is called the origin, and ``false``: wrong pairs in a million."""
    family: dict[int, int] = {}
    for each in made:
        family[each.number] = each.number if each.origin is None else family[each.origin]
    told = {
        frozenset((int(copy.derived[1:]), int(copy.origin[1:])))
        for copy in copies
        if copy.kind is not CopyKind.INCIDENTAL
    }
    shares = {}
    for sort in _SORTS:
        true = [frozenset((each.number, each.origin)) for each in made if each.sort == sort]
        shares[sort] = sum(pair in told for pair in true) / len(true) if true else math.nan
    wrong = sum(len({family[number] for number in pair}) > 1 for pair in told)
    return {**shares, "false": 1e6 * wrong / max(1, math.comb(len(made), 2))}


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a table, a row a size; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reuse", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("sizes", nargs="*", type=int, default=list(_SIZES), help="numbers of articles")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument(_ONE, action="store_true", help=argparse.SUPPRESS)
    wanted = parser.parse_args(arguments)
    if wanted.one:
        print(json.dumps(measured(wanted.sizes[0], wanted.seed)))
        return 0
    heads = (("articles", 9), ("processor s", 13), ("wall s", 9), ("ms each", 9), ("growth", 8), ("MB", 7))
    print("".join(f"{head:>{width}}" for head, width in (*heads, *((sort, 8) for sort in (*_SORTS, "false")))))
    before: dict[str, Any] | None = None
    for size in wanted.sizes:
        now = _in_a_process(size, wanted.seed)
        growth = f"{_growth(before, now):.2f}" if before else ""
        print(
            f"{size:>9,}{now['processor']:>13.2f}{now['wall']:>9.2f}{1000 * now['processor'] / size:>9.3f}{growth:>8}"
            f"{now['memory']:>7.0f}{now['full']:>8.2%}{now['part']:>8.2%}{now['short']:>8.2%}{now['false']:>8.3f}"
        )
        before = now
    print(
        "\ngrowth: the exponent from the row above (1: twice the articles, twice the time); false: in a million pairs"
    )
    return 0


def _in_a_process(size: int, seed: int) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.reuse", str(size), "--seed", str(seed), _ONE]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603  our own module
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def _growth(before: Mapping[str, Any], now: Mapping[str, Any]) -> float:
    return math.log(now["processor"] / before["processor"]) / math.log(now["articles"] / before["articles"])


def _most_memory() -> float:
    """Megabytes; nan where the system does not tell."""
    try:
        import resource
    except ImportError:
        return math.nan
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _article(made: Made) -> Article:
    return Article(
        id=f"g{made.number:07}",
        where=f"generated/{made.number}",
        text=made.text,
        language="fr",
        outlet=made.outlet,
        published=When(made.day, made.day, Precision.DAY, "made"),
    )


if __name__ == "__main__":
    sys.exit(main())
