"""The list of statements: what its filters keep, in which order, in which shapes."""

import csv
import io
import re

import pytest
from fastapi.testclient import TestClient

from selon.exports.columns import STATEMENT_COLUMNS
from selon.store import Ledger
from selon.web import finding
from selon.web.app import make_app

STANDING = "SELECT statement FROM positions WHERE agreement = -1 AND (decided OR confidence >= 0.5)"
ODD = ['"*', "NEAR(", "a AND", "col:x", "^é", "' OR 1=1 --", "\x00", "é" * 200, "(" * 50, "$found", "*", "{n}"]


@pytest.fixture(scope="module")
def rows(demo):
    """Every statement as ``selon statements`` gives it, with the article's language."""
    with Ledger.open(demo) as ledger:
        languages = dict(ledger.sql("SELECT id, language FROM articles").fetchall())
        standing = {row[0] for row in ledger.sql(STANDING).fetchall()}
        return [
            {**row, "language": languages[row["article"]], "against": row["id"] in standing} for row in ledger.rows()
        ]


def keys(client, query, shape="json"):
    answer = client.get(f"/statements.{shape}?{query}")
    assert answer.status_code == 200
    return [row["id"] for row in answer.json()]


@pytest.mark.parametrize(
    ("query", "fits"),
    [
        ("", lambda row: True),
        ("kind=direct", lambda row: row["kind"] == "direct"),
        ("form=nominal", lambda row: row["form"] == "nominal"),
        ("language=en", lambda row: row["language"] == "en"),
        ("outlet=orbital+ledger", lambda row: row["outlet"] == "The Orbital Ledger"),
        ("confidence=0.9", lambda row: row["confidence"] >= 0.9),
        ("about=FÉU", lambda row: re.search(r"\bfeu", row["content"], re.I)),
        ("about=poteau+marron", lambda row: False),
        (
            "kind=direct&language=fr&since=2024-08-01&until=2024-08-31",
            lambda row: row["kind"] == "direct" and in_august(row),
        ),
        ("decided=person", lambda row: False),
        ("decided=machine", lambda row: True),
        ("stand=against", lambda row: row["against"]),
    ],
)
def test_filters_keep_what_fits_and_nothing_else(client, rows, query, fits):
    assert sorted(keys(client, query)) == sorted(row["id"] for row in rows if fits(row))


def in_august(row):
    day = row["said_on_first"] or row["published"]
    return row["language"] == "fr" and day is not None and (day.year, day.month) == (2024, 8)


def test_a_speaker_is_found_by_any_of_the_names(client, demo):
    with Ledger.open(demo) as ledger:
        for name in ("Casalonga", "casalonga", "Hélène Quemeneur"):
            assert set(keys(client, f"speaker={name}")) == {each.id for each in ledger.statements(speaker=name)}
    assert keys(client, "speaker=nobody+at+all") == []


def test_an_actor_has_its_statements(client, demo):
    with Ledger.open(demo) as ledger:
        actor, expected = ledger.sql(
            "SELECT id, statements FROM actors ORDER BY statements DESC, id LIMIT 1"
        ).fetchall()[0]
    found = client.get(f"/statements.json?actor={actor}").json()
    assert len(found) == expected and {row["actor"] for row in found} == {actor}


@pytest.mark.parametrize(
    ("sort", "key", "reverse"),
    [
        ("newest", lambda row: row["said_on_first"] or row["published"] or "", True),
        ("oldest", lambda row: row["said_on_first"] or row["published"] or "9", False),
        ("surest", lambda row: row["confidence"], True),
        ("doubtful", lambda row: row["confidence"], False),
        ("speaker", lambda row: (row["speaker"] is None, row["speaker"] or ""), False),
    ],
)
def test_lists_are_in_order(client, sort, key, reverse):
    found = [key(row) for row in client.get(f"/statements.json?sort={sort}").json()]
    assert found == sorted(found, reverse=reverse)


def test_pages_hold_the_whole_list_once(client, rows):
    shown = []
    for number in range(1, 20):
        page = client.get(f"/statements?page={number}").text
        found = re.findall(r'<p class="said"><a href="/articles/\w+#(\w+)"', page)
        shown += found
        if 'rel="next"' not in page:
            break
    assert sorted(shown) == sorted(row["id"] for row in rows)


def test_json_and_csv_hold_the_same_columns(client):
    rows = client.get("/statements.json?about=feu").json()
    table = list(csv.DictReader(io.StringIO(client.get("/statements.csv?about=feu").text)))
    assert [row["id"] for row in rows] == [row["id"] for row in table]
    assert set(STATEMENT_COLUMNS) | {"language", "actor", "decided"} == set(rows[0]) == set(table[0])


def test_the_page_keeps_its_filters_in_its_links(client):
    page = client.get("/statements?language=fr&sort=oldest").text
    assert 'href="/statements?language=fr&amp;sort=oldest&amp;page=2"' in page
    assert 'href="/statements.csv?language=fr&amp;sort=oldest"' in page


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("name", ["about", "speaker", "actor", "outlet", "proposition", "article", "until", "kind"])
def test_odd_words_are_no_errors_of_ours(client, name, odd):
    assert client.get("/statements", params={name: odd}).status_code in (200, 400, 422)


def test_words_that_stand_everywhere_are_looked_for_where_we_read_last(demo, monkeypatch):
    monkeypatch.setattr(finding, "FOUND", 5)
    with TestClient(make_app(demo), base_url="http://127.0.0.1", headers={"accept": "text/html"}) as client:
        assert len(client.get("/statements.json?about=la").json()) == 5
        assert "read last" in client.get("/statements?about=la", headers={"accept-language": "en"}).text
        assert "read last" not in client.get("/statements?about=poteau", headers={"accept-language": "en"}).text


@pytest.mark.parametrize(
    "path",
    ["/statements", "/articles", "/people", "/utterances", "/copies", "/contradictions", "/propositions", "/network"],
)
def test_a_form_sent_as_it_stands_gives_the_same_list(client, path):
    """A browser sends every field of a form, also those that nobody filled in."""
    page = client.get(path)
    names = set(re.findall(r'<(?:input|select)[^>]*\bname="(\w+)"', page.text)) - {"sort", "mode", "token"}
    sent = client.get(path, params=dict.fromkeys(names, ""))
    assert names
    assert sent.status_code == 200
