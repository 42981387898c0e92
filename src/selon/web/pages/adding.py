"""``/review/add``: a statement that the machine missed, marked in its article by a person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Form, Query, Request
from starlette.responses import RedirectResponse, Response

from selon.offsets import Span
from selon.records import Article, Kind
from selon.records import Form as ContentForm
from selon.store import Ledger
from selon.store.queries import fetch
from selon.store.reviewing import Change, add, speaker_of
from selon.web.marked import day_of, given_spans, selected, spans_of
from selon.web.pages.review import Words, coder_of, signature, speakers_near
from selon.web.rendering import page
from selon.web.security import writes
from selon.web.site import site_of
from selon.web.tables import LedgerHere

router = APIRouter(include_in_schema=False)

SHOWN = 20_000
"""How many characters of an article the words are looked for in by eye."""


@router.get("/review/add")
def adding(
    request: Request,
    ledger: LedgerHere,
    article: Annotated[str, Query(max_length=40)],
    words: Annotated[str, Query(max_length=4000)] = "",
    near: Annotated[int, Query(ge=0, le=10**9)] = 0,
) -> Response:
    """The article with the words that were selected in it, and what is to be told of them."""
    found = ledger.article(article)
    content = selected(words, found.text, near)
    start = max(0, (content.start if content else near) - SHOWN // 4)
    return page(
        request,
        "adding.html.j2",
        coder=coder_of(request),
        article=found,
        content=content,
        said=content.of(found.text) if content else "",
        start=start,
        known=",".join(f"{each.start}-{each.end}" for each in _known(ledger, found.id, start)),
        context=found.text[start : start + SHOWN],
        speakers=speakers_near(ledger, found.id),
    )


def _known(ledger: Ledger, article: str, start: int) -> list[Span]:
    """The contents of the statements that the article has already, as far as they are shown."""
    rows = fetch(ledger.cursor(), "SELECT content_spans FROM statements WHERE article = $key", {"key": article})
    spans = [Span(each["start"], each["end"]) for row in rows for each in row["content_spans"]]
    return sorted(span for span in spans if start <= span.start and span.end <= start + SHOWN)


@dataclass(frozen=True, slots=True)
class Missed:
    """What the form sends."""

    article: Words
    content: Words = ""
    cue: Words = ""
    source: Words = ""
    spans: Words = ""
    speaker: Words = ""
    kind: Words = Kind.DIRECT
    form: Words = ContentForm.CLAUSE
    said_on: Words = ""
    near: Annotated[int, Form(ge=0, le=10**9)] = 0


@router.post("/review/add", dependencies=[Depends(writes)])
def added(request: Request, ledger: LedgerHere, fields: Annotated[Missed, Depends()]) -> Response:
    """Log the statement, and show it in its article."""
    signed = signature(request)
    article = ledger.article(fields.article)
    made = add(ledger, article.id, _change(ledger, article, fields), signed)
    site_of(request).links.wake()
    return RedirectResponse(f"/articles/{quote(article.id, safe='')}#{quote(made.target, safe='')}", 303)


def _change(ledger: Ledger, article: Article, fields: Missed) -> Change:
    spans: dict[str, tuple[Span, ...]] = {}
    near = fields.near
    for part in ("content", "cue", "source"):
        spans[part] = spans_of(getattr(fields, part).replace("\r\n", "\n").strip(), article.text, near, part)
        near = spans[part][0].start if part == "content" and spans[part] else near
    spans |= given_spans(fields.spans, article.text)
    return Change(
        kind=Kind(fields.kind) if fields.kind in set(Kind) else None,
        form=ContentForm(fields.form) if fields.form in set(ContentForm) else None,
        speaker=speaker_of(ledger, fields.speaker.strip() or "unknown"),
        content=spans["content"],
        cue=spans["cue"],
        source=spans["source"],
        said_on=day_of(fields.said_on),
    )
