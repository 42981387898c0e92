"""Who took from whom: an outlet a line, days from left to right, a curve from each text to the one taken from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import log2
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from markupsafe import Markup

from selon.highlight import printable
from selon.web.words import Words

if TYPE_CHECKING:
    from selon.records import When

LANES = 20
"""How many outlets are drawn, those with the most texts."""
_LEFT, _RIGHT, _HEAD, _LANE, _WIDTH, _DOT = 210.0, 40.0, 44.0, 44.0, 1180.0, 5.0
_TICKS = 9
_APART = 14.0
"""Texts of one outlet on one day stand so far apart."""
_ARROW = Markup(
    '<defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="10" markerHeight="10" '
    'markerUnits="userSpaceOnUse" orient="auto-start-reverse"><path d="M0 0 8 4 0 8z"/></marker></defs>'
)
_STYLES = {kind: kind.replace(" ", "-") for kind in ("full", "partial", "translated", "common source", "incidental")}

Text = Mapping[str, Any]
"""An article as ``headings`` gives it."""
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Taking:
    """A pair of articles, and whether anything tells which was first."""

    id: str
    kind: str
    told: bool
    derived: Text
    origin: Text

    @property
    def ends(self) -> tuple[Text, Text]:
        """The article it was taken from and the one that took."""
        return self.origin, self.derived


@dataclass(frozen=True, slots=True)
class Graph:
    """The picture, the kinds in it, and how many pairs are left out for want of room."""

    svg: Markup
    kinds: tuple[str, ...]
    pairs: int
    left_out: int


def copy_graph(takings: Sequence[Taking], words: Words) -> Graph | None:
    """The graph of these pairs; None where there is none to draw. Stretches without a text are drawn shorter."""
    outlets = Counter(text["outlet"] for text in _texts(takings).values())
    lanes = {outlet for outlet, _ in sorted(outlets.items(), key=lambda pair: (-pair[1], pair[0]))[:LANES]}
    drawn = [each for each in takings if {end["outlet"] for end in each.ends} <= lanes]
    if not drawn:
        return None
    texts = _texts(drawn)
    order = _lanes(texts.values())
    days = _across({_day(text) for text in texts.values()})
    places = _places(texts, order, days)
    parts = [
        Markup('<svg class="copy-graph" viewBox="0 0 {:.0f} {:.0f}" role="group" aria-label="{}">').format(
            _WIDTH, _HEAD + len(order) * _LANE, words.t("copies.graph_is")
        ),
        _ARROW,
        *_frame(order, days, words),
        *(_curve(each, places, words) for each in drawn),
        *(_dot(text, places[key], words) for key, text in texts.items()),
        Markup("</svg>"),
    ]
    kinds = tuple(kind for kind in _STYLES if any(each.kind == kind for each in drawn))
    return Graph(Markup("\n").join(parts), kinds, len(drawn), len(takings) - len(drawn))


def _texts(takings: Iterable[Taking]) -> dict[str, Text]:
    return {end["id"]: end for each in takings for end in each.ends}


def _day(text: Text) -> date | None:
    """The day a text is drawn at: the middle of what is known."""
    published: When = text["published"]
    if published.first is None or published.last is None:
        return None
    return published.first + (published.last - published.first) / 2


def _lanes(texts: Iterable[Text]) -> Mapping[str, float]:
    """The height of each outlet's line, those seen first at the top."""
    first: dict[str, date] = {}
    for text in texts:
        first[text["outlet"]] = min(first.get(text["outlet"], date.max), _day(text) or date.max)
    order = sorted(first, key=lambda outlet: (first[outlet], outlet))
    return {outlet: _HEAD + (number + 0.5) * _LANE for number, outlet in enumerate(order)}


def _across(days: set[date | None]) -> Mapping[date | None, float]:
    """Where each day stands: ten days are not ten times as far as one; what has no day stands at the left."""
    known = sorted(day for day in days if day is not None)
    steps = [0.0] if None not in days else [0.0, 1.5]
    for one, other in pairwise(known):
        steps.append(steps[-1] + 1 + log2((other - one).days))
    reach = steps[-1] or 1.0
    start, wide = _LEFT + 30, _WIDTH - _LEFT - _RIGHT - 30
    order: list[date | None] = [*([None] if None in days else []), *known]
    if len(order) == 1:
        return {order[0]: start + wide / 2}
    return {day: start + wide * step / reach for day, step in zip(order, steps, strict=False)}


def _places(
    texts: Mapping[str, Text], lanes: Mapping[str, float], days: Mapping[date | None, float]
) -> dict[str, Point]:
    """Where each text stands; those of one outlet and day beside one another."""
    there: Counter[tuple[str, date | None]] = Counter()
    places = {}
    for key, text in sorted(texts.items()):
        outlet, day = text["outlet"], _day(text)
        number = there[outlet, day]
        there[outlet, day] += 1
        shift = (number + 1) // 2 * _APART * (1 if number % 2 else -1)
        places[key] = (min(max(days[day] + shift, _LEFT + 8), _WIDTH - 8), lanes[outlet])
    return places


def _frame(lanes: Mapping[str, float], days: Mapping[date | None, float], words: Words) -> Iterator[Markup]:
    for outlet, down in lanes.items():
        name = printable(outlet) if outlet else words.t("articles.outlet_unknown")
        told = name if len(name) <= 28 else f"{name[:27].rstrip()}…"
        yield Markup('<line class="lane" x1="{:.0f}" x2="{:.0f}" y1="{:.1f}" y2="{:.1f}"/>').format(
            _LEFT, _WIDTH, down, down
        )
        yield Markup('<text class="lane" x="{:.0f}" y="{:.1f}">{}</text>').format(_LEFT - 14, down + 4, told)
    taken = 0.0
    for day, across in days.items():
        # A day is written where there is room for it.
        if across - taken >= (_WIDTH - _LEFT) / _TICKS or not taken:
            taken = across
            yield Markup('<line class="tick" x1="{0:.1f}" x2="{0:.1f}" y1="{1:.0f}" y2="{2:.1f}"/>').format(
                across, _HEAD - 8, _HEAD + len(lanes) * _LANE
            )
            yield Markup('<text class="tick" x="{:.1f}" y="{:.1f}">{}</text>').format(
                across, _HEAD - 14, words.day(day)
            )


def _curve(taking: Taking, places: Mapping[str, Point], words: Words) -> Markup:
    path = _path(places[taking.origin["id"]], places[taking.derived["id"]])
    told = words.t(
        "copies.drawn",
        kind=words.known("copy_kind", taking.kind),
        derived=_named(taking.derived, words),
        origin=_named(taking.origin, words),
    )
    return Markup(
        '<a href="/copies/{}" aria-label="{}"><title>{}</title><path class="taking {}{}" d="{}"/></a>'
    ).format(quote(taking.id), told, told, _STYLES.get(taking.kind, ""), " told" if taking.told else "", path)


def _path(one: Point, other: Point) -> str:
    """A curve that leaves sideways and comes in from above or below, so that the arrow shows where it leads."""
    (x, y), (u, v) = one, other
    if y == v:
        top = y - 24 - abs(u - x) / 8
        return f"M{x:.1f} {y - _DOT:.1f}C{x:.1f} {top:.1f} {u:.1f} {top:.1f} {u:.1f} {y - _DOT - 2:.1f}"
    begin = x + (_DOT if u >= x else -_DOT)
    middle = (x + u) / 2 + (18 if u == x else 0)
    end = v + (-_DOT - 3 if v > y else _DOT + 3)
    return f"M{begin:.1f} {y:.1f}C{middle:.1f} {y:.1f} {u:.1f} {(y + v) / 2:.1f} {u:.1f} {end:.1f}"


def _dot(text: Text, place: Point, words: Words) -> Markup:
    told = f"{_named(text, words)}: {printable(text['title'])}"
    return Markup(
        '<a href="/articles/{}" aria-label="{}"><title>{}</title><circle cx="{:.1f}" cy="{:.1f}" r="{:.0f}"/></a>'
    ).format(quote(text["id"]), told, told, *place, _DOT)


def _named(text: Text, words: Words) -> str:
    return f"{printable(text['outlet']) or words.t('articles.outlet_unknown')}, {words.day(text['published'])}"
