"""A ledger whose tables are copied into memory answers as the one that reads its files."""

from __future__ import annotations

from datetime import UTC, datetime

import made
import pytest

from selon.store import Ledger
from selon.store.bringing import memory_wanted
from selon.store.tables import LINKED, TABLES


@pytest.fixture
def folder(ledger, fill):
    fill(*(made.analysis(place=f"{number}.txt", content=f"Nous fermerons {number} lits") for number in range(5)))
    return ledger.folder


def test_it_holds_what_the_files_hold_and_what_people_decided(folder) -> None:
    with Ledger.open(folder) as files, Ledger.open(folder, in_memory=True) as copy:
        assert files.counts()["statements"] == 5
        for table in (*TABLES, *LINKED):
            query = f"SELECT * FROM {table.name} ORDER BY ALL"
            assert copy.sql(query).fetchall() == files.sql(query).fetchall()
        key = files.statements()[0].id
        assert copy.statement(key) == files.statement(key)
        article = files.statement(key).quotation.article
        assert copy.analysis(article) == files.analysis(article)
        assert copy.headings([article]) == files.headings([article])
        assert copy.headings([article])[article].statements == 1
        files.decide("note", key, "seen", by="Ann", at=datetime.now(UTC))
        assert [each.target for each in copy.decisions(key)] == [key]


def test_rows_are_found_by_an_index_and_not_in_a_file(folder) -> None:
    with Ledger.open(folder) as files, Ledger.open(folder, in_memory=True) as copy:
        indexed = {row[0] for row in copy.sql("SELECT table_name FROM duckdb_indexes()").fetchall()}
        assert {"machine_statements", "articles", "passages"} <= indexed
        plans = [each.sql("EXPLAIN SELECT * FROM articles").fetchall()[0][1].upper() for each in (files, copy)]
        assert ["PARQUET" in plan for plan in plans] == [True, False]


def test_a_copy_wants_more_memory_than_its_files(folder) -> None:
    assert memory_wanted(folder) > (folder / "statements.parquet").stat().st_size
    assert memory_wanted(folder / "nowhere") == 0
