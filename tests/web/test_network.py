"""The network: what it counts, its shapes, its files."""

import csv
import html
import io
import re
import shutil
import sqlite3
from dataclasses import replace
from datetime import UTC, datetime

import networkx
import numpy as np
import pytest
from fastapi.testclient import TestClient

from selon.discourse.networks import coded
from selon.discourse.networks import network as count
from selon.engines.linking import link
from selon.store import Ledger
from selon.store.codes import ledger_codes
from selon.store.counting import Given
from selon.store.positions import decide_position
from selon.web.app import make_app
from selon.web.network_given import VIEWS, bars, counted, options_of, views
from selon.web.network_shown import TIES, shown

ASKED = {"rows": "", "columns": "", "duplicates": "", "exclude": (), "only": (), "since": "", "until": ""}
ODD = ['"*', "' OR 1=1 --", "\x00", "é" * 500, "$about", "nan", "inf", "-1", "9" * 30, "=", "actor=", "2024-13-01"]
FILTERS = (
    *("view", "use", "rows", "columns", "since", "until", "normalisation", "duplicates", "only", "exclude"),
    *("least", "most"),
)


@pytest.fixture(scope="module")
def given(coded_ledger):
    source = ledger_codes(coded_ledger)
    return Given(coded(source.columns, document_level=source.document_level), source)


@pytest.fixture(scope="module")
def coded_ledger(coded):
    with Ledger.open(coded) as ledger:
        yield ledger


def options(given, view, **asked):
    return options_of(given, {**ASKED, "normalisation": "no", "view": view, **asked})


def ties_of(network):
    return {(frozenset((tie.source, tie.target)), round(tie.weight, 6)) for tie in network.ties()}


def told(rows):
    return {(frozenset((row["source"], row["target"])), row["weight"]) for row in rows}


@pytest.mark.parametrize("view", VIEWS)
def test_what_is_shown_is_what_the_command_line_counts(coded_client, given, view):
    network = count(given.codes, options(given, view))
    data = coded_client.get("/network.json", params={"view": view, "most": 100}).json()
    assert data["statements"] == network.statements
    assert data["ties"] and len(data["ties"]) == data["all_ties"] <= TIES
    assert told(data["ties"]) == ties_of(network)
    for tie in data["ties"]:
        signs = {"conflict": "-", "congruence": "+"}
        assert tie["sign"] == signs.get(view, ("+" if tie["weight"] > 0 else "-") if "agreement" in words(view) else "")
        assert [data["nodes"][number]["label"] for number in tie["ends"]] == [tie["source"], tie["target"]]


def words(view):
    return "agreement" if VIEWS[view][1] == "subtract" else ""


@pytest.mark.parametrize("query", ["", "view=subtract&most=5", "view=congruence&normalisation=jaccard&least=0.2"])
def test_page_json_and_csv_hold_the_same_ties(coded_client, query):
    rows = coded_client.get(f"/network.json?{query}").json()["ties"]
    table = list(csv.DictReader(io.StringIO(coded_client.get(f"/network.csv?{query}").text)))
    page = coded_client.get(f"/network?{query}").text
    assert rows
    assert [(row["source"], row["target"], row["weight"]) for row in rows] == [
        (row["source"], row["target"], float(row["weight"])) for row in table
    ]
    cells = re.findall(r"<tr data-source.*?</tr>", page, re.S)
    assert [[html.unescape(cell) for cell in re.findall(r"<bdi>(.*?)</bdi>", row)] for row in cells] == [
        [row["source"], row["target"]] for row in rows
    ]


def test_days_and_thresholds_narrow(coded_client, given):
    whole = coded_client.get("/network.json?most=100").json()
    early = coded_client.get("/network.json?most=100&until=2024-02-29").json()
    assert 0 < early["statements"] < whole["statements"]
    assert told(early["ties"]) == ties_of(count(given.codes, options(given, "affiliation", until="2024-02-29")))
    heaviest = max(abs(tie["weight"]) for tie in whole["ties"])
    few = coded_client.get(f"/network.json?most=100&least={heaviest}").json()["ties"]
    assert few and all(abs(tie["weight"]) == heaviest for tie in few) and len(few) < len(whole["ties"])
    assert len(coded_client.get("/network.json?most=4").json()["nodes"]) <= 4
    only = coded_client.get(
        "/network.json", params={"only": ["proposition=La ligne électrique a causé l'incendie", ""]}
    )
    assert {node["label"] for node in only.json()["nodes"] if node["group"] == "column"} == {
        "La ligne électrique a causé l'incendie"
    }


def test_the_busiest_rows_are_counted_alone(given):
    wanted = options(given, "affiliation")
    whole = count(given.codes, wanted)
    said = dict(zip(whole.rows, whole.row_statements, strict=True))
    part, left_out = counted(given, wanted, 3)
    assert len(part.rows) == 3 and left_out == len(whole.rows) - 3
    assert sorted(part.row_statements, reverse=True) == sorted(said.values(), reverse=True)[:3]
    assert {tie for tie in whole.ties() if tie.source in part.rows} == set(part.ties())


def test_bars_hold_every_dated_statement_once(given):
    dated = int((given.codes.times != np.iinfo(np.int64).max).sum())
    assert sum(bar.statements for bar in bars(given)) == dated
    for one, other in zip(bars(given), bars(given)[1:], strict=False):
        assert one.after == other.first


def test_nodes_do_not_stand_on_one_another(given):
    for view in VIEWS:
        found = shown(count(given.codes, options(given, view)), 0, 100)
        assert len({(node.x, node.y) for node in found.nodes}) == len(found.nodes)


def test_what_is_quoted_has_no_signs(client):
    page = client.get("/network").text
    assert 'value="together"' in page and 'value="affiliation"' not in page
    assert client.get("/network?view=congruence").status_code == 400
    assert client.get("/network?use=codings").status_code == 400


@pytest.mark.parametrize("asked", ODD)
@pytest.mark.parametrize("name", FILTERS)
def test_odd_filters_are_no_errors_of_ours(coded_client, name, asked):
    for path in ("/network", "/network.json", "/network/network.graphml"):
        assert coded_client.get(path, params={name: asked}).status_code in (200, 400, 422)


@pytest.mark.parametrize("form", ["exe", "graphml%00", "..%2f..%2fetc", "png.svg"])
def test_odd_files_are_not_there(coded_client, form):
    assert coded_client.get(f"/network/network.{form}").status_code in (404, 422)


def test_the_files_hold_the_network(coded_client, given, tmp_path):
    network = count(given.codes, options(given, "affiliation"))
    names = {*network.rows, *network.columns}
    for form, read in (("graphml", networkx.read_graphml), ("gexf", networkx.read_gexf)):
        answer = coded_client.get(f"/network/network.{form}?view=affiliation")
        assert answer.headers["content-disposition"] == f'attachment; filename="network.{form}"'
        path = tmp_path / f"network.{form}"
        path.write_bytes(answer.content)
        graph = read(path)
        label = "label" if form == "gexf" else "name"
        assert {data[label] for _, data in graph.nodes(data=True)} == names
        assert graph.number_of_edges() == network.weights.nnz
    ties = list(csv.DictReader(io.StringIO(coded_client.get("/network/network.ties?view=affiliation").text)))
    assert len(ties) == network.weights.nnz
    assert coded_client.get("/network/network.svg").text.startswith("<svg")
    matrix = coded_client.get("/network/network.csv?view=affiliation").text
    assert len(matrix.splitlines()) == len(network.rows) + 1


def test_the_articles_for_dna(coded_client, coded_ledger, tmp_path):
    answer = coded_client.get("/network/ledger.dna?since=2024-01-01")
    path = tmp_path / "ledger.dna"
    path.write_bytes(answer.content)
    with sqlite3.connect(path) as database:
        (documents,) = database.execute("SELECT count(*) FROM DOCUMENTS").fetchone()
    assert documents == len(coded_ledger.articles(since="2024-01-01")) > 0
    assert coded_client.get("/network/ledger.dna?since=never").status_code == 400


def test_htmx_gets_the_piece_alone(coded_client):
    piece = coded_client.get("/network", headers={"hx-request": "true"}).text
    assert "<html" not in piece and 'id="network"' in piece


def test_a_decision_shows_at_the_next_question(coded, tmp_path):
    folder = tmp_path / "ledger"
    shutil.copytree(coded, folder)
    with TestClient(make_app(folder), base_url="http://127.0.0.1", headers={"accept": "text/html"}) as client:
        before = client.get("/network.json?most=100").json()
        assert client.get("/network.json?most=100").json() == before
        with Ledger.open(folder) as ledger:
            query = "SELECT id FROM statements WHERE speaker IS NOT NULL ORDER BY id LIMIT 1"
            key = ledger.sql(query).fetchall()[0][0]
            decide_position(ledger, key, "permis", -1, by="Ada", at=datetime(2026, 1, 1, tzinfo=UTC))
            link(ledger)
        after = client.get("/network.json?most=100").json()
        # Not simply more of them: what is decided also teaches the machine about other statements.
        assert after != before


def test_views_and_options_go_together(given):
    assert views(given)[0] == "affiliation"
    for view in views(given):
        for normalisation in ("no", "jaccard", "activity"):
            made = options(given, view, normalisation=normalisation)
            assert replace(made) == made


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_word_is_there(coded_client, client, language):
    for asked in (coded_client, client):
        for view in ("", "together", "said"):
            answer = asked.get(f"/network?view={view}&use=", headers={"accept-language": language})
            assert answer.status_code == 200 and f'<html lang="{language}">' in answer.text


def test_names_stay_words(hostile_links_client):
    page = hostile_links_client.get("/network?view=said").text
    assert "alert(1)" in page and "<script>alert" not in page and "<img src=x" not in page
    for form in ("graphml", "gexf", "svg"):
        assert "<script>alert" not in hostile_links_client.get(f"/network/network.{form}").text
