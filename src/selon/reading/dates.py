"""When an article was published: from a crawl header, from what a feed or page says, from its own lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from functools import cache

from selon.languages.pack import LanguagePack, languages, load_pack
from selon.offsets import Span
from selon.reading.lines import blocks
from selon.reading.publication import publication, tells_publication, tells_update
from selon.records import Boilerplate, Precision, When

# " date 2022-10 Titre…": what some crawls put before the text of a page.
_HEADER = re.compile(r"\A[\ufeff\s]*(date (\d{4})-(\d{2})(?:-(\d{2}))?)(?![\w-])")
_ISO = re.compile(r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?(?:[T ]\d{1,2}:?\d{2}.*)?")
_COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})(?:T?\d{4,6}Z?)?")
_YEAR = re.compile(r"(\d{4})")
_SLASHED = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})(?:\D.*)?")
_YEAR_FIRST = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})(?:\D.*)?")
_EPOCH = re.compile(r"(\d{9,10})(?:\.\d+)?|(\d{12,13})")
_EARLIEST, _LATEST = 1600, 2200
_LONGEST_METADATA = 200
_LONGEST_LINE = 200
_LINES_LOOKED_AT = 6
# "22 mai 2012. Le ministre …": the date is a sentence of its own.
_ALONE = re.compile(r"[^.!?,;:«“\"]{6,24}(?:[.:]|\s[–—-])\s")
_DATELINE = 80


def header(text: str) -> tuple[When, Span] | None:
    """The date in a leading crawl header `` date 2022-10 `` and the characters that say it; None where there is none.

    A header with an impossible month is a header still: its date is unknown.
    """
    match = _HEADER.match(text)
    if match is None:
        return None
    _, year, month, day = match.groups()
    return _when("crawl header", int(year), int(month), int(day) if day else None), Span(*match.span(1))


def parse_metadata(value: str) -> When:
    """The date that a metadata string gives, as exact as it is; unknown where it is none, or an impossible one.

    Reads ISO 8601, RFC 822, epoch seconds and milliseconds, ``2022-10``, ``2022``, dates in the words of every pack,
    and ``25/12/2022``; of ``03/04/2022``, which has two readings, only the year.
    """
    value = value.strip()[:_LONGEST_METADATA]
    for read in (_from_numbers, _from_epoch, _from_rfc822):
        if (when := read(value)) is not None:
            return when
    found = list(_in_words(value, languages()))
    return found[0][1] if len(found) == 1 or (found and found[0][0] <= len(value) // 4) else When()


def in_text(text: str, boilerplate: Sequence[Boilerplate], pack: LanguagePack) -> When:
    """The date a page gives itself: a line such as ``Publié le 12 octobre 2022``, else a dateline; or unknown.

    Lines that were set aside are looked at first, then the first and last lines of the text. A date without its year
    stays unknown, and dates inside sentences are not the page's.
    """
    codes = (pack.code, *(code for code in languages() if code != pack.code))
    spans = blocks(text)
    aside = [part.span.of(text) for part in boilerplate if part.span.end - part.span.start <= _LONGEST_LINE]
    edges = [span.of(text) for span in spans[:_LINES_LOOKED_AT] + spans[-_LINES_LOOKED_AT:]]
    own = [line for line in edges if len(line) <= _DATELINE and publication(line)]
    for lines in (aside, own):
        if when := _best(lines, codes):
            return when
    for span in spans[:_LINES_LOOKED_AT]:
        if when := _of_dateline(text[span.start : min(span.end, span.start + _DATELINE)], codes):
            return when
    return When()


def _best(lines: Sequence[str], codes: Sequence[str]) -> When | None:
    """The date of the line that says most: a day before a year, the publication before a later change, the first.

    Dates that stand alone count only when they all agree: a list of other articles has one beside each.
    """
    found = [(line, when) for line in lines if (when := _of_line(line, codes))]
    speaking = [pair for pair in found if tells_publication(pair[0])]
    if not speaking and len({when for _, when in found}) > 1:
        return None
    ranked = sorted(speaking or found, key=lambda pair: (pair[1].precision is not Precision.DAY, tells_update(pair[0])))
    return ranked[0][1] if ranked else None


def _of_line(line: str, codes: Sequence[str]) -> When | None:
    """The first date of a line that is about little else."""
    words = re.findall(r"[^\W\d_]+", line)
    found = next(_in_words(line, codes), None)
    if found is not None and (len(words) <= 8 or found[0] <= 30):
        return found[1]
    if len(words) <= 4 and (match := re.search(r"\d{4}-\d{2}-\d{2}|\d{1,2}[/.]\d{1,2}[/.]\d{4}", line)):
        slashed = _SLASHED.fullmatch(match.group())
        day_first = load_pack(codes[0]).table("page_dates").get("day_first", False)
        when = _day_first(slashed) if slashed and day_first else _from_numbers(match.group())
        return when if when is not None and when.first is not None else None
    return None


def _day_first(slashed: re.Match[str]) -> When:
    day, month, year = map(int, slashed.groups())
    return _when("text", year, month, day)


def _of_dateline(line: str, codes: Sequence[str]) -> When | None:
    """The date of ``BRUXELLES, 12 octobre 2022 (AFP) – …`` or ``12 octobre 2022. …``: what the mark sets apart."""
    found = next(_in_words(line, codes), None)
    head = re.match(r"[^.!?«“\"]{4,70}?(?:\s[–—-]\s)", line)
    if found is not None and head is not None and found[0] < head.end():
        return found[1]
    if found is not None and found[0] == 0 and _ALONE.match(line):
        return found[1]
    return None


def _from_numbers(value: str) -> When | None:
    for pattern in (_ISO, _YEAR_FIRST, _COMPACT):
        if match := pattern.fullmatch(value):
            year, month, day = match.groups()
            return _when("metadata", int(year), int(month), int(day) if day else None)
    if match := _YEAR.fullmatch(value):
        return _when("metadata", int(match[1]))
    if match := _SLASHED.fullmatch(value):
        return _slashed(*map(int, match.groups()))
    return None


def _slashed(first: int, second: int, year: int) -> When:
    """``25/12/2022`` is sure, ``03/04/2022`` is the third of April or the fourth of March: the year is all we know."""
    if first > 12 or first == second:
        return _when("metadata", year, second, first)
    if second > 12:
        return _when("metadata", year, first, second)
    return _when("metadata", year)


def _from_epoch(value: str) -> When | None:
    match = _EPOCH.fullmatch(value)
    if match is None:
        return None
    seconds = int(match[1]) if match[1] else int(match[2]) // 1000
    moment = datetime.fromtimestamp(seconds, UTC)
    return _when("metadata", moment.year, moment.month, moment.day)


def _from_rfc822(value: str) -> When | None:
    with suppress(ValueError, TypeError, IndexError, OverflowError):
        if "," in value[:12] or ":" in value:
            moment = parsedate_to_datetime(value)
            return _when("metadata", moment.year, moment.month, moment.day)
    return None


def _in_words(value: str, codes: Sequence[str]) -> Iterator[tuple[int, When]]:
    """The dates with month names and years in a string, each with its place."""
    pattern, months = _month_names(tuple(codes))
    for match in pattern.finditer(value):
        name = (match["month"] or match["month_first"]).lower()
        day = match["day"] or match["day_after"]
        when = _when("text", int(match["year"]), months[name], int(day) if day else None)
        if when.first is not None:
            yield match.start(), when


@cache
def _month_names(codes: tuple[str, ...]) -> tuple[re.Pattern[str], dict[str, int]]:
    months = {row["name"]: int(row["number"]) for code in codes for row in load_pack(code).rows("months")}
    names = "|".join(sorted(map(re.escape, months), key=len, reverse=True))
    day, year = r"(?:st|nd|rd|th|er)?", r"(?P<year>\d{4})(?!\d)"
    pattern = (
        rf"(?:(?<!\d)(?P<day>\d{{1,2}}){day}\s+)?\b(?:(?P<month>{names})\.?,?\s+(?:de\s+|of\s+)?"
        rf"|(?P<month_first>{names})\.?\s+(?P<day_after>\d{{1,2}}){day},?\s+)"
    )
    return re.compile(pattern + year, re.IGNORECASE), months


def _when(evidence: str, year: int, month: int | None = None, day: int | None = None) -> When:
    """The day, month or year as a When; unknown where the calendar has no such day."""
    if not _EARLIEST <= year <= _LATEST:
        return When()
    try:
        if month is None:
            return When(date(year, 1, 1), date(year, 12, 31), Precision.YEAR, evidence)
        if day is None:
            return When(date(year, month, 1), _last_of_month(year, month), Precision.MONTH, evidence)
        return When(date(year, month, day), date(year, month, day), Precision.DAY, evidence)
    except ValueError:
        return When()


def _last_of_month(year: int, month: int) -> date:
    following = date(year + month // 12, month % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1)
