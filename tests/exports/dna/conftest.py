"""Files of DNA made here: one as DNA makes them, and loose ones, without any rule, to damage."""

import sqlite3
from contextlib import closing

import pytest

from selon.exports.dna.building import Building, new_codebook
from selon.exports.dna.schema import LAYOUTS
from selon.exports.dna.writing import write_dna

TEXT = "Le maire, O'Brien, a dit non. La préfète a dit oui, puis rien.\nFin."


def tables(text=TEXT, spans=((0, 29), (30, 52), (30, 52)), person="Odile O'Brien", concept="Le pont doit fermer."):
    """Two coders, one document, a statement for each span; the second disagrees."""
    building = Building()
    building.lay(new_codebook())
    building.add("SETTINGS", {"Property": "version", "Value": "3.0.7"})
    building.add("SETTINGS", {"Property": "date", "Value": "2024-01-02"})
    building.add("CODERS", {"Name": "Anna", "Password": ""})
    building.add("REGEXES", {"Label": "pont.*", "Red": 255})
    row = {"Title": "Le pont", "Text": text, "Coder": 2, "Author": "A", "Source": "Le Fanal", "Section": "Locale"}
    building.add("DOCUMENTS", {**row, "Notes": "n", "Type": "article", "Date": 1717430400})
    for number, (start, stop) in enumerate(spans):
        row = {"StatementTypeId": 1, "DocumentId": 1, "Start": start, "Stop": stop, "Coder": 2}
        made = building.add("STATEMENTS", row)["ID"]
        values = {"person": person, "organization": "Mairie", "concept": concept, "agreement": number != 1}
        for variable in building.variables(1):
            building.value(made, variable, values[variable["Variable"]], {"Type": "élue"})
    return building.finish()


@pytest.fixture
def dna(tmp_path):
    """Write a file as DNA would; gives its path."""

    def write(name="projet.dna", **given):
        path = tmp_path / name
        write_dna(path, tables(**given))
        return path

    return write


@pytest.fixture
def loose(tmp_path):
    """Write a file without keys, references and checks, then change it with SQL; gives its path."""

    def write(*changes, without=(), name="lose.dna", **given):
        path = tmp_path / name
        path.unlink(missing_ok=True)
        rows = tables(**given)
        with closing(sqlite3.connect(path)) as database:
            for table, layout in LAYOUTS.items():
                if table in without:
                    continue
                database.execute(f"CREATE TABLE {table} ({', '.join(layout.columns)})")
                places = ", ".join("?" for _ in layout.columns)
                database.executemany(
                    f"INSERT INTO {table} VALUES ({places})",
                    [[row[column] for column in layout.columns] for row in rows[table]],
                )
            for change in changes:
                database.execute(change)
            database.commit()
        return path

    return write
