"""Which other articles seem to be about the same event: a first version, by rare names shared in the same days."""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from selon.store.search import holders

if TYPE_CHECKING:
    from selon.records import Article
    from selon.store.ledger import Ledger
    from selon.store.rows import Heading

DAYS = 3
_NAMES_LOOKED_FOR = 40
_NAMES_SHARED = 2
_BITS_SHARED = 2.0
_RARE_SHARE = 0.02
_RARE_ALWAYS = 12
# A capital in the middle of a sentence: « … la base kostre de Brenn … ». At the start every word has one.
_NAME = re.compile(r"(?<=[^\W_][ ,;’'])[^\W\d_a-zß-ÿ][^\W\d_]{2,}")


@dataclass(frozen=True, slots=True)
class Neighbour:
    """An article that shares rare names: ``names`` rarest first, ``score`` the sum of what each tells, in bits."""

    heading: Heading
    names: tuple[str, ...]
    score: float


def same_event(ledger: Ledger, article: Article, days: int = DAYS) -> list[Neighbour]:
    """Other articles published within ``days`` days that share at least two rare names with this one, best first.

    A name is rare when at most one article in fifty (or twelve in a small ledger) has it; together they must tell two
    bits, so that in a ledger of five articles names that all five have count for nothing. Where either date is unknown
    the names alone decide, and three are asked for.
    """
    total = ledger.counts()["articles"]
    most = max(_RARE_ALWAYS, int(total * _RARE_SHARE))
    shared: dict[str, list[tuple[float, str]]] = {}
    for name in names_in(article.text):
        found = holders(ledger.log_database, "article", name)
        for key in found if len(found) <= most else ():
            shared.setdefault(key, []).append((math.log2(total / len(found)), name))
    headings = ledger.headings(key for key, names in shared.items() if len(names) >= _NAMES_SHARED)
    neighbours = []
    for key, heading in headings.items():
        names, score = shared[key], sum(weight for weight, _ in shared[key])
        apart = _days_apart(heading, article)
        needed = _NAMES_SHARED if apart is not None else _NAMES_SHARED + 1
        near = key != article.id and (apart is None or apart <= days)
        if near and len(names) >= needed and score >= _BITS_SHARED:
            ordered = sorted(names, key=lambda pair: (-pair[0], pair[1]))
            neighbours.append(Neighbour(heading, tuple(name for _, name in ordered), score))
    return sorted(neighbours, key=lambda each: (-each.score, each.heading.id))


def names_in(text: str) -> list[str]:
    """The words with a capital inside sentences, most frequent first, at most forty.

    >>> names_in("Le drone venu de Brenn, dit Vesna Tarkovic. Brenn dément, et Tarkovic accuse Brenn.")
    ['Brenn', 'Tarkovic', 'Vesna']
    """
    found = Counter(match.group() for match in _NAME.finditer(text))
    return [name for name, _ in sorted(found.items(), key=lambda item: (-item[1], item[0]))][:_NAMES_LOOKED_FOR]


def _days_apart(heading: Heading, article: Article) -> int | None:
    mine, theirs = article.published, heading.published
    if mine.first is None or mine.last is None or theirs.first is None or theirs.last is None:
        return None
    gap: timedelta = max(mine.first, theirs.first) - min(mine.last, theirs.last)
    return max(gap.days, 0)
