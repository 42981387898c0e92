"""DNA's own sample file, read with the standard library, and the matrices derived from it."""

import json
import sqlite3
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from selon.discourse.networks import coded

DNA = Path(__file__).parents[4] / "shared" / "dna"
EPOCH = datetime(1970, 1, 1)


def needs(name):
    if not (DNA / name).exists():
        pytest.skip(f"../shared/dna/{name} is not here")
    return DNA / name


@pytest.fixture(scope="session")
def sample_file():
    return needs("sample.dna")


@pytest.fixture(scope="session")
def sample(sample_file):
    """The columns of the 40 DNA statements of DNA's sample file."""
    with sqlite3.connect(f"file:{sample_file}?mode=ro", uri=True) as file:
        file.row_factory = sqlite3.Row
        statements = file.execute(
            "SELECT s.ID, s.DocumentId, Start, Stop, Date, Section FROM STATEMENTS AS s "
            "JOIN DOCUMENTS AS d ON d.ID = s.DocumentId WHERE StatementTypeId = 1"
        ).fetchall()
        names = file.execute(
            "SELECT StatementId, Variable, e.Value FROM DATASHORTTEXT AS t "
            "JOIN VARIABLES AS v ON v.ID = t.VariableId JOIN ENTITIES AS e ON e.ID = t.Entity"
        ).fetchall()
        agreement = dict(map(tuple, file.execute("SELECT StatementId, Value FROM DATABOOLEAN")))
    file.close()
    columns = {
        "id": [each["ID"] for each in statements],
        "document": [each["DocumentId"] for each in statements],
        "start": [each["Start"] for each in statements],
        "stop": [each["Stop"] for each in statements],
        "time": [EPOCH + timedelta(seconds=each["Date"]) for each in statements],
        "section": [each["Section"] for each in statements],
        "agreement": [bool(agreement[each["ID"]]) for each in statements],
    }
    for variable in ("person", "organization", "concept"):
        said = {each["StatementId"]: each["Value"] for each in names if each["Variable"] == variable}
        columns[variable] = [said[each["ID"]] for each in statements]
    return columns


@pytest.fixture(scope="session")
def codes(sample):
    return coded(sample, document_level=["section"])


@pytest.fixture(scope="session")
def golden():
    return json.loads(needs("golden.json").read_text())["matrices"]
