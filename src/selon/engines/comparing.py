"""The wordings of one utterance, each held against the one seen first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from selon.engines.uttering import reported_in
from selon.store.rows import Row
from selon.store.utterances import said_again, witnesses_of

if TYPE_CHECKING:
    from selon.matching.utterances.differences import Difference
    from selon.store import Ledger


@dataclass(frozen=True, slots=True)
class Comparison:
    """An utterance's witnesses, first seen first, how each differs from the first, and where the same was said again.

    ``differences`` has one for each of ``witnesses``, that of the first with itself included.
    """

    witnesses: Sequence[Mapping[str, Any]]
    differences: Sequence[Difference]
    again: Sequence[Mapping[str, Any]]

    def rows(self) -> Iterator[Row]:
        """The witnesses with their differences as text; see ``WITNESS_COLUMNS``."""
        first = self.witnesses[0]["content"]
        for row, told in zip(self.witnesses, self.differences, strict=True):
            yield {
                **row,
                "dropped": " · ".join(first[a:b] for a, b in told.dropped),
                "added": " · ".join(row["content"][a:b] for a, b in told.added),
                "changed": " · ".join(f"{first[a:b]} > {row['content'][c:d]}" for (a, b), (c, d) in told.changed),
                "marks": told.marks,
                "attribution": told.attribution,
                "numbers": told.numbers,
                "denial": told.denial,
            }


def compared(ledger: Ledger, utterance: str, most: int | None = None) -> Comparison:
    """The wordings of an utterance side by side, at most so many of them, always with the first.

    ``utterance`` is its id, or that of one of its statements, or the beginning of it. Raises NoSuchRecord.
    """
    from selon.pipeline import wording_difference  # late, as in ``actor_rows``

    rows = witnesses_of(ledger, utterance)[:most]
    of = {each.id: each for each in reported_in(ledger, [row["statement"] for row in rows])}
    first = of[rows[0]["statement"]]
    differences = [wording_difference(first, of[row["statement"]]) for row in rows]
    return Comparison(rows, differences, said_again(ledger, rows[0]["utterance"]))
