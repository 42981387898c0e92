"""Copies in a pile of any size: the reuse index shuffled by DuckDB, articles read a part at a time."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from hashlib import blake2b
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from selon.matching.copies.find import BATCH, judge, postings_of
from selon.matching.copies.names import enough_names, name_keys, named_pairs
from selon.matching.copies.origins import copies_from
from selon.matching.copies.pairs import Counts, candidates, in_order, pair_counts
from selon.matching.copies.records import Printed
from selon.matching.copies.taken import Taken
from selon.records import Article, Copy

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_HELD = 1 << 20
"""Postings kept in memory before they go to DuckDB."""
_PART = 4_000_000
"""Postings of one part of the shuffle: its grams are paired in memory."""
_PAIRS = 10_000
"""Pairs whose articles are in memory together."""
_MEMORY = "1500MB"


class Pile(Protocol):
    """Articles that need not fit into memory."""

    def headings(self) -> Sequence[tuple[str, str, date | None]]:
        """Id, language and day of publication of every article, by day (unknown last), then by id."""

    def batches(self, size: int) -> Iterator[Sequence[Article]]:
        """Every article once, in any order, so many at a time."""

    def printed(self, keys: Sequence[str]) -> Mapping[str, Printed]:
        """The articles with these ids, with their sentences, by id."""


def copies_in(pile: Pile) -> list[Copy]:
    """The copies in a pile, by derived article, its best origin first; the same as ``find_copies`` finds."""
    import duckdb

    headings = pile.headings()
    numbers = {key: number for number, (key, _, _) in enumerate(headings)}
    with tempfile.TemporaryDirectory(prefix="selon-copies-") as folder, duckdb.connect() as connection:
        connection.execute(f"SET temp_directory = '{folder}'")
        connection.execute(f"SET memory_limit = '{_MEMORY}'")
        across = len({language for _, language, _ in headings}) > 1
        sizes = _index(connection, pile, numbers, across=across)
        pairs = candidates(_counted(connection))
        if across:
            pairs += enough_names(_under_names(connection, headings), sizes)
    keys = [key for key, _, _ in headings]
    return copies_from(_judged(pile, [(keys[first], keys[second]) for first, second in sorted(pairs)]))


def _index(connection: DuckDBPyConnection, pile: Pile, numbers: Mapping[str, int], *, across: bool) -> list[int]:
    """Fill the tables ``postings`` and, where there are two languages, ``names``: the key step of every article.

    Returns how many names each article has, by its number.
    """
    sizes = [0] * len(numbers)
    connection.execute("CREATE TABLE postings (gram UBIGINT, article INTEGER)")
    connection.execute("CREATE TABLE names (name UBIGINT, article INTEGER)")
    postings, names = _Rows(connection, "postings"), _Rows(connection, "names")
    for articles in pile.batches(BATCH):
        own = np.array([numbers[each.id] for each in articles], dtype=np.int32)
        found = postings_of(articles, 0)
        postings.add(found.grams, own[found.articles])
        if across:
            keys = [sorted(map(_hashed, name_keys(each.text))) for each in articles]
            for number, own_keys in zip(own.tolist(), keys, strict=True):
                sizes[number] = len(own_keys)
            names.add(np.array([key for each in keys for key in each], np.uint64), np.repeat(own, list(map(len, keys))))
    postings.flush()
    names.flush()
    return sizes


class _Rows:
    """Rows on their way into a table of two columns, a million at a time."""

    def __init__(self, connection: DuckDBPyConnection, table: str) -> None:
        self._connection = connection
        self._table = table
        self._held: list[tuple[NDArray[np.uint64], NDArray[np.int32]]] = []
        self._count = 0

    def add(self, keys: NDArray[np.uint64], articles: NDArray[np.int32]) -> None:
        self._held.append((keys, articles))
        self._count += len(keys)
        if self._count >= _HELD:
            self.flush()

    def flush(self) -> None:
        if self._count:
            rows = {
                name: np.concatenate(columns) for name, columns in zip("ka", zip(*self._held, strict=True), strict=True)
            }
            self._connection.register("held", rows)
            self._connection.execute(f"INSERT INTO {self._table} SELECT k, a FROM held")  # noqa: S608
            self._connection.unregister("held")
        self._held, self._count = [], 0


def _counted(connection: DuckDBPyConnection) -> Iterator[Counts]:
    """What pairs of articles share, a part of the grams at a time: the group step."""
    (rows,) = connection.execute("SELECT count(*) FROM postings").fetchone() or (0,)
    parts = max(1, -(-rows // _PART))
    for part in range(parts):
        found = connection.execute(
            "SELECT gram, article FROM postings WHERE gram % $parts = $part", {"parts": parts, "part": part}
        ).fetchnumpy()
        yield pair_counts(*in_order(np.asarray(found["gram"]), np.asarray(found["article"])))


def _under_names(
    connection: DuckDBPyConnection, headings: Sequence[tuple[str, str, date | None]]
) -> Iterator[tuple[int, int]]:
    found = connection.execute("SELECT list(article ORDER BY article) FROM names GROUP BY name HAVING count(*) > 1")
    while rows := found.fetchmany(1000):
        for (articles,) in rows:
            yield from named_pairs([(number, *headings[number][1:]) for number in articles])


def _judged(pile: Pile, pairs: Sequence[tuple[str, str]]) -> Iterator[Taken]:
    for start in range(0, len(pairs), _PAIRS):
        part = pairs[start : start + _PAIRS]
        printed = pile.printed(sorted({key for pair in part for key in pair}))
        for first, second in part:
            if (found := judge(printed[first], printed[second])) is not None:
                yield found


def _hashed(name: str) -> int:
    return int.from_bytes(blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")
