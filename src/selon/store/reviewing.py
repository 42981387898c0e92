"""What people decide about statements: accept, reject, correct, add, take back. What comes of it: corrections.py."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from selon.errors import NoSuchRecord, UsageError
from selon.offsets import Span
from selon.records import ActorKind, Article, Form, Kind, Speaker, When, content_id
from selon.store.corrections import JUDGED, PARTS
from selon.store.decisions import Decision
from selon.store.rows import Row, spans_row, when_row

if TYPE_CHECKING:
    from selon.store.ledger import Ledger

UNDOABLE = (JUDGED, "position", "actors")
"""The kinds of decisions that can be taken back."""
UNKNOWN = "unknown"
"""The speaker of a change that says that nobody can tell who speaks."""


@dataclass(frozen=True, slots=True)
class Signed:
    """Who decides, when, and what they say to it."""

    by: str
    at: datetime
    note: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """What is to be otherwise in a statement; what is None stays as it is.

    ``speaker`` is a person or body, or UNKNOWN. Spans are those of the article's text, in text order; a statement has a
    content, but maybe no cue and no source.
    """

    kind: Kind | None = None
    form: Form | None = None
    speaker: Speaker | str | None = None
    content: Sequence[Span] | None = None
    cue: Sequence[Span] | None = None
    source: Sequence[Span] | None = None
    said_on: When | None = None
    addressee: str | None = None


def accept(ledger: Ledger, statement: str, signed: Signed) -> Decision:
    """Log that a statement is right as it is shown. Raises NoSuchRecord."""
    return _judge(ledger, subject(ledger, statement), "accept", None, signed)


def reject(ledger: Ledger, statement: str, signed: Signed) -> Decision:
    """Log that something is no statement: from now on it is not shown. Raises NoSuchRecord."""
    return _judge(ledger, subject(ledger, statement), "reject", None, signed)


def correct(ledger: Ledger, statement: str, change: Change, signed: Signed) -> Decision:
    """Log what is otherwise in a statement. Raises NoSuchRecord; UsageError for wrong spans or no change."""
    about = subject(ledger, statement)
    spans = (change.content, change.cue, change.source)
    text = ledger.article(about.row["article"]).text if any(each is not None for each in spans) else ""
    after = {name: value for name, value in changed(change, text).items() if about.row[name] != value}
    if not after:
        raise UsageError("nothing would change", where=statement, next="accept it as it is")
    return _judge(ledger, about, "correct", after, signed)


def add(ledger: Ledger, article: str, change: Change, signed: Signed) -> Decision:
    """Log a statement that the machine missed; the id of the statement is the decision's target.

    Raises NoSuchRecord for the article; UsageError where there is no content, or there is such a statement already.
    """
    page = ledger.article(article)
    if not change.content:
        raise UsageError("no content", where=page.where, next="mark the words that were said")
    spans = tuple(change.content)
    row = {**_blank(page, spans), **changed(change, page.text)}
    same = "SELECT id FROM statements WHERE article = $article AND content_spans = $spans"
    there = ledger.sql(same, {"article": page.id, "spans": row["content_spans"]}).fetchall()
    if there:
        raise UsageError(
            "these words are a statement already", where=there[0][0], next="correct that one, or mark other words"
        )
    value = {"do": "add", "article": page.id, "place": page.where, "url": page.url, "before": {}, "after": row}
    return ledger.decide(JUDGED, row["id"], value, by=signed.by, at=signed.at, note=signed.note)


def take_back(ledger: Ledger, number: int, signed: Signed, kinds: Collection[str] = UNDOABLE) -> Decision:
    """Log that a decision on a statement, a position or actors holds no more: things are as if it had not been made.

    Raises NoSuchRecord where there is none of that number and one of these kinds, or it was taken back already.
    """
    log = [each for each in ledger.decisions() if each.kind in kinds]
    found = next((each for each in log if each.id == number), None)
    undone = {each.value.get("undo") for each in log}
    if found is None or "undo" in found.value or number in undone:
        raise NoSuchRecord(
            f"no decision {number} to take back",
            where=str(ledger.folder),
            next=f"list them with: selon decisions {ledger.folder}",
        )
    return ledger.decide(found.kind, found.target, {"undo": number}, by=signed.by, at=signed.at, note=signed.note)


def speaker_of(ledger: Ledger, name: str, kind: ActorKind = ActorKind.PERSON) -> Speaker | str:
    """The speaker that a name means: the actor who is called so, a new one of this kind, or UNKNOWN."""
    if name == UNKNOWN:
        return UNKNOWN
    named = "id = $name OR folded(name) = folded($name) ORDER BY statements DESC LIMIT 1"
    rows = ledger.sql(f"SELECT name, kind FROM actors WHERE {named}", {"name": name}).fetchall()
    return Speaker(rows[0][0], ActorKind(rows[0][1])) if rows else Speaker(name, kind)


def changed(change: Change, text: str) -> Row:
    """The columns of ``statements`` that a change sets. Raises UsageError for spans that are not in the text."""
    row: Row = {}
    if change.kind is not None:
        row["kind"] = change.kind.value
    if change.form is not None:
        row["form"] = change.form.value
    if change.speaker is not None:
        row |= _speaker_columns(change.speaker)
    for part in PARTS:
        spans = getattr(change, part)
        if spans is not None:
            row[f"{part}_spans"] = spans_row(_checked(spans, part, text))
            row[part] = " […] ".join(span.of(text) for span in spans)
    if change.said_on is not None:
        row |= when_row("said_on", change.said_on)
    if change.addressee is not None:
        row["addressee"] = change.addressee
    return row


@dataclass(frozen=True, slots=True)
class Subject:
    """A statement that is decided on: the target of its decisions, its row as it is shown, and what finds it again.

    ``decided`` is what holds of it now: empty, ``accepted``, ``corrected``, ``added`` or ``rejected``.
    """

    key: str
    row: Row
    anchor: Mapping[str, Any]
    decided: str


def subject(ledger: Ledger, statement: str) -> Subject:
    """What decisions about a statement are about, by its id or the beginning of it; also one that was rejected.

    Raises NoSuchRecord.
    """
    kept = _kept(ledger, "=", statement)
    row = _row(ledger, "statements", statement) if kept is None else None
    if row is not None:
        kept = statement, statement, ""
    if kept is None:
        try:
            whole = ledger.statement(statement).id
        except NoSuchRecord:
            # It may be one that was rejected, by the beginning of its id.
            kept = _kept(ledger, "GLOB", f"{statement}*") if statement.isalnum() else None
            if kept is None:
                raise
        else:
            kept = _kept(ledger, "=", whole) or (whole, whole, "")
    key, found, article = kept
    row = row or _row(ledger, "statements", found or key)
    machine = row if row and not row["decided"] else _row(ledger, "machine_statements", found)
    base = _bare(machine) if machine else _opening(ledger, key, article) or _bare(row or {})
    place = {"article": base["article"], **_place(ledger, base["article"])}
    return Subject(key, _bare(row) if row else base, {**place, "base": base}, row["decided"] if row else "rejected")


def _kept(ledger: Ledger, how: str, key: str) -> tuple[str, str, str] | None:
    """The target, the machine's statement and the article of a statement that was decided on."""
    query = (
        f"SELECT key, found, article FROM corrections WHERE key {how} ?1 OR found {how} ?1 ORDER BY state = 'joined'"
    )
    row: tuple[str, str, str] | None = ledger.log_database.execute(query, (key,)).fetchone()
    return row


def _opening(ledger: Ledger, key: str, article: str) -> Row | None:
    """What the first decision on a target says of its statement, where that is about the article as it is now."""
    for each in ledger.decisions(key):
        if each.value.get("article") == article:
            base: Row = each.value.get("base") or each.value["after"]
            return {**base, "article": article}
    return None


def _judge(ledger: Ledger, about: Subject, do: str, after: Row | None, signed: Signed) -> Decision:
    before = {name: about.row.get(name) for name in after or {}}
    shown = {name: about.row.get(name) for name in ("kind", "form", "speaker")}
    value = {"do": do, **about.anchor, "was": about.decided, "shown": shown, "before": before, "after": after or {}}
    return ledger.decide(JUDGED, about.key, value, by=signed.by, at=signed.at, note=signed.note)


def _place(ledger: Ledger, article: str) -> dict[str, str]:
    rows = ledger.sql("SELECT place, url FROM articles WHERE id = $key", {"key": article}).fetchall()
    return {"place": rows[0][0], "url": rows[0][1]} if rows else {}


def _row(ledger: Ledger, table: str, key: str) -> Row | None:
    answer = ledger.sql(f"SELECT * FROM {table} WHERE id = $key", {"key": key})
    rows = answer.fetchall()
    return dict(zip(answer.columns, rows[0], strict=True)) if rows else None


def _bare(row: Mapping[str, Any]) -> Row:
    """A row as JSON holds it, without evidence and without what was decided of it."""
    left_out = ("evidence", "quotation_evidence", "decided", "decided_by")
    bare = {name: value for name, value in row.items() if name not in left_out}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in bare.items()}


def _blank(page: Article, content: Sequence[Span]) -> Row:
    """The row of a statement of which nothing is known but its content."""
    spans = [(each.start, each.end) for each in content]
    return {
        "id": content_id("s", page.id, spans, "added"),
        "article": page.id,
        "position": 0,
        **_speaker_columns(UNKNOWN),
        **{name: value for part in ("cue", "source") for name, value in ((f"{part}_spans", []), (part, ""))},
        "kind": Kind.DIRECT.value,
        "form": Form.CLAUSE.value,
        **when_row("said_on", When()),
        "addressee": "",
        "venue": "",
        "quotation": content_id("q", page.id, spans, "added"),
        "parent": None,
    }


def _speaker_columns(speaker: Speaker | str) -> Row:
    known = speaker if isinstance(speaker, Speaker) else None
    return {
        "speaker": known.name if known else None,
        "speaker_kind": known.kind.value if known else None,
        "speaker_role": known.role if known else None,
        "speaker_names": list(known.names or (known.name,)) if known else None,
        "speaker_mention": None,
    }


def _checked(spans: Sequence[Span], part: str, text: str) -> list[Span]:
    ends = [0, *(place for span in spans for place in (span.start, span.end)), len(text)]
    if ends != sorted(ends) or any(span.start == span.end for span in spans) or (part == "content" and not spans):
        told = ", ".join(f"{span.start}-{span.end}" for span in spans) or "none"
        raise UsageError(
            f"no such words: {told}", where=part, next=f"give spans in order, between 0 and {len(text)}, none empty"
        )
    return list(spans)
