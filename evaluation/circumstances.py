"""When, where and to whom: what selon says of the statements annotated in ``data/said_on.jsonl``.

What is annotated and how is in ``data/said_on.md``. The annotated quotations of an article are given, as the measure of
speakers does it; so is the date of publication where the set keeps it beside the text, as any feed would.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from evaluation.gold import BUNDLED, SHARED, Article, GoldError, GoldSet, drawn_from
from evaluation.measures import Count, Tally
from selon.pipeline import resolve_given
from selon.reading import read_document
from selon.records import Document, SetAside, Statement, When

ANNOTATED = Path(__file__).parent / "data" / "said_on.jsonl"
MEASURES = ("said on", "said on, where told", "venue", "addressee")
"""said on: right, or rightly unknown · where told: of the dates given, and of those that the words tell · venue,
addressee: the article's words for them, one within the other."""

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Circumstances:
    """The annotated statements of one part of the sample with their articles, and what selon says of each."""

    gold: GoldSet
    records: tuple[Record, ...]
    statements: tuple[Statement, ...]
    texts: Mapping[str, str] = field(repr=False)

    @property
    def tallies(self) -> list[Tally]:
        """The counts of each article, in order."""
        counts: dict[str, Tally] = {}
        for record, told in zip(self.records, self.statements, strict=True):
            mine = counts.setdefault(record["article"], dict.fromkeys(MEASURES, Count()))
            for measure, count in _counted(record, told, self.texts[record["article"]]).items():
                mine[measure] += count
        return list(counts.values())


def circumstances(shared: Path = SHARED, annotated: Path = ANNOTATED) -> list[Circumstances]:
    """What selon says of the annotated statements: those of the bundled articles always, with ``shared`` both halves.

    Raises GoldError when the annotations, or articles they are of, are missing or damaged.
    """
    records = _records(annotated)
    bundled = {each["id"]: each for each in _records(BUNDLED)}
    parts = [_told("circumstances bundled", [each for each in records if each["article"] in bundled], bundled)]
    if shared.is_dir():
        articles = {each["id"]: each for name in {r["set"] for r in records} for each in drawn_from(name, shared)}
        parts += [
            _told(f"circumstances {half}", [each for each in records if each["half"] == half], articles)
            for half in ("dev", "held")
        ]
    return parts


def same_date(record: Record, said_on: When) -> bool:
    """Whether the date is the annotated one or another that careful readers took."""
    return _ends(said_on) in [tuple(each) for each in (record["said_on"], *record.get("also", ()))]


def _records(path: Path) -> list[Article]:
    try:
        return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
    except (OSError, ValueError) as error:
        raise GoldError(f"annotated statements cannot be read: {path}: {error}") from error


def _told(name: str, records: Sequence[Record], articles: Mapping[str, Article]) -> Circumstances:
    statements: list[Statement] = []
    ids = dict.fromkeys(record["article"] for record in records)
    for key in ids:
        statements += _statements([each for each in records if each["article"] == key], articles[key])
    ordered = tuple(record for key in ids for record in records if record["article"] == key)
    # The hash holds the annotations too: a floor was reached on both.
    gold = GoldSet(name, tuple({**articles[key], "told": [r for r in ordered if r["article"] == key]} for key in ids))
    return Circumstances(gold, ordered, tuple(statements), {key: articles[key]["text"] for key in ids})


def _statements(records: Sequence[Record], article: Article) -> list[Statement]:
    """The statement of each annotated quotation of an article. Raises GoldError where the article has none such."""
    where = f"{article['id']}.txt"
    read = read_document(Document(where, article["text"], "text/plain", published=article.get("date", "")))
    if isinstance(read, SetAside):
        raise GoldError(f"an annotated article is set aside: {where}: {read.reason}")
    given = resolve_given(read, article["quotations"])
    found = {_key(each["content"]): told for each, told in zip(article["quotations"], given, strict=True)}
    try:
        return [found[_key(record["content"])] for record in records]
    except KeyError as error:
        raise GoldError(f"an annotated statement is of no annotated quotation: {where}: {error}") from None


def _key(content: Iterable[Sequence[int]]) -> tuple[tuple[int, ...], ...]:
    return tuple(tuple(span) for span in content)


def _counted(record: Record, told: Statement, text: str) -> Tally:
    right = same_date(record, told.said_on)
    given = told.said_on.first is not None
    open_ended = any(each[0] is None for each in (record["said_on"], *record.get("also", ())))
    return {
        "said on": Count(right, 1, 1),
        "said on, where told": Count(right and given, given, (given and right) or not open_ended),
        "venue": _named(record, "venue", told.venue, text),
        "addressee": _named(record, "addressee", told.addressee, text),
    }


def _named(record: Record, part: str, said: str, text: str) -> Count:
    wanted = [_words(text[start:end]) for start, end in record.get(part, ())]
    mine = _words(said)
    right = any(mine and (mine <= words or words <= mine) for words in wanted)
    asked = bool(wanted) and (right or not record.get(f"{part}_optional"))
    return Count(right, bool(mine), asked)


def _words(name: str) -> frozenset[str]:
    return frozenset(word for word in _WORD.findall(name.casefold()) if len(word) > _SHORT)


def _ends(when: When) -> tuple[str | None, str | None, str]:
    first, last = when.first, when.last
    return first.isoformat() if first else None, last.isoformat() if last else None, when.precision.value


_WORD = re.compile(r"\w+")
# Articles and prepositions of one or two letters say nothing: « la presse », « au Monde ».
_SHORT = 2
