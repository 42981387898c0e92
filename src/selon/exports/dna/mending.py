"""What may be wrong inside a ``.dna`` file that opens, and what is done about it, each time with a line that tells."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from selon.code_units import CodeUnits
from selon.exports.dna.fitting import fitted
from selon.exports.dna.schema import DATA, FULL, LAYOUTS, LONGEST, Row, Tables
from selon.offsets import Span


@dataclass(frozen=True, slots=True)
class Repair:
    """What was mended, and where: a table of the file and the id of the row."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


def mended(tables: Tables) -> Iterator[Repair]:
    """Mend the tables in place; gives each repair as it is made.

    What people coded is kept where it can be: a statement is left out only when its document or its type is gone.
    """
    for step in _STEPS:
        yield from step(tables)


def _coders(tables: Tables) -> Iterator[Repair]:
    if not tables["CODERS"]:
        row = {name: column.default for name, column in LAYOUTS["CODERS"].columns.items()}
        tables["CODERS"].append({**row, "ID": 1, "Name": "Admin", "Red": 255, "Green": 255})
        yield Repair("CODERS", "the file names no coder: Admin is taken for all")
    for coder in tables["CODERS"]:
        if not coder["Password"]:
            yield Repair(
                f"CODERS {coder['ID']}", f"{coder['Name']} has no password: an export gives one (see the docs)"
            )


def _numbers(tables: Tables) -> Iterator[Repair]:
    """Rows without an id, ties of a row with itself, and numbers outside the range that DNA allows."""
    for name, layout in LAYOUTS.items():
        if "ID" in layout.columns and any(row["ID"] is None for row in tables[name]):
            tables[name] = [row for row in tables[name] if row["ID"] is not None]
            yield Repair(name, "rows without an id: left out")
        ranges = {column: _RANGE.search(declared.sql) for column, declared in layout.columns.items()}
        for column, found in ranges.items():
            for row in tables[name] if found else ():
                if found and row[column] is not None and not int(found[1]) <= row[column] <= int(found[2]):
                    default = layout.columns[column].default
                    yield Repair(
                        f"{name} {row.get('ID', '')}".strip(), f"{column} is {row[column]}: taken as {default}"
                    )
                    row[column] = default
    for name, one, other in _DIFFERENT:
        same = [row for row in tables[name] if row[one] == row[other]]
        tables[name] = [row for row in tables[name] if row[one] != row[other]]
        yield from (Repair(f"{name} {row['ID']}", f"{one} and {other} are the same: left out") for row in same)


def _namesakes(tables: Tables) -> Iterator[Repair]:
    """Two coders, or two types of statement, of one name: told apart by a number."""
    for table, column in (("CODERS", "Name"), ("STATEMENTTYPES", "Label")):
        seen: set[str] = set()
        for row in tables[table]:
            name, number = row[column], 1
            while row[column] in seen:
                number += 1
                row[column] = f"{name} ({number})"
            seen.add(row[column])
            if number > 1:
                yield Repair(f"{table} {row['ID']}", f"a second {name!r}: called {row[column]!r}")


def _doubled(tables: Tables) -> Iterator[Repair]:
    """Rows that a rule of the file should have kept from standing twice: the first one holds."""
    for name, keys in _ONCE:
        seen: dict[tuple[object, ...], Row] = {}
        kept = []
        for row in tables[name]:
            first = seen.setdefault(tuple(row[key] for key in keys), row)
            if first is row:
                kept.append(row)
                continue
            yield Repair(f"{name} {row.get('ID', '')}".strip(), f"stands twice ({', '.join(keys)}): left out")
            if name == "ENTITIES" and "Value" in keys:
                for value in tables["DATASHORTTEXT"]:
                    value["Entity"] = first["ID"] if value["Entity"] == row["ID"] else value["Entity"]
        tables[name] = kept


def _lost(tables: Tables) -> Iterator[Repair]:
    """Rows that refer to a row which is not there."""
    for name, column, target, instead in _REFERENCES:
        known = {row["ID"] for row in tables[target]}
        kept = []
        for row in tables[name]:
            if row[column] in known or (row[column] is None and instead == "none"):
                kept.append(row)
            elif instead == "none":
                yield Repair(f"{name} {row['ID']}", f"{column} {row[column]} is not there: taken as none")
                row[column] = None
                kept.append(row)
            elif instead == "first":
                first = tables[target][0]
                yield Repair(f"{name} {row['ID']}", f"{column} {row[column]} is not there: {first['Name']} is taken")
                row[column] = first["ID"]
                kept.append(row)
            else:
                yield Repair(f"{name} {row['ID']}", f"{column} {row[column]} is not there: left out")
        tables[name] = kept


def _documents(tables: Tables) -> Iterator[Repair]:
    """Dates that no calendar has, and kinds of variables that DNA does not know."""
    for document in tables["DOCUMENTS"]:
        if not _FIRST <= document["Date"] <= _LAST:
            yield Repair(
                f"DOCUMENTS {document['ID']}", f"the date {document['Date']} is in no calendar: 1970-01-01 taken"
            )
            document["Date"] = 0
    for variable in tables["VARIABLES"]:
        if variable["DataType"] not in DATA:
            told = f"{variable['Variable']} is a {variable['DataType']!r}, which DNA does not know: taken as long text"
            yield Repair(f"VARIABLES {variable['ID']}", told)
            variable["DataType"] = "long text"


def _whole_names(tables: Tables) -> Iterator[Repair]:
    """Names that an export of selon had to cut, whole again: their pieces stand in attributes (``building.FULL``)."""
    pieces = {row["ID"]: row["AttributeVariable"] for row in tables["ATTRIBUTEVARIABLES"]}
    pieces = {key: name for key, name in pieces.items() if re.fullmatch(rf"{FULL} \d+", name)}
    found: dict[int, list[tuple[int, str]]] = {}
    for row in tables["ATTRIBUTEVALUES"]:
        if row["AttributeVariableId"] in pieces and row["AttributeValue"]:
            number = int(pieces[row["AttributeVariableId"]].removeprefix(f"{FULL} "))
            found.setdefault(row["EntityId"], []).append((number, row["AttributeValue"]))
    for entity in tables["ENTITIES"]:
        whole = "".join(text for _, text in sorted(found.get(entity["ID"], [])))
        if whole and fitted(whole) == entity["Value"]:
            entity["Value"] = whole
            yield Repair(f"ENTITIES {entity['ID']}", "the name that an export cut is whole again")
    tables["ATTRIBUTEVARIABLES"] = [row for row in tables["ATTRIBUTEVARIABLES"] if row["ID"] not in pieces]
    tables["ATTRIBUTEVALUES"] = [row for row in tables["ATTRIBUTEVALUES"] if row["AttributeVariableId"] not in pieces]


def _long(tables: Tables) -> Iterator[Repair]:
    for name in ("DOCUMENTS", "ENTITIES"):
        for row in tables[name]:
            for column, declared in LAYOUTS[name].columns.items():
                if f"LENGTH({column})" in declared.sql and len(row[column]) > LONGEST:
                    yield Repair(f"{name} {row['ID']}", f"{column} has {len(row[column])} characters: kept whole")


def _statements(tables: Tables) -> Iterator[Repair]:
    r"""Texts with ``\n`` only, and spans in their code points.

    DNA's window, where people mark, shows a text with ``\\n`` only and counts UTF-16 units (Swing), whatever the file
    says; so marks were made in that count.
    """
    texts: dict[int, tuple[str, CodeUnits]] = {}
    for document in tables["DOCUMENTS"]:
        text = document["Text"]
        if "\r" in text:
            document["Text"] = text = text.replace("\r\n", "\n").replace("\r", "\n")
            yield Repair(
                f"DOCUMENTS {document['ID']}", "line ends \\r\\n or \\r read as \\n, as DNA's window shows them"
            )
        units = CodeUnits(text)
        if units.length > len(text):
            wide = units.length - len(text)
            yield Repair(f"DOCUMENTS {document['ID']}", f"characters that DNA counts twice, spans converted: {wide}")
        texts[document["ID"]] = (text, units)
    kept = []
    for row in tables["STATEMENTS"]:
        text, units = texts[row["DocumentId"]]
        start, stop = row["Start"] or 0, row["Stop"] or 0
        span, wrong = _placed(start, stop, text, units)
        if wrong:
            yield Repair(f"STATEMENTS {row['ID']}", f"{start}–{stop} {wrong}")
        if span is not None:
            row["Start"], row["Stop"] = span
            kept.append(row)
    tables["STATEMENTS"] = kept


def _placed(start: int, stop: int, text: str, units: CodeUnits) -> tuple[Span | None, str]:
    """The span in code points, and what was wrong with the one given, if anything."""
    if not text.strip():
        return None, "stands in a document without text: left out"
    low, high = sorted((min(max(start, 0), units.length), min(max(stop, 0), units.length)))
    span = units.to_points(Span(low, high))
    if start > stop:
        return _widened(span, text), "ends before it begins: turned round"
    if span.start == span.end:
        return _widened(span, text), "marks nothing: the word at that place is taken"
    if start < 0 or stop > units.length:
        return span, f"leaves the text of {units.length} characters: cut to it"
    return span, ""


def _widened(span: Span, text: str) -> Span:
    """The span, or the word nearest to it where it is empty."""
    if span.start < span.end:
        return span
    end = min(span.start, len(text))
    while end < len(text) and text[end].isspace():
        end += 1
    if end == len(text):
        end = len(text.rstrip())
    start = end
    while start > 0 and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return Span(start, end)


def _values(tables: Tables) -> Iterator[Repair]:
    """A value for every variable of a statement's type, as DNA wants it; a missing yes or number stays missing."""
    variables: dict[int, list[Row]] = {}
    for variable in tables["VARIABLES"]:
        variables.setdefault(variable["StatementTypeId"], []).append(variable)
    there = {(row["StatementId"], row["VariableId"]) for table, _ in DATA.values() for row in tables[table]}
    for statement in tables["STATEMENTS"]:
        for variable in variables.get(statement["StatementTypeId"], ()):
            if (statement["ID"], variable["ID"]) not in there:
                yield Repair(f"STATEMENTS {statement['ID']}", f"no value for {variable['Variable']}: left empty")


_RANGE = re.compile(r"BETWEEN (\d+) AND (\d+)")
_DIFFERENT = (("CODERRELATIONS", "Coder", "OtherCoder"), ("VARIABLELINKS", "SourceVariableId", "TargetVariableId"))
_ONCE = (
    *((name, ("ID",)) for name, layout in LAYOUTS.items() if "ID" in layout.columns),
    ("SETTINGS", ("Property",)),
    ("REGEXES", ("Label",)),
    ("VARIABLES", ("Variable", "StatementTypeId")),
    ("ENTITIES", ("VariableId", "Value")),
    ("ATTRIBUTEVARIABLES", ("VariableId", "AttributeVariable")),
    ("ATTRIBUTEVALUES", ("EntityId", "AttributeVariableId")),
    *((table, ("StatementId", "VariableId")) for table, _ in DATA.values()),
)
_REFERENCES = (
    ("VARIABLES", "StatementTypeId", "STATEMENTTYPES", "out"),
    ("VARIABLELINKS", "SourceVariableId", "VARIABLES", "out"),
    ("VARIABLELINKS", "TargetVariableId", "VARIABLES", "out"),
    ("CODERRELATIONS", "Coder", "CODERS", "out"),
    ("CODERRELATIONS", "OtherCoder", "CODERS", "out"),
    ("ENTITIES", "VariableId", "VARIABLES", "out"),
    ("ENTITIES", "ChildOf", "ENTITIES", "none"),
    ("ATTRIBUTEVARIABLES", "VariableId", "VARIABLES", "out"),
    ("ATTRIBUTEVALUES", "EntityId", "ENTITIES", "out"),
    ("ATTRIBUTEVALUES", "AttributeVariableId", "ATTRIBUTEVARIABLES", "out"),
    ("DOCUMENTS", "Coder", "CODERS", "first"),
    ("STATEMENTS", "StatementTypeId", "STATEMENTTYPES", "out"),
    ("STATEMENTS", "DocumentId", "DOCUMENTS", "out"),
    ("STATEMENTS", "Coder", "CODERS", "first"),
    *((table, "StatementId", "STATEMENTS", "out") for table, _ in DATA.values()),
    *((table, "VariableId", "VARIABLES", "out") for table, _ in DATA.values()),
    ("DATASHORTTEXT", "Entity", "ENTITIES", "out"),
)
_STEPS: tuple[Callable[[Tables], Iterator[Repair]], ...] = (
    *(_numbers, _coders, _doubled, _namesakes, _lost, _documents, _whole_names, _long),
    *(_statements, _values),
)
_FIRST, _LAST = -62135596800, 253402300799  # the years 1 to 9999
