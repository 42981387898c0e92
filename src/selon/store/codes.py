"""The coded statements of a ledger as columns: hand codings, positions, or, without either, who is quoted where."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import numpy as np

from selon.discourse.codings import DOCUMENT_LEVEL, coded_columns
from selon.errors import UsageError
from selon.store.tables import LINKED

if TYPE_CHECKING:
    from selon.store.ledger import Ledger


class Basis(StrEnum):
    """What of a ledger is counted."""

    CODINGS = "codings"
    POSITIONS = "positions"
    QUOTED = "quoted"


@dataclass(frozen=True, slots=True)
class CodedColumns:
    """Columns for ``discourse.networks.coded``, which of them belong to the document, and what they stand on.

    ``texts`` are the statements' words; ``left_out`` says how many statements were not taken, by the reason, and
    ``open`` whose positions they are, where ids were asked for.
    """

    columns: dict[str, Any]
    document_level: tuple[str, ...]
    basis: Basis
    texts: list[str]
    left_out: dict[str, int] = field(default_factory=dict)
    open: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(next(iter(self.columns.values()), self.texts))


def ledger_codes(
    ledger: Ledger, basis: Basis | None = None, wanted: Collection[str] = (), keys: Sequence[str] | None = None
) -> CodedColumns:
    """What the ledger has coded: hand codings where there are any, else positions, else who is quoted in which article.

    Agreement is a yes or no; positions that leave it open are left out. ``wanted`` names the columns of positions or of
    who is quoted that are needed, where not all are: then without the words. ``keys`` asks for statements with these
    ids only, of a ``basis`` that is not hand codings; there may be none. Raises UsageError when ``basis`` asks for what
    the ledger does not hold.
    """
    for each in [basis] if basis else list(Basis):
        found = _READERS[each](ledger, wanted, keys)
        if len(found) or keys is not None or (each is Basis.QUOTED and not basis):
            return found
    raise UsageError(f"no {basis} in this ledger", where=str(ledger.folder), next=_NEXT[basis or Basis.QUOTED])


_NEXT = {
    Basis.CODINGS: "take some in with: selon import FILE --ledger LEDGER",
    Basis.POSITIONS: "work them out with: selon positions LEDGER --codebook FILE",
    Basis.QUOTED: "read articles into it with: selon run PATH --ledger LEDGER",
}
_QUOTED = {
    "id",
    "actor",
    "organization",
    "actor_kind",
    "role",
    "addressee",
    "kind",
    "outlet",
    "article",
    "document",
    "time",
}
_THERE = {table.name for table in LINKED}
_NO_ACTORS = "(SELECT NULL AS id, NULL AS name, NULL AS kind, NULL AS organisation WHERE false)"
_NO_BINDING = "(SELECT NULL AS statement, NULL AS actor WHERE false)"
# Who speaks, where and when. A title that several articles bear is told apart by the beginning of their ids.
_SPOKEN = f"""
    SELECT s.id, coalesce(a.name, s.speaker) AS actor, coalesce(nullif(a.organisation, ''),
            CASE coalesce(a.kind, s.speaker_kind) WHEN 'organization' THEN coalesce(a.name, s.speaker) END
        ) AS organization,
        coalesce(a.kind, s.speaker_kind) AS actor_kind, s.speaker_role AS role, s.addressee, s.kind, p.outlet,
        p.called AS article, p.id AS document, coalesce(s.said_on_first, p.published_first)::TIMESTAMP_S AS time,
        s.span."start" AS start, s.span."end" AS stop, s.content AS text
    FROM statements AS s
    JOIN (SELECT id, outlet, published_first, coalesce(nullif(title, ''), place) || CASE WHEN count(*) OVER
            (PARTITION BY coalesce(nullif(title, ''), place)) > 1 THEN ' (' || left(id, 6) || ')' ELSE '' END AS called
        FROM articles) AS p ON p.id = s.article
    LEFT JOIN {"actor_statements" if "actor_statements" in _THERE else _NO_BINDING} AS b ON b.statement = s.id
    LEFT JOIN {"actors" if "actors" in _THERE else _NO_ACTORS} AS a ON a.id = b.actor"""

# The tables as far as a few statements need them; DuckDB joins a few ids with whole tables in the wrong order.
_FEW = f"""
    WITH statements AS MATERIALIZED (SELECT * FROM statements WHERE id IN (SELECT unnest($keys))),
    titles AS MATERIALIZED (
        SELECT coalesce(nullif(title, ''), place) AS title FROM articles WHERE id IN (SELECT article FROM statements)),
    articles AS MATERIALIZED (SELECT id, outlet, title, place, published_first FROM articles
        WHERE coalesce(nullif(title, ''), place) IN (SELECT title FROM titles)),
    actor_statements AS MATERIALIZED (
        SELECT * FROM {"actor_statements" if "actor_statements" in _THERE else _NO_BINDING}
        WHERE statement IN (SELECT unnest($keys))),
    actors AS MATERIALIZED (
        SELECT * FROM {"actors" if "actors" in _THERE else _NO_ACTORS} WHERE id IN (SELECT actor FROM actor_statements))
    """


def _codings(ledger: Ledger, _: Collection[str], __: Sequence[str] | None) -> CodedColumns:
    query = """
        SELECT c.*, substr(a.text, c.span."start" + 1, c.span."end" - c.span."start") AS words
        FROM codings AS c LEFT JOIN articles AS a ON a.id = c.article
        WHERE c.type = 'DNA Statement' ORDER BY position"""
    found = ledger.sql(query)
    rows = [dict(zip(found.columns, row, strict=True)) for row in found.fetchall()]
    return CodedColumns(coded_columns(rows), DOCUMENT_LEVEL, Basis.CODINGS, [row["words"] or "" for row in rows])


def _positions(ledger: Ledger, wanted: Collection[str], keys: Sequence[str] | None) -> CodedColumns:
    if "positions" not in _THERE:
        return CodedColumns({}, (), Basis.POSITIONS, [])
    columns = _columns(
        ledger,
        f"""SELECT w.*, coalesce(q.text, o.proposition) AS proposition, o.agreement FROM ({_SPOKEN}) AS w
        JOIN positions AS o ON o.statement = w.id JOIN propositions AS q ON q.proposition = o.proposition
        WHERE o.confidence >= 0.5 AND NOT q.suggested""",
        {*wanted, "proposition", "agreement"} if wanted else (),
        keys,
    )
    agreement = np.asarray(columns["agreement"])
    taken = agreement != 0
    kept = {name: np.asarray(column)[taken] for name, column in columns.items()}
    kept["agreement"] = agreement[taken] > 0
    open_ones = tuple(np.asarray(columns["id"])[~taken]) if "id" in columns else ()
    left_out = {"positions that leave it open (agreement 0)": int((~taken).sum())} if not taken.all() else {}
    return CodedColumns(kept, ("outlet", "article"), Basis.POSITIONS, list(kept.pop("text", ())), left_out, open_ones)


def _quoted(ledger: Ledger, wanted: Collection[str], keys: Sequence[str] | None) -> CodedColumns:
    columns = _columns(ledger, _SPOKEN, {*wanted} & _QUOTED, keys)
    texts = list(columns.pop("text", ()))
    unknown = sum(name is None for name in columns["actor"])
    left_out = {"statements whose speaker is unknown": unknown} if unknown else {}
    return CodedColumns(columns, ("outlet", "article"), Basis.QUOTED, texts, left_out)


_READERS = {Basis.CODINGS: _codings, Basis.POSITIONS: _positions, Basis.QUOTED: _quoted}


def _columns(ledger: Ledger, query: str, wanted: Collection[str], keys: Sequence[str] | None) -> dict[str, Any]:
    """The answer's columns by name; what is null in a column of texts is None, in one of times NaT."""
    if wanted:
        query = f"SELECT {', '.join(sorted(wanted))} FROM ({query})"
    answer = ledger.sql(query) if keys is None else ledger.sql(_FEW + query, {"keys": list(keys)})
    return {name: _filled(column) for name, column in answer.fetchnumpy().items()}


def _filled(column: Any) -> Any:  # noqa: ANN401
    if not isinstance(column, np.ma.MaskedArray):
        return column
    if column.dtype.kind == "M":
        return column.filled(np.datetime64("NaT"))
    values = column.data.astype(object)
    values[np.ma.getmaskarray(column)] = None
    return values
