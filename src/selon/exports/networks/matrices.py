"""A network as a matrix (CSV, DL) as DNA writes it, or as a list of ties."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import BinaryIO

import numpy as np

from selon.discourse.networks import Network, Timeline
from selon.exports.tables import guarded


def write_matrix(network: Network, target: BinaryIO) -> None:
    """The matrix as CSV: semicolons, labels quoted, whole numbers unless normalised (then six decimals)."""
    target.write((";".join(map(_quoted, ("", *network.columns))) + "\n").encode("utf-8", "replace"))
    for label, cells in _lines(network):
        target.write(f"{_quoted(label)};{';'.join(cells)}\n".encode("utf-8", "replace"))


def write_dl(network: Network, target: BinaryIO) -> None:
    """The matrix as a DL file, which UCINET and others read."""
    if network.one_mode:
        head = [f"dl n = {len(network.rows)}, format = fullmatrix", "labels:", *map(_quoted, network.rows)]
    else:
        head = [
            f"dl nr = {len(network.rows)}, nc = {len(network.columns)}, format = fullmatrix",
            "row labels:",
            *map(_quoted, network.rows),
            "column labels:",
            *map(_quoted, network.columns),
        ]
    target.write("\n".join([*head, "data:", ""]).encode("utf-8", "replace"))
    for _, cells in _lines(network):
        target.write((" ".join(cells) + "\n").encode())


def write_ties(networks: Iterable[Network], target: BinaryIO) -> None:
    """The ties that are not 0 as CSV, a line each, with the window they are of (empty when it is the whole)."""
    text = io.TextIOWrapper(target, encoding="utf-8", errors="replace", newline="", write_through=True)
    try:
        writer = csv.writer(text)
        writer.writerow(["source", "target", "weight", "first", "last"])
        for network in networks:
            window = [moment.isoformat() if moment else "" for moment in (network.first, network.last)]
            for tie in network.ties():
                writer.writerow([guarded(tie.source), guarded(tie.target), f"{tie.weight:g}", *window])
    finally:
        text.detach()


def write_timeline(timeline: Timeline, target: BinaryIO) -> None:
    """A timeline as CSV, a line a label, period and level with statements; those without a date have no period."""
    text = io.TextIOWrapper(target, encoding="utf-8", errors="replace", newline="", write_through=True)
    try:
        writer = csv.writer(text)
        writer.writerow([timeline.variable, timeline.period.value, "level", "statements"])
        for label, counts, totals in zip(timeline.labels, timeline.counts, timeline.totals, strict=True):
            dated = counts.sum(axis=0) if len(counts) else 0 * totals
            for period, levels in (*zip(timeline.periods, counts, strict=True), ("", totals - dated)):
                for level, count in zip(timeline.levels, levels.tolist(), strict=True):
                    if count:
                        writer.writerow([guarded(label), period, level, count])
    finally:
        text.detach()


def _lines(network: Network) -> Iterator[tuple[str, list[str]]]:
    whole = network.normalisation == "no" and not np.mod(network.weights.data, 1).any()
    form = "%d" if whole else "%.6f"
    for place, label in enumerate(network.rows):
        yield label, [form % value for value in network.weights[[place]].toarray()[0]]


def _quoted(label: str) -> str:
    return '"' + guarded(" ".join(label.split()).replace('"', "'")) + '"'
