"""Bringing up to date what is worked out across articles: each link's tables, when what they were made from changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from selon.discourse.codings import KINDS, coded, coding_rows
from selon.engines.actors import actor_rows
from selon.engines.piles import COPYING, copy_rows
from selon.engines.positions import POSITIONING, position_rows
from selon.engines.recipe import code_hash
from selon.engines.uttering import UTTERING, utterance_rows
from selon.store import Ledger
from selon.store.actors import DECIDED, REGISTER
from selon.store.corrections import changes
from selon.store.links import file_digest, stamps_of, write_linked
from selon.store.positions import CODEBOOK, CORRECTED
from selon.store.rows import Row
from selon.store.settling import kept
from selon.store.tables import (
    ACTOR_STATEMENTS,
    ACTORS,
    CODINGS,
    CONTRADICTIONS,
    COPIES,
    POSITIONS,
    PROPOSITIONS,
    UTTERANCES,
    WITNESSES,
    Table,
)


@dataclass(frozen=True, slots=True)
class Link:
    """A group of tables made together from others.

    ``needs`` are the names of the tables of the run (``statements``, with what people corrected in them) and of links
    before it (``actors``) that it reads; ``kinds`` those of the decisions; ``code`` the modules and packages of selon
    that decide what comes out (a change of them makes the link anew). ``build`` gives the rows of each table by its
    name; it may ask the ledger anything, and writes nothing.
    """

    name: str
    tables: tuple[Table, ...]
    needs: tuple[str, ...]
    kinds: tuple[str, ...]
    code: tuple[str, ...]
    build: Callable[[Ledger], Mapping[str, Iterable[Row]]]


def _codings(ledger: Ledger) -> Mapping[str, Iterable[Row]]:
    return {CODINGS.name: coding_rows(coded(ledger.decisions()))}


LINKS: tuple[Link, ...] = (
    Link("codings", (CODINGS,), needs=(), kinds=KINDS, code=("discourse/codings.py",), build=_codings),
    Link("copies", (COPIES,), needs=("articles", "passages"), kinds=(), code=COPYING, build=copy_rows),
    Link(
        "actors",
        (ACTORS, ACTOR_STATEMENTS),
        ("statements", "articles"),
        (DECIDED, REGISTER),
        ("matching/actors", "languages/fr/offices.tsv", "languages/en/offices.tsv", "models/embedding", "records.py"),
        actor_rows,
    ),
    Link("utterances", (UTTERANCES, WITNESSES), ("statements", "articles", "actors"), (), UTTERING, utterance_rows),
    Link(
        "positions",
        (PROPOSITIONS, POSITIONS, CONTRADICTIONS),
        needs=("articles", "passages", "statements", "actors", "utterances"),
        kinds=(CODEBOOK, CORRECTED),
        code=POSITIONING,
        build=position_rows,
    ),
)
"""In the order in which they are made: a link comes after those it needs."""


def link(ledger: Ledger, links: Sequence[Link] = LINKS) -> tuple[str, ...]:
    """Bring every link up to date; returns the names of those that were made anew, mostly none.

    Raises LedgerBusy while a run goes on, and LedgerError where the folder cannot be written.
    """
    if not _stale(ledger, links):
        return ()
    with ledger.writing():
        return link_held(ledger, links)


def link_held(ledger: Ledger, links: Sequence[Link] = LINKS) -> tuple[str, ...]:
    """The same, for who holds the ledger for writing already."""
    stale = _stale(ledger, links)
    for each, stamp in stale:
        rows = each.build(ledger)
        write_linked(ledger.folder, [(table, rows[table.name]) for table in each.tables], stamp)
        ledger.look_again()
    return tuple(each.name for each, _ in stale)


def _stale(ledger: Ledger, links: Sequence[Link]) -> list[tuple[Link, str]]:
    """The links that are out of date, each with the stamp it will bear."""
    wanted = _stamps(ledger, links) if links else {}
    have = stamps_of(ledger.folder, [table for each in links for table in each.tables])
    return [
        (each, wanted[each.name])
        for each in links
        if any(have.get(table.name) != wanted[each.name] for table in each.tables)
    ]


def _stamps(ledger: Ledger, links: Sequence[Link]) -> dict[str, str]:
    """What each link would be stamped with if it were made now: a hash of all that it is made from."""
    tables: dict[str, str] = {}
    stamps: dict[str, str] = {}
    decisions = ledger.decisions()
    corrected = changes(kept(ledger.log_database))
    for each in links:
        parts: list[object] = [code_hash(*each.code), *(table.columns for table in each.tables)]
        for name in each.needs:
            if name not in stamps and name not in tables:
                tables[name] = file_digest(ledger.file_of(name))
            parts.append(stamps.get(name) or tables[name])
        if "statements" in each.needs:
            parts.append(corrected)
        parts += [(one.id, one.kind, one.target, one.value) for one in decisions if one.kind in each.kinds]
        told = json.dumps(parts, ensure_ascii=False, sort_keys=True, default=dict)
        stamps[each.name] = hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return stamps
