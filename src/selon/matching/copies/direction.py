"""Who was first, as far as this pile shows: dates, credits, agencies, what contains what, marks of translation."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cache

from selon.languages import languages, load_pack
from selon.matching.copies.anchors import fold
from selon.matching.copies.marks import density
from selon.matching.copies.records import Judged, Printed
from selon.records import CopyKind, Evidence, Precision

_DAY, _MONTH = 3.0, 2.0
_CREDIT, _NAMED = 3.0, 1.5
_AGENCY = 2.0
_MARKS, _MOST_MARKS = 0.7, 2.1
_CONTAINED, _MOST_CONTAINED = 2.0, 1.0
_EDGE = 300
_SHORTEST = 5
_WORDS = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Direction:
    """How much speaks for the right article having been first (log-odds, negative for the left), and why."""

    weight: float
    evidence: tuple[Evidence, ...]

    @property
    def sure(self) -> float:
        """The probability that belongs to the weight, of whichever was first: 0.5 to 1."""
        return round(1 / (1 + math.exp(-abs(self.weight))), 3)


def direction(judged: Judged) -> Direction:
    """Which of two articles was first: each sign weighs for one of them, and says what it saw.

    It never says who wrote it: only who was seen earlier here, or is credited.
    """
    left, right = judged.left, judged.right
    signs = [_dates(left, right), _agency(left, right), _containment(judged)]
    for derived, origin, sign in ((left, right, 1), (right, left, -1)):
        signs += [(sign * weight, evidence) for weight, evidence in (_credit(derived, origin),)]
    if left.article.language != right.article.language:
        signs.append(_translated(judged))
    told = [(weight, evidence) for weight, evidence in signs if evidence is not None and weight]
    return Direction(sum(weight for weight, _ in told), tuple(evidence for _, evidence in told if evidence))


def is_agency(outlet: str) -> bool:
    """Whether an outlet is a news agency by its name: ``AFP``, ``Agence Ponant``, ``Mediterranean Wire``."""
    return bool(outlet) and _agencies().search(_spaced(outlet)) is not None


def agency_of(printed: Printed) -> str:
    """The agency that a page credits by its name; empty where it credits none, or only ``agences``."""
    origin = printed.article.origin
    if origin is None or _spaced(origin.name).strip() in _generic():
        return ""
    return origin.name if is_agency(origin.name) else ""


def names_outlet(text: str, outlet: str) -> bool:
    """Whether a text names an outlet, accents, case and what stands in brackets behind its name aside."""
    name = _bare(outlet)
    return len(name.replace(" ", "")) >= _SHORTEST and f" {name} " in _spaced(text)


def _dates(left: Printed, right: Printed) -> tuple[float, Evidence | None]:
    ours, theirs = left.article.published, right.article.published
    if ours.first is None or theirs.first is None or ours.last is None or theirs.last is None:
        return 0.0, None
    exact = Precision.DAY is ours.precision is theirs.precision
    weight = _DAY if exact else _MONTH
    if theirs.last < ours.first:
        return weight, Evidence("dated earlier", f"{theirs} before {ours}")
    if ours.last < theirs.first:
        return -weight, Evidence("dated earlier", f"{ours} before {theirs}")
    return 0.0, None


def _agency(left: Printed, right: Printed) -> tuple[float, Evidence | None]:
    ours, theirs = is_agency(left.article.outlet), is_agency(right.article.outlet)
    if ours == theirs:
        return 0.0, None
    agency = right if theirs else left
    return (_AGENCY if theirs else -_AGENCY), Evidence("news agency", agency.article.outlet)


def _credit(derived: Printed, origin: Printed) -> tuple[float, Evidence | None]:
    """What speaks for ``derived`` having it from ``origin``: it says so at its edges, in its name, in its text."""
    article, outlet = derived.article, origin.article.outlet
    if not outlet or _bare(outlet) == _bare(article.outlet):
        return 0.0, None
    declared = article.origin.name if article.origin is not None else ""
    if names_outlet(declared, outlet) or (declared and names_outlet(outlet, declared)):
        return _CREDIT, Evidence("credited", declared)
    if names_outlet(article.outlet, outlet):
        return _CREDIT, Evidence("credited", article.outlet)
    text = article.text
    for edge in (text[-_EDGE:], text[:_EDGE]):
        if names_outlet(edge, outlet):
            return _CREDIT, Evidence("names the outlet", outlet)
    if names_outlet(text, outlet):
        return _NAMED, Evidence("names the outlet", outlet)
    return 0.0, None


def _containment(judged: Judged) -> tuple[float, Evidence | None]:
    """An article that lies wholly in a longer one is rather an extract of it than the seed of it."""
    if judged.kind is not CopyKind.PARTIAL:
        return 0.0, None
    ours, theirs = judged.covered
    weight = max(-_MOST_CONTAINED, min(_MOST_CONTAINED, _CONTAINED * (ours - theirs)))
    if abs(weight) < 0.02:
        return 0.0, None
    least, most = sorted((ours, theirs))
    return weight, Evidence("contained", f"{most:.0%} of the one, {least:.0%} of the other")


def _translated(judged: Judged) -> tuple[float, Evidence | None]:
    ours, theirs = (density(each.marks, len(each.words)) for each in (judged.left, judged.right))
    weight = max(-_MOST_MARKS, min(_MOST_MARKS, _MARKS * (ours - theirs)))
    if abs(weight) < 0.5:
        return 0.0, None
    least, most = sorted((ours, theirs))
    return weight, Evidence("translation marks", f"{most:.1f} in a hundred words against {least:.1f}")


@cache
def _spaced(text: str) -> str:
    return " " + " ".join(fold(word) for word in _WORDS.findall(text)) + " "


@cache
def _bare(outlet: str) -> str:
    return _spaced(re.sub(r"\(.*?\)", " ", outlet)).strip()


@cache
def _agencies() -> re.Pattern[str]:
    names = {_spaced(name).strip() for code in languages() for name in load_pack(code).words("agencies")}
    words = {_spaced(word).strip() for code in languages() for word in load_pack(code).words("agency_words")}
    alternatives = sorted((names - _generic()) | words, key=lambda name: (-len(name), name))
    return re.compile(rf" (?:{'|'.join(map(re.escape, alternatives))}) ")


@cache
def _generic() -> frozenset[str]:
    """Words for agencies that name none: ``agences``."""
    packs = map(load_pack, languages())
    return frozenset(_spaced(word).strip() for pack in packs for word in pack.words("agencies_unnamed"))
