"""The statements of a ledger as other tools get them: under their actors' names, with where they stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from selon.exports.dna.project import Line, Lines, lines_of
from selon.records import ActorKind, Analysis, Speaker, Statement
from selon.store import tables

if TYPE_CHECKING:
    from selon.store.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Bound:
    """Who a statement's speaker is across articles: the actor's name and kind, and the organization behind it."""

    name: str
    kind: ActorKind
    organization: str


@dataclass(frozen=True, slots=True)
class Spoken:
    """What a ledger has worked out across articles, by the id of a statement.

    ``stands`` holds pairs of a proposition's text and an agreement: 1 for, −1 against, 0 open.
    """

    actors: Mapping[str, Bound] = field(default_factory=dict)
    stands: Mapping[str, Sequence[tuple[str, int]]] = field(default_factory=dict)

    def named(self, analyses: Iterator[Analysis]) -> Iterator[Analysis]:
        """The analyses with each speaker under the actor's name; role and wordings stay those of the article."""
        for analysis in analyses:
            yield replace(analysis, statements=tuple(map(self._named, analysis.statements)))

    @property
    def lines(self) -> Lines:
        """What a statement is in DNA: a line for each proposition that it is about, one without a concept else."""

        def lines(statement: Statement) -> Sequence[Line]:
            (line,) = lines_of(statement)
            bound = self.actors.get(statement.id)
            if bound is not None and bound.organization and not line.organization:
                line = replace(line, organization=bound.organization)
            found = self.stands.get(statement.id, ())
            return [replace(line, concept=text, agreement=agreement) for text, agreement in found] or [line]

        return lines

    def _named(self, statement: Statement) -> Statement:
        bound = self.actors.get(statement.id)
        if bound is None:
            return statement
        who = statement.who or Speaker(bound.name, bound.kind)
        return replace(statement, who=replace(who, name=bound.name, kind=bound.kind))


def spoken(ledger: Ledger) -> Spoken:
    """What the ledger's tables of actors and positions say; nothing where they are not there or empty."""
    return Spoken(_actors(ledger), _stands(ledger))


def _actors(ledger: Ledger) -> dict[str, Bound]:
    rows = _asked(
        ledger,
        ("actors", "actor_statements"),
        "SELECT b.statement, a.name, a.kind, a.organisation FROM actor_statements b JOIN actors a ON a.id = b.actor",
    )
    return {key: Bound(name, ActorKind(kind), organization or "") for key, name, kind, organization in rows}


def _stands(ledger: Ledger) -> dict[str, list[tuple[str, int]]]:
    rows = _asked(
        ledger,
        ("positions", "propositions"),
        "SELECT o.statement, coalesce(p.text, o.proposition), o.agreement FROM positions AS o "
        "JOIN propositions AS p ON p.proposition = o.proposition "
        "WHERE o.confidence >= 0.5 AND NOT p.suggested ORDER BY ALL",
    )
    found: dict[str, list[tuple[str, int]]] = {}
    for statement, text, agreement in rows:
        found.setdefault(statement, []).append((text, agreement))
    return found


def _asked(ledger: Ledger, names: Sequence[str], query: str) -> list[tuple[Any, ...]]:
    there = {table.name for table in tables.LINKED}
    return ledger.sql(query).fetchall() if there.issuperset(names) else []
