"""Rounds of timings on one core, and what they say: medians, spread, and the cost in tokenizations."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from time import process_time

from benchmarks.stages import BASELINE, Stage


@dataclass(frozen=True, slots=True)
class Timing:
    """The processor seconds of each round of a stage; ``costs`` are those in tokenizations of as many words."""

    stage: Stage
    seconds: tuple[float, ...]
    costs: tuple[float, ...]

    @property
    def words_per_second(self) -> float:
        """The median over rounds."""
        return self.stage.words / median(self.seconds)

    @property
    def cost(self) -> float:
        """How many times as long as tokenizing the same number of words: the median over rounds."""
        return median(self.costs)

    @property
    def spread(self) -> float:
        """How far the slowest round lies above the quickest, as a share of the median: noise of the machine."""
        return (max(self.seconds) - min(self.seconds)) / median(self.seconds)


def timed(stages: Sequence[Stage], rounds: int, progress: Callable[[int], None]) -> list[Timing]:
    """Every stage once a round, in turn, so that a slow moment of the machine falls on all of them alike.

    Seconds are the processor's, of this process and of the workers it started and ended: on a machine that does other
    things too they hardly change, while those on the wall do. What lay in memory before (the corpus, what stages are
    given, spaCy's pipelines) is kept from the collector, which would else go through it again and again, and charge the
    stages for it; what the stage before left behind is collected first.
    """
    for stage in stages:  # what is loaded on first use is loaded now
        stage.run()
    gc.collect()
    gc.freeze()
    seconds: dict[str, list[float]] = {stage.name: [] for stage in stages}
    for done in range(rounds):
        for stage in stages:
            gc.collect()
            started = _seconds()
            stage.run()
            seconds[stage.name].append(_seconds() - started)
        progress(done + 1)
    gc.unfreeze()
    (baseline,) = (stage for stage in stages if stage.name == BASELINE)
    unit = [each / baseline.words for each in seconds[BASELINE]]
    return [
        Timing(
            stage,
            tuple(seconds[stage.name]),
            tuple(each / stage.words / one for each, one in zip(seconds[stage.name], unit, strict=True)),
        )
        for stage in stages
    ]


def on_one_core() -> bool:
    """Keep this process and those it starts on one core; False where the system has no such thing."""
    if not hasattr(os, "sched_setaffinity"):
        return False
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    return True


def _seconds() -> float:
    """Processor seconds so far, of this process and its ended children."""
    try:
        import resource
    except ImportError:  # not on Windows; there the workers of ``run`` are not counted
        return process_time()
    spent = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in spent)
