from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from selon.discourse.positions import Stand, contradictions
from selon.records import ContradictionKind, Position

MAY, JUNE = date(2024, 5, 1), date(2024, 6, 1)


def found(*rows):
    """Contradictions of (statement, actor, organisation, day, agreement, confidence)."""
    positions = [Position(key, "p", sign, sure) for key, _, _, _, sign, sure in rows]
    stands = {key: Stand(key, actor, body, day) for key, actor, body, day, _, _ in rows}
    return contradictions(positions, stands)


def test_conflict_dissent_and_change():
    told = found(
        ("a", "Anna", "Otan", MAY, 1, 0.9),
        ("b", "Boris", "Kremlin", MAY, -1, 0.8),
        ("c", "Carl", "Otan", MAY, -1, 0.7),
        ("d", "Dora", "", JUNE, -1, 0.6),
        ("e", "Dora", "", MAY, 1, 0.5),
    )
    kinds = {(each.first, each.second): each.kind for each in told}
    assert kinds["a", "b"] is ContradictionKind.CONFLICT
    assert kinds["a", "c"] is ContradictionKind.DISSENT
    assert kinds["e", "d"] is ContradictionKind.CHANGE  # the earlier one first
    assert ("e", "b") not in kinds  # Dora is surer that she denies it


def test_the_surest_statement_stands_for_an_actor():
    (one,) = found(("a", "A", "", MAY, 1, 0.6), ("b", "A", "", MAY, 1, 0.9), ("c", "C", "", MAY, -1, 0.5))
    assert (one.first, one.second, one.confidence) == ("b", "c", 0.45)


def test_unknown_speakers_stand_for_themselves():
    told = found(("a", "", "", None, 1, 0.9), ("b", "", "", None, -1, 0.9))
    assert [each.kind for each in told] == [ContradictionKind.CONFLICT]


def test_leaving_open_contradicts_nobody():
    assert found(("a", "A", "", MAY, 0, 0.9), ("b", "B", "", MAY, -1, 0.9)) == ()


rows = st.lists(
    st.tuples(st.sampled_from("ABC"), st.sampled_from(["", "x", "y"]), st.sampled_from([-1, 0, 1]), st.floats(0.1, 1)),
    max_size=12,
)


@given(rows)
def test_both_sides_are_opposed_and_no_pair_is_told_twice(given_rows):
    full = [(str(n), actor, body, MAY, sign, sure) for n, (actor, body, sign, sure) in enumerate(given_rows)]
    signs = {row[0]: row[4] for row in full}
    told = found(*full)
    assert all(signs[each.first] * signs[each.second] == -1 for each in told)
    assert len({frozenset((each.first, each.second)) for each in told}) == len(told)
    assert [each.confidence for each in told] == sorted((each.confidence for each in told), reverse=True)
