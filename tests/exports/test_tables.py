"""Tables read back as they were written."""

import csv
import io
import json

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selon.exports.columns import ARTICLE_COLUMNS, STATEMENT_COLUMNS
from selon.exports.tables import Format, article_row, guarded, statement_rows, unguarded, write_rows

COLUMNS = {
    "id": "VARCHAR",
    "content": "VARCHAR",
    "confidence": "DOUBLE",
    "content_spans": 'STRUCT("start" INTEGER, "end" INTEGER)[]',
    "evidence": 'STRUCT("by" VARCHAR, saw VARCHAR, score DOUBLE)[]',
}
texts = st.text(
    alphabet=st.one_of(st.sampled_from("'=+-@\t\r\n\";,« »\0"), st.characters(exclude_categories=["Cs"])), max_size=20
)
spans = st.builds(lambda a, b: {"start": a, "end": b}, st.integers(0, 999), st.integers(0, 999))
evidence = st.builds(
    lambda by, saw, score: {"by": by, "saw": saw, "score": score}, texts, texts, st.floats(0, 1) | st.none()
)
rows = st.lists(
    st.fixed_dictionaries(
        {
            "id": texts,
            "content": texts | st.none(),
            "confidence": st.floats(0, 1),
            "content_spans": st.lists(spans, max_size=3),
            "evidence": st.lists(evidence, max_size=2),
        }
    ),
    max_size=5,
)


def written(several, form, **options):
    target = io.BytesIO()
    write_rows(several, COLUMNS, target, form, **options)
    return target.getvalue()


@given(rows)
def test_json_lines_come_back(several):
    assert [json.loads(line) for line in written(several, Format.JSONL).decode().split("\n") if line] == several


@given(rows)
def test_json_comes_back(several):
    assert json.loads(written(several, Format.JSON)) == several


@given(rows, st.booleans())
def test_csv_comes_back(several, raw):
    lines = list(csv.reader(io.StringIO(written(several, Format.CSV, raw=raw).decode(), newline="")))
    assert lines[0] == list(COLUMNS)
    for cells, row in zip(lines[1:], several, strict=True):
        got = dict(zip(COLUMNS, cells, strict=True))
        text = str if raw else unguarded
        assert text(got["id"]) == row["id"]
        assert text(got["content"]) == (row["content"] or "")
        assert float(got["confidence"]) == row["confidence"]
        assert got["content_spans"] == ";".join(f"{span['start']}-{span['end']}" for span in row["content_spans"])
        assert json.loads(got["evidence"] or "[]") == row["evidence"]


@settings(max_examples=15, deadline=None)
@given(rows)
def test_parquet_comes_back(tmp_path_factory, several):
    path = tmp_path_factory.mktemp("tables") / "rows.parquet"
    path.write_bytes(written(several, Format.PARQUET))
    with duckdb.connect() as engine:
        found = engine.execute(f"SELECT * FROM '{path}'")
        names = [column[0] for column in found.description]
        assert [dict(zip(names, row, strict=True)) for row in found.fetchall()] == several


@given(st.text())
def test_no_guarded_cell_opens_a_formula(cell):
    assert not guarded(cell).startswith(("=", "+", "-", "@", "\t", "\r"))
    assert unguarded(guarded(cell)) == cell


def test_a_formula_is_guarded_unless_raw():
    row = {"id": "x", "content": "=cmd|' /C calc'!A0"}
    assert b"'=cmd" in written([row], Format.CSV)
    assert b"'=cmd" not in written([row], Format.CSV, raw=True)


@pytest.mark.parametrize("form", Format)
def test_a_lone_surrogate_stops_nothing(form):
    assert written([{"id": "a\ud800b"}], form)


def test_rows_have_the_documented_columns(analyses):
    for analysis in analyses:
        assert list(article_row(analysis)) == list(ARTICLE_COLUMNS)
        for row in statement_rows(analysis):
            assert list(row) == list(STATEMENT_COLUMNS)
            assert row["content"] == " […] ".join(
                analysis.article.text[s["start"] : s["end"]] for s in row["content_spans"]
            )


def test_statements_of_an_analysis_in_every_format(analyses):
    several = [row for analysis in analyses for row in statement_rows(analysis)]
    for form in Format:
        target = io.BytesIO()
        write_rows(several, STATEMENT_COLUMNS, target, form)
        assert len(target.getvalue()) > 1000
