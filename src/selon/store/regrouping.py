"""Actors that people said are one, or no longer said so, since the actors were last worked out: shown at once.

What a decision means for the tables is settled when the links are made anew, seconds or, in a big ledger, minutes
later. Until then the linked actors that it touches (``regrouped``) give way to rows of our own: ``regrouped_actors``
and ``regrouped_statements``; ``heirs`` tells whose a linked actor is now.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from selon.store.decisions import Decision, standing
from selon.store.queries import fetch
from selon.store.rows import Row
from selon.store.tables import ACTOR_STATEMENTS, ACTORS, EVIDENCE, UTTERANCES

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

UNITED = "actors"
"""The kind of decisions that say that two actors are one, or a part of one somebody else."""
TABLES = (
    "CREATE TABLE regrouped (actor VARCHAR)",
    f"CREATE TABLE heirs (part VARCHAR, whole VARCHAR, why {EVIDENCE})",
    "CREATE TABLE given_back (statement VARCHAR, actor VARCHAR)",
    f"CREATE TABLE regrouped_actors AS {ACTORS.no_rows}",
    f"CREATE TABLE regrouped_statements AS {ACTOR_STATEMENTS.no_rows}",
    f"CREATE TABLE regrouped_utterances AS {UTTERANCES.no_rows}",
)
"""The tables that it fills, made once."""
_VIEWS = {
    "actors": """
        SELECT a.* FROM linked_actors AS a WHERE NOT EXISTS (FROM regrouped AS r WHERE r.actor = a.id)
        UNION ALL BY NAME SELECT * FROM regrouped_actors""",
    "bound_statements": """
        SELECT b.* FROM linked_actor_statements AS b WHERE NOT EXISTS (FROM regrouped AS r WHERE r.actor = b.actor)
        UNION ALL BY NAME SELECT * FROM regrouped_statements""",
    "utterances": """
        SELECT u.* FROM linked_utterances AS u WHERE NOT EXISTS (FROM regrouped AS r WHERE r.actor = u.actor)
        UNION ALL BY NAME SELECT * FROM regrouped_utterances""",
}
_LINKED_AS = {
    "actors": "FROM linked_actors",
    "bound_statements": "FROM linked_actor_statements",
    "utterances": "FROM linked_utterances",
}
"""The same where nobody decided anything: so that one row is found by the index of its table."""
_TABLES = ("regrouped", "heirs", "given_back", "regrouped_actors", "regrouped_statements", "regrouped_utterances")
_BOUND = """
    SELECT statement, actor, [e.by FOR e IN evidence] AS why FROM linked_actor_statements
    WHERE statement IN (SELECT unnest($keys))"""
_OF = "SELECT statement FROM linked_actor_statements WHERE actor IN (SELECT unnest($keys))"
_STATEMENTS = """
    INSERT INTO regrouped_statements
    SELECT b.statement, h.whole, coalesce(h.why, b.evidence)
    FROM (SELECT * FROM linked_actor_statements WHERE actor IN (SELECT actor FROM regrouped)) AS b
        LEFT JOIN given_back AS g ON g.statement = b.statement JOIN heirs AS h ON h.part = coalesce(g.actor, b.actor)"""
_LINKED = "SELECT * FROM linked_actors WHERE id IN (SELECT unnest($keys))"
_SAID = """
    WITH said AS MATERIALIZED (
            SELECT id, speaker, speaker_role, article FROM machine_statements
            WHERE id IN (SELECT statement FROM regrouped_statements)),
        pages AS MATERIALIZED (
            SELECT id, published_first, published_last FROM articles WHERE id IN (SELECT article FROM said))
    SELECT r.actor, count(*)::INTEGER AS statements, count(DISTINCT s.article)::INTEGER AS articles,
        min(p.published_first) AS first_seen, max(p.published_last) AS last_seen,
        [folded(name) FOR name IN list(DISTINCT s.speaker)] AS called,
        [lower(name) FOR name IN list(DISTINCT s.speaker_role)] AS roles
    FROM regrouped_statements AS r JOIN said AS s ON s.id = r.statement LEFT JOIN pages AS p ON p.id = s.article
    GROUP BY r.actor"""
_UTTERANCES = """
    INSERT INTO regrouped_utterances
    SELECT u.* REPLACE (coalesce(r.actor, h.whole, u.actor) AS actor)
    FROM (SELECT * FROM linked_utterances WHERE actor IN (SELECT actor FROM regrouped)) AS u
        LEFT JOIN regrouped_statements AS r ON r.statement = u.first_statement
        LEFT JOIN heirs AS h ON h.part = u.actor"""
_FEW = 200
"""So many statements of an anchor say whom it means."""


def regroup(connection: DuckDBPyConnection, log: Iterable[Decision]) -> None:
    """Let ``actors``, ``actor_statements``, ``utterances`` show what was decided of actors; part of a transaction."""
    for name in _TABLES:
        connection.execute(f"DELETE FROM {name}")
    groups = _Groups.of(connection, list(log))
    show(connection, regrouped=bool(groups.touched))
    if not groups.touched:
        return
    keys = {"keys": sorted(groups.touched)}
    connection.execute("INSERT INTO regrouped SELECT unnest($keys)", keys)
    why = {key: [groups.why[key]] if key in groups.why else None for key in {*groups.touched, *groups.parts}}
    heirs = [{"part": key, "whole": groups.whole(key), "why": told} for key, told in sorted(why.items())]
    moved = [{"statement": key, "actor": actor} for key, actor in groups.moved.items()]
    _insert(connection, "heirs", f"STRUCT(part VARCHAR, whole VARCHAR, why {EVIDENCE})[]", heirs)
    _insert(connection, "given_back", "STRUCT(statement VARCHAR, actor VARCHAR)[]", moved)
    connection.execute(_STATEMENTS)
    linked = {row["id"]: row for row in fetch(connection, _LINKED, keys)}
    made = [_actor(groups, linked, said) for said in fetch(connection, _SAID)]
    _insert(connection, "regrouped_actors", f"{ACTORS.row_type}[]", made)
    connection.execute(_UTTERANCES)


def show(connection: DuckDBPyConnection, *, regrouped: bool) -> None:
    """Let the views be the linked tables, or these with what was regrouped."""
    for name, query in (_VIEWS if regrouped else _LINKED_AS).items():
        connection.execute(f"CREATE OR REPLACE VIEW {name} AS {query}")


def touched_by(connection: DuckDBPyConnection, log: Iterable[Decision], since: int) -> list[str]:
    """The ids of statements whose actor may be another one since the decision with this number."""
    told = list(log)
    new = [each for each in told if each.id > since]
    undone = {each.value["undo"] for each in new if "undo" in each.value}
    pairs = [each for each in told if each.id in undone or (each in new and "undo" not in each.value)]
    keys = [key for each in pairs for side in ("one", "other") for key in each.value[side].get("statements", ())]
    bound = {row["actor"] for row in fetch(connection, _BOUND, {"keys": keys})} if keys else set()
    bound |= {key for (key,) in connection.execute("SELECT actor FROM regrouped").fetchall()}
    return [row["statement"] for row in fetch(connection, _OF, {"keys": sorted(bound)})] if bound else []


@dataclass(slots=True)
class _Groups:
    """Which linked actors are one now, and which statements are no longer of theirs.

    ``home`` leads from an actor to another it is one with, ``moved`` from a statement to the actor it is given back to,
    ``names`` tells the name of those, ``parts`` of which linked actor they were; ``why`` the decision that joined one.
    """

    home: dict[str, str] = field(default_factory=dict)
    moved: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    parts: dict[str, str] = field(default_factory=dict)
    why: dict[str, dict[str, Any]] = field(default_factory=dict)
    touched: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, connection: DuckDBPyConnection, log: Sequence[Decision]) -> _Groups:
        """What the decisions come to, over the linked tables as they are."""
        groups = cls()
        held = standing(log)
        kept = {each.id for each in held}
        same = [each for each in held if each.value["are"] == "same"]
        taken = [each for each in log if each.value.get("are") == "same" and each.id not in kept]
        anchors = [each.value[side] for each in same for side in ("one", "other")]
        keys = {key for anchor in anchors for key in anchor.get("statements", ())[:_FEW]}
        keys |= {key for each in taken for side in ("one", "other") for key in each.value[side].get("statements", ())}
        bound = {row["statement"]: row for row in fetch(connection, _BOUND, {"keys": sorted(keys)})} if keys else {}
        for each in taken:
            groups._give_back(each, bound)
        ranks = _ranks(connection, {row["actor"] for row in bound.values()})
        for each in same:
            if not _overruled(each, held):
                groups._join(each, bound, ranks)
        return groups

    def whole(self, key: str) -> str:
        """The actor that this one is now."""
        while key in self.home:
            key = self.home[key]
        return key

    def _give_back(self, undone: Decision, bound: Mapping[str, Row]) -> None:
        """Part two actors whom this decision had made one, where the linked tables still have them as one."""
        told = f"decision {undone.id}"
        sides = [undone.value[side] for side in ("one", "other")]
        rows = [[bound[key] for key in side.get("statements", ()) if key in bound] for side in sides]
        found = {row["actor"] for side in rows for row in side if told in row["why"]}
        if len(found) != 1 or not all(side.get("id") for side in sides):
            return
        (actor,) = found
        leaving = 0 if sides[1]["id"] == actor else 1
        keys = [row["statement"] for row in rows[leaving] if row["actor"] == actor]
        if keys and any(row["actor"] == actor for row in rows[1 - leaving]):
            part = sides[leaving]["id"]
            self.moved |= dict.fromkeys(keys, part)
            self.names[part], self.parts[part] = sides[leaving]["name"], actor
            self.touched.add(actor)

    def _join(self, decision: Decision, bound: Mapping[str, Row], ranks: Mapping[str, tuple[int, str]]) -> None:
        anchors = [decision.value[side].get("statements", ())[:_FEW] for side in ("one", "other")]
        keys = [key for anchor in anchors for key in anchor if key in bound]
        actors = {self.whole(self.moved.get(key) or str(bound[key]["actor"])) for key in keys}
        if len(actors) < 2:
            return
        first = min(actors, key=lambda key: (*ranks.get(key, (0, "")), key))
        saw = f"{decision.value['other']['name']} = {decision.value['one']['name']}"
        for key in actors - {first}:
            self.home[key] = first
            self.why[key] = {"by": f"decision {decision.id}", "saw": saw, "score": 1.0}
        self.touched |= {self.parts.get(key, key) for key in actors}


def _ranks(connection: DuckDBPyConnection, actors: Iterable[str]) -> dict[str, tuple[int, str]]:
    """Whose name the whole bears: of whom most articles give it, of equals the first in the alphabet; as links do."""
    query = """
        SELECT id, -coalesce(list_max([n.articles FOR n IN names IF n.wording = name]), articles), folded(name)
        FROM linked_actors WHERE id IN (SELECT unnest($keys))"""
    return {key: (number, name) for key, number, name in connection.execute(query, {"keys": sorted(actors)}).fetchall()}


def _overruled(same: Decision, held: Sequence[Decision]) -> bool:
    """Whether a later decision says that these two are different."""
    pair = {same.value[side]["name"] for side in ("one", "other")}
    return any(
        each.id > same.id
        and each.value["are"] == "different"
        and {each.value[s]["name"] for s in ("one", "other")} == pair
        for each in held
    )


def _actor(groups: _Groups, linked: Mapping[str, Row], said: Row) -> Row:
    """The row of an actor, of the rows of those that it is now, as far as its statements bear them out."""
    key: str = said["actor"]
    own: list[str] = [each for each in {*linked, *groups.parts} if groups.whole(each) == key]
    rows = [linked[groups.parts.get(each, each)] for each in sorted(own, key=lambda each: (each != key, each))]
    base = rows[0]
    narrowed = any(each in groups.parts or each in groups.parts.values() for each in own)
    names = _summed([each for row in rows for each in row["names"]], "key")
    roles = _summed([each for row in rows for each in row["roles"]], "name")
    if narrowed:
        names = [each for each in names if f" {each['key']} " in said["called"]] or names[:1]
        roles = [each for each in roles if each["name"].lower() in said["roles"]]
    evidence = [groups.why[each] for each in own if each in groups.why]
    return {
        **base,
        "id": key,
        "name": groups.names.get(key, base["name"]),
        **{name: said[name] for name in ("statements", "articles", "first_seen", "last_seen")},
        "names": names,
        "roles": roles,
        "evidence": [*evidence, *(each for row in rows for each in row["evidence"])],
    }


def _summed(told: Iterable[Mapping[str, Any]], by: str) -> list[dict[str, Any]]:
    """Names or roles, those that are the same as one, with their articles added up."""
    found: dict[str, dict[str, Any]] = {}
    for each in told:
        if each[by] in found:
            found[each[by]]["articles"] += each["articles"]
        else:
            found[each[by]] = dict(each)
    return list(found.values())


def _insert(connection: DuckDBPyConnection, table: str, kind: str, rows: Sequence[Row]) -> None:
    given = json.dumps(rows, ensure_ascii=False, default=str)
    query = f"INSERT INTO {table} BY NAME SELECT unnest(row) FROM (SELECT unnest(CAST($given::JSON AS {kind})) AS row)"
    connection.execute(query, {"given": given})
