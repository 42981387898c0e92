"""The words of the pages in each language they speak: data in ``words/*.toml``, the same keys in all."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from selon.records import When
from selon.web.evidence import evidence_words

DEFAULT = "en"


@dataclass(frozen=True, slots=True)
class Words:
    """One language: ``t("key")`` is a sentence with its blanks filled, ``n("key", 3)`` the same with a number."""

    language: str
    texts: Mapping[str, str]
    settings: Mapping[str, Any]

    def t(self, key: str, /, **blanks: object) -> str:
        """The words under a key such as ``articles.title``. Raises KeyError where there are none."""
        text = self.texts[key]
        return text.format(**blanks) if blanks else text

    def n(self, key: str, number: int, /, **blanks: object) -> str:
        """The words under ``key.one`` or ``key.many``, as the number asks for, with ``{n}`` filled."""
        form = "one" if number in self.settings["one"] else "many"
        return self.texts[f"{key}.{form}"].format(n=self.number(number), **blanks)

    def known(self, key: str, value: object) -> str:
        """The word for one of our own terms (``kind.direct``); the term itself where there is none."""
        return self.texts.get(f"{key}.{value}", str(value))

    def rule(self, by: str) -> str:
        """What the rule or model of some evidence is called."""
        return evidence_words(self.language).of_rule(by)

    def sight(self, by: str, saw: str) -> str:
        """What the rule or model saw."""
        return evidence_words(self.language).of_sight(by, saw)

    def number(self, value: int) -> str:
        """A whole number with its thousands set apart."""
        return f"{value:,}".replace(",", self.settings["thousands"])

    def share(self, value: float | None) -> str:
        """A probability with two digits, never rounded up to certainty; nothing for None."""
        if value is None:
            return ""
        told = "0.99" if 0.99 <= value < 1 else f"{value:.2f}"
        return told.replace(".", self.settings["decimal"])

    def day(self, when: When | date | None) -> str:
        """A date with what is known of it and no more."""
        if isinstance(when, date):
            month = self.settings["months"][when.month - 1]
            number = self.settings["first_day"] if when.day == 1 else str(when.day)
            return f"{number} {month} {when.year}"
        if when is None or when.first is None or when.last is None:
            return self.t("date.unknown")
        if when.first == when.last:
            return self.day(when.first)
        if when.precision == "month":
            return f"{self.settings['months'][when.first.month - 1]} {when.first.year}"
        if when.precision == "year":
            return str(when.first.year)
        return f"{self.day(when.first)} – {self.day(when.last)}"

    def rough(self, first: date, precision: str) -> str:
        """A day of which only the month or the year is known; an interval by its first day."""
        if precision == "month":
            return f"{self.settings['months'][first.month - 1]} {first.year}"
        return str(first.year) if precision == "year" else f"{self.day(first)} …"


@cache
def words() -> Mapping[str, Words]:
    """Every language the pages speak, by its code."""
    found = {}
    for file in sorted(files("selon.web").joinpath("words").iterdir(), key=lambda file: file.name):
        if file.name.endswith(".toml"):
            data = tomllib.loads(file.read_text(encoding="utf-8"))
            settings = data.pop("language")
            code = file.name.removesuffix(".toml")
            found[code] = Words(code, dict(_flat(data)), settings)
    return found


def chosen(asked: str, kept: str, accepted: str) -> Words:
    """The language asked for in the address, else the one kept from before, else the first the browser accepts."""
    spoken = words()
    wishes = [asked, kept, *(part.partition(";")[0].strip()[:2].lower() for part in accepted[:200].split(","))]
    return next((spoken[wish] for wish in wishes if wish in spoken), spoken[DEFAULT])


def _flat(table: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, str]]:
    for name, value in table.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{before}{name}.")
        else:
            yield f"{before}{name}", value
