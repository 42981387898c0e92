import json
from dataclasses import replace

import pytest
from made import analysis
from test_corrections import ANN, BEN, DUPONT, KEY, MACRON, OTHER, shown

from selon.errors import InputError
from selon.records import Kind
from selon.store import Ledger
from selon.store.agreement import agreements, coded_in, cohen, conflicts, krippendorff
from selon.store.exchange import lines_of, take_in
from selon.store.queue import Candidate, queue, ranked
from selon.store.reviewing import Change, accept, correct, reject, take_back

# Krippendorff (2011), Computing Krippendorff's Alpha-Reliability: four observers, twelve units, "." is missing.
FOUR = (
    "1 2 3 3 2 1 4 1 2 . . .",
    "1 2 3 3 2 2 4 1 2 5 . 3",
    ". 3 3 3 2 3 4 2 2 5 1 .",
    "1 2 3 3 2 4 4 1 2 5 1 .",
)


def test_alpha_is_the_published_one():
    rows = [row.split() for row in FOUR]
    codes = {
        str(unit): {str(coder): row[unit] for coder, row in enumerate(rows) if row[unit] != "."} for unit in range(12)
    }
    assert krippendorff(codes) == pytest.approx(0.743, abs=0.0005)
    # The same paper, section A: two observers, ten units, binary values.
    one, other = "0100000010", "1110010000"
    binary = {str(n): {"A": a, "B": b} for n, (a, b) in enumerate(zip(one, other, strict=True))}
    assert krippendorff(binary) == pytest.approx(0.095, abs=0.0005)
    # Section B: two observers, twelve units, five nominal values.
    one, other = "aabbdcccedda", "babbbccceddd"
    nominal = {str(n): {"A": a, "B": b} for n, (a, b) in enumerate(zip(one, other, strict=True))}
    assert krippendorff(nominal) == pytest.approx(0.692, abs=0.0005)


def test_kappa_is_that_of_the_table_everybody_computes():
    # 20 both yes, 5 only the first, 10 only the second, 15 both no: 0.4 (en.wikipedia.org/wiki/Cohen's_kappa).
    table = [(1, 1)] * 20 + [(1, 0)] * 5 + [(0, 1)] * 10 + [(0, 0)] * 15
    assert cohen(table) == pytest.approx(0.4)
    assert cohen([(1, 1)] * 3) is None
    assert krippendorff({"u": {"A": 1}}) is None


@pytest.fixture
def filled(fill):
    return fill(MACRON, DUPONT)


def test_what_coders_said_is_compared_variable_by_variable(filled):
    accept(filled, KEY, ANN)
    correct(filled, KEY, Change(kind=Kind.MIXED), BEN)
    reject(filled, OTHER, ANN)
    accept(filled, OTHER, BEN)
    coded = coded_in(filled)
    assert coded["statement"] == {KEY: {"Ann": True, "Ben": True}, OTHER: {"Ann": False, "Ben": True}}
    assert coded["kind"][KEY] == {"Ann": "direct", "Ben": "mixed"}
    assert coded["kind"][OTHER] == {"Ben": "direct"}
    assert {(each.variable, each.unit) for each in conflicts(coded)} == {("statement", OTHER), ("kind", KEY)}
    told = {(each.variable, each.measure): each for each in agreements(coded)}
    assert told["statement", "kappa"].value == pytest.approx(0)
    assert told["speaker", "alpha"].units == 1


def test_decisions_go_from_ledger_to_ledger_once_and_both_show_the_same(filled, fill, empty_folder, tmp_path):
    import shutil

    shutil.copytree(empty_folder, tmp_path / "other")
    with Ledger.open(tmp_path / "other") as other:
        fill(MACRON, DUPONT, into=other)
        correct(filled, KEY, Change(kind=Kind.MIXED), ANN)
        made = reject(filled, OTHER, ANN)
        take_back(filled, made.id, ANN)
        correct(other, KEY, Change(kind=Kind.INDIRECT), BEN)
        lines = [*lines_of(filled.decisions())], [*lines_of(other.decisions())]
        assert take_in(other, lines[0], "a.jsonl").new == 3
        assert take_in(filled, lines[1], "b.jsonl").new == 1
        assert shown(filled) == shown(other)
        assert shown(other)[KEY][2:] == ("indirect", "corrected", "Ben")
        assert sorted(lines_of(other.decisions())) == sorted(lines_of(filled.decisions()))
        again = take_in(other, lines_of(filled.decisions()), "a.jsonl")
        assert (again.new, again.known, again.unknown) == (0, 4, 0)
        with pytest.raises(InputError, match="line 1"):
            take_in(other, ["{}\n"], "a.jsonl")
        alien = json.dumps({**json.loads(lines[0][2]), "key": "d0", "value": {"undo": "d404"}})
        assert take_in(other, [alien], "c.jsonl").unknown == 1


def test_the_doubtful_and_the_weighty_come_first():
    sure = Candidate("sure", "a", 0.95, 0.96, named=True)
    doubtful = Candidate("doubtful", "a", 0.5, 0.9, named=True)
    heavy = replace(doubtful, id="heavy", witnesses=8, contradicted=1)
    nameless = Candidate("nameless", "a", 0.9, 0.95, named=False)
    found = ranked([sure, nameless, doubtful, heavy])
    assert [each.id for each in found] == ["heavy", "doubtful", "nameless", "sure"]
    assert [each.by for each in found[0].evidence] == [
        *("doubt: confidence", "doubt: speaker", "weight: witnesses", "weight: contradictions"),
    ]


def test_the_queue_leaves_out_what_is_decided(filled, fill):
    third = analysis("Éric Ciotti", "Il faut des munitions et du pain", place="3.txt")
    fill(third)
    assert len(queue(filled, "Ann")) == 3
    accept(filled, KEY, ANN)
    correct(filled, OTHER, Change(kind=Kind.MIXED), BEN)
    assert [each.id for each in queue(filled, "Ann")] == [third.statements[0].id]
    assert queue(filled, "Ann", article=MACRON.article.id) == []
