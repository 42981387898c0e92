"""``/review``: what the machine is least sure of, one statement at a time, to accept, reject or set right."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Annotated, Any
from urllib.parse import quote, unquote, urlencode

from fastapi import APIRouter, Depends, Form, Query, Request
from starlette.responses import RedirectResponse, Response

from selon.errors import UsageError
from selon.offsets import Span
from selon.records import ActorKind, Kind, Precision, When
from selon.records import Form as ContentForm
from selon.store import Decision, Ledger
from selon.store.actors import decide_same
from selon.store.decisions import standing
from selon.store.positions import decide_position
from selon.store.queries import fetch
from selon.store.queue import Next, progress, queue
from selon.store.reviewing import UNDOABLE, Change, Signed, accept, correct, reject, speaker_of, subject, take_back
from selon.web.marked import day_of, given_spans, spans_of
from selon.web.pages.statements import statement_rows
from selon.web.rendering import page
from selon.web.security import writes
from selon.web.site import site_of
from selon.web.tables import LedgerHere

router = APIRouter(include_in_schema=False)

CODER = "selon-coder"
"""The cookie that holds the name of who reviews."""
AROUND = 400
"""How many characters before and after a statement are shown with it."""
_SPACE = re.compile(r"\s+")
_YEAR = 365 * 24 * 3600
_SIGNS = {"+": 1, "-": -1, "0": 0, "none": None}
_SPEAKERS = """
    SELECT DISTINCT speaker AS name FROM statements WHERE article = $article AND speaker IS NOT NULL
    UNION SELECT name FROM (SELECT name FROM actors ORDER BY statements DESC LIMIT 60) ORDER BY 1"""
_PROPOSITIONS = "SELECT proposition, text FROM propositions ORDER BY suggested, position LIMIT 100"
_STANDS = "SELECT proposition, agreement, confidence, decided FROM positions WHERE statement = $key"
Words = Annotated[str, Form(max_length=20_000)]


@router.get("/review")
def review(
    request: Request,
    ledger: LedgerHere,
    article: Annotated[str, Query(max_length=40)] = "",
    statement: Annotated[str, Query(max_length=40)] = "",
    done: Annotated[str, Query(max_length=20)] = "",
) -> Response:
    """The next statement with its words in place and everything that can be decided about it."""
    coder = coder_of(request)
    waiting = queue(ledger, coder, article) if coder else []
    chosen = next((each for each in waiting if each.id.startswith(statement)), None) if statement else None
    upcoming = chosen or (Next(statement, "", 0.0, ()) if statement else next(iter(waiting), None))
    decided, left = progress(ledger, coder) if coder else (0, 0)
    last = _last(ledger, coder)
    return page(
        request,
        "review.html.j2",
        coder=coder,
        item=_item(ledger, upcoming) if upcoming and coder else None,
        upcoming=upcoming,
        decided=decided,
        left=left,
        last=last,
        told=_told(ledger, done),
        article=article,
    )


@router.post("/review/coder", dependencies=[Depends(writes)])
def name_coder(name: Words = "") -> Response:
    """Keep the name of who reviews in a cookie."""
    answer = RedirectResponse("/review", 303)
    answer.set_cookie(CODER, quote(name.strip()[:80]), max_age=_YEAR, samesite="strict", httponly=True)
    return answer


@dataclass(frozen=True, slots=True)
class Fields:
    """What the forms of the page send; what is empty is not asked for."""

    do: Words
    statement: Words = ""
    article: Words = ""
    kind: Words = ""
    form: Words = ""
    speaker: Words = ""
    content: Words = ""
    cue: Words = ""
    source: Words = ""
    spans: Words = ""
    proposition: Words = ""
    agreement: Words = ""
    other: Words = ""
    note: Words = ""
    said_on: Words = ""
    said_before: Words = ""


@router.post("/review", dependencies=[Depends(writes)])
def decide(request: Request, ledger: LedgerHere, fields: Annotated[Fields, Depends()]) -> Response:
    """Log what was decided, and go on to the next statement; where the statement is not done with, back to it."""
    made = _made(ledger, fields, signature(request, fields.note.strip()))
    site_of(request).links.wake()
    stays = fields.do in ("position", "merge")
    back = {"article": fields.article, "statement": fields.statement if stays else "", "done": str(made.id)}
    if fields.do == "undo" and made.kind != "actors" and not _was_added(ledger, made):
        back["statement"] = _shown(ledger, made.target)
    return RedirectResponse(f"/review?{urlencode({key: value for key, value in back.items() if value})}", 303)


def coder_of(request: Request) -> str:
    """The name of who reviews, as the cookie has it; empty where nobody gave one."""
    return unquote(request.cookies.get(CODER, ""))[:80]


def signature(request: Request, note: str = "") -> Signed:
    """Who decides now. Raises UsageError where nobody gave a name."""
    coder = coder_of(request)
    if not coder:
        raise UsageError("nobody's name", where="review", next="give your name first")
    return Signed(coder, datetime.now(UTC), note)


def _made(ledger: Ledger, fields: Fields, signed: Signed) -> Decision:
    match fields.do:
        case "accept":
            return accept(ledger, fields.statement, signed)
        case "reject":
            return reject(ledger, fields.statement, signed)
        case "correct":
            return correct(ledger, fields.statement, _change(ledger, fields), signed)
        case "position" if fields.agreement in _SIGNS:
            sign = _SIGNS[fields.agreement]
            return decide_position(ledger, fields.statement, fields.proposition, sign, by=signed.by, at=signed.at)
        case "merge":
            return decide_same(ledger, (fields.speaker, fields.other), by=signed.by, at=signed.at, note=signed.note)
        case "undo":
            last = _last(ledger, signed.by)
            if last is None:
                raise UsageError("nothing to take back", where="review", next="decide on something first")
            return take_back(ledger, last.id, signed)
        case _:
            raise UsageError(f"no such decision: {fields.do!r}", where="review", next="use the buttons of the page")


def _change(ledger: Ledger, fields: Fields) -> Change:
    row = subject(ledger, fields.statement).row
    text = ledger.article(row["article"]).text
    spans: dict[str, tuple[Span, ...]] = {}
    for part in ("content", "cue", "source"):
        words = getattr(fields, part).replace("\r\n", "\n").strip()
        if words != str(row[part] or "").strip():
            spans[part] = spans_of(words, text, row["content_spans"][0]["start"], part)
    if fields.spans:
        spans |= given_spans(fields.spans, text)
    new = fields.speaker.strip()
    speaker = None
    if new != (row["speaker"] or ""):
        speaker = speaker_of(ledger, new or "unknown", ActorKind(row["speaker_kind"] or ActorKind.PERSON))
    return Change(
        said_on=day_of(fields.said_on) if fields.said_on.strip() != fields.said_before.strip() else None,
        kind=Kind(fields.kind) if fields.kind in set(Kind) else None,
        form=ContentForm(fields.form) if fields.form in set(ContentForm) else None,
        speaker=speaker,
        content=spans.get("content"),
        cue=spans.get("cue"),
        source=spans.get("source"),
    )


def _item(ledger: Ledger, upcoming: Next) -> dict[str, Any]:
    about = subject(ledger, upcoming.id)
    row, key = about.row, about.row["id"]
    text = ledger.article(row["article"]).text
    shown = statement_rows(ledger, [key])
    start, end = _around(text, row["span"]["start"], row["span"]["end"])
    return {
        "row": row,
        "said_on": told_day(row),
        "shown": shown[0] if shown else None,
        "was": about.decided,
        "context": text[start:end],
        "start": start,
        "spans": {
            part: ",".join(f"{each['start']}-{each['end']}" for each in row[f"{part}_spans"])
            for part in ("content", "cue", "source")
        },
        "heading": ledger.headings([row["article"]])[row["article"]],
        "speakers": speakers_near(ledger, row["article"]),
        "propositions": fetch(ledger.cursor(), _PROPOSITIONS),
        "stands": {each["proposition"]: each for each in fetch(ledger.cursor(), _STANDS, {"key": key})},
    }


def speakers_near(ledger: Ledger, article: str) -> list[str]:
    """Who may speak in an article: who is known to speak there, and who speaks most in the ledger."""
    return [each["name"] for each in fetch(ledger.cursor(), _SPEAKERS, {"article": article})]


def told_day(row: Mapping[str, Any]) -> str:
    """The day on which a statement of a row was said, as the form shows and takes it; empty where it is unknown."""
    first, last = (row[f"said_on_{end}"] and date.fromisoformat(row[f"said_on_{end}"]) for end in ("first", "last"))
    return str(When(first, last, Precision(row["said_on_precision"]))) if first and last else ""


def _around(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch that is shown with a statement: from the beginning of a word to the end of one."""
    first, last = max(0, start - AROUND), min(len(text), end + AROUND)
    if first:
        found = _SPACE.search(text, first, start)
        first = found.end() if found else first
    if last < len(text):
        last = max(end, text.rfind(" ", end, last)) if " " in text[end:last] else last
    return first, last


def _last(ledger: Ledger, coder: str) -> Decision | None:
    """The latest decision of a coder that can be taken back."""
    own = [each for each in standing(ledger.decisions()) if each.made_by == coder and each.kind in UNDOABLE]
    return own[-1] if own else None


def _told(ledger: Ledger, done: str) -> dict[str, Any] | None:
    """The decision that the page before this one made: its number, or that of the one it took back."""
    made = next((each for each in ledger.decisions() if str(each.id) == done), None) if done else None
    if made is None:
        return None
    return {"number": made.value.get("undo", made.id), "undo": "undo" in made.value}


def _was_added(ledger: Ledger, undone: Decision) -> bool:
    """Whether what was taken back is that there is a statement at all."""
    return any(each.id == undone.value["undo"] and each.value.get("do") == "add" for each in ledger.decisions())


def _shown(ledger: Ledger, target: str) -> str:
    rows = ledger.log_database.execute("SELECT found FROM corrections WHERE key = ?", (target,)).fetchall()
    return str(rows[0][0] or target) if rows else target
