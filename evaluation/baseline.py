"""Floors: the figures that must not fall, with the hash of the data they were reached on, in ``baseline.json``."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

TOLERANCE = 0.0005
"""How far a figure may lie under its floor: one unit of the third decimal that we publish, rounded. A single quotation
of a set moves its figures by 0.001 or more, so this forgives the arithmetic of another machine and nothing else."""

_SHA256 = re.compile(r"[0-9a-f]{64}")


class BaselineError(Exception):
    """The file of floors is missing or is not one; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of one set, 0 to 1, by measure, and the data that they were reached on."""

    sha256: str
    articles: int
    values: Mapping[str, float]


Floors = dict[str, Figures]
"""Figures by the name of the set."""


def read_floors(path: Path) -> Floors:
    """The floors in a file. Raises BaselineError when they are damaged or no figure could fall below them."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return {name: _figures(name, entry) for name, entry in content["sets"].items()}
    except FileNotFoundError:
        raise BaselineError(f"no floors at {path}: restore it from git, or set them with --update") from None
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise BaselineError(f"the floors in {path} are damaged ({error}): restore the file from git") from error


def write_floors(path: Path, floors: Floors) -> None:
    """Floors into a file, in their order, four decimals."""
    sets = {
        name: {
            "sha256": each.sha256,
            "articles": each.articles,
            "floors": {measure: round(value, 4) for measure, value in each.values.items()},
        }
        for name, each in floors.items()
    }
    about = "Floors of `make gate`. Raised with `python -m evaluation.gate --update`; never edited by hand."
    path.write_text(json.dumps({"about": about, "sets": sets}, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def broken(name: str, floor: Figures | None, now: Figures) -> list[str]:
    """Why a set does not pass, a line each; empty when it does."""
    if floor is None:
        return [f"{name}: no floors yet: set them with --update"]
    reasons = []
    if floor.sha256 != now.sha256:
        reasons.append(
            f"{name}: the data is not what the floors were reached on "
            f"(SHA-256 {now.sha256[:12]}… now, {floor.sha256[:12]}… then): look at the figures, then --update"
        )
    for measure, old in floor.values.items():
        value = now.values.get(measure)
        if value is None:
            reasons.append(f"{name}: {measure} is no longer measured")
        elif value < old - TOLERANCE:
            reasons.append(f"{name}: {measure} {value:.4f} is below its floor {old:.4f}")
    new = sorted(set(now.values) - set(floor.values))
    reasons += [f"{name}: {measure} has no floor: set it with --update" for measure in new]
    return reasons


def raised(floor: Figures | None, now: Figures, *, allow_regression: bool) -> tuple[Figures, list[str]]:
    """The new floors of a set, and the measures that stand in the way (``measure old -> new``).

    A figure within the tolerance keeps its old floor, so that floors do not sink by small steps. With
    ``allow_regression`` nothing stands in the way: the floors are the figures of now.
    """
    if floor is None or allow_regression:
        return now, []
    lowered = [
        f"{measure} {old:.4f} -> {now.values.get(measure, 0.0):.4f}"
        for measure, old in floor.values.items()
        if now.values.get(measure, 0.0) < old - TOLERANCE
    ]
    values = {measure: max(value, floor.values.get(measure, 0.0)) for measure, value in now.values.items()}
    return Figures(now.sha256, now.articles, values), lowered


def _figures(name: str, entry: Mapping[str, Any]) -> Figures:
    values = entry["floors"]
    for measure, value in values.items():
        # NaN would let every figure pass.
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
            raise ValueError(f"{name}, {measure}: {value!r} is no floor between 0 and 1")
    if not values:
        raise ValueError(f"{name} has no floors")
    if not _SHA256.fullmatch(entry["sha256"]):
        raise ValueError(f"{name}: {entry['sha256']!r} is no SHA-256")
    return Figures(entry["sha256"], int(entry["articles"]), dict(values))
