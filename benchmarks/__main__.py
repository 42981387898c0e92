"""Measure, and print a table or JSON.

    python -m benchmarks [--rounds N] [--repeat N] [--json] [--profile STAGE]

Words per second depend on the machine; the costs, in tokenizations of the same text measured in the same round, can be
compared between machines and between versions. Nothing here is a test: no figure fails anything.
"""

from __future__ import annotations

import argparse
import cProfile
import json
import platform
import pstats
import sys
from collections.abc import Sequence
from typing import Any

import selon
from benchmarks.corpus import Corpus, corpus
from benchmarks.stages import BASELINE, Stage, stages
from benchmarks.timing import Timing, on_one_core, timed

_HOT = 25


def main(arguments: Sequence[str] | None = None) -> int:
    """Returns the exit code: 0, or 2 for a stage that there is not."""
    wanted = _arguments(arguments)
    pinned = on_one_core()
    articles = corpus(wanted.repeat)
    ready = stages(articles)
    if wanted.profile is not None:
        return _profile(ready, wanted.profile)
    timings = timed(ready, wanted.rounds, lambda done: print(f"round {done} of {wanted.rounds}", file=sys.stderr))
    about = _about(articles, wanted.rounds, pinned=pinned)
    print(json.dumps(_as_json(about, timings), indent=1) if wanted.json else _table(about, timings))
    return 0


def _arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5, help="how often everything is timed; the median counts (5)")
    parser.add_argument("--repeat", type=int, default=8, help="how often the bundled articles are repeated (8)")
    parser.add_argument("--json", action="store_true", help="print JSON, with the seconds of every round")
    parser.add_argument("--profile", metavar="STAGE", help="print where one stage spends its time, instead of timing")
    return parser.parse_args(arguments)


def _about(articles: Corpus, rounds: int, *, pinned: bool) -> dict[str, Any]:
    return {
        "selon": selon.__version__,
        "python": platform.python_version(),
        "machine": platform.machine(),
        "one_core": pinned,
        "corpus_sha256": articles.sha256,
        "texts": len(articles.texts),
        "pages": len(articles.pages),
        "rounds": rounds,
    }


def _as_json(about: dict[str, Any], timings: Sequence[Timing]) -> dict[str, Any]:
    return {
        **about,
        "stages": {
            each.stage.name: {
                "does": each.stage.does,
                "words": each.stage.words,
                "words_per_second": round(each.words_per_second),
                "cost": round(each.cost, 2),
                "spread": round(each.spread, 3),
                "seconds": [round(one, 4) for one in each.seconds],
            }
            for each in timings
        },
    }


def _table(about: dict[str, Any], timings: Sequence[Timing]) -> str:
    head = (
        f"selon {about['selon']}, Python {about['python']}, {about['machine']}, "
        f"{'one core' if about['one_core'] else 'cores not pinned'}; {about['texts']} texts, {about['pages']} pages, "
        f"median of {about['rounds']} rounds"
    )
    lines = [head, "", f"{'stage':<16}{'words/s':>10}{'cost':>8}{'spread':>8}  what it does"]
    lines += [
        f"{each.stage.name:<16}{each.words_per_second:>10,.0f}{each.cost:>8.1f}{each.spread:>8.0%}  {each.stage.does}"
        for each in timings
    ]
    return "\n".join(
        [
            *lines,
            "",
            f"words a second of processor time; cost: seconds a word, in those of the {BASELINE} in the same round",
        ]
    )


def _profile(ready: Sequence[Stage], name: str) -> int:
    found = next((stage for stage in ready if stage.name == name), None)
    if found is None:
        print(f"no stage {name!r}: use one of {', '.join(stage.name for stage in ready)}", file=sys.stderr)
        return 2
    found.run()
    profile = cProfile.Profile()
    profile.runcall(found.run)
    pstats.Stats(profile).sort_stats("tottime").print_stats(_HOT)
    return 0


if __name__ == "__main__":
    sys.exit(main())
