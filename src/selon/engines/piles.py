"""The articles of a ledger as a pile to find copies in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from selon.engines.copying import copies_in
from selon.languages import languages
from selon.matching.copies import Printed
from selon.offsets import Span
from selon.records import Article, Boilerplate, Origin
from selon.store import Ledger
from selon.store.copies import copy_row
from selon.store.rows import Row, when_from

COPYING = (
    "matching/copies",
    "models/embedding",
    "engines/copying.py",
    "engines/piles.py",
    "records.py",
    *(
        f"languages/{code}/{name}"
        for code in languages()
        for name in ("translation_marks.tsv", "agencies.txt", "agencies_unnamed.txt", "agency_words.txt", "pack.toml")
    ),
)
"""What decides which copies are found, as modules and files of selon."""

_HEADINGS = "SELECT id, language, published_first FROM articles ORDER BY published_first NULLS LAST, id"
_TEXTS = "SELECT id, text, boilerplate FROM articles"
_COLUMNS = (
    "id",
    "place",
    "text",
    "language",
    "outlet",
    "boilerplate",
    "origin",
    "published_first",
    "published_last",
    "published_precision",
    "published_evidence",
)
_ARTICLES = f"SELECT {', '.join(_COLUMNS)} FROM articles WHERE id IN (SELECT unnest($keys))"  # noqa: S608
_SENTENCES = """
    SELECT article, [[each.start, each.end] FOR each IN sentences] FROM passages
    WHERE article IN (SELECT unnest($keys)) ORDER BY article, position"""


class LedgerPile:
    """The articles of a ledger, read when they are asked for."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def headings(self) -> Sequence[tuple[str, str, date | None]]:
        """Id, language and day of every article, by day (unknown last), then by id."""
        return self._ledger.sql(_HEADINGS).fetchall()

    def batches(self, size: int) -> Iterator[Sequence[Article]]:
        """Every article once, with its text and furniture, so many at a time."""
        for rows in self._ledger.stream(_TEXTS, size):
            yield [Article(id=key, where="", text=text, boilerplate=_boilerplate(parts)) for key, text, parts in rows]

    def printed(self, keys: Sequence[str]) -> Mapping[str, Printed]:
        """The articles with these ids, with their sentences, by id."""
        sentences: dict[str, list[Span]] = defaultdict(list)
        for key, spans in self._ledger.sql(_SENTENCES, {"keys": keys}).fetchall():
            sentences[key] += [Span(start, end) for start, end in spans]
        rows = self._ledger.sql(_ARTICLES, {"keys": keys}).fetchall()
        articles = [_article(dict(zip(_COLUMNS, row, strict=True))) for row in rows]
        return {each.id: Printed(each, sentences[each.id]) for each in articles}


def copy_rows(ledger: Ledger) -> Mapping[str, Iterable[Row]]:
    """The rows of ``copies``, found in the articles as they are now."""
    return {"copies": [copy_row(position, copy) for position, copy in enumerate(copies_in(LedgerPile(ledger)))]}


def _article(row: Row) -> Article:
    origin = row["origin"]
    return Article(
        id=row["id"],
        where=row["place"],
        text=row["text"],
        language=row["language"],
        outlet=row["outlet"],
        published=when_from("published", row),
        boilerplate=_boilerplate(row["boilerplate"]),
        origin=None if origin is None else Origin(origin["name"], Span(origin["start"], origin["end"])),
    )


def _boilerplate(parts: Sequence[Row]) -> tuple[Boilerplate, ...]:
    return tuple(Boilerplate(Span(part["start"], part["end"]), part["reason"]) for part in parts)
