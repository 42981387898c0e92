"""The ledger as one HTML page to read, print and send: no script, no network, nothing beside it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import NamedTuple

import jinja2

from selon.exports.digest import UNKNOWN, Dates, DayFigures, Digest, SpeakerFigures, digest
from selon.exports.layout import Layout, Note, layout
from selon.exports.templating import environment
from selon.records import Analysis, Article, Failure, Kind, SetAside, When

SPEAKERS = 200
"""How many speakers the page lists, those with the most statements."""

FIRST_SPEAKERS = 20
"""How many of them are in sight at once."""

LINES = 200
"""How many failures, and how many documents set aside, the page lists."""

_REASONS = 6
_PERIODS = 60  # rows of the timeline; more days than that are shown by month, more months by year


@dataclass(frozen=True, slots=True)
class ReportOptions:
    """``limit`` is how many articles are shown, the newest; ``note`` is a line about the run: when, with what."""

    title: str = "Who said what"
    note: str = ""
    limit: int = 200


@dataclass(frozen=True, slots=True)
class Shown:
    """An article as the page shows it."""

    analysis: Analysis
    layout: Layout
    number: int

    @property
    def notes(self) -> list[Note]:
        """Its statements in text order."""
        return [note for row in self.layout.rows for note in row.notes]


class Said(NamedTuple):
    """A statement under its speaker: the note beside the text, and the article it stands in."""

    note: Note
    article: Article


@dataclass(slots=True)
class SpeakerEntry:
    """A speaker in the list, with the statements that the shown articles hold."""

    figures: SpeakerFigures
    anchor: str
    said: list[Said] = field(default_factory=list)


def write_report(
    path: Path,
    analyses: Iterable[Analysis],
    *,
    set_aside: Sequence[SetAside] = (),
    failures: Sequence[Failure] = (),
    options: ReportOptions | None = None,
) -> Digest:
    """Write the page, whole or not at all, and give back the figures it shows. Raises OSError."""
    options = options or ReportOptions()
    whole = digest(analyses, options.limit)
    temporary = path.with_name(path.name + ".tmp")
    try:
        with temporary.open("w", encoding="utf-8", errors="replace", newline="\n") as file:
            for piece in report_pieces(whole, set_aside=set_aside, failures=failures, options=options):
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    return whole


def report_pieces(
    whole: Digest,
    *,
    set_aside: Sequence[SetAside] = (),
    failures: Sequence[Failure] = (),
    options: ReportOptions | None = None,
) -> Iterator[str]:
    """The page in pieces, in order, from figures and articles that ``digest`` gave."""
    options = options or ReportOptions()
    shown = [Shown(analysis, layout(analysis), number) for number, analysis in enumerate(whole.newest, start=1)]
    speakers = _speakers(whole, shown)
    template = _environment().get_template("report.html.j2")
    yield from template.generate(
        options=options,
        whole=whole,
        shown=shown,
        speakers=[entry for key, entry in speakers.items() if key != UNKNOWN],
        unknown=speakers.get(UNKNOWN),
        speaker_anchors={key: entry.anchor for key, entry in speakers.items()},
        periods=_periods(whole),
        kinds=[(kind.value, whole.kinds[kind], _share(whole.kinds[kind], whole.statements)) for kind in Kind],
        set_aside=set_aside,
        failures=failures,
        lines=LINES,
        reasons=_REASONS,
        first_speakers=FIRST_SPEAKERS,
    )


def _speakers(whole: Digest, shown: Sequence[Shown]) -> dict[str, SpeakerEntry]:
    """The speakers to list by key, most statements first, then by name; the unknown one too, where there is one."""
    known = [figures for key, figures in whole.speakers.items() if key != UNKNOWN]
    known.sort(key=lambda figures: (-figures.statements, figures.name))
    entries = {
        figures.key: SpeakerEntry(figures, f"speaker-{n}") for n, figures in enumerate(known[:SPEAKERS], start=1)
    }
    if UNKNOWN in whole.speakers:
        entries[UNKNOWN] = SpeakerEntry(whole.speakers[UNKNOWN], "speaker-unknown")
    for each in shown:
        for note in each.notes:
            if note.speaker in entries:
                entries[note.speaker].said.append(Said(note, each.analysis.article))
    return entries


class Period(NamedTuple):
    """A row of the timeline: its name, its figures, its share of the busiest row in percent, who spoke most."""

    when: str
    statements: int
    outlets: int
    share: int
    speakers: tuple[SpeakerFigures, ...]
    others: int


def _periods(whole: Digest) -> list[Period]:
    """The days on which something was said, in order; months, then years, where there are too many rows."""
    rows = [(first, row) for (first, _), row in sorted(whole.days.items())]
    for form in ("%Y-%m", "%Y"):
        if len(rows) > _PERIODS:
            rows = _gathered(rows, form)
    most = max((row.statements for _, row in rows), default=1)
    return [_period(whole, row, most) for _, row in rows]


def _gathered(rows: Iterable[tuple[date, DayFigures]], form: str) -> list[tuple[date, DayFigures]]:
    gathered: dict[str, tuple[date, DayFigures]] = {}
    for day, row in rows:
        name = day.strftime(form)
        figures = gathered.setdefault(name, (day, DayFigures(name)))[1]
        figures.speakers.update(row.speakers)
        figures.outlets |= row.outlets
    return list(gathered.values())


def _period(whole: Digest, row: DayFigures, most: int) -> Period:
    known = [(key, count) for key, count in row.speakers.items() if key != UNKNOWN]
    known.sort(key=lambda pair: (-pair[1], pair[0]))
    top = tuple(whole.speakers[key] for key, _ in known[:4])
    return Period(row.when, row.statements, len(row.outlets), _share(row.statements, most), top, len(known) - len(top))


def _share(part: int, whole: int) -> int:
    return round(100 * part / whole) if whole else 0


def _environment() -> jinja2.Environment:
    return environment(
        "selon.exports",
        {
            "when": _when,
            "range": _range,
            "score": _score,
            "number": "{:,}".format,
            "file_name": lambda where: where.rsplit("/", 1)[-1],
        },
    )


_MONTHS = "January February March April May June July August September October November December".split()  # noqa: SIM905


def _when(when: When | date | None) -> str:
    """A date as an English page prints it, with what is known and no more."""
    if isinstance(when, date):
        return f"{when.day} {_MONTHS[when.month - 1]} {when.year}"
    if when is None or when.first is None or when.last is None:
        return "date unknown"
    if when.first == when.last:
        return _when(when.first)
    match str(when).split("-"):
        case [year]:
            return year
        case [year, month] if len(month) == 2:
            return f"{_MONTHS[int(month) - 1]} {year}"
        case _:
            return _until(when.first, when.last)


def _range(dates: Dates) -> str:
    return _when(dates.loose) if dates.first is None else _until(dates.first, dates.last)


def _until(first: date, last: date | None) -> str:
    """From one day to another, saying month and year once where they are shared: ``6–7 February 2024``."""
    if last is None or first == last:
        return _when(first)
    start = _when(first)
    if first.year == last.year:
        start = str(first.day) if first.month == last.month else start.rsplit(" ", 1)[0]
    return f"{start}–{_when(last)}" if start.isdigit() else f"{start} – {_when(last)}"


def _score(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"
