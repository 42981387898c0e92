"""What a network is made of: every choice that DNA offers, under its name there."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from selon.errors import UsageError


class Mode(StrEnum):
    """What the ties join: rows with rows, or rows with columns."""

    ONE_MODE = "one-mode"
    TWO_MODE = "two-mode"


class Aggregation(StrEnum):
    """What becomes of the qualifier (agreement)."""

    IGNORE = "ignore"
    COMBINE = "combine"
    SUBTRACT = "subtract"
    CONGRUENCE = "congruence"
    CONFLICT = "conflict"


class Normalisation(StrEnum):
    """What a tie's weight is divided by."""

    NO = "no"
    AVERAGE = "average"
    JACCARD = "jaccard"
    COSINE = "cosine"
    ACTIVITY = "activity"
    PROMINENCE = "prominence"


class Duplicates(StrEnum):
    """Within what stretch the same statement counts once."""

    INCLUDE = "include"
    DOCUMENT = "document"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    ACROSS_RANGE = "acrossrange"


_FITTING: dict[Mode, tuple[Collection[StrEnum], Collection[StrEnum]]] = {
    Mode.ONE_MODE: (
        {Aggregation.IGNORE, Aggregation.SUBTRACT, Aggregation.CONGRUENCE, Aggregation.CONFLICT},
        {Normalisation.NO, Normalisation.AVERAGE, Normalisation.JACCARD, Normalisation.COSINE},
    ),
    Mode.TWO_MODE: (
        {Aggregation.IGNORE, Aggregation.SUBTRACT, Aggregation.COMBINE},
        {Normalisation.NO, Normalisation.ACTIVITY, Normalisation.PROMINENCE},
    ),
}


@dataclass(frozen=True, slots=True)
class NetworkOptions:
    """How a network is made; raises UsageError for choices that do not go together.

    ``rows`` and ``columns`` are variables of the coded statements (DNA's variable 1 and 2), ``qualifier`` one too, or
    ``""``. ``exclude`` and ``only`` drop or keep statements by the values of a variable. ``since`` and ``until`` are
    inclusive. ``as_dna`` repeats what DNA 3.1 does where this package thinks it wrong: duplicates in a week or month
    disregard the year, and integer qualifiers are scaled by the levels seen in this network.
    """

    rows: str = "actor"
    columns: str = "proposition"
    qualifier: str = "agreement"
    mode: Mode = Mode.TWO_MODE
    aggregation: Aggregation = Aggregation.IGNORE
    normalisation: Normalisation = Normalisation.NO
    duplicates: Duplicates = Duplicates.INCLUDE
    isolates: bool = False
    exclude: Mapping[str, frozenset[str]] = field(default_factory=dict)
    only: Mapping[str, frozenset[str]] = field(default_factory=dict)
    since: datetime | None = None
    until: datetime | None = None
    as_dna: bool = False

    def __post_init__(self) -> None:
        if self.rows == self.columns:
            raise UsageError(f"rows and columns are both {self.rows!r}", next="name two different variables")
        if not self.qualifier and self.aggregation is not Aggregation.IGNORE:
            raise UsageError(f"{self.aggregation.value} needs a qualifier", next="name one, or aggregate by ignore")
        aggregations, normalisations = _FITTING[self.mode]
        self._check("aggregation", self.aggregation, aggregations)
        self._check("normalisation", self.normalisation, normalisations)

    def _check(self, name: str, value: StrEnum, fitting: Collection[StrEnum]) -> None:
        if value not in fitting:
            known = ", ".join(sorted(each.value for each in fitting))
            raise UsageError(f"a {self.mode.value} network has no {name} {value.value!r}", next=f"use {known}")
