"""The sixteen tables of a ``.dna`` file (DNA 3.0 and 3.1), their columns, and what stands in a new one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Row = dict[str, Any]
Tables = dict[str, list[Row]]
"""The rows of each table of a ``.dna`` file, by the names that DNA gives tables and columns."""

LONGEST = 190
"""How many characters DNA allows in a name, a title, a value."""

VERSION = "3.0.11"
"""What a new file says of itself: 3.0 opens only what begins with 3.0, 3.1 opens all that begins with 3."""

DNA_STATEMENT = "DNA Statement"

FULL = "Full text"
"""Attributes of entities with names too long for DNA: the whole name in pieces, ``Full text 1`` and so on."""


@dataclass(frozen=True, slots=True)
class Column:
    """How a column is declared, and what stands for it in a row that lacks it; None where nothing can."""

    sql: str
    default: str | int | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """A table's columns in DNA's order, and what must hold between them."""

    columns: Mapping[str, Column]
    rules: tuple[str, ...] = ()

    def sql(self, name: str) -> str:
        """The statement that makes the table."""
        parts = [f"{column} {each.sql}" for column, each in self.columns.items()]
        return f"CREATE TABLE {name}({', '.join([*parts, *self.rules])})"


def _key() -> dict[str, Column]:
    return {"ID": Column("INTEGER NOT NULL PRIMARY KEY")}


def _name(column: str, default: str | None = None) -> dict[str, Column]:
    given = "" if default is None else f" DEFAULT '{default}'"
    return {column: Column(f"TEXT NOT NULL{given} CHECK (LENGTH({column}) < {LONGEST + 1})", default or "")}


def _number(column: str, default: int, least: int, most: int) -> dict[str, Column]:
    rule = f"INTEGER NOT NULL DEFAULT {default} CHECK ({column} BETWEEN {least} AND {most})"
    return {column: Column(rule, default)}


def _flags(default: int, *columns: str) -> dict[str, Column]:
    return {name: entry for column in columns for name, entry in _number(column, default, 0, 1).items()}


def _colour() -> dict[str, Column]:
    return {name: entry for each in ("Red", "Green", "Blue") for name, entry in _number(each, 0, 0, 255).items()}


def _reference(column: str, more: str = "") -> dict[str, Column]:
    return {column: Column(f"INTEGER{more}")}


def _to(column: str, table: str) -> str:
    return f"FOREIGN KEY({column}) REFERENCES {table}(ID) ON DELETE CASCADE"


def _values(column: str, declared: Column, *rules: str) -> Layout:
    columns = {**_key(), **_reference("StatementId", " NOT NULL"), **_reference("VariableId", " NOT NULL")}
    links = (_to("StatementId", "STATEMENTS"), _to("VariableId", "VARIABLES"), *rules)
    return Layout({**columns, column: declared}, (*links, "UNIQUE (StatementId, VariableId)"))


PERMISSIONS = tuple(
    f"Permission{right}"
    for right in (
        *("AddDocuments", "EditDocuments", "DeleteDocuments", "ImportDocuments", "AddStatements", "EditStatements"),
        *("DeleteStatements", "EditAttributes", "EditRegex", "EditStatementTypes", "EditCoders", "EditCoderRelations"),
        *("ViewOthersDocuments", "EditOthersDocuments", "ViewOthersStatements", "EditOthersStatements"),
    )
)
RELATION_RIGHTS = ("viewStatements", "editStatements", "viewDocuments", "editDocuments")

LAYOUTS: Mapping[str, Layout] = {
    "SETTINGS": Layout({"Property": Column("TEXT PRIMARY KEY", ""), "Value": Column("TEXT NOT NULL", "")}),
    "CODERS": Layout(
        {
            **_key(),
            **_name("Name"),
            **_colour(),
            **_number("Refresh", 0, 0, 9999),
            **_number("FontSize", 14, 1, 99),
            **_name("Password"),
            "PopupWidth": Column("INTEGER DEFAULT 300 CHECK (PopupWidth BETWEEN 100 AND 9999)", 300),
            **_flags(0, "ColorByCoder", "PopupDecoration"),
            **_flags(1, "PopupAutoComplete", *PERMISSIONS),
        }
    ),
    "DOCUMENTS": Layout(
        {
            **_key(),
            **_name("Title"),
            "Text": Column("TEXT NOT NULL", ""),
            **_reference("Coder"),
            **_name("Author", ""),
            **_name("Source", ""),
            **_name("Section", ""),
            "Notes": Column("TEXT NOT NULL DEFAULT ''", ""),
            **_name("Type", ""),
            "Date": Column("INTEGER NOT NULL", 0),
        },
        (_to("Coder", "CODERS"),),
    ),
    "STATEMENTTYPES": Layout({**_key(), **_name("Label"), **_colour()}),
    "VARIABLES": Layout(
        {
            **_key(),
            **_name("Variable"),
            "DataType": Column(
                "TEXT NOT NULL DEFAULT 'short text' "
                "CHECK (DataType IN ('boolean', 'integer', 'long text', 'short text'))",
                "short text",
            ),
            **_reference("StatementTypeId"),
        },
        (_to("StatementTypeId", "STATEMENTTYPES"), "UNIQUE (Variable, StatementTypeId)"),
    ),
    "VARIABLELINKS": Layout(
        {**_key(), **_reference("SourceVariableId"), **_reference("TargetVariableId")},
        (
            "CHECK (TargetVariableId != SourceVariableId)",
            _to("SourceVariableId", "VARIABLES"),
            _to("TargetVariableId", "VARIABLES"),
        ),
    ),
    "REGEXES": Layout({"Label": Column(f"TEXT PRIMARY KEY CHECK (LENGTH(Label) < {LONGEST + 1})", ""), **_colour()}),
    "CODERRELATIONS": Layout(
        {
            **_key(),
            **_reference("Coder", " CHECK (Coder > 0)"),
            **_reference("OtherCoder", " CHECK (OtherCoder > 0)"),
            **_flags(1, *RELATION_RIGHTS),
        },
        ("CHECK (Coder != OtherCoder)", _to("Coder", "CODERS"), _to("OtherCoder", "CODERS")),
    ),
    "STATEMENTS": Layout(
        {
            **_key(),
            **_reference("StatementTypeId"),
            **_reference("DocumentId"),
            "Start": Column("INTEGER NOT NULL CHECK (Start >= 0)"),
            "Stop": Column("INTEGER NOT NULL CHECK (Stop >= 0)"),
            **_reference("Coder"),
        },
        (
            "CHECK (Start < Stop)",
            _to("StatementTypeId", "STATEMENTTYPES"),
            _to("DocumentId", "DOCUMENTS"),
            _to("Coder", "CODERS"),
        ),
    ),
    "ENTITIES": Layout(
        {
            **_key(),
            **_reference("VariableId", " NOT NULL"),
            **_name("Value", ""),
            **{each: Column(f"INTEGER CHECK ({each} BETWEEN 0 AND 255)", 0) for each in ("Red", "Green", "Blue")},
            **_reference("ChildOf", " CHECK (ChildOf > 0)"),
        },
        ("UNIQUE (VariableId, Value)", _to("ChildOf", "ENTITIES"), _to("VariableId", "VARIABLES")),
    ),
    "DATABOOLEAN": _values("Value", Column("INTEGER NOT NULL DEFAULT 1", 1)),
    "DATAINTEGER": _values("Value", Column("INTEGER NOT NULL DEFAULT 0", 0)),
    "DATASHORTTEXT": _values("Entity", Column("INTEGER NOT NULL"), _to("Entity", "ENTITIES")),
    "DATALONGTEXT": _values("Value", Column("TEXT DEFAULT ''", "")),
    "ATTRIBUTEVARIABLES": Layout(
        {**_key(), **_reference("VariableId", " NOT NULL"), **_name("AttributeVariable")},
        ("UNIQUE (VariableId, AttributeVariable)", _to("VariableId", "VARIABLES")),
    ),
    "ATTRIBUTEVALUES": Layout(
        {
            **_key(),
            **_reference("EntityId", " NOT NULL"),
            **_reference("AttributeVariableId", " NOT NULL"),
            **_name("AttributeValue", ""),
        },
        (
            "UNIQUE (EntityId, AttributeVariableId)",
            _to("EntityId", "ENTITIES"),
            _to("AttributeVariableId", "ATTRIBUTEVARIABLES"),
        ),
    ),
}
"""In an order in which each table comes after those it refers to."""

DATA = {
    "boolean": ("DATABOOLEAN", "Value"),
    "integer": ("DATAINTEGER", "Value"),
    "short text": ("DATASHORTTEXT", "Entity"),
    "long text": ("DATALONGTEXT", "Value"),
}
"""Where the values of a variable stand, by its type: the table, and the column."""

CODEBOOK = tuple(name for name in LAYOUTS if name not in {"DOCUMENTS", "STATEMENTS"} and not name.startswith("DATA"))
"""The tables that belong to a project as a whole: people, variables, entities, not texts and what is marked in them."""
