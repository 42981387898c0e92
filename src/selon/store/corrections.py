"""What people decided about statements and what comes of it: each decision finds its statement again, and counts.

A decision on a statement (kind ``statement``) has as its value what is done (``do``: ``accept``, ``reject``,
``correct`` or ``add``), the ``article`` with its ``place`` and ``url``, the ``base``: the row of the statement as the
machine wrote it, and the columns that change as they were ``before`` and are ``after``. ``{"undo": 12}`` takes decision
12 back. The base is what a later reading finds the statement by, and what stays where the machine finds it no more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import combinations
from typing import Any

from selon.store.decisions import Decision, standing
from selon.store.placing import Pieces, dice, placed
from selon.store.rows import Row

JUDGED = "statement"
"""The kind of decisions about one statement: is it one, and what are its columns."""
PARTS = ("content", "cue", "source")
ALIKE = 0.5
"""A statement is found again where the spans of its content have this Dice coefficient of characters with another's."""
SAME = 0.8
"""From here on two contents are one, though each was decided on under an id of its own."""
_FIXED = ("id", "article", "position")


class State(StrEnum):
    """What comes of the decisions on one statement."""

    SHOWN = "shown"
    HIDDEN = "hidden"
    WAITING = "waiting"
    ORPHANED = "orphaned"
    JOINED = "joined"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Page:
    """An article as it is now: its id, its text (empty where no decision needs it) and the machine's statements."""

    id: str
    text: str
    statements: Sequence[Row]


@dataclass(frozen=True, slots=True)
class Settled:
    """What comes of the decisions whose target is ``key``.

    ``found`` is the id of the machine's statement they are about, empty where it finds none. A ``shown`` one has a
    ``row`` that replaces the machine's; a ``hidden`` one was rejected; ``waiting``: rejected, and not found at present;
    ``orphaned``: the words are not in the article any more; ``joined``: told with another key of the same statement;
    ``none``: taken back, or not about what the statement says. ``decided`` is ``accepted``, ``corrected`` or ``added``.
    """

    key: str
    article: str
    found: str
    state: State
    row: Row | None = None
    decided: str = ""
    by: str = ""

    @property
    def shown(self) -> str:
        """The id under which the statement is shown, if it is."""
        return self.found or self.key


def settled(page: Page, targets: Mapping[str, Sequence[Decision]]) -> list[Settled]:
    """What comes of the decisions on statements of one article, by their target, in the order of the targets.

    A target is its statement by id, else the statement whose content it shares most with (Dice of characters at least
    ``ALIKE``), one each; two targets with practically the same content are one matter.
    """
    subjects = [_subject(page, key, decisions) for key, decisions in targets.items()]
    found = _matched(page, subjects)
    groups: dict[str, list[_Subject]] = {}
    for each, leader in zip(subjects, _leaders(subjects, found), strict=True):
        groups.setdefault(leader, []).append(each)
    machine = {row["id"]: row for row in page.statements}
    told: dict[str, Settled] = {}
    for group in groups.values():
        first = group[0]
        key = found.get(first.key, "")
        outcome = _outcome(page, group, machine.get(key))
        told[first.key] = outcome
        for other in group[1:]:
            told[other.key] = replace(outcome, key=other.key, state=State.JOINED, row=None)
    return [told[key] for key in targets]


@dataclass(frozen=True, slots=True)
class _Subject:
    """A target: the decisions on it that hold, where its words stand now, and how alike another must be to be it."""

    key: str
    ids: tuple[str, ...]
    decisions: tuple[Decision, ...]
    anchors: tuple[Pieces, ...]
    least: float


def _subject(page: Page, key: str, decisions: Sequence[Decision]) -> _Subject:
    told = [each for each in decisions if "undo" not in each.value]
    held = tuple(standing(decisions))
    bases = [_base(each) for each in told]
    words = [*zip(told, bases, strict=True), *((each, each.value.get("after") or {}) for each in held)]
    anchors = [pieces for each, row in words if (pieces := _pieces(page, each, row, "content"))]
    ids = dict.fromkeys(row["id"] for row in bases if "id" in row)
    added = any(each.value.get("do") == "add" for each in told)
    return _Subject(key, (key, *ids), held, tuple(dict.fromkeys(anchors)), SAME if added else ALIKE)


def _base(decision: Decision) -> Row:
    base: Row = decision.value.get("base") or decision.value["after"]
    return base


def _pieces(page: Page, decision: Decision, row: Row, part: str) -> Pieces:
    """Where a part of a row stands in the article as it is now; nothing where its words are not there any more."""
    spans = tuple((each["start"], each["end"]) for each in row.get(f"{part}_spans") or ())
    if decision.value["article"] == page.id or not spans:
        return spans
    return placed(spans, row[part], page.text)


def _matched(page: Page, subjects: Sequence[_Subject]) -> dict[str, str]:
    """The id of the machine's statement that each target is about, by target."""
    machine = {
        row["id"]: tuple((each["start"], each["end"]) for each in row["content_spans"]) for row in page.statements
    }
    found = {each.key: key for each in subjects for key in each.ids if key in machine}
    pairs = sorted(
        (-likeness, number, key)
        for number, each in enumerate(subjects)
        if each.key not in found
        for key, spans in machine.items()
        if (likeness := max((dice(anchor, spans) for anchor in each.anchors), default=0.0)) >= each.least
    )
    taken = set(found.values())
    for unlike, number, key in pairs:
        subject = subjects[number]
        if subject.key not in found and (key not in taken or -unlike >= SAME):
            found[subject.key] = key
            taken.add(key)
    return found


def _leaders(subjects: Sequence[_Subject], found: Mapping[str, str]) -> list[str]:
    """For each target the first one that is about the same statement, itself where it is the first."""
    leader = {each.key: each.key for each in subjects}
    for one, other in combinations(subjects, 2):
        ids = found.get(one.key), found.get(other.key)
        alike = any(dice(first, second) >= SAME for first in one.anchors for second in other.anchors)
        if ids[0] == ids[1] if any(ids) else alike:
            leader[other.key] = leader[one.key] if leader[other.key] == other.key else leader[other.key]
    return [leader[each.key] for each in subjects]


def _outcome(page: Page, group: Sequence[_Subject], machine: Row | None) -> Settled:
    first = group[0]
    decisions = sorted((d for each in group for d in each.decisions), key=lambda each: (each.made_at, each.id))
    judged = [each for each in decisions if each.kind == JUDGED]
    found = machine["id"] if machine else ""
    if not judged:
        gone = not machine and not any(each.anchors for each in group)
        return Settled(first.key, page.id, found, State.ORPHANED if gone else State.NONE)
    last = judged[-1]
    if last.value["do"] == "reject":
        return Settled(first.key, page.id, found, State.HIDDEN if machine else State.WAITING, by=last.made_by)
    row = _overlaid(page, judged, machine)
    if row is None:
        return Settled(first.key, page.id, "", State.ORPHANED, by=last.made_by)
    done = {each.value["do"] for each in judged}
    decided = "added" if "add" in done else "corrected" if "correct" in done else "accepted"
    return Settled(
        first.key, page.id, found, State.SHOWN, _finished(row, found or first.key, last), decided, last.made_by
    )


def _overlaid(page: Page, judged: Sequence[Decision], machine: Row | None) -> Row | None:
    """The machine's row, or what is kept of it, with every changed column; None where its words cannot be placed."""
    row = machine
    if row is None:
        row = _moved(page, judged[0], _base(judged[0]))
        if not row.get("content_spans"):
            return None
        before = [
            each["position"] for each in page.statements if each["span"]["start"] < row["content_spans"][0]["start"]
        ]
        place = max(before, default=-1) + 1
        row = {"evidence": [], "quotation_evidence": [], **row, "article": page.id, "position": place}
    for each in judged:
        changed = _moved(page, each, each.value.get("after") or {})
        if each.value["do"] == "correct" or (each.value["do"] == "add" and changed.get("content_spans")):
            row = {**row, **{name: value for name, value in changed.items() if name not in _FIXED}}
    return row


def _moved(page: Page, decision: Decision, row: Row) -> Row:
    """A row with its spans where their words stand now; parts that are not found any more are left out."""
    if decision.value["article"] == page.id:
        return row
    moved = {name: value for name, value in row.items() if not name.startswith(PARTS) and name != "speaker_mention"}
    for part in PARTS:
        if pieces := _pieces(page, decision, row, part):
            moved[f"{part}_spans"] = [{"start": start, "end": end} for start, end in pieces]
            moved[part] = " […] ".join(page.text[start:end] for start, end in pieces)
        elif part != "content" and f"{part}_spans" in row:
            moved |= {f"{part}_spans": [], part: ""}
    return moved


def _finished(row: Row, key: str, last: Decision) -> Row:
    """The row under its id, with the decision as its first evidence: what a person has looked at is certain."""
    pieces = [each for part in PARTS for each in row[f"{part}_spans"]]
    span = {"start": min(each["start"] for each in pieces), "end": max(each["end"] for each in pieces)}
    evidence = {"by": f"decision {last.id}", "saw": f"{last.value['do']}, {last.made_by}", "score": 1.0}
    return {
        **row,
        "id": key,
        "span": span,
        "confidence": 1.0,
        "quotation_confidence": 1.0,
        "evidence": [evidence, *row["evidence"]],
    }


def changes(held: Sequence[Settled]) -> list[Any]:
    """What makes statements other than the machine's, for what is worked out of them: mere acceptance does not."""
    return [
        (each.key, each.found, each.state, each.row and {k: v for k, v in each.row.items() if k != "evidence"})
        for each in held
        if each.state is State.HIDDEN or (each.state is State.SHOWN and (each.decided != "accepted" or not each.found))
    ]
