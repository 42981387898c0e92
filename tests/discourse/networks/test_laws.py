"""What holds of every network, whatever was coded."""

from dataclasses import replace
from datetime import datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selon.discourse.networks import (
    Aggregation,
    Duplicates,
    Mode,
    NetworkOptions,
    Normalisation,
    Unit,
    Windows,
    coded,
    network,
    networks_over_time,
    polarization,
    timeline,
)

DAYS = datetime(2021, 12, 27)
STATEMENT = st.tuples(
    st.sampled_from(["Anne", "Bo", "Élise", "l'Union d'Ys", "😀", ""]),
    st.sampled_from(["taxe", "pont", "école", ""]),
    st.sampled_from([-1, 0, 1]),
    st.integers(0, 800),
    st.integers(0, 3),
)
PILE = st.lists(STATEMENT, max_size=40)
ONE = NetworkOptions(mode=Mode.ONE_MODE)
COUNTING = (Aggregation.IGNORE, Aggregation.CONGRUENCE, Aggregation.CONFLICT, Aggregation.SUBTRACT)


def codes_of(pile, *, boolean=False, order=None):
    rows = [pile[each] for each in order] if order else pile
    numbers = order or range(len(rows))
    return coded(
        {
            "actor": [each[0] for each in rows],
            "proposition": [each[1] for each in rows],
            "agreement": [each[2] > 0 if boolean else each[2] for each in rows],
            "time": [DAYS + timedelta(days=each[3]) for each in rows],
            "document": [each[4] for each in rows],
            "id": list(numbers),
        }
    )


def weights(codes, options):
    return network(codes, options).weights.toarray()


def by_hand(pile, aggregation):
    """The one-mode network, pair of statements by pair of statements."""
    used = [each for each in pile if each[0] and each[1]]
    names = sorted({each[0] for each in used}, key=lambda name: name.encode("utf-16-be"))
    levels = [each[2] for each in pile]
    span = max(levels) - min(levels) if levels else 0
    made = np.zeros((len(names), len(names)))
    for one in used:
        for other in used:
            if one[0] != other[0] and one[1] == other[1]:
                far = abs(one[2] - other[2]) / span if span else 0
                made[names.index(one[0]), names.index(other[0])] += {
                    Aggregation.IGNORE: 1,
                    Aggregation.CONGRUENCE: 1 - far,
                    Aggregation.CONFLICT: far,
                    Aggregation.SUBTRACT: 1 - 2 * far,
                }[aggregation]
    return made


@given(PILE, st.sampled_from(COUNTING))
def test_one_mode_is_a_count_of_pairs(pile, aggregation):
    np.testing.assert_allclose(
        weights(codes_of(pile), replace(ONE, aggregation=aggregation)), by_hand(pile, aggregation)
    )


@given(PILE, st.booleans(), st.sampled_from([Normalisation.NO, Normalisation.AVERAGE, Normalisation.COSINE]))
def test_congruence_and_conflict_add_up(pile, boolean, normalisation):
    codes = codes_of(pile, boolean=boolean)
    ignore, congruence, conflict, subtract = (
        weights(codes, replace(ONE, aggregation=each, normalisation=normalisation)) for each in COUNTING
    )
    np.testing.assert_allclose(congruence + conflict, ignore, atol=1e-12)
    np.testing.assert_allclose(congruence - conflict, subtract, atol=1e-12)


@given(PILE, st.sampled_from(COUNTING), st.sampled_from(list(Duplicates)), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(pile, aggregation, duplicates, lots):
    order = list(range(len(pile)))
    lots.shuffle(order)
    options = replace(ONE, aggregation=aggregation, duplicates=duplicates, normalisation=Normalisation.JACCARD)
    one, other = network(codes_of(pile), options), network(codes_of(pile, order=order), options)
    assert one.rows == other.rows
    np.testing.assert_allclose(one.weights.toarray(), other.weights.toarray())


@given(PILE)
def test_one_mode_networks_are_symmetric_and_no_one_is_tied_to_himself(pile):
    made = weights(codes_of(pile), ONE)
    assert (made == made.T).all()
    assert not made.diagonal().any()


@given(PILE, st.booleans())
def test_two_mode_networks_add_up(pile, boolean):
    codes, two = codes_of(pile, boolean=boolean), NetworkOptions()
    assert weights(codes, two).sum() == sum(bool(each[0] and each[1]) for each in pile)
    kept = [each for each in pile if each[0] and each[1]]
    signed = sum((1 if each[2] > 0 else -1) if boolean else each[2] for each in kept)
    assert weights(codes, replace(two, aggregation=Aggregation.SUBTRACT)).sum() == signed
    for normalisation, axis in ((Normalisation.ACTIVITY, 1), (Normalisation.PROMINENCE, 0)):
        sums = weights(codes, replace(two, normalisation=normalisation)).sum(axis=axis)
        np.testing.assert_allclose(sums, np.ones(len(sums)))


@given(PILE)
def test_combine_says_which_levels_occur(pile):
    made = network(codes_of(pile, boolean=True), NetworkOptions(aggregation=Aggregation.COMBINE))
    table = made.weights.toarray()
    for row, actor in enumerate(made.rows):
        for column, proposition in enumerate(made.columns):
            said = {each[2] > 0 for each in pile if each[:2] == (actor, proposition)}
            assert table[row, column] == (True in said) + 2 * (False in said)


@given(PILE, st.sampled_from([Duplicates.DOCUMENT, Duplicates.WEEK, Duplicates.MONTH, Duplicates.YEAR]))
def test_duplicates_leave_one_of_each(pile, duplicates):
    def stretch(each):
        day = DAYS + timedelta(days=each[3])
        week = day.isocalendar()[:2]
        return {"document": each[4], "week": week, "month": (day.year, day.month), "year": day.year}[duplicates.value]

    options = NetworkOptions(aggregation=Aggregation.SUBTRACT, duplicates=duplicates)
    different = {(*each[:3], stretch(each)) for each in pile if each[0] and each[1]}
    assert network(codes_of(pile), options).statements == len(different)


def test_a_year_later_is_another_month_and_week_but_not_for_dna():
    pile = [("Anne", "taxe", 1, 7, 0), ("Anne", "taxe", 1, 7 + 364, 0)]
    for duplicates in (Duplicates.WEEK, Duplicates.MONTH):
        options = NetworkOptions(duplicates=duplicates)
        assert network(codes_of(pile), options).statements == 2
        assert network(codes_of(pile), replace(options, as_dna=True)).statements == 1


@given(PILE)
@settings(deadline=None)
def test_windows_of_the_width_of_a_step_add_up_to_the_whole(pile):
    days = [each[3] for each in pile if each[0] and each[1]]
    codes = codes_of(pile)
    options = NetworkOptions(isolates=True)
    parts = list(networks_over_time(codes, options, Windows(Unit.DAYS, 1)))
    if days:
        assert len(parts) == max(days) - min(days) + 1
        assert (sum(each.weights.toarray() for each in parts) == weights(codes, options)).all()


@given(PILE)
def test_a_timeline_counts_every_statement_once(pile):
    made = timeline(codes_of(pile), NetworkOptions(), "proposition")
    assert made.totals.sum() == made.counts.sum() == sum(bool(each[0] and each[1]) for each in pile)
    assert list(made.periods) == sorted(set(made.periods))


@given(PILE)
def test_isolates_keep_the_labels_of_what_is_excluded(pile):
    options = NetworkOptions(exclude={"proposition": frozenset({"taxe"})})
    bare, whole = network(codes_of(pile), options), network(codes_of(pile), replace(options, isolates=True))
    assert set(bare.rows) <= set(whole.rows) == {each[0] for each in pile if each[0]}
    assert bare.weights.sum() == whole.weights.sum()
    assert "taxe" not in bare.columns


@given(PILE, st.sampled_from(["Anne", "l'Union d'Ys", ""]))
def test_what_is_excluded_and_what_is_kept_are_all(pile, name):
    codes, chosen = codes_of(pile), {"actor": frozenset({name})}
    without, alone = (network(codes, NetworkOptions(**{how: chosen})).statements for how in ("exclude", "only"))
    assert without + alone == network(codes, NetworkOptions()).statements


def test_names_as_levels_agree_when_they_are_the_same():
    codes = coded(
        {
            "actor": ["a", "a", "a", "b", "b"],
            "proposition": ["x", "x", "y", "x", "y"],
            "frame": ["cost", "risk", "cost", "cost", "risk"],
        }
    )
    made = {
        each: weights(codes, replace(ONE, qualifier="frame", aggregation=each))[0, 1]
        for each in (Aggregation.CONGRUENCE, Aggregation.CONFLICT, Aggregation.SUBTRACT)
    }
    assert made == {Aggregation.CONGRUENCE: 1, Aggregation.CONFLICT: 3, Aggregation.SUBTRACT: -2}


def test_one_level_of_numbers_is_all_agreement():
    codes = coded({"actor": ["a", "b"], "proposition": ["x", "x"], "agreement": [5, 5]})
    assert weights(codes, replace(ONE, aggregation=Aggregation.CONGRUENCE))[0, 1] == 1


def test_numbers_far_from_one_another_are_told_apart():
    codes = coded({"actor": ["a", "b"], "proposition": ["x", "x"], "agreement": [-4000, 5000]})
    assert weights(codes, replace(ONE, aggregation=Aggregation.CONGRUENCE))[0, 1] == 0


def test_two_pure_camps_are_wholly_polarised_and_dna_divides_them_across():
    pile = [(name, "taxe", 1 if name in "ab" else -1, 0, 0) for name in "abcd"]
    codes, chance = codes_of(pile, boolean=True), np.random.default_rng(0)
    right = polarization(codes, ONE, 2, chance)
    assert right.value == pytest.approx(1)
    assert set(right.camps) == {("a", "b"), ("c", "d")}
    assert set(polarization(codes, replace(ONE, as_dna=True), 2, chance).camps) != {("a", "b"), ("c", "d")}


def test_polarization_of_many_is_found_without_trying_all():
    rows = [(f"{camp}{number}", "taxe", camp == "a", 0, number) for camp in "ab" for number in range(15)]
    codes = codes_of(rows, boolean=True)
    found = polarization(codes, ONE, 2, np.random.default_rng(0))
    assert not found.exact
    assert found.value == pytest.approx(1)


@pytest.mark.parametrize("dense", [True, False])
def test_many_rows_are_counted_in_blocks_as_few_are(dense):
    chance, size = np.random.default_rng(7), 6000 if dense else 1500
    columns = 3 if dense else 900
    pile = [
        (f"{chance.integers(1300):04}", str(chance.integers(columns)), int(chance.integers(-1, 2)), 0, 0)
        for _ in range(size)
    ]
    codes = codes_of(pile)
    table = np.zeros((1300, columns, 3))
    made = network(codes, replace(ONE, aggregation=Aggregation.SUBTRACT))
    for actor, proposition, agreement, *_ in pile:
        table[int(actor), int(proposition), agreement + 1] += 1
    near = 1 - np.abs(np.subtract.outer([-1, 0, 1], [-1, 0, 1]))
    wanted = np.einsum("ijk,kl,mjl->im", table, near, table)
    np.fill_diagonal(wanted, 0)
    there = [int(each) for each in made.rows]
    np.testing.assert_allclose(made.weights.toarray(), wanted[np.ix_(there, there)])


@given(PILE, st.sampled_from(list(Mode)))
def test_the_strongest_ties_are_all_ties_in_another_order(pile, mode):
    made = network(codes_of(pile), NetworkOptions(mode=mode, aggregation=Aggregation.SUBTRACT))
    ties, strongest = list(made.ties()), made.strongest()
    assert sorted(ties) == sorted(strongest)
    assert strongest == sorted(ties, key=lambda tie: -abs(tie.weight))
    assert made.strongest(2) == strongest[:2]
    total = sum(tie.weight for tie in ties)
    assert total == pytest.approx(made.weights.sum() / (2 if mode is Mode.ONE_MODE else 1))
