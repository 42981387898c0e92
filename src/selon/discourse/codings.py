"""What people coded by hand, elsewhere or here: a stretch of an article with a value for each variable of its type.

Codings come from a coder's work in Discourse Network Analyzer. They are decisions of three kinds, which a later one on
the same target overrules, and None takes back: ``codebook`` (the tables of a ``.dna`` file that belong to the project
as a whole), ``document`` (what the file says of an article), ``coding`` (one statement).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from selon.offsets import Span

KINDS = ("codebook", "document", "coding")
DOCUMENT_LEVEL = ("author", "source", "section", "type")
"""Variables that belong to the document, as DNA calls them."""

Value = bool | int | str | None


class Decided(Protocol):
    """What is read of a decision."""

    @property
    def kind(self) -> str:
        """What it is about: one of ``KINDS``, or something else."""

    @property
    def target(self) -> str:
        """The id of what it is about."""

    @property
    def value(self) -> Any:  # noqa: ANN401
        """What was decided, as JSON holds it."""

    @property
    def made_by(self) -> str:
        """Who decided it."""


@dataclass(frozen=True, slots=True)
class Coding:
    """One coded statement: who coded what stretch of which article, and how.

    ``number`` is its id in the file it came from; ``values`` are by variable: a yes or no, a number, or a text.
    """

    id: str
    codebook: str
    article: str
    number: int
    coder: str
    type: str
    span: Span
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class CodedDocument:
    """What a ``.dna`` file says of an article: its row of DOCUMENTS without the text."""

    codebook: str
    article: str
    row: Mapping[str, Any]

    @property
    def time(self) -> str:
        """The document's local date and time, ISO."""
        moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=int(self.row["Date"]))
        return moment.replace(tzinfo=None).isoformat()


@dataclass(frozen=True, slots=True)
class Coded:
    """All that holds now: codebooks by id, documents by the article's id, codings in the order they were decided."""

    codebooks: Mapping[str, Mapping[str, Any]]
    documents: Mapping[str, CodedDocument]
    codings: tuple[Coding, ...]


def coded(decisions: Iterable[Decided]) -> Coded:
    """What the decisions, oldest first, say in the end; those of other kinds are passed over."""
    latest: dict[tuple[str, str], Decided] = {}
    for each in decisions:
        if each.kind in KINDS:
            latest[each.kind, each.target] = each
    held = [each for each in latest.values() if each.value is not None]
    return Coded(
        {each.target: each.value for each in held if each.kind == "codebook"},
        {each.target: _document(each) for each in held if each.kind == "document"},
        tuple(_coding(each) for each in held if each.kind == "coding"),
    )


def coding_value(coding: Coding) -> dict[str, Any]:
    """The value of the decision that says this coding; its ``target`` is the coding's id, ``made_by`` the coder."""
    return {
        "codebook": coding.codebook,
        "article": coding.article,
        "number": coding.number,
        "type": coding.type,
        "start": coding.span.start,
        "end": coding.span.end,
        "values": dict(coding.values),
    }


def document_value(document: CodedDocument) -> dict[str, Any]:
    """The value of the decision that says what a file says of an article; its ``target`` is the article's id."""
    return {"codebook": document.codebook, "row": dict(document.row)}


def coding_rows(held: Coded) -> Iterable[dict[str, Any]]:
    """The rows of the table ``codings``: a coded statement each, with what its document says."""
    for number, each in enumerate(held.codings):
        document = held.documents.get(each.article)
        said = document.row if document else {}
        agreement = each.values.get("agreement")
        if isinstance(agreement, bool):
            agreement = 1 if agreement else -1
        yield {
            "id": each.id,
            "article": each.article,
            "position": number,
            "coder": each.coder,
            "type": each.type,
            "span": {"start": each.span.start, "end": each.span.end},
            "person": _text(each.values.get("person")),
            "organization": _text(each.values.get("organization")),
            "concept": _text(each.values.get("concept")),
            "agreement": agreement if isinstance(agreement, int) else None,
            "coded_values": json.dumps(dict(each.values), ensure_ascii=False, sort_keys=True),
            "document_time": document.time if document else None,
            **{f"document_{name}": str(said.get(name.capitalize(), "")) for name in DOCUMENT_LEVEL},
            "codebook": each.codebook,
            "number": each.number,
        }


def coded_columns(rows: Iterable[Mapping[str, Any]], statement_type: str = "DNA Statement") -> dict[str, list[Any]]:
    """The rows of ``codings`` of one statement type as columns, as networks count them.

    ``id``, ``time``, ``document``, ``start`` and ``stop`` say where each stands, ``author``, ``source``, ``section``
    and ``type`` what its document says (``DOCUMENT_LEVEL``); the rest are the type's variables, booleans as booleans.
    """
    wanted = [row for row in rows if row["type"] == statement_type]
    values = [json.loads(row["coded_values"]) for row in wanted]
    names = dict.fromkeys(name for each in values for name in each)
    columns: dict[str, list[Any]] = {name: [each.get(name) for each in values] for name in names}
    for name in DOCUMENT_LEVEL:
        columns.setdefault(name, [row[f"document_{name}"] for row in wanted])
    columns["id"] = [row["number"] for row in wanted]
    columns["time"] = [row["document_time"] for row in wanted]
    columns["document"] = [row["article"] for row in wanted]
    columns["start"] = [row["span"]["start"] for row in wanted]
    columns["stop"] = [row["span"]["end"] for row in wanted]
    return columns


def _document(decision: Decided) -> CodedDocument:
    return CodedDocument(decision.value["codebook"], decision.target, decision.value["row"])


def _coding(decision: Decided) -> Coding:
    value = decision.value
    span = Span(value["start"], value["end"])
    return Coding(
        decision.target,
        value["codebook"],
        value["article"],
        value["number"],
        decision.made_by,
        value["type"],
        span,
        value["values"],
    )


def _text(value: Value) -> str:
    return "" if value is None else str(value)
