"""Coded statements with some exchanged, without reading the others again."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from selon.discourse.networks.codes import Codes, Column, Ints, Numbers


def amended(codes: Codes, kept: NDArray[np.bool_], more: Codes) -> Codes:
    """The statements where ``kept`` is true, in their order, and those of ``more`` among them.

    Both have the same variables, those of names coded from texts. New ones come behind the others of their time and
    document; their ``rows`` count on from the highest of the old. A label that no statement has any more stays.
    """
    rows = more.rows + (int(codes.rows.max()) + 1 if len(codes) else 0)
    codes = codes.only(kept) if not kept.all() else codes
    documents, known, new = _joined(codes.documents, more.documents)
    at = _places(codes.times, known, more.times, new)
    columns = {}
    for name, column in codes.columns.items():
        both, old, added = _joined(column, more.columns[name])
        columns[name] = Column(both.labels, np.insert(old, at, added))
    return replace(
        codes,
        times=np.insert(codes.times, at, more.times),
        rows=np.insert(codes.rows, at, rows),
        documents=Column(documents.labels, np.insert(known, at, new)),
        columns=columns,
        numbers={
            name: Numbers(np.insert(each.values, at, more.numbers[name].values), each.boolean)
            for name, each in codes.numbers.items()
        },
    )


def _joined(one: Column, other: Column) -> tuple[Column, Ints, Ints]:
    """A column with the labels of both, and the codes of each of the two in it."""
    at = [bisect_left(one.labels, _order(label), key=_order) for label in other.labels]
    new = [
        place == len(one.labels) or one.labels[place] != label for label, place in zip(other.labels, at, strict=True)
    ]
    if not any(new):
        return one, one.codes, _recoded(other, at)
    before = np.array([place for place, unknown in zip(at, new, strict=True) if unknown])
    labels = list(one.labels)
    unknown_labels = [label for label, unknown in zip(other.labels, new, strict=True) if unknown]
    for place, label in zip(before[::-1].tolist(), unknown_labels[::-1], strict=True):
        labels.insert(place, label)
    table = [*(np.arange(len(one.labels)) + np.searchsorted(before, np.arange(len(one.labels)), "right")).tolist()]
    places = {label: number for number, label in enumerate(unknown_labels)}
    mine = [
        int(before[places[label]]) + places[label] if unknown else table[place]
        for label, place, unknown in zip(other.labels, at, new, strict=True)
    ]
    return Column(tuple(labels), one.codes), _recoded(one, table), _recoded(other, mine)


def _order(label: str) -> bytes:
    return label.encode("utf-16-be", "surrogatepass")


def _recoded(column: Column, codes: Sequence[int]) -> Ints:
    return np.asarray(np.array([*codes, -1], dtype=np.int64)[column.codes])


def _places(times: Ints, documents: Ints, new_times: Ints, new_documents: Ints) -> NDArray[Any]:
    """Before which of the old statements each new one comes."""
    places = []
    for moment, document in zip(new_times.tolist(), new_documents.tolist(), strict=True):
        first, last = np.searchsorted(times, moment, "left"), np.searchsorted(times, moment, "right")
        places.append(int(first + np.searchsorted(documents[first:last], document, "right")))
    return np.array(places, dtype=np.int64)
