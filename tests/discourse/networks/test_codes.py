"""Columns of coded statements, and choices that are refused."""

from datetime import date, datetime

import numpy as np
import pytest

from selon.discourse.networks import Aggregation, Mode, NetworkOptions, Normalisation, coded, network
from selon.errors import UsageError


def test_statements_are_sorted_by_time_document_and_place():
    codes = coded(
        {
            "actor": list("abcd"),
            "time": [date(2024, 2, 1), None, "2024-01-01T08:00:00", datetime(2024, 2, 1)],
            "document": [10, 1, 1, 9],
        }
    )
    assert codes.rows.tolist() == [2, 3, 0, 1]


def test_numbers_and_names_are_told_apart():
    codes = coded({"sure": [True, False], "grade": [1, -1], "mixed": [1, "x"], "name": [None, "é"]})
    assert set(codes.numbers) == {"sure", "grade"}
    assert codes.numbers["sure"].boolean
    assert codes.columns["name"].codes.tolist() == [-1, 0]
    assert codes.columns["mixed"].labels == ("1", "x")


def test_arrays_are_as_good_as_lists():
    codes = coded({"agreement": np.array([True, False]), "time": np.array(["2024-01-02", "NaT"], "datetime64[s]")})
    assert codes.numbers["agreement"].boolean
    assert codes.rows.tolist() == [0, 1]


def test_nothing_coded_is_an_empty_network():
    made = network(coded({"actor": [], "proposition": [], "agreement": []}), NetworkOptions(mode=Mode.ONE_MODE))
    assert made.weights.shape == (0, 0)
    assert list(made.ties()) == []


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"rows": "proposition"}, "two different variables"),
        ({"aggregation": Aggregation.CONFLICT}, "use combine, ignore, subtract"),
        ({"mode": Mode.ONE_MODE, "aggregation": Aggregation.COMBINE}, "use conflict, congruence, ignore, subtract"),
        ({"normalisation": Normalisation.AVERAGE}, "use activity, no, prominence"),
        ({"qualifier": "", "aggregation": Aggregation.SUBTRACT}, "needs a qualifier"),
    ],
)
def test_choices_that_do_not_go_together(options, told):
    with pytest.raises(UsageError, match=told):
        NetworkOptions(**options)


def test_a_variable_that_is_not_there():
    codes = coded({"actor": ["a"], "claim": ["x"]})
    with pytest.raises(UsageError, match=r"no variable 'proposition'.*use actor, claim"):
        network(codes, NetworkOptions())


def test_columns_of_different_lengths_and_bad_dates():
    with pytest.raises(UsageError, match="differ in length"):
        coded({"actor": ["a"], "proposition": []})
    with pytest.raises(UsageError, match="write 2024-06-03"):
        coded({"actor": ["a"], "time": ["yesterday"]})
