"""Networks as files: opened again by programs that know the formats."""

import csv
import io
from datetime import datetime

import networkx
import numpy as np
import pytest

from selon.discourse.networks import (
    Aggregation,
    Mode,
    NetworkOptions,
    Normalisation,
    Unit,
    Windows,
    coded,
    events,
    network,
    networks_over_time,
    timeline,
)
from selon.exports.networks.events import write_events
from selon.exports.networks.gexf import write_gexf
from selon.exports.networks.graphml import write_graphml
from selon.exports.networks.matrices import write_dl, write_matrix, write_ties, write_timeline

COLUMNS = {
    "actor": ["Zoé & Cie", 'l"Un', "Zoé & Cie", "😀\x00", "=1+1"],
    "proposition": ["taxe <juste>", "taxe <juste>", "pont", "pont", "pont"],
    "agreement": [True, False, False, False, True],
    "time": [datetime(2024, 3, day) for day in (1, 1, 2, 3, 3)],
    "document": [1, 2, 3, 4, 4],
}
TEXTS = ["a; b", 'c "d"', "e", "f", "=g"]
SUBTRACT = NetworkOptions(aggregation=Aggregation.SUBTRACT)


@pytest.fixture(scope="module")
def codes():
    return coded(COLUMNS)


def written(write, *given):
    target = io.BytesIO()
    write(*given, target)
    return target.getvalue()


def ties_of(graph, weight):
    names = {node: data.get("name", data.get("label")) for node, data in graph.nodes(data=True)}
    return {frozenset((names[one], names[other])): data[weight] for one, other, data in graph.edges(data=True)}


@pytest.mark.parametrize("mode", list(Mode))
def test_graphml_and_gexf_hold_the_ties_with_their_signs(codes, mode):
    made = network(codes, NetworkOptions(mode=mode, aggregation=Aggregation.SUBTRACT))
    wanted = {frozenset((tie.source, tie.target)): tie.weight for tie in made.ties()}
    wanted = {frozenset(name.replace("\x00", "�") for name in pair): weight for pair, weight in wanted.items()}
    graphml = networkx.read_graphml(io.BytesIO(written(write_graphml, made)))
    gexf = networkx.read_gexf(io.BytesIO(written(write_gexf, [made])))
    assert ties_of(graphml, "weight") == ties_of(gexf, "signed_weight") == wanted
    assert all(data["weight"] == abs(data["signed_weight"]) for *_, data in gexf.edges(data=True))
    assert min(wanted.values()) < 0 < max(wanted.values())


def test_graphml_says_what_a_node_is_and_how_often(codes):
    graph = networkx.read_graphml(io.BytesIO(written(write_graphml, network(codes, SUBTRACT))))
    told = {data["name"]: (data["variable"], data["frequency"]) for _, data in graph.nodes(data=True)}
    assert told["Zoé & Cie"] == ("actor", 2)
    assert told["pont"] == ("proposition", 3)
    assert not graph.is_directed()


def test_graphml_draws_rows_and_columns_and_signs_apart(codes):
    text = written(write_graphml, network(codes, SUBTRACT)).decode()
    assert text.count('type="ellipse"') == 4
    assert text.count('type="roundrectangle"') == 2
    assert text.count("#00ff00") == 2
    assert text.count("#ff0000") == 3
    combined = written(write_graphml, network(codes, NetworkOptions(aggregation=Aggregation.COMBINE))).decode()
    assert combined.count("#00ff00") == 2


def test_windows_make_one_dynamic_graph(codes):
    windows = list(networks_over_time(codes, SUBTRACT, Windows(Unit.DAYS, 1)))
    text = written(write_gexf, windows)
    graph = networkx.read_gexf(io.BytesIO(text))
    assert b'mode="dynamic" timeformat="date"' in text
    spells = {data["label"]: data["spells"] for _, data in graph.nodes(data=True)}
    assert spells["Zoé & Cie"] == [("2024-03-01", "2024-03-03")]
    weights = ties_of(graph, "signed_weight")
    assert weights[frozenset(("Zoé & Cie", "pont"))] == [(-1.0, "2024-03-02", "2024-03-03")]


def test_matrices_are_written_as_dna_writes_them(codes):
    made = network(codes, SUBTRACT)
    lines = written(write_matrix, made).decode().splitlines()
    assert lines[0] == '"";"pont";"taxe <juste>"'
    assert lines[1:3] == ['"\'=1+1";1;0', '"Zoé & Cie";-1;1']
    average = network(codes, NetworkOptions(mode=Mode.ONE_MODE, normalisation=Normalisation.AVERAGE))
    cells = written(write_matrix, average).decode().splitlines()[1].split(";")[1:]
    assert cells == ["0.000000", "0.666667", "0.000000", "1.000000"]


def test_dl_holds_labels_and_numbers(codes):
    two, one = (
        written(write_dl, network(codes, NetworkOptions(mode=mode))).decode() for mode in (Mode.TWO_MODE, Mode.ONE_MODE)
    )
    assert two.startswith("dl nr = 4, nc = 2, format = fullmatrix\nrow labels:\n")
    assert one.startswith("dl n = 4, format = fullmatrix\nlabels:\n")
    numbers = [list(map(float, line.split())) for line in one.split("data:\n")[1].splitlines()]
    assert (np.array(numbers) == network(codes, NetworkOptions(mode=Mode.ONE_MODE)).weights.toarray()).all()


def test_ties_name_their_window(codes):
    windows = networks_over_time(codes, SUBTRACT, Windows(Unit.DAYS, 1))
    rows = list(csv.DictReader(io.StringIO(written(write_ties, windows).decode())))
    assert rows[0] == {
        "source": "Zoé & Cie",
        "target": "taxe <juste>",
        "weight": "1",
        "first": "2024-03-01T00:00:00",
        "last": "2024-03-01T00:00:00",
    }
    assert [row["source"] for row in rows if row["source"].endswith("1+1")] == ["'=1+1"]


def test_events_are_dnas_list_and_come_back(codes, tmp_path):
    from selon.store.code_files import file_codes

    text = written(write_events, events(codes, SUBTRACT), COLUMNS, TEXTS).decode()
    assert text.splitlines()[0].startswith('"statement_id";"time";"actor";"proposition";"agreement"')
    assert '"a, b"' in text
    assert "\"c 'd'\"" in text
    (tmp_path / "events.csv").write_text(text, encoding="utf-8")
    again = file_codes(tmp_path / "events.csv")
    back = network(coded(again.columns), SUBTRACT)
    assert (back.weights.toarray() == network(codes, SUBTRACT).weights.toarray()).all()


def test_a_timeline_is_a_line_for_each_number(codes):
    rows = list(csv.reader(io.StringIO(written(write_timeline, timeline(codes, SUBTRACT, "proposition")).decode())))
    assert rows[0] == ["proposition", "day", "level", "statements"]
    assert rows[1:] == [
        ["pont", "2024-03-02", "-1", "1"],
        ["pont", "2024-03-03", "-1", "1"],
        ["pont", "2024-03-03", "+1", "1"],
        ["taxe <juste>", "2024-03-01", "-1", "1"],
        ["taxe <juste>", "2024-03-01", "+1", "1"],
    ]
