"""B-cubed is the published one, and the gold joins what the annotators say is one actor, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.actors import b_cubed, gold_labels


def labels(groups):
    return {("a", ord(item)): number for number, group in enumerate(groups) for item in group}


def test_the_published_example():
    """Bagga and Baldwin 1998, section 4: one wrong link between two chains of five and two."""
    gold = labels(["12345", "67", "89ABC"])
    assert b_cubed(gold, labels(["12345", "6789ABC"])).precision == pytest.approx(16 / 21, abs=0.001)
    assert b_cubed(gold, labels(["12345", "6789ABC"])).recall == 1.0
    assert b_cubed(gold, labels(["1234589ABC", "67"])).precision == pytest.approx(7 / 12, abs=0.001)


GROUPINGS = st.lists(st.integers(0, 4), min_size=1, max_size=12)


@given(GROUPINGS, st.data())
def test_laws(one, data):
    other = data.draw(st.lists(st.integers(0, 4), min_size=len(one), max_size=len(one)))
    gold = {("a", n): label for n, label in enumerate(one)}
    told = {("a", n): label for n, label in enumerate(other)}
    assert b_cubed(gold, gold) == (1.0, 1.0)
    score, mirrored = b_cubed(gold, told), b_cubed(told, gold)
    assert (score.precision, score.recall) == pytest.approx((mirrored.recall, mirrored.precision))
    assert 0 < score.f1 <= 1
    assert b_cubed(gold, {item: item for item in gold}).precision == 1.0


def article(key, event, *actors, u=()):
    return {
        "id": key,
        "event": event,
        "actors": [{"key": k, "kind": kind, "name": name} for k, kind, name in actors],
        "quotations": [{"u": name, "speaker": k} for name, k in u],
    }


def test_what_is_one_actor():
    said = [("u1", "a"), ("u2", "b")]
    found = gold_labels(
        [
            article("1", "e", ("a", "person", "Marek Sedláček"), ("b", "organization", "ARS"), u=said),
            article("2", "e", ("a", "person", "le colonel Sedláček"), ("b", "person", "Léa Roy"), u=said),
            article("3", "e", ("a", "person", "Marek Sedlacek")),
            article("4", "f", ("a", "person", "Marek Sedláček")),
        ]
    )
    assert found["1", "a"] == found["2", "a"] == found["3", "a"]
    assert found["4", "a"] != found["1", "a"]
    assert found["1", "b"] != found["2", "b"]
