"""What a ``.dna`` file gives a ledger: articles, and what was coded in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from selon.discourse.codings import CodedDocument, Coding, Value
from selon.exports.dna.reading import DnaFile
from selon.exports.dna.schema import DATA, Row, Tables
from selon.offsets import Span
from selon.records import Article, Precision, When, content_id


@dataclass(frozen=True, slots=True)
class Taken:
    """A ``.dna`` file in the ledger's terms; ``articles`` and ``documents`` are in the file's order."""

    codebook: str
    place: str
    tables: Tables
    articles: tuple[Article, ...]
    documents: tuple[CodedDocument, ...]
    codings: tuple[Coding, ...]


def taken(file: DnaFile) -> Taken:
    """The articles and codings of a file, whose name says which file it is when it is read again."""
    place = file.name
    codebook = content_id("b", place)
    articles = {row["ID"]: _article(row, f"{place}#{row['ID']}") for row in file.tables["DOCUMENTS"]}
    documents = tuple(
        CodedDocument(codebook, articles[row["ID"]].id, {name: value for name, value in row.items() if name != "Text"})
        for row in file.tables["DOCUMENTS"]
    )
    codings = tuple(_codings(file.tables, codebook, {key: article.id for key, article in articles.items()}))
    return Taken(codebook, place, file.codebook, tuple(articles.values()), documents, codings)


def _article(row: Row, place: str) -> Article:
    day = (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=row["Date"])).date()
    return Article(
        id=content_id("a", place, row["Text"]),
        where=place,
        text=row["Text"],
        title=row["Title"],
        outlet=row["Source"],
        published=When(day, day, Precision.DAY, "the .dna file"),
    )


def _codings(tables: Tables, codebook: str, articles: dict[int, str]) -> Iterator[Coding]:
    values = _values(tables)
    coders = {row["ID"]: row["Name"] for row in tables["CODERS"]}
    types = {row["ID"]: row["Label"] for row in tables["STATEMENTTYPES"]}
    variables: dict[int, list[Row]] = {}
    for variable in tables["VARIABLES"]:
        variables.setdefault(variable["StatementTypeId"], []).append(variable)
    for row in tables["STATEMENTS"]:
        yield Coding(
            id=content_id("k", codebook, row["ID"]),
            codebook=codebook,
            article=articles[row["DocumentId"]],
            number=row["ID"],
            coder=coders[row["Coder"]],
            type=types[row["StatementTypeId"]],
            span=Span(row["Start"], row["Stop"]),
            values={
                variable["Variable"]: values.get((row["ID"], variable["ID"]), _MISSING[variable["DataType"]])
                for variable in variables.get(row["StatementTypeId"], ())
            },
        )


_MISSING: dict[str, Value] = {"boolean": None, "integer": None, "short text": "", "long text": ""}


def _values(tables: Tables) -> dict[tuple[int, int], Value]:
    """The values of all statements, by the ids of statement and variable."""
    kinds = {row["ID"]: row["DataType"] for row in tables["VARIABLES"]}
    entities = {row["ID"]: row["Value"] for row in tables["ENTITIES"]}
    found: dict[tuple[int, int], Value] = {}
    for kind, (table, column) in DATA.items():
        for row in tables[table]:
            if kinds[row["VariableId"]] != kind:
                continue
            value = row[column]
            if kind == "boolean":
                value = bool(value)
            elif kind == "short text":
                value = entities[value]
            found[row["StatementId"], row["VariableId"]] = value
    return found
