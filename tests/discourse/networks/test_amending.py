"""Exchanging some coded statements gives what reading all of them gives."""

from datetime import date

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from selon.discourse.networks import amended, coded
from selon.discourse.networks.networks import network
from selon.discourse.networks.options import NetworkOptions

NAMES = st.sampled_from(["Zoé", "Ann", "Élise", "\U0001f600", "\uffee", None])
ROWS = st.tuples(
    NAMES,
    st.sampled_from(["droit", "loi", "eau"]),
    st.booleans(),
    st.sampled_from(["p1", "p2", "p3"]),
    st.sampled_from([date(2024, 1, 1), date(2024, 1, 2), None]),
)
OPTIONS = NetworkOptions(rows="actor", columns="concept", qualifier="agreement")


def codes_of(rows):
    names = ("actor", "concept", "agreement", "document", "time")
    columns = dict(zip(names, zip(*rows, strict=True), strict=True)) if rows else dict.fromkeys(names, ())
    columns["agreement"] = np.array(columns["agreement"], dtype=bool)
    return coded({name: list(each) if name != "agreement" else each for name, each in columns.items()})


def told(codes):
    """Each statement as words, in the order of the statements."""
    columns = {name: [*each.labels, None] for name, each in codes.columns.items()}
    return [
        (
            *(columns[name][each.codes[place]] for name, each in codes.columns.items()),
            int(codes.numbers["agreement"].values[place]),
            codes.documents.labels[codes.documents.codes[place]],
            int(codes.times[place]),
        )
        for place in range(len(codes))
    ]


@given(st.lists(st.tuples(ROWS, st.booleans()), min_size=1, max_size=12), st.lists(ROWS, min_size=1, max_size=6))
def test_exchanging_some_is_reading_all_anew(old, new):
    before, more = codes_of([row for row, _ in old]), codes_of(new)
    stays = np.array([kept for _, kept in old])
    left = amended(before, stays[before.rows], more)
    whole = codes_of([*(row for row, kept in old if kept), *new])
    assert sorted(told(left), key=repr) == sorted(told(whole), key=repr)
    assert [(each[-1], each[-2]) for each in told(left)] == [(each[-1], each[-2]) for each in told(whole)]
    for column in (*left.columns.values(), left.documents):
        assert list(column.labels) == sorted(set(column.labels), key=lambda each: each.encode("utf-16-be"))
    assert len(set(left.rows.tolist())) == len(left)
    assert set(network(left, OPTIONS).ties()) == set(network(whole, OPTIONS).ties())
