"""The figures of a whole ledger in one pass over its articles, keeping only the newest of them whole."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from selon.records import ActorKind, Analysis, Article, Kind, Precision, Statement, When

UNKNOWN = ""
"""The key of the statements whose speaker is not known."""


@dataclass(slots=True)
class Dates:
    """From which day to which; ``loose`` is a date of less precision, for where no day is known."""

    first: date | None = None
    last: date | None = None
    loose: When | None = None

    def add(self, when: When) -> None:
        """Stretch to one more date."""
        if when.first is None or when.last is None:
            return
        if when.precision is not Precision.DAY:
            self.loose = self.loose or when
            return
        self.first = when.first if self.first is None else min(self.first, when.first)
        self.last = when.last if self.last is None else max(self.last, when.last)


@dataclass(slots=True)
class SpeakerFigures:
    """What one name said over all articles: how often, in which outlets, between which days."""

    key: str
    names: Counter[str] = field(default_factory=Counter)
    kinds: Counter[ActorKind] = field(default_factory=Counter)
    roles: Counter[str] = field(default_factory=Counter)
    outlets: set[str] = field(default_factory=set)
    statements: int = 0
    dates: Dates = field(default_factory=Dates)

    @property
    def name(self) -> str:
        """The spelling seen most often, the earlier one of equals."""
        return self.names.most_common(1)[0][0] if self.names else ""

    @property
    def kind(self) -> ActorKind:
        """The kind given most often."""
        return self.kinds.most_common(1)[0][0] if self.kinds else ActorKind.UNKNOWN

    @property
    def role(self) -> str:
        """The role given most often, empty where none was."""
        return self.roles.most_common(1)[0][0] if self.roles else ""


@dataclass(slots=True)
class DayFigures:
    """What was said on one day (or in one month or year): how many statements, by whom, in how many outlets."""

    when: str
    speakers: Counter[str] = field(default_factory=Counter)
    outlets: set[str] = field(default_factory=set)

    @property
    def statements(self) -> int:
        """How many statements."""
        return self.speakers.total()


@dataclass(slots=True)
class Digest:
    """The counts over all articles, and the ``newest`` articles themselves (see ``digest``).

    A statement counts for the day it was said or, where the article does not tell, for the one it was published
    (``by_publication`` of them); ``undated`` are those that have neither.
    """

    articles: int = 0
    characters: int = 0
    boilerplate_characters: int = 0
    articles_with_boilerplate: int = 0
    published: Dates = field(default_factory=Dates)
    outlets: Counter[str] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)
    kinds: Counter[Kind] = field(default_factory=Counter)
    boilerplate: Counter[str] = field(default_factory=Counter)
    speakers: dict[str, SpeakerFigures] = field(default_factory=dict)
    days: dict[tuple[date, date], DayFigures] = field(default_factory=dict)
    by_publication: int = 0
    undated: int = 0
    newest: list[Analysis] = field(default_factory=list)

    @property
    def statements(self) -> int:
        """How many statements."""
        return self.kinds.total()

    def add(self, analysis: Analysis) -> None:
        """Count one article and its statements."""
        article = analysis.article
        self.articles += 1
        self.characters += len(article.text)
        self.articles_with_boilerplate += bool(article.boilerplate)
        for each in article.boilerplate:
            self.boilerplate[each.reason] += 1
            self.boilerplate_characters += each.span.end - each.span.start
        self.languages[article.language] += 1
        if article.outlet:
            self.outlets[article.outlet] += 1
        self.published.add(article.published)
        for statement in analysis.statements:
            self._add_statement(statement, article)

    def _add_statement(self, statement: Statement, article: Article) -> None:
        told = statement.said_on.first is not None
        said = statement.said_on if told else article.published
        self.kinds[statement.quotation.kind] += 1
        key = speaker_key(statement)
        figures = self.speakers.setdefault(key, SpeakerFigures(key))
        figures.statements += 1
        figures.outlets |= {article.outlet} - {""}
        figures.dates.add(said)
        if statement.who is not None:
            figures.names[statement.who.name] += 1
            figures.kinds[statement.who.kind] += 1
            if statement.who.role:
                figures.roles[statement.who.role] += 1
        if said.first is None or said.last is None:
            self.undated += 1
            return
        self.by_publication += not told
        day = self.days.setdefault((said.first, said.last), DayFigures(str(said)))
        day.speakers[key] += 1
        day.outlets |= {article.outlet} - {""}


def digest(analyses: Iterable[Analysis], limit: int) -> Digest:
    """The figures of all ``analyses``, and the ``limit`` newest of them by date of publication, newest first.

    Articles of one day, and those without a date, which come last, keep the order in which they were given.
    """
    whole = Digest()
    heap: list[tuple[int, int, Analysis]] = []
    for number, analysis in enumerate(analyses):
        whole.add(analysis)
        published = analysis.article.published.last
        entry = (published.toordinal() if published else 0, -number, analysis)
        if len(heap) < limit:
            heapq.heappush(heap, entry)
        elif limit and entry[:2] > heap[0][:2]:
            heapq.heapreplace(heap, entry)
    whole.newest = [analysis for _, _, analysis in sorted(heap, key=lambda entry: entry[:2], reverse=True)]
    return whole


def speaker_key(statement: Statement) -> str:
    """What statements of one speaker share: the name without regard to case and spaces; UNKNOWN where there is none."""
    return " ".join(statement.speaker.casefold().split()) if statement.speaker else UNKNOWN
