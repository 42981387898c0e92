"""The written sets as piles: pages, sayings with their speakers worked out, and the gold positions."""

from __future__ import annotations

import csv
import json
import pathlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from selon.discourse.positions.records import Page, Saying
from selon.engines.joining import join
from selon.engines.positions import as_page
from selon.records import Proposition

SIGNS = {"+": 1, "-": -1, "0": 0}


@dataclass(frozen=True)
class Gold:
    """A pile with its answers.

    ``of`` is the row of each saying's proposition (-1 for none), ``sign`` its agreement (9 for none), ``group`` the
    number of its set, ``page_group`` that of each page.
    """

    pages: Sequence[Page]
    sayings: Sequence[Saying]
    propositions: Sequence[Proposition]
    of: NDArray[np.int64]
    sign: NDArray[np.int64]
    group: NDArray[np.int64]
    page_group: NDArray[np.int64]


def read_gold(folder: pathlib.Path, sets: Sequence[int]) -> Gold:
    """The sets ``S0`` … as one pile, its quotations as the gold has them, joined into utterances by selon."""
    with (folder / "propositions.tsv").open(encoding="utf-8") as file:
        propositions = [
            Proposition(row["proposition"], row["text"], "fr") for row in csv.DictReader(file, delimiter="\t")
        ]
    rows = {each.key: row for row, each in enumerate(propositions)}
    pages, sayings, of, sign, group, page_group = [], [], [], [], [], []
    records = [
        json.loads(line) | {"group": number}
        for number in sets
        for line in (folder / f"S{number}.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    joined = join(records, given=True)
    for record, analysis in zip(records, joined.analyses, strict=True):
        page, said = as_page(analysis, joined.utterance)
        pages.append(page)
        page_group.append(record["group"])
        for each, place in sorted(zip(said, range(len(said)), strict=True), key=lambda pair: pair[0].span.start):
            sayings.append(each)
            group.append(record["group"])
            named = (record["quotations"][place].get("p") or "").split()
            key, _, mark = named[0].rpartition(":") if named else ("", "", "")
            of.append(rows[key] if key else -1)
            sign.append(SIGNS[mark] if key else 9)
    return Gold(
        pages, sayings, propositions, np.asarray(of), np.asarray(sign), np.asarray(group), np.asarray(page_group)
    )  # fmt: skip


def read_strangers(folder: pathlib.Path, propositions: Sequence[Proposition], at_once: int = 8) -> list[Gold]:
    """Small piles of real articles that are about none of some propositions: every position on them is wrong."""
    records = [
        json.loads(line) for line in (folder / "gold" / "ntrex-train.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    piles = []
    for number, start in enumerate(range(0, len(records), at_once)):
        pages, sayings = [], []
        for record in records[start : start + at_once]:
            text = record.get("text") or (folder / "texts" / f"{record['id']}.txt").read_text(encoding="utf-8")
            joined = join([record | {"text": text, "lang": "fr"}], given=True)
            page, said = as_page(joined.analyses[0], {})
            pages.append(page)
            sayings += sorted(said, key=lambda each: each.span.start)
        some = propositions[number * 6 % len(propositions) :][:6]
        size = len(sayings)
        piles.append(
            Gold(
                pages,
                sayings,
                some,
                np.full(size, -1),
                np.full(size, 9),
                np.full(size, _STRANGE),
                np.full(len(pages), _STRANGE),
            )
        )
    return piles


_STRANGE = 99


def part(gold: Gold, pages: Sequence[bool], propositions: Sequence[bool]) -> Gold:
    """The pile of some pages and some propositions; sayings on the others count as being about none."""
    kept = [page for page, keep in zip(gold.pages, pages, strict=True) if keep]
    names = {page.id for page in kept}
    rows = np.asarray([each.page in names for each in gold.sayings])
    number = np.where(propositions, np.cumsum(propositions) - 1, -1)
    of = np.where(gold.of[rows] >= 0, number[gold.of[rows]], -1)
    return Gold(
        kept,
        [each for each, keep in zip(gold.sayings, rows, strict=True) if keep],
        [each for each, keep in zip(gold.propositions, propositions, strict=True) if keep],
        of,
        np.where(of >= 0, gold.sign[rows], 9),
        gold.group[rows],
        gold.page_group[np.asarray(pages)],
    )


def parts(gold: Gold) -> list[Gold]:
    """The whole pile; each set alone; each event alone, with its own propositions and with those of one more event.

    A user's pile may hold one event or fifty: what tells pages apart in a large pile must not be relied on in a small.
    """
    out = [gold]
    event_of = [each.key.rpartition("-")[0] for each in gold.propositions]
    page_events: list[set[str]] = [set() for _ in gold.pages]
    row = {page.id: number for number, page in enumerate(gold.pages)}
    for each, of in zip(gold.sayings, gold.of, strict=True):
        if of >= 0:
            page_events[row[each.page]].add(event_of[of])
    out += [
        part(gold, (gold.page_group == one).tolist(), [each.startswith(f"S{one}-") for each in event_of])
        for one in sorted(set(gold.page_group.tolist()))
    ]
    events = list(dict.fromkeys(event_of))
    for number, event in enumerate(events):
        pages = [event in each for each in page_events]
        if any(pages):
            out.append(part(gold, pages, [each == event for each in event_of]))
            also = events[number - 1] if number and events[number - 1][:2] == event[:2] else event
            out.append(part(gold, pages, [each in (event, also) for each in event_of]))
    return out
