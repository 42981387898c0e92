"""Numbers that DNA's authors published for their sample file: rows of the list in ../shared/anchors/networks.md."""

from collections import Counter
from dataclasses import replace
from datetime import datetime

import numpy as np
import pytest

from selon.discourse.networks import (
    Aggregation,
    Duplicates,
    Kernel,
    Mode,
    NetworkOptions,
    Normalisation,
    Unit,
    Windows,
    fixed_backbone,
    nested_backbone,
    network,
    networks_over_time,
    penalised_backbone,
    polarization,
    timeline,
)
from selon.exports.dna.reading import read_dna

pytestmark = pytest.mark.shared
TWO = NetworkOptions(rows="organization", columns="concept")
ONE = replace(TWO, mode=Mode.ONE_MODE)
CONGRUENCE = replace(ONE, aggregation=Aggregation.CONGRUENCE, normalisation=Normalisation.AVERAGE)
BACKBONE = replace(
    ONE, aggregation=Aggregation.SUBTRACT, normalisation=Normalisation.AVERAGE, duplicates=Duplicates.DOCUMENT
)
SENATE, SIERRA = 4, 5


@pytest.fixture
def chance():
    return np.random.default_rng(1234)


def weights(codes, options):
    return network(codes, options).weights.toarray()


def test_row_1_two_mode_defaults(codes):
    made = network(codes, TWO)
    assert made.weights.shape == (7, 6)
    assert made.weights.sum() == 40
    assert made.statements == 40
    assert made.rows[1].startswith("Ener")
    assert made.weights.toarray()[1, :2].tolist() == [2, 0]
    assert made.rows[0] == "Alliance to Save Energy"


def test_row_2_nodes_and_ties_of_it(codes):
    made = network(codes, TWO)
    assert len(made.rows) + len(made.columns) == 13
    assert len(list(made.ties())) == 22


def test_row_3_one_mode_defaults(codes):
    made = network(codes, ONE)
    assert made.weights.shape == (7, 7)
    assert made.weights.sum() == 276
    assert made.rows[2].startswith("Envi")
    assert made.weights.toarray()[2, :2].tolist() == [10, 2]


def test_row_4_nodes_and_ties_of_it(codes):
    made = network(codes, ONE)
    assert (len(made.rows), len(list(made.ties()))) == (7, 21)


def test_row_5_congruence_average(codes):
    made = weights(codes, CONGRUENCE)
    assert made.shape == (7, 7)
    assert round(made.sum()) == 26
    assert made.sum() == pytest.approx(25.802436, abs=1e-6)


def test_row_6_without_a_concept_and_two_organizations(codes):
    concept = next(each for each in network(codes, TWO).columns if each.startswith("There should be"))
    exclude = {"concept": frozenset({concept}), "organization": frozenset({"Senate", "Sierra Club"})}
    made = weights(codes, replace(CONGRUENCE, exclude=exclude))
    assert made.shape == (5, 5)
    assert round(made.sum()) == 10
    assert made.sum() == pytest.approx(9.809524, abs=1e-6)


def test_row_7_only_one_section(codes):
    assert weights(codes, replace(CONGRUENCE, only={"section": frozenset({"1"})})).shape == (4, 4)


def test_row_8_persons_without_qualifier(codes):
    published = (
        "0,22,6,8,4,2,2,22,0,12,22,2,10,1,6,12,0,7,6,4,6,8,22,7,0,6,4,3,4,2,6,6,0,4,4,2,10,4,4,4,0,3,2,1,6,3,4,3,0"
    )
    made = weights(codes, replace(ONE, rows="person", qualifier=""))
    assert made.ravel().tolist() == [float(each) for each in published.split(",")]


def test_row_10_polarization(codes, chance):
    found = polarization(codes, replace(ONE, as_dna=True), 2, chance)
    assert found.exact
    assert found.value == pytest.approx(0.5342493, abs=5e-8)


def test_row_11_windows_of_the_gaussian_kernel(codes):
    assert len(list(networks_over_time(codes, BACKBONE, Windows(Unit.DAYS, 8, Kernel.GAUSSIAN)))) == 22


def test_row_12_backbones(codes, chance):
    removed = nested_backbone(codes, BACKBONE)
    assert len(removed) == 6
    assert sum(each.statements for each in removed) == 23
    assert removed[3].label.startswith("Emissions legislation should regulate CO2")
    assert nested_backbone(codes, replace(BACKBONE, as_dna=True))[3].label.startswith("There should be")
    for as_dna in (False, True):
        penalised = penalised_backbone(codes, replace(BACKBONE, as_dna=as_dna), 3.5, chance)
        assert (len(penalised.backbone), len(penalised.redundant)) == (3, 3)
        fixed = fixed_backbone(codes, replace(BACKBONE, as_dna=as_dna), 4, chance)
        assert (len(fixed.backbone), len(fixed.redundant)) == (4, 2)


@pytest.mark.parametrize(
    ("aggregation", "published"),
    [(Aggregation.IGNORE, 7), (Aggregation.CONGRUENCE, 2), (Aggregation.CONFLICT, 5), (Aggregation.SUBTRACT, -3)],
)
def test_row_13_senate_and_sierra_club(codes, aggregation, published):
    made = network(codes, replace(ONE, aggregation=aggregation))
    assert (made.rows[SENATE], made.rows[SIERRA]) == ("Senate", "Sierra Club")
    assert made.weights.toarray()[SENATE, SIERRA] == published


def test_row_14_national_petrochemical_in_two_mode_subtract(codes):
    made = network(codes, replace(TWO, aggregation=Aggregation.SUBTRACT))
    row = made.weights.toarray()[made.rows.index("National Petrochemical & Refiners Association")]
    assert sorted(row[row != 0].tolist()) == [-2, -2]


@pytest.mark.parametrize(("day", "shape"), [((2005, 2, 2), (2, 3)), ((2005, 2, 10), (1, 3)), ((2005, 2, 16), (3, 6))])
def test_row_15_slices_of_a_day(codes, day, shape):
    """The manual prints a table of this shape for the day; every cell of it is 1."""
    options = replace(TWO, duplicates=Duplicates.ACROSS_RANGE, since=datetime(*day), until=datetime(*day, 23, 59, 59))
    made = network(codes, options)
    assert made.weights.shape == shape
    assert set(made.weights.data.tolist()) == {1}


def test_duplicates_in_a_document(codes):
    kept = {
        aggregation: network(codes, replace(ONE, aggregation=aggregation, duplicates=Duplicates.DOCUMENT))
        for aggregation in (Aggregation.IGNORE, Aggregation.CONGRUENCE, Aggregation.CONFLICT, Aggregation.SUBTRACT)
    }
    assert [each.statements for each in kept.values()] == [22, 23, 23, 23]
    assert [each.weights.sum() for each in kept.values()] == [78, 48, 38, 10]


def test_bars_of_agreement(codes):
    options = replace(TWO, aggregation=Aggregation.SUBTRACT, duplicates=Duplicates.DOCUMENT)
    assert timeline(codes, options, "concept").totals.tolist() == [[4, 2], [0, 1], [0, 3], [0, 2], [2, 4], [1, 4]]


def test_row_17_what_the_file_holds(sample_file):
    """test-data-access.R, as far as it reads: rows and columns of statements, attributes, documents, coders."""
    tables = read_dna(sample_file).tables
    names = {each["ID"]: each["Value"] for each in tables["ENTITIES"]}
    statements = [each["ID"] for each in tables["STATEMENTS"] if each["StatementTypeId"] == 1]
    assert len(statements) == 40
    said = {(each["StatementId"], each["VariableId"]): names[each["Entity"]] for each in tables["DATASHORTTEXT"]}
    assert said[statements[1], 1] == "Joel Bluestein"
    assert said[statements[14], 3].startswith("There should be legislation")
    organizations = sorted((each for each in tables["ENTITIES"] if each["VariableId"] == 2), key=lambda e: e["Value"])
    attributes = [each["AttributeVariable"] for each in tables["ATTRIBUTEVARIABLES"] if each["VariableId"] == 2]
    assert (len(organizations), len(["ID", "value", "color", *attributes])) == (8, 6)
    second = organizations[1]
    assert (second["Value"], second["Red"], second["Green"], second["Blue"]) == ("Alliance to Save Energy", 0, 204, 0)
    assert (len(tables["DOCUMENTS"]), len(tables["DOCUMENTS"][0])) == (7, 10)
    assert len(tables["CODERS"]) == 4


def test_every_derived_matrix(codes, golden):
    """golden.json: the formulas worked out independently, for 92 choices of options."""
    seen = Counter()
    for each in golden:
        options = NetworkOptions(
            rows=each["variable1"],
            columns=each["variable2"],
            mode=Mode.ONE_MODE if each["network"] == "onemode" else Mode.TWO_MODE,
            aggregation=Aggregation(each["aggregation"]),
            normalisation=Normalisation(each["normalization"]),
            duplicates=Duplicates(each["duplicates"]),
            isolates=each["isolates"],
        )
        made = network(codes, options)
        assert made.statements == each["n_statements"]
        assert [list(made.rows), list(made.columns)] == [each["rows"], each["cols"]]
        np.testing.assert_allclose(made.weights.toarray(), each["values"], atol=1e-9)
        seen[each["network"]] += 1
    assert sum(seen.values()) == 92
