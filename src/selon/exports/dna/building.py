"""The tables of a ``.dna`` file while they are filled: ids, entities, several codebooks in one, nothing missing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

from selon.discourse.codings import Value
from selon.exports.dna.fitting import PASSWORD, fitted, password_hash
from selon.exports.dna.schema import DATA, DNA_STATEMENT, FULL, LAYOUTS, LONGEST, RELATION_RIGHTS, Row, Tables

_KEYS = {
    "SETTINGS": ("Property",),
    "CODERS": ("Name",),
    "STATEMENTTYPES": ("Label",),
    "VARIABLES": ("Variable", "StatementTypeId"),
    "VARIABLELINKS": ("SourceVariableId", "TargetVariableId"),
    "REGEXES": ("Label",),
    "CODERRELATIONS": ("Coder", "OtherCoder"),
    "ENTITIES": ("VariableId", "Value"),
    "ATTRIBUTEVARIABLES": ("VariableId", "AttributeVariable"),
    "ATTRIBUTEVALUES": ("EntityId", "AttributeVariableId"),
}
_REFERENCES = {
    "VARIABLES": {"StatementTypeId": "STATEMENTTYPES"},
    "VARIABLELINKS": {"SourceVariableId": "VARIABLES", "TargetVariableId": "VARIABLES"},
    "CODERRELATIONS": {"Coder": "CODERS", "OtherCoder": "CODERS"},
    "ENTITIES": {"VariableId": "VARIABLES", "ChildOf": "ENTITIES"},
    "ATTRIBUTEVARIABLES": {"VariableId": "VARIABLES"},
    "ATTRIBUTEVALUES": {"EntityId": "ENTITIES", "AttributeVariableId": "ATTRIBUTEVARIABLES"},
}


_HUGE = 2**31


class Building:
    """A ``.dna`` file in the making. Every row is found again by what it says, so that codebooks can be joined."""

    def __init__(self) -> None:
        self.tables: Tables = {name: [] for name in LAYOUTS}
        self.cut = 0
        self._known: dict[str, dict[tuple[Any, ...], Row]] = {name: {} for name in _KEYS}
        self._taken: dict[str, set[int]] = {name: set() for name in LAYOUTS}
        self._reserved: dict[str, set[int]] = {name: set() for name in LAYOUTS}
        self._next: dict[str, int] = dict.fromkeys(LAYOUTS, 1)
        self._variables: dict[int, list[Row]] = {}
        self._entities: dict[int, Row] = {}

    def add(self, table: str, row: Mapping[str, Any], wanted: int | None = None) -> Row:
        """The row of this table that says the same, or a new one, with the id that is ``wanted`` where that is free."""
        known, key = self._known.get(table), tuple(row[name] for name in _KEYS.get(table, ()))
        if known is not None and key in known:
            return known[key]
        defaults = {name: column.default for name, column in LAYOUTS[table].columns.items()}
        made = {**defaults, **row}
        if "ID" in made:
            made = {**made, "ID": self._id(table, wanted)}
        if known is not None:
            known[key] = made
        self.tables[table].append(made)
        if table == "VARIABLES":
            self._variables.setdefault(made["StatementTypeId"], []).append(made)
        elif table == "ENTITIES":
            self._entities[made["ID"]] = made
        return made

    def reserve(self, table: str, ids: set[int]) -> None:
        """Keep these ids for rows that will come with them; new rows stand behind them where ids are not huge."""
        self._reserved[table] = ids
        highest = max(ids, default=0)
        self._next[table] = highest + 1 if highest < _HUGE else 1

    def lay(self, codebook: Tables) -> dict[str, dict[int, int]]:
        """Lay a codebook over what is there; gives the new id of each of its ids, table by table."""
        moved: dict[str, dict[int, int]] = {name: {} for name in _KEYS}
        for table in _KEYS:
            parents = {}
            for row in codebook.get(table, ()):
                row = {**row, **self._moved(table, row, moved)}
                if table == "STATEMENTTYPES":
                    row["Label"] = self._label(row, codebook)
                if table == "ENTITIES":
                    parents[row["ID"]] = row.pop("ChildOf")
                made = self.add(table, row, row.get("ID"))
                if "ID" in row:
                    moved[table][row["ID"]] = made["ID"]
                if table == "ATTRIBUTEVALUES" and not made["AttributeValue"]:
                    made["AttributeValue"] = row["AttributeValue"]
            for child, parent in parents.items():
                entity = self._entities[moved[table][child]]
                entity["ChildOf"] = entity["ChildOf"] or moved[table].get(parent)
        return moved

    def find(self, table: str, *said: str) -> int | None:
        """The id of the row of this table with that name or label; None where there is none."""
        row = self._known[table].get(said)
        found: int | None = row["ID"] if row else None
        return found

    def variables(self, statement_type: int) -> list[Row]:
        """The variables of a statement type, in the order they were made."""
        return self._variables.get(statement_type, [])

    def entity(self, variable: int, value: str, attributes: Mapping[str, str] | None = None) -> int:
        """The id of an entity of a variable; a new one gets these attributes."""
        key = (variable, value)
        if key in self._known["ENTITIES"]:
            found: int = self._known["ENTITIES"][key]["ID"]
            return found
        made = self.add("ENTITIES", {"VariableId": variable, "Value": value, "Red": 0, "Green": 0, "Blue": 0})
        for name, text in (attributes or {}).items():
            self.attribute(made["ID"], variable, name, text)
        identity: int = made["ID"]
        return identity

    def attribute(self, entity: int, variable: int, name: str, value: str) -> None:
        """Give an entity an attribute."""
        kind = self.add("ATTRIBUTEVARIABLES", {"VariableId": variable, "AttributeVariable": name})
        self.add(
            "ATTRIBUTEVALUES", {"EntityId": entity, "AttributeVariableId": kind["ID"], "AttributeValue": fitted(value)}
        )

    def value(self, statement: int, variable: Row, value: Value, attributes: Mapping[str, str] | None = None) -> None:
        """The value of a statement for a variable; where there is none, DNA's own default."""
        table, column = DATA[variable["DataType"]]
        if variable["DataType"] == "short text":
            held: Value = self.entity(variable["ID"], "" if value is None else str(value), attributes)
        elif value is None:
            held = LAYOUTS[table].columns[column].default
        else:
            held = str(value) if variable["DataType"] == "long text" else int(value)
        rows = self.tables[table]
        rows.append({"ID": len(rows) + 1, "StatementId": statement, "VariableId": variable["ID"], column: held})

    def finish(self) -> Tables:
        """The tables with all that DNA takes for granted, each sorted by its key."""
        self._fit_entities()
        self._complete()
        for table, layout in LAYOUTS.items():
            if "ID" in layout.columns and not table.startswith("DATA"):
                self.tables[table].sort(key=lambda row: row["ID"])
        return self.tables

    def _complete(self) -> None:
        """A value for every attribute, a relation for every two coders, a password for each."""
        kinds: dict[int, list[int]] = {}
        for each in self.tables["ATTRIBUTEVARIABLES"]:
            kinds.setdefault(each["VariableId"], []).append(each["ID"])
        for entity in self.tables["ENTITIES"]:
            for kind in kinds.get(entity["VariableId"], ()):
                self.add(
                    "ATTRIBUTEVALUES", {"EntityId": entity["ID"], "AttributeVariableId": kind, "AttributeValue": ""}
                )
        coders = self.tables["CODERS"]
        for one in coders:
            for other in coders:
                if one is not other:
                    rights = dict.fromkeys(RELATION_RIGHTS, 1)
                    self.add("CODERRELATIONS", {"Coder": one["ID"], "OtherCoder": other["ID"], **rights})
            if not one["Password"]:
                salt = hashlib.sha256(f"selon {one['Name']}".encode()).digest()[:16]
                one["Password"] = password_hash(PASSWORD, salt)

    def _fit_entities(self) -> None:
        for entity in list(self.tables["ENTITIES"]):
            whole = entity["Value"]
            entity["Value"] = fitted(whole)
            if entity["Value"] != whole and len(whole) > LONGEST:
                self.cut += 1
                for number, piece in enumerate(_pieces(whole), start=1):
                    self.attribute(entity["ID"], entity["VariableId"], f"{FULL} {number}", piece)

    def _id(self, table: str, wanted: int | None) -> int:
        taken = self._taken[table]
        if wanted is None or wanted < 1 or wanted in taken:
            wanted = self._next[table]
            while wanted in taken or wanted in self._reserved[table]:
                wanted += 1
            self._next[table] = wanted + 1
        taken.add(wanted)
        return wanted

    def _label(self, row: Row, codebook: Tables) -> str:
        """The label of a type, with a number where another codebook gave its variables other kinds of values."""
        mine = {each["Variable"]: each for each in codebook["VARIABLES"] if each["StatementTypeId"] == row["ID"]}
        label, number = row["Label"], 1
        while (there := self.find("STATEMENTTYPES", label)) is not None:
            known = {each["Variable"]: each["DataType"] for each in self.variables(there)}
            if all(known.get(name, each["DataType"]) == each["DataType"] for name, each in mine.items()):
                break
            number += 1
            label = f"{row['Label']} ({number})"
        found: str = label
        return found

    @staticmethod
    def _moved(table: str, row: Row, moved: Mapping[str, Mapping[int, int]]) -> Row:
        references = _REFERENCES.get(table, {})
        return {
            column: moved[target].get(row[column], row[column])
            for column, target in references.items()
            if target != table
        }


def new_codebook() -> Tables:
    """What stands in a new database of DNA 3: one coder, three types of statement with their variables."""
    types = ((DNA_STATEMENT, (239, 208, 51)), ("NPF Story Element", (100, 200, 190)), ("Annotation", (211, 211, 211)))
    variables = (
        *((1, name, "short text") for name in ("person", "organization", "concept")),
        (1, "agreement", "boolean"),
        *((2, name, "short text") for name in ("narrator", "victim", "villain", "plot", "hero", "policy solution")),
        (3, "note", "long text"),
    )
    admin = {name: column.default for name, column in LAYOUTS["CODERS"].columns.items()}
    return {
        "CODERS": [{**admin, "ID": 1, "Name": "Admin", "Red": 255, "Green": 255}],
        "STATEMENTTYPES": [
            {"ID": number, "Label": label, **dict(zip(("Red", "Green", "Blue"), colour, strict=True))}
            for number, (label, colour) in enumerate(types, start=1)
        ],
        "VARIABLES": [
            {"ID": number, "Variable": name, "DataType": kind, "StatementTypeId": belongs}
            for number, (belongs, name, kind) in enumerate(variables, start=1)
        ],
        "ATTRIBUTEVARIABLES": [
            {"ID": number, "VariableId": variable, "AttributeVariable": name}
            for number, (name, variable) in enumerate(
                ((name, variable) for name in ("Type", "Alias", "Notes") for variable in (1, 2, 3)), start=1
            )
        ],
    }


def _pieces(text: str) -> Iterator[str]:
    for start in range(0, len(text), LONGEST):
        yield text[start : start + LONGEST]
