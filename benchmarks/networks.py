"""How long networks and timelines take over a million statements: ``python -m benchmarks.networks [--even]``.

Processor time of this process, so that other work on the machine does not count.
"""

from __future__ import annotations

import argparse
import resource
from collections.abc import Callable, Sequence
from time import process_time
from typing import Any

import numpy as np

from selon.discourse.networks import (
    Aggregation,
    Duplicates,
    Mode,
    NetworkOptions,
    Normalisation,
    Unit,
    Windows,
    coded,
    network,
    networks_over_time,
    timeline,
)

_DAYS = 3650


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a line for each thing timed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.networks", description=__doc__)
    parser.add_argument("--statements", type=int, default=1_000_000)
    parser.add_argument("--actors", type=int, default=10_000)
    parser.add_argument("--propositions", type=int, default=500)
    parser.add_argument("--even", action="store_true", help="every actor and proposition as often, the worst case")
    asked = parser.parse_args(arguments)
    codes = _timed("columns to codes", lambda: coded(_columns(asked)))
    one = NetworkOptions(mode=Mode.ONE_MODE, aggregation=Aggregation.SUBTRACT)
    for name, options in {
        "two-mode": NetworkOptions(),
        "two-mode, subtract, duplicates": NetworkOptions(
            aggregation=Aggregation.SUBTRACT, duplicates=Duplicates.DOCUMENT
        ),
        "one-mode, subtract": one,
        "one-mode, subtract, average": NetworkOptions(
            mode=Mode.ONE_MODE, aggregation=Aggregation.SUBTRACT, normalisation=Normalisation.AVERAGE
        ),
        "one-mode, congruence, jaccard": NetworkOptions(
            mode=Mode.ONE_MODE, aggregation=Aggregation.CONGRUENCE, normalisation=Normalisation.JACCARD
        ),
    }.items():
        made = _timed(name, lambda options=options: network(codes, options))  # type: ignore[misc]
        print(f"    {made.weights.nnz:,} cells")
        del made
    windows = Windows(Unit.MONTHS, 3)
    _timed("windows of 3 months", lambda: sum(1 for _ in networks_over_time(codes, NetworkOptions(), windows)))
    _timed("timeline", lambda: timeline(codes, NetworkOptions(), "proposition"))
    return 0


def _columns(asked: argparse.Namespace) -> dict[str, Any]:
    chance, size = np.random.default_rng(0), asked.statements

    def drawn(many: int, power: float) -> list[str]:
        weight = 1 / np.arange(1, many + 1) ** (0 if asked.even else power)
        names = np.array([f"number {each}" for each in range(many)], dtype=object)
        found: list[str] = names[chance.choice(many, size, p=weight / weight.sum())].tolist()
        return found

    return {
        "actor": drawn(asked.actors, 1.0),
        "proposition": drawn(asked.propositions, 0.8),
        "agreement": chance.random(size) < 0.6,
        "time": np.datetime64("2015-01-01", "s") + chance.integers(0, _DAYS, size) * 86400,
        "document": chance.integers(0, size // 5, size),
    }


def _timed(name: str, run: Callable[[], Any]) -> Any:  # noqa: ANN401
    start = process_time()
    made = run()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"{name:34} {process_time() - start:7.1f} s   {memory:.1f} GB at most", flush=True)
    return made


if __name__ == "__main__":
    raise SystemExit(main())
