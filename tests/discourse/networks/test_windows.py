"""Windows and kernels, on statements of our own."""

from dataclasses import replace
from datetime import datetime

import numpy as np
import pytest

from selon.discourse.networks import (
    Aggregation,
    Kernel,
    Mode,
    NetworkOptions,
    Normalisation,
    Unit,
    Windows,
    coded,
    network,
    networks_over_time,
)
from selon.discourse.networks.windows import kernel_weight
from selon.errors import UsageError

OPTIONS = NetworkOptions()
ONE = NetworkOptions(mode=Mode.ONE_MODE, aggregation=Aggregation.SUBTRACT)


def codes_on(*days, **columns):
    size = len(days)
    return coded(
        {
            "actor": [f"a{number}" for number in range(size)],
            "proposition": ["x"] * size,
            "agreement": [True] * size,
            "time": [datetime.fromisoformat(day) if day else None for day in days],
            **columns,
        }
    )


def reach(codes, windows, options=OPTIONS):
    return [
        (each.first.date().isoformat(), each.last.date().isoformat(), each.statements)
        for each in networks_over_time(codes, options, windows)
    ]


def test_an_even_width_reaches_as_far_as_the_next_odd_one():
    codes = codes_on("2024-03-01", "2024-03-02", "2024-03-05")
    wanted = [
        ("2024-03-01", "2024-03-03", 2),
        ("2024-03-02", "2024-03-04", 1),
        ("2024-03-03", "2024-03-05", 1),
    ]
    assert reach(codes, Windows(Unit.DAYS, 3)) == reach(codes, Windows(Unit.DAYS, 2)) == wanted


def test_months_do_not_drift_from_the_last_day():
    codes = codes_on("2024-01-31", "2024-05-31")
    found = [each[0] for each in reach(codes, Windows(Unit.MONTHS, 1))]
    assert found == ["2024-01-31", "2024-02-29", "2024-03-31", "2024-04-30", "2024-05-31"]


def test_windows_lie_inside_the_range_and_empty_ones_are_kept():
    codes = codes_on("2024-03-01", "2024-03-09", "2024-03-20")
    options = replace(OPTIONS, since=datetime(2024, 3, 2), until=datetime(2024, 3, 8))
    assert reach(codes, Windows(Unit.DAYS, 3), options) == []
    options = replace(options, until=datetime(2024, 3, 9))
    found = reach(codes, Windows(Unit.DAYS, 3), options)
    assert (found[0][0], found[-1][1]) == ("2024-03-02", "2024-03-09")
    assert [each[2] for each in found] == [0, 0, 0, 0, 0, 1]


def test_windows_of_events_are_the_same_each_time():
    codes = codes_on(*["2024-03-01"] * 5, id=[3, 1, 2, 5, 4])
    found = [each.rows for each in networks_over_time(codes, OPTIONS, Windows(Unit.EVENTS, 3))]
    assert found == [("a0", "a1", "a2"), ("a0", "a2", "a4"), ("a0", "a3", "a4")]


def test_what_has_no_date_is_in_no_window_but_in_the_whole():
    codes = codes_on("2024-03-01", None, "2024-03-02")
    assert network(codes, OPTIONS).statements == 3
    assert sum(each[2] for each in reach(codes, Windows(Unit.DAYS, 1))) == 2
    assert network(codes, replace(OPTIONS, since=datetime(2000, 1, 1))).statements == 2


@pytest.mark.parametrize("kernel", [each for each in Kernel if each is not Kernel.NO])
def test_kernels_are_even_densities(kernel):
    distance = np.linspace(-8, 8, 16001)
    weight = kernel_weight(kernel, distance)
    assert (weight >= 0).all()
    np.testing.assert_allclose(weight, weight[::-1])
    assert np.trapezoid(weight, distance) == pytest.approx(1, abs=1e-3)


@pytest.mark.parametrize("kernel", [Kernel.TRIANGULAR, Kernel.EPANECHNIKOV])
def test_dna_has_two_kernels_lopsided(kernel):
    one, other = kernel_weight(kernel, np.array([-0.5, 0.5]), as_dna=True)
    assert one > other


def test_a_kernel_over_everything_gives_the_whole_network():
    codes = codes_on(
        "2024-03-01",
        "2024-03-02",
        "2024-03-03",
        actor=["a", "b", "b"],
        agreement=[True, False, True],
    )
    wide = Windows(Unit.DAYS, 100, Kernel.UNIFORM)
    moments = list(networks_over_time(codes, ONE, wide))
    assert [each.statements for each in moments] == [3, 3, 3]
    for each in moments:
        np.testing.assert_allclose(each.weights.toarray(), network(codes, ONE).weights.toarray() / 2)
    average = replace(ONE, aggregation=Aggregation.CONGRUENCE, normalisation=Normalisation.AVERAGE)
    for each in networks_over_time(codes, average, wide):
        np.testing.assert_allclose(each.weights.toarray(), network(codes, average).weights.toarray())


def test_a_statement_weighs_by_its_distance():
    codes = codes_on("2024-03-01", "2024-03-04", actor=["a", "b"])
    two = list(networks_over_time(codes, OPTIONS, Windows(Unit.DAYS, 4, Kernel.TRIANGULAR)))
    assert [each.weights.sum() for each in two] == [1, 0.5, 0.5, 1]
    one = list(networks_over_time(codes, ONE, Windows(Unit.DAYS, 8, Kernel.TRIANGULAR)))
    np.testing.assert_allclose([each.weights.sum() / 2 for each in one], [0.5, np.sqrt(3 / 8), np.sqrt(3 / 8), 0.5])


def test_indenting_leaves_out_half_a_width_at_either_end():
    codes = codes_on("2024-03-01", "2024-03-11")
    indented = list(networks_over_time(codes, OPTIONS, Windows(Unit.DAYS, 4, Kernel.GAUSSIAN, indent=True)))
    assert [each.first.day for each in indented] == list(range(3, 10))


def test_one_scale_in_all_windows_but_not_for_dna():
    codes = codes_on(*["2024-03-01"] * 2, "2024-03-02", agreement=[0, 1, -1])
    congruence = replace(ONE, aggregation=Aggregation.CONGRUENCE)
    first = next(networks_over_time(codes, congruence, Windows(Unit.DAYS, 1)))
    assert first.weights.sum() / 2 == 0.5
    first = next(networks_over_time(codes, replace(congruence, as_dna=True), Windows(Unit.DAYS, 1)))
    assert first.weights.sum() == 0


def test_what_makes_no_sense_is_refused():
    with pytest.raises(UsageError, match="width of 1 or more"):
        Windows(Unit.DAYS, 0)
    with pytest.raises(UsageError, match="kernel needs a unit of time"):
        Windows(Unit.EVENTS, 5, Kernel.GAUSSIAN)
    codes = codes_on("1990-01-01", "2024-01-01")
    with pytest.raises(UsageError, match="more than 100,000 windows"):
        next(networks_over_time(codes, OPTIONS, Windows(Unit.SECONDS, 1)))
