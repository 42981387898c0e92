"""A small grammar of when: finds ``mardi``, ``la veille``, ``le 12 octobre`` and works out the days they mean.

The words stand in ``dates.toml`` of the pack. A date is only as precise as the words and the article's own date are:
from an article of October 2022, ``mardi`` is some Tuesday from the end of September on, given as an interval.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from selon.languages.pack import LanguagePack
from selon.offsets import Span
from selon.records import Precision, When


@dataclass(frozen=True, slots=True)
class Expression:
    """Words that say when: where they stand, what they mean and the parts found in them."""

    span: Span
    means: str
    count: int
    parts: tuple[tuple[str, int], ...]
    inside: bool = False
    """Whether it means a date only inside the words for a document: ``un rapport de 2019``."""

    def part(self, name: str) -> int | None:
        """The number that stands for a part (weekday 0 to 6, month 1 to 12, day, year), None without one."""
        return dict(self.parts).get(name)

    @property
    def ahead(self) -> bool:
        """Whether the words point to the future."""
        return self.count > 0 and self.means in ("weekday", "offset", "week", "month", "year")


@dataclass(frozen=True)
class Grammar:
    """The rules of one language, compiled.

    In a text with any of the keys one pattern finds the places worth a look, then each rule is tried there.
    """

    rules: tuple[tuple[re.Pattern[str], str, int, bool], ...]
    keys: tuple[str, ...]
    trigger: re.Pattern[str]
    numbers: Mapping[str, int]
    not_after: re.Pattern[str]
    of_another: re.Pattern[str]
    future: re.Pattern[str]
    speaking: re.Pattern[str]


@cache
def grammar(pack: LanguagePack) -> Grammar:
    """The temporal grammar of a pack, made once."""
    table = pack.table("dates")
    words, attachment = table["words"], table["attachment"]
    slots = _slots(words)
    rules = tuple(
        (
            re.compile(rf"\b(?:{_filled(rule['pattern'], slots)})(?!\w)", re.IGNORECASE),
            rule["means"],
            rule.get("count", 0),
            rule.get("inside", False),
        )
        for rule in table["rules"]
    )
    numbers = {word.lower(): at for at, word in enumerate(words["weekdays"])}
    numbers |= {word.lower(): at for at, word in enumerate(words["months"], start=1)}
    numbers |= {word.lower(): at for at, word in enumerate(words["numbers"], start=1)}
    numbers |= {word.lower(): at for at, word in enumerate(words["seasons"])}
    return Grammar(
        rules=rules,
        keys=tuple(word.lower() for kind in ("weekdays", "months", "keys") for word in words[kind]),
        trigger=re.compile(
            "|".join(f"(?:{pattern.pattern})" for pattern in _unnamed(table["rules"], slots)), re.IGNORECASE
        ),
        numbers=numbers,
        not_after=re.compile(rf"(?:^|[\s(])(?:{_any(attachment['not_after'])})\s?$", re.IGNORECASE),
        of_another=_of_another(attachment),
        future=re.compile(attachment["future"], re.IGNORECASE),
        speaking=re.compile(rf"\s*(?:{_any(table['venue']['speaking'])})\b", re.IGNORECASE),
    )


def expressions(text: str, rules: Grammar) -> Iterator[Expression]:
    """The temporal expressions of ``text``, in order, not overlapping; the longest reading of each place."""
    low = " ".join(text.lower().split())
    if not any(key in low for key in rules.keys):
        return
    at = 0
    while (match := rules.trigger.search(text, at)) is not None:
        readings = [
            (found.end(), -number, found)
            for number, (pattern, _, _, _) in enumerate(rules.rules)
            if (found := pattern.match(text, match.start())) is not None
        ]
        if not readings:
            at = match.end()
            continue
        end, number, found = max(readings, key=lambda reading: reading[:2])
        _, means, count, inside = rules.rules[-number]
        parts = tuple(
            (name.rstrip("0123456789"), rules.numbers.get(value.lower(), 0) if not value.isdigit() else int(value))
            for name, value in found.groupdict().items()
            if value is not None and not name.startswith("daypart")
        )
        yield Expression(Span(found.start(), end), means, count, parts, inside)
        at = end


def resolved(expression: Expression, published: When, anchor: When) -> When:
    """The days that an expression means in an article of that date; ``anchor`` is the date told before it, if any.

    Where only the article's month is known, both ends of the month are tried and the answer is an interval.
    """
    if expression.means == "anchor":
        return _shifted(anchor, expression.count * (expression.part("number") or 1))
    year = expression.part("year")
    if expression.means == "date" and year:
        return _day(year, expression.part("month"), expression.part("day"))
    if expression.means == "named year" and year:
        return When(date(year, 1, 1), date(year, 12, 31), Precision.YEAR)
    if expression.means == "named month" and year:
        return _month(year, expression.part("month") or 1)
    if published.first is None or published.last is None:
        return When()
    early, late = _from_day(expression, published.first), _from_day(expression, published.last)
    if early == late or early.first is None or late.last is None:
        return early if early == late else When()
    return When(early.first, late.last, Precision.INTERVAL)


def _from_day(expression: Expression, today: date) -> When:
    """What the expression means for somebody who writes on that very day."""
    means, count = expression.means, expression.count
    if means == "weekday":
        return _weekday(today, expression.part("weekday") or 0, count)
    if means == "offset":
        return _one(today + timedelta(days=count * (expression.part("number") or 1)))
    if means == "night":
        second = _weekday(today, expression.parts[-1][1], 0)
        return When(second.first - timedelta(days=1), second.last, Precision.INTERVAL) if second.first else When()
    if means == "date":
        return _latest_day(today, expression)
    if means == "last night":
        return When(today - timedelta(days=1), today, Precision.INTERVAL)
    if means == "season":
        return _season(today, expression)
    return _stretch(today, expression)


def _stretch(today: date, expression: Expression) -> When:
    means, count = expression.means, expression.count * (expression.part("number") or 1)
    if means == "week":
        monday = today - timedelta(days=today.weekday()) + timedelta(weeks=count)
        return When(monday, min(monday + timedelta(days=6), today), Precision.INTERVAL)
    if means == "weekend":
        saturday = today - timedelta(days=(today.weekday() - 5) % 7)
        return When(saturday, min(saturday + timedelta(days=1), today), Precision.INTERVAL)
    if means == "month":
        number = today.year * 12 + today.month - 1 + count
        return _month(number // 12, number % 12 + 1)
    if means == "named month":
        month = expression.part("month") or 1
        return _month(today.year if month <= today.month else today.year - 1, month)
    year = today.year + count
    return When(date(year, 1, 1), date(year, 12, 31), Precision.YEAR)


def _season(today: date, expression: Expression) -> When:
    """The last season of that name that had begun (for -1: had ended) by today; winter is of the year it ends in."""
    first_month = 3 * (expression.part("season") or 0)
    for year in (today.year, today.year - 1, today.year - 2):
        first = date(year, first_month, 1) if first_month else date(year - 1, 12, 1)
        last = _month(year, first_month + 2 if first_month else 2).last
        if last is not None and (first if expression.count == 0 else last) <= today:
            return When(first, last, Precision.INTERVAL)
    return When()


def _weekday(today: date, weekday: int, count: int) -> When:
    """The last such day up to today; strictly before for -1, strictly after for 1."""
    back = (today.weekday() - weekday) % 7
    if count > 0:
        return _one(today + timedelta(days=7 - back))
    return _one(today - timedelta(days=back or 7 if count < 0 else back))


def _latest_day(today: date, expression: Expression) -> When:
    if expression.part("month") is None:
        this, last = (_day(month.year, month.month, expression.part("day")) for month in _two_months(today))
        return this if this.first is not None and this.first <= today else last
    for year in (today.year, today.year - 1):
        found = _day(year, expression.part("month"), expression.part("day"))
        if found.first is not None and found.first <= today:
            return found
    return When()


def _two_months(today: date) -> tuple[date, date]:
    return today, today.replace(day=1) - timedelta(days=1)


def _day(year: int, month: int | None, day: int | None) -> When:
    try:
        return _one(date(year, month or 0, day or 0))
    except ValueError:
        return When()


def _one(day: date) -> When:
    return When(day, day, Precision.DAY)


def _month(year: int, month: int) -> When:
    return When(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]), Precision.MONTH)


def _shifted(anchor: When, days: int) -> When:
    if anchor.precision is not Precision.DAY or anchor.first is None:
        return When()
    return _one(anchor.first + timedelta(days=days))


def _of_another(attachment: Mapping[str, Any]) -> re.Pattern[str]:
    """A word for another event right before an expression; a determiner makes it a noun (``aux députés mardi``)."""
    endings, still = "|".join(map(re.escape, attachment["not_after_endings"])), _any(attachment["still_after"])
    return re.compile(rf"(?P<before>(?:^|[^\s'’(]+[\s'’(]))(?!(?:{still})\s)\w*(?:{endings})\s?$", re.IGNORECASE)


def _slots(words: Mapping[str, Any]) -> dict[str, str]:
    return {
        "weekday": _any(words["weekdays"]),
        "month": _any(words["months"]),
        "daypart": _any(words["dayparts"]),
        "number": _any(words["numbers"]) + r"|\d{1,2}",
        "season": _any(words["seasons"]),
        "day": r"[0-3]?\d",
        "year": r"(?:19|20)\d\d",
    }


def _filled(pattern: str, slots: Mapping[str, str]) -> str:
    """The rule's pattern with its slots as groups, each name numbered so that it may come twice."""
    seen: dict[str, int] = {}

    def group(match: re.Match[str]) -> str:
        name = match.group(1)
        seen[name] = seen.get(name, -1) + 1
        return f"(?P<{name}{seen[name]}>{slots[name]})"

    return re.sub(r"\{(\w+)\}", group, pattern).replace("'", "['’]").replace(" ", r"\s")


def _unnamed(rules: Sequence[Mapping[str, Any]], slots: Mapping[str, str]) -> list[re.Pattern[str]]:
    return [
        re.compile(r"\b(?:" + re.sub(r"\(\?P<\w+>", "(?:", _filled(rule["pattern"], slots)) + r")(?!\w)")
        for rule in rules
    ]


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word).replace("'", "['’]") for word in sorted(words, key=len, reverse=True))
