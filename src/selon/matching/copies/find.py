"""The copies in a pile that fits into memory: every step, one after another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

import numpy as np

from selon.matching.copies.grams import Postings, sampled_grams
from selon.matching.copies.names import name_keys, pairs_across
from selon.matching.copies.origins import copies_from
from selon.matching.copies.pairs import candidates, in_order, pair_counts
from selon.matching.copies.records import Printed
from selon.matching.copies.reuse import reuse
from selon.matching.copies.taken import Taken, taken
from selon.matching.copies.translations import translation
from selon.records import Article, Copy

_UNDATED = date.max
BATCH = 32
"""Articles that are indexed together: arrays of this size stay in the processor's cache."""


def find_copies(pile: Sequence[Printed]) -> list[Copy]:
    """The copies among these articles, by derived article, its best origin first, whatever the order of the pile."""
    ordered = in_time(pile)
    return copies_from(judged(ordered, pairs_within(ordered) + pairs_between(ordered)))


def in_time(pile: Iterable[Printed]) -> list[Printed]:
    """The articles by day of publication, then by id: what the numbers of articles count."""
    return sorted(pile, key=lambda each: (each.article.published.first or _UNDATED, each.article.id))


def pairs_within(ordered: Sequence[Printed]) -> list[tuple[int, int]]:
    """The pairs of articles, as numbers, that share word sequences."""
    parts = [
        postings_of([each.article for each in ordered[at : at + BATCH]], at) for at in range(0, len(ordered), BATCH)
    ]
    grams = np.concatenate([part.grams for part in parts]) if parts else np.zeros(0, np.uint64)
    articles = np.concatenate([part.articles for part in parts]) if parts else np.zeros(0, np.int32)
    return candidates([pair_counts(*in_order(grams, articles))])


def postings_of(articles: Sequence[Article], first: int) -> Postings:
    """What a batch of articles numbered from ``first`` puts into the reuse index: the key step."""
    return sampled_grams(
        [each.text for each in articles], [[part.span for part in each.boilerplate] for each in articles], first
    )


def pairs_between(ordered: Sequence[Printed]) -> list[tuple[int, int]]:
    """The pairs of articles of different languages, as numbers, that share names and numbers."""
    if len({each.article.language for each in ordered}) < 2:
        return []
    return pairs_across(
        {
            number: (each.article.language, each.article.published.first, name_keys(each.article.text))
            for number, each in enumerate(ordered)
        }
    )


def judged(ordered: Sequence[Printed], pairs: Iterable[tuple[int, int]]) -> Iterator[Taken]:
    """What the later article of each pair of numbers has from the earlier; nothing for a pair that shares nothing."""
    for first, second in pairs:
        found = judge(ordered[first], ordered[second])
        if found is not None:
            yield found


def judge(left: Printed, right: Printed) -> Taken | None:
    """What two articles are to each other, by the words in one language, by the sentences in two; None for nothing."""
    same = left.article.language == right.article.language
    found = reuse(left, right) if same else translation(left, right)
    return taken(found) if found is not None else None
