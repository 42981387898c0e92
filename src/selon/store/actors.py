"""Actors in a ledger: their rows, and finding one by any of its names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from selon.errors import NoSuchRecord, UsageError
from selon.matching.actors.register import bare as bare_name
from selon.records import Actor, ActorKind, Alias, Evidence, Role
from selon.store.regrouping import UNITED
from selon.store.rows import Row

if TYPE_CHECKING:
    from selon.store.decisions import Decision
    from selon.store.ledger import Ledger

DECIDED = UNITED
"""The kind of decisions that say that two actors are one, or a part of one somebody else."""
REGISTER = "register of actors"
"""The kind of decisions that hold the user's register; the latest counts."""
_SHOWN = 8
_ANCHORED = 5000


def actors_in(ledger: Ledger, name: str = "", kind: str = "") -> list[Actor]:
    """The actors that fit, most statements first: ``name`` are words of a name, or any alias whole."""
    query = (
        "SELECT * FROM actors WHERE ($kind = '' OR kind = $kind) AND ($name = '' OR "
        "contains(folded(name), folded($name)) OR list_contains([n.key FOR n IN names], $alias)) "
        "ORDER BY statements DESC, name, id"
    )
    relation = ledger.sql(query, {"name": name, "alias": bare_name(name), "kind": kind})
    columns = relation.columns
    return [actor_from(dict(zip(columns, row, strict=True))) for row in relation.fetchall()]


def one_actor(ledger: Ledger, name: str) -> Actor:
    """The one actor of that id (or its beginning) or name. Raises NoSuchRecord, which lists them where several have it.

    Who bears the very name comes before who is also called so, and both before those whose name has these words.
    """
    by_id = [each for each in actors_in(ledger) if each.id.startswith(name)] if _like_an_id(name) else []
    found = actors_in(ledger, name) if not by_id else []
    very = [each for each in found if bare_name(each.name) == bare_name(name)]
    called = [each for each in found if any(alias.key == bare_name(name) for alias in each.names)]
    for group in (by_id, very, called, found):
        if len(group) == 1:
            return group[0]
        if group:
            raise NoSuchRecord(
                f"{len(group)} actors go by {name!r}", where=_listed(group), next="give the id of the one you mean"
            )
    raise NoSuchRecord(
        f"no actor {name!r}", where=str(ledger.folder), next=f"list them with: selon actors {ledger.folder}"
    )


def statements_of(ledger: Ledger, key: str) -> list[Row]:
    """The statements of an actor, oldest first, with article, outlet, days, and why they are the actor's."""
    relation = ledger.sql(
        "SELECT s.id, s.speaker, s.speaker_role, s.source, s.cue, s.content, s.kind, s.article, a.outlet, a.place, "
        "coalesce(s.said_on_first, a.published_first) AS day, s.said_on_first, s.said_on_precision, "
        "a.published_first AS published, a.published_precision, b.evidence "
        "FROM actor_statements AS b JOIN statements AS s ON s.id = b.statement JOIN articles AS a ON a.id = s.article "
        "WHERE b.actor = $key ORDER BY day NULLS LAST, a.place, s.position",
        {"key": key},
    )
    columns = relation.columns
    return [dict(zip(columns, row, strict=True)) for row in relation.fetchall()]


def decide_same(ledger: Ledger, pair: tuple[str, str], *, by: str, at: datetime, note: str = "") -> Decision:
    """Log that two actors, given by name or id, are one. Raises NoSuchRecord, and UsageError where they are already."""
    one, other = (one_actor(ledger, name) for name in pair)
    if one.id == other.id:
        raise UsageError(f"both are {one.name}", where=str(ledger.folder), next="give two actors")
    value = {"are": "same", "one": _anchor(ledger, one), "other": _anchor(ledger, other)}
    return ledger.decide(DECIDED, _pair(one.name, other.name), value, by=by, at=at, note=note)


def decide_different(
    ledger: Ledger, name: str, parts: Sequence[str], *, by: str, at: datetime, note: str = ""
) -> list[Decision]:
    """Log that parts of an actor are somebody else: wordings of it, or statements by the beginning of their ids.

    Raises NoSuchRecord for what is no part of that actor, before anything is logged.
    """
    whole = one_actor(ledger, name)
    said = statements_of(ledger, whole.id)
    others = [_part(whole, said, part) for part in parts]
    made = []
    for other in others:
        value = {"are": "different", "one": {"name": whole.name}, "other": other}
        made.append(ledger.decide(DECIDED, _pair(whole.name, other["name"]), value, by=by, at=at, note=note))
    return made


def decisions_on(ledger: Ledger, found: Actor) -> list[tuple[int, str]]:
    """The decisions that hold and name this actor, as number and words, oldest first."""
    log = [each for each in ledger.decisions() if each.kind == DECIDED]
    undone = {each.value["undo"] for each in log if "undo" in each.value}
    keys = {alias.key for alias in found.names} | {bare_name(found.name)}
    return [
        (each.id, f"{each.target} are {each.value['are']} (by {each.made_by}, {each.made_at:%Y-%m-%d})")
        for each in log
        if "undo" not in each.value and each.id not in undone
        if {bare_name(each.value[side]["name"]) for side in ("one", "other")} & keys
    ]


def _anchor(ledger: Ledger, found: Actor) -> dict[str, Any]:
    """What a later run knows an actor by: its statements, the speaker's name and the articles they stand in."""
    query = """
        SELECT id, article FROM statements WHERE id IN (SELECT statement FROM actor_statements WHERE actor = $key)
        ORDER BY id LIMIT $most"""
    rows = ledger.sql(query, {"key": found.id, "most": _ANCHORED}).fetchall()
    articles = sorted({article for _, article in rows})
    return {"id": found.id, "name": found.name, "statements": [key for key, _ in rows], "articles": articles}


def _part(whole: Actor, said: Sequence[Row], part: str) -> dict[str, Any]:
    by_id = [row for row in said if len(part) > 3 and row["id"].startswith(part)]
    if len(by_id) == 1:
        row = by_id[0]
        return {"name": row["speaker"], "statements": [row["id"]], "articles": [row["article"]]}
    names = {bare_name(row["speaker"]): row["speaker"] for row in said}
    if bare_name(part) not in names:
        known = ", ".join(sorted(names.values()))
        raise NoSuchRecord(
            f"{part!r} is no part of {whole.name}", where=known, next="give one of these, or a statement's id"
        )
    if len(names) == 1:
        next_step = f"give the statements that are somebody else's: selon actor LEDGER {whole.name!r} lists them"
        raise UsageError(f"{whole.name} has no other name", next=next_step)
    return {"name": names[bare_name(part)]}


def _pair(one: str, other: str) -> str:
    return " ~ ".join(sorted((one, other)))


def actor_row(made: Actor) -> Row:
    """The row of ``actors`` for an actor."""
    return {
        "id": made.id,
        "name": made.name,
        "kind": made.kind.value,
        "organisation": made.organisation,
        "wikidata": made.wikidata,
        "statements": made.statements,
        "articles": made.articles,
        "first_seen": _iso(made.first),
        "last_seen": _iso(made.last),
        "names": [asdict(each) for each in made.names],
        "roles": [
            {"name": each.name, "articles": each.articles, "first_seen": _iso(each.first), "last_seen": _iso(each.last)}
            for each in made.roles
        ],
        "evidence": [asdict(each) for each in made.evidence],
    }


def actor_from(row: Mapping[str, Any]) -> Actor:
    """The actor in a row of ``actors``."""
    return Actor(
        id=row["id"],
        name=row["name"],
        kind=ActorKind(row["kind"]),
        names=tuple(Alias(each["wording"], each["articles"], each["key"]) for each in row["names"]),
        roles=tuple(Role(r["name"], r["articles"], r["first_seen"], r["last_seen"]) for r in row["roles"]),
        organisation=row["organisation"],
        wikidata=row["wikidata"],
        statements=row["statements"],
        articles=row["articles"],
        first=row["first_seen"],
        last=row["last_seen"],
        evidence=tuple(Evidence(each["by"], each["saw"], each["score"]) for each in row["evidence"]),
    )


def _like_an_id(name: str) -> bool:
    return len(name) >= 5 and name[0] == "a" and all(mark in "0123456789abcdef" for mark in name[1:])


def _listed(group: list[Actor]) -> str:
    told = [
        f"{each.id[:9]} {each.name}{f', {each.roles[-1].name}' if each.roles else ''} ({each.statements})"
        for each in group[:_SHOWN]
    ]
    return "; ".join([*told, *(["…"] if len(group) > _SHOWN else [])])


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None
