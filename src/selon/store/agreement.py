"""How far coders agree, variable by variable: Krippendorff's alpha and Cohen's kappa for nominal values."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from selon.store.corrections import JUDGED
from selon.store.decisions import standing
from selon.store.positions import CORRECTED
from selon.store.settling import kept

if TYPE_CHECKING:
    from selon.store.ledger import Ledger

Codes = Mapping[str, Mapping[str, Hashable]]
"""What was coded: by unit, then by coder; a coder who did not code a unit is missing there."""
VARIABLES = ("statement", "kind", "form", "speaker", "position")
UNKNOWN_SPEAKER = ""


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far coders agree on one variable; ``value`` is None where it is not defined (too little, or no variation).

    ``coders`` are all for Krippendorff's alpha, two for Cohen's kappa; ``units`` how many at least two of them coded.
    """

    variable: str
    measure: str
    coders: tuple[str, ...]
    units: int
    value: float | None


@dataclass(frozen=True, slots=True)
class Conflict:
    """A unit that coders coded differently: the statement (with the proposition, for a position) and who said what."""

    variable: str
    unit: str
    codes: Mapping[str, Hashable]


def agreements(coded: Mapping[str, Codes]) -> list[Agreement]:
    """Alpha for all coders of each variable, then kappa for each pair of them."""
    made = []
    for variable, codes in coded.items():
        coders = tuple(sorted({coder for values in codes.values() for coder in values}))
        shared = sum(len(values) > 1 for values in codes.values())
        made.append(Agreement(variable, "alpha", coders, shared, krippendorff(codes)))
        for pair in combinations(coders, 2):
            both = [(values[pair[0]], values[pair[1]]) for values in codes.values() if set(pair) <= values.keys()]
            if both:
                made.append(Agreement(variable, "kappa", pair, len(both), cohen(both)))
    return made


def krippendorff(codes: Codes) -> float | None:
    """Krippendorff's alpha for nominal values, any number of coders, values may be missing.

    After Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), section C: from the matrix of coincidences.
    """
    coincidences: Counter[tuple[Hashable, Hashable]] = Counter()
    for values in codes.values():
        if len(values) > 1:
            counts = Counter(values.values())
            for one, many in counts.items():
                for other, more in counts.items():
                    coincidences[one, other] += many * (more - (one == other)) / (len(values) - 1)  # type: ignore[assignment]
    totals: Counter[Hashable] = Counter()
    for (one, _), number in coincidences.items():
        totals[one] += number
    whole = sum(totals.values())
    expected = whole * whole - sum(number * number for number in totals.values())
    if expected <= 0:
        return None
    observed = sum(number for (one, other), number in coincidences.items() if one != other)
    return 1 - (whole - 1) * observed / expected


def cohen(pairs: Iterable[tuple[Hashable, Hashable]]) -> float | None:
    """Cohen's kappa of two coders (Cohen 1960), from what both coded."""
    told = list(pairs)
    if not told:
        return None
    first, second = Counter(one for one, _ in told), Counter(other for _, other in told)
    chance = sum(first[value] * second[value] for value in first) / len(told) ** 2
    if chance == 1:
        return None
    return (sum(one == other for one, other in told) / len(told) - chance) / (1 - chance)


def coded_in(ledger: Ledger) -> dict[str, Codes]:
    """What people coded in a ledger, by variable; of one coder on one unit the latest decision that holds counts.

    Who accepts a statement codes its kind, form and speaker as they were shown; who rejects it says nothing of them.
    """
    shown = {each.key: each.shown for each in kept(ledger.log_database)}
    coded: dict[str, dict[str, dict[str, Hashable]]] = {name: defaultdict(dict) for name in VARIABLES}
    for each in standing(ledger.decisions()):
        unit = shown.get(each.target, each.target)
        if each.kind == CORRECTED:
            stand = each.value["agreement"]
            place = f"{unit} {each.value['proposition']}"
            coded["position"][place][each.made_by] = "none" if stand is None else stand
        elif each.kind == JUDGED:
            is_one = each.value["do"] != "reject"
            coded["statement"][unit][each.made_by] = is_one
            told = {**each.value.get("shown", {}), **each.value["after"]}
            for name in ("kind", "form", "speaker"):
                coded[name][unit].pop(each.made_by, None)
                if is_one and name in told:
                    coded[name][unit][each.made_by] = told[name] or UNKNOWN_SPEAKER
    return {name: {unit: values for unit, values in codes.items() if values} for name, codes in coded.items()}


def conflicts(coded: Mapping[str, Codes]) -> list[Conflict]:
    """The units that were coded differently, by variable and unit."""
    return [
        Conflict(variable, unit, dict(values))
        for variable, codes in coded.items()
        for unit, values in sorted(codes.items())
        if len(set(values.values())) > 1
    ]
