"""The quality gate: selon on annotated articles must not fall below the floors in ``baseline.json``.

    python -m evaluation.gate [--update] [--allow-regression] [--errors DIR]

Exit codes: 0 every figure holds its floor, 1 it does not (or the data changed, or an update would lower a floor),
2 wrong usage. Figures are F1 end to end, from plain text files to resolved speakers, and the accuracy of the speakers
when the annotated quotations are given, with their coverage at 90 % precision (``evaluation.coverage``); of a sample,
whether selon says when, where and to whom; of actors across articles, B-cubed F1 (``evaluation.actors``). A figure may
lie under its floor by ``baseline.TOLERANCE``.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from evaluation import actors, positions
from evaluation.actors import ActorResult, measured_actors
from evaluation.baseline import BaselineError, Figures, Floors, broken, raised, read_floors, write_floors
from evaluation.circumstances import Circumstances, circumstances
from evaluation.coverage import answers, calibration_error, coverage, sure_of
from evaluation.differences import differences
from evaluation.figures import write_figures
from evaluation.gold import ROOT, SHARED, Article, GoldError, GoldSet, event_sets, gold_sets
from evaluation.measures import MEASURES, Comparison, Count, compare, recalls, spread, tally, total
from evaluation.reuse import Reused, reused
from evaluation.system import Answers, CommandError, extracted, resolved
from evaluation.uttered import Uttered, uttered

GIVEN = "speaker, quotations given"
COVERAGE = "coverage at .90, given"
CALIBRATED = 0.05
"""A calibration error up to this is as good as none: the gate holds 1 minus the error, at most 0.95."""
_UNITS = {"quotation": "quotations", "said on": "quotations", "copies": "copies", "utterance fr-fr, given": "pairs"}
"""What is counted, by the measure that counts it."""


class Places(NamedTuple):
    """Where the gate reads and writes."""

    baseline: Path = Path(__file__).parent / "baseline.json"
    shared: Path = SHARED
    page: Path = ROOT / "README.md"


@dataclass(frozen=True, slots=True)
class Result:
    """What a set gave: the counts and the ± of each measure, and the comparison of each article."""

    gold: GoldSet
    counts: dict[str, Count]
    spreads: dict[str, float]
    comparisons: dict[str, Comparison]
    coverage: float | None = None
    calibration: dict[str, float] = field(default_factory=dict)

    @property
    def figures(self) -> Figures:
        """The figures that are held to floors."""
        values = {measure: count.f1 for measure, count in self.counts.items()}
        if self.coverage is not None:
            values[COVERAGE] = self.coverage
        for name, error in self.calibration.items():
            values[f"calibration, {name}"] = 1 - max(error, CALIBRATED)
        return Figures(self.gold.sha256, len(self.gold.articles), values)


def main(arguments: Sequence[str] | None = None, places: Places = Places()) -> int:  # noqa: B008  immutable
    """Measure, print, compare; returns the exit code."""
    wanted = _arguments(arguments)
    try:
        floors = read_floors(places.baseline) if places.baseline.exists() or not wanted.update else {}
        sets = gold_sets(places.shared)
        results = [measured(gold) for gold in sets]
        results += [_of_sample(each) for each in circumstances(places.shared)]
        results += [_of_sample(each) for each in reused(places.shared)]
        results += [_of_sample(each) for each in uttered(places.shared)]
        casts = [measured_actors(gold) for gold in event_sets(places.shared)]
        stands = positions.measured_positions(places.shared)
    except (BaselineError, GoldError, CommandError) as error:
        print(f"gate: {error}", file=sys.stderr)
        return 1
    for result in results:
        print(table(result, floors.get(result.gold.name)))
    for cast in casts:
        print(actors.table(cast, floors.get(cast.gold.name)))
    for stand in stands:
        print(positions.table(stand, floors.get(stand.name)))
    everything: list[Measured] = [*results, *casts, *stands]
    there = {_name(each) for each in everything}
    absent = sorted(set(floors) - there)
    if absent:
        print(f"not measured, for {places.shared} is not there: {', '.join(absent)}\n")
    if wanted.errors:
        _write_differences(wanted.errors, results)
    if wanted.update:
        return _update(places, floors, (*results, *casts, *stands), allow_regression=wanted.allow_regression)
    return _hold(floors, (*results, *casts, *stands))


def measured(gold: GoldSet) -> Result:
    """One set through the system, twice: end to end, and with the annotated quotations given. Raises CommandError."""
    compared = _compared(gold, extracted(gold.articles))
    tallies = [tally(each) for each in compared.values()]
    spoken = _compared(gold, resolved(gold.articles))
    given = [tally(each) for each in spoken.values()]
    counts = {**total(tallies), GIVEN: total(given)["speaker"]}
    spreads = {measure: spread(tallies, measure) for measure in MEASURES} | {GIVEN: spread(given, "speaker")}
    found, wanted = answers(spoken.values())
    calibration = {
        "quotations": calibration_error(sure_of(compared.values(), speakers=False)),
        "statements": calibration_error(sure_of(compared.values(), speakers=True)),
        "speakers given": calibration_error(found),
    }
    return Result(gold, counts, spreads, compared, coverage(found, wanted), calibration)


def _of_sample(part: Circumstances | Reused | Uttered) -> Result:
    tallies = part.tallies
    counts = {measure: sum((each[measure] for each in tallies), Count()) for measure in tallies[0]}
    counts = {measure: count for measure, count in counts.items() if count.wanted}
    return Result(part.gold, counts, {measure: spread(tallies, measure) for measure in counts}, {})


def table(result: Result, floor: Figures | None) -> str:
    """The figures of a set with their floors, for a terminal."""
    gold = result.gold
    unit, counted = next((unit, name) for name, unit in _UNITS.items() if name in result.counts)
    wanted = result.counts[counted].wanted
    lines = [f"{gold.name}: {len(gold.articles)} articles, {wanted} {unit}, SHA-256 {gold.sha256[:12]}…"]
    lines.append(f"  {'measure':<26}{'P':>7}{'R':>7}{'F1':>9}{'±':>7}{'floor':>8}")
    for measure, count in result.counts.items():
        held = floor.values.get(measure) if floor else None
        lines.append(
            f"  {measure:<26}{count.precision:>7.3f}{count.recall:>7.3f}{count.f1:>9.4f}{result.spreads[measure]:>7.3f}"
            + ("       –" if held is None else f"{held:>8.4f}")
        )
    labels = recalls(result.comparisons.values()).items()
    if labels:
        lines.append(
            "  found: " + ", ".join(f"{label} {count.recall:.2f} of {count.wanted}" for label, count in labels)
        )
    if result.coverage is not None:
        held = floor.values.get(COVERAGE) if floor else None
        shown = "       –" if held is None else f"{held:>8.4f}"
        lines.append(f"  {COVERAGE:<26}{'':>14}{result.coverage:>9.4f}{'':>7}{shown}")
        errors = ", ".join(f"{name} {error:.3f}" for name, error in result.calibration.items())
        lines.append(f"  calibration error: {errors}")
    return "\n".join([*lines, ""])


def _arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m evaluation.gate", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--update", action="store_true", help="make these figures the floors; refuses to lower one")
    parser.add_argument("--allow-regression", action="store_true", help="with --update: lower floors all the same")
    parser.add_argument("--errors", type=Path, metavar="DIR", help="write what differs from the gold, a file a set")
    wanted = parser.parse_args(arguments)
    if wanted.allow_regression and not wanted.update:
        parser.error("--allow-regression goes with --update")
    return wanted


def _compared(gold: GoldSet, answers: Answers) -> dict[str, Comparison]:
    none: Article = {"quotations": []}
    return {each["id"]: compare(each["text"], each, answers.get(each["id"], none)) for each in gold.articles}


Measured = Result | ActorResult | positions.PositionResult


def _name(each: Measured) -> str:
    return each.name if isinstance(each, positions.PositionResult) else each.gold.name


def _hold(floors: Floors, results: Sequence[Result | ActorResult | positions.PositionResult]) -> int:
    reasons = [line for each in results for line in broken(_name(each), floors.get(_name(each)), each.figures)]
    for line in reasons:
        print(f"FAILED  {line}")
    if not reasons:
        count = sum(len(each.figures.values) for each in results)
        print(f"passed: {count} figures of {len(results)} sets hold their floors")
    return 1 if reasons else 0


def _update(
    places: Places,
    floors: Floors,
    results: Sequence[Result | ActorResult | positions.PositionResult],
    *,
    allow_regression: bool,
) -> int:
    updated, refused = dict(floors), []
    for each in results:
        name = _name(each)
        updated[name], lowered = raised(floors.get(name), each.figures, allow_regression=allow_regression)
        refused += [f"{name}: {line}" for line in lowered]
    if refused:
        print("refused, for it would lower floors (--allow-regression does it all the same, and needs a good reason):")
        print("\n".join(f"  {line}" for line in refused))
        return 1
    write_floors(places.baseline, updated)
    print(f"floors written to {places.baseline}")
    if write_figures(places.page, read_floors(places.baseline)):
        print(f"figures written to {places.page}")
    return 0


def _write_differences(folder: Path, results: Sequence[Result]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for result in (each for each in results if each.comparisons):
        texts = {each["id"]: each["text"] for each in result.gold.articles}
        lines = [line for key, each in result.comparisons.items() for line in differences(texts[key], key, each)]
        path = folder / f"{result.gold.name.replace(' ', '-')}.txt"
        path.write_text("\n".join([*lines, ""]), encoding="utf-8")
        print(f"differences: {path}")


if __name__ == "__main__":
    sys.exit(main())
