"""The tables of a ledger: one Parquet file each, their columns, and the order their rows are written in.

Names avoid SQL's reserved words, so that a query needs no quoting: a document's ``where`` is the column ``place``, a
pair of offsets is a struct ``span`` with ``span.start`` and ``span.end``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

SPAN = 'STRUCT("start" INTEGER, "end" INTEGER)'
SPANS = f"{SPAN}[]"
EVIDENCE = 'STRUCT("by" VARCHAR, saw VARCHAR, score DOUBLE)[]'

GROUP = 10_240
PACKING = f"COMPRESSION zstd, ROW_GROUP_SIZE {GROUP}, DICTIONARY_SIZE_LIMIT {GROUP}"
"""How tables are written. Small groups whose ids stand in a dictionary have a Bloom filter each: one record out of a
million is found by reading one group, in a third of the time that it took with DuckDB's own groups of 122,880 rows."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table's name, its columns with their DuckDB types in order, and what its rows are sorted by (always total)."""

    name: str
    columns: Mapping[str, str]
    order: str

    @property
    def file(self) -> str:
        """The name of its file in the ledger folder."""
        return f"{self.name}.parquet"

    @property
    def no_rows(self) -> str:
        """A query for its columns without any row."""
        return f"SELECT {', '.join(f'NULL::{kind} AS {name}' for name, kind in self.columns.items())} WHERE false"

    def rows_of(self, path: Path) -> str:
        """A query for the rows in a file; a column that an earlier version did not write is null."""
        return f"{self.no_rows} UNION ALL BY NAME SELECT * FROM read_parquet({quoted(path)})"

    @property
    def row_type(self) -> str:
        """The DuckDB type of one row, as a struct."""
        return f"STRUCT({', '.join(f'{name} {kind}' for name, kind in self.columns.items())})"


def quoted(text: Path | str) -> str:
    """A path or text as a SQL string."""
    return "'" + str(text).replace("'", "''") + "'"


def _when(name: str) -> dict[str, str]:
    return {
        f"{name}_first": "DATE",
        f"{name}_last": "DATE",
        f"{name}_precision": "VARCHAR",
        f"{name}_evidence": "VARCHAR",
    }


DOCUMENTS = Table(
    "documents",
    {"place": "VARCHAR", "digest": "VARCHAR", "recipe": "VARCHAR", "outcome": "VARCHAR", "article": "VARCHAR"},
    "place",
)
ARTICLES = Table(
    "articles",
    {
        "id": "VARCHAR",
        "place": "VARCHAR",
        "outlet": "VARCHAR",
        "title": "VARCHAR",
        "url": "VARCHAR",
        **_when("published"),
        "language": "VARCHAR",
        "text": "VARCHAR",
        "boilerplate": 'STRUCT("start" INTEGER, "end" INTEGER, reason VARCHAR)[]',
        "origin": 'STRUCT(name VARCHAR, "start" INTEGER, "end" INTEGER)',
        "offsets": "STRUCT(text_start INTEGER, text_end INTEGER, raw_start INTEGER, raw_end INTEGER, exact BOOLEAN)[]",
        "notes": EVIDENCE,
        "layout": 'STRUCT("start" INTEGER, "end" INTEGER, kind VARCHAR)[]',
    },
    "place, id",
)
PASSAGES = Table(
    "passages",
    {"article": "VARCHAR", "position": "INTEGER", "kind": "VARCHAR", "span": SPAN, "sentences": SPANS},
    "position",
)
STATEMENTS = Table(
    "statements",
    {
        "id": "VARCHAR",
        "article": "VARCHAR",
        "position": "INTEGER",
        "speaker": "VARCHAR",
        "speaker_kind": "VARCHAR",
        "speaker_role": "VARCHAR",
        "speaker_names": "VARCHAR[]",
        "speaker_mention": SPAN,
        "source": "VARCHAR",
        "cue": "VARCHAR",
        "content": "VARCHAR",
        "kind": "VARCHAR",
        "form": "VARCHAR",
        **_when("said_on"),
        "addressee": "VARCHAR",
        "venue": "VARCHAR",
        "confidence": "DOUBLE",
        "span": SPAN,
        "source_spans": SPANS,
        "cue_spans": SPANS,
        "content_spans": SPANS,
        "evidence": EVIDENCE,
        "quotation": "VARCHAR",
        "quotation_confidence": "DOUBLE",
        "quotation_evidence": EVIDENCE,
        "parent": "VARCHAR",
    },
    "position",
)
CORRECTED = Table(
    "corrected",
    {
        "key": "VARCHAR",
        "found": "VARCHAR",
        "hidden": "BOOLEAN",
        **STATEMENTS.columns,
        "decided": "VARCHAR",
        "decided_by": "VARCHAR",
    },
    "key",
)
"""What people made of statements, in memory: rows that replace the machine's statement ``found`` or only hide it."""
REJECTED = Table(
    "rejected",
    {"article": "VARCHAR", "position": "INTEGER", "span": SPAN, "reason": "VARCHAR"},
    "position",
)
FAILURES = Table(
    "failures",
    {"place": "VARCHAR", "what": "VARCHAR", "next": "VARCHAR", "stage": "VARCHAR"},
    "place, stage, what",
)
SET_ASIDE = Table("set_aside", {"place": "VARCHAR", "reason": "VARCHAR"}, "place")

TABLES = (DOCUMENTS, ARTICLES, PASSAGES, STATEMENTS, REJECTED, FAILURES, SET_ASIDE)
PARTS = (PASSAGES, STATEMENTS, REJECTED)
"""Tables whose rows belong to one article, by its id in ``article``."""

CODINGS = Table(
    "codings",
    {
        "id": "VARCHAR",
        "article": "VARCHAR",
        "position": "INTEGER",
        "coder": "VARCHAR",
        "type": "VARCHAR",
        "span": SPAN,
        "person": "VARCHAR",
        "organization": "VARCHAR",
        "concept": "VARCHAR",
        "agreement": "BIGINT",
        "coded_values": "VARCHAR",
        "document_time": "TIMESTAMP",
        "document_author": "VARCHAR",
        "document_source": "VARCHAR",
        "document_section": "VARCHAR",
        "document_type": "VARCHAR",
        "codebook": "VARCHAR",
        "number": "BIGINT",
    },
    "position",
)

COPIES = Table(
    "copies",
    {
        "id": "VARCHAR",
        "position": "INTEGER",
        "derived": "VARCHAR",
        "origin": "VARCHAR",
        "kind": "VARCHAR",
        "score": "DOUBLE",
        "direction": "DOUBLE",
        "wire": "VARCHAR",
        "through": "VARCHAR",
        "passages": f"STRUCT(derived {SPAN}, origin {SPAN}, likeness DOUBLE)[]",
        "evidence": EVIDENCE,
        "earliest": EVIDENCE,
    },
    "position",
)

ACTORS = Table(
    "actors",
    {
        "id": "VARCHAR",
        "name": "VARCHAR",
        "kind": "VARCHAR",
        "organisation": "VARCHAR",
        "wikidata": "VARCHAR",
        "statements": "INTEGER",
        "articles": "INTEGER",
        "first_seen": "DATE",
        "last_seen": "DATE",
        "names": 'STRUCT(wording VARCHAR, articles INTEGER, "key" VARCHAR)[]',
        "roles": "STRUCT(name VARCHAR, articles INTEGER, first_seen DATE, last_seen DATE)[]",
        "evidence": EVIDENCE,
    },
    "statements DESC, name, id",
)
ACTOR_STATEMENTS = Table(
    "actor_statements",
    {"statement": "VARCHAR", "actor": "VARCHAR", "evidence": EVIDENCE},
    "statement",
)
PROPOSITIONS = Table(
    "propositions",
    {
        "proposition": "VARCHAR",
        "position": "INTEGER",
        "text": "VARCHAR",
        "language": "VARCHAR",
        "aliases": "VARCHAR[]",
        "suggested": "BOOLEAN",
        "holds": "INTEGER",
        "denies": "INTEGER",
        "open": "INTEGER",
    },
    "position",
)
POSITIONS = Table(
    "positions",
    {
        "statement": "VARCHAR",
        "proposition": "VARCHAR",
        "agreement": "INTEGER",
        "confidence": "DOUBLE",
        "decided": "BOOLEAN",
        "evidence": EVIDENCE,
    },
    "statement, proposition",
)
CONTRADICTIONS = Table(
    "contradictions",
    {
        "id": "VARCHAR",
        "kind": "VARCHAR",
        "proposition": "VARCHAR",
        "first": "VARCHAR",
        "second": "VARCHAR",
        "confidence": "DOUBLE",
        "evidence": EVIDENCE,
    },
    "confidence DESC, id",
)
UTTERANCES = Table(
    "utterances",
    {
        "id": "VARCHAR",
        "witnesses": "INTEGER",
        "articles": "INTEGER",
        "languages": "VARCHAR[]",
        "first_statement": "VARCHAR",
        "first_published": "DATE",
        "last_published": "DATE",
        "speaker": "VARCHAR",
        "actor": "VARCHAR",
        "content": "VARCHAR",
        "repeated": "VARCHAR",
    },
    "witnesses DESC, id",
)
WITNESSES = Table(
    "witnesses",
    {
        "utterance": "VARCHAR",
        "position": "INTEGER",
        "statement": "VARCHAR",
        "confidence": "DOUBLE",
        "evidence": EVIDENCE,
    },
    "utterance, position",
)
LINKED: tuple[Table, ...] = (
    *(ACTORS, ACTOR_STATEMENTS, CODINGS, CONTRADICTIONS, COPIES, POSITIONS, PROPOSITIONS, UTTERANCES, WITNESSES),
)
"""Tables worked out of the others, across articles (see ``links.py``); one that isn't there yet has no rows."""
