"""docs/ledger.md tells every table and column, and promises what the code does."""

import re
from pathlib import Path

from selon.store.staging import SHARD_DOCUMENTS, SHARD_SECONDS
from selon.store.tables import LINKED, STATEMENTS, TABLES

DOCS = Path(__file__).parents[2] / "docs"


def test_every_column_is_documented():
    page = (DOCS / "ledger.md").read_text(encoding="utf-8")
    sections = dict(re.findall(r"^### (\w+)\n(.*?)(?=^#|\Z)", page, re.MULTILINE | re.DOTALL))
    assert set(sections) == {table.name for table in (*TABLES, *LINKED)}
    for table in (*TABLES, *LINKED):
        cells = re.findall(r"^\| (`.*?) \|", sections[table.name], re.MULTILINE)
        # The view of what holds has two columns more than the file.
        columns = [*table.columns, *(("decided", "decided_by") if table is STATEMENTS else ())]
        assert [name for cell in cells for name in re.findall(r"`(\w+)`", cell)] == columns, table.name


def test_promises_are_those_of_the_code():
    page = (DOCS / "ledger.md").read_text(encoding="utf-8")
    assert f"at most {SHARD_DOCUMENTS} documents or {SHARD_SECONDS:.0f} seconds are read twice" in page
