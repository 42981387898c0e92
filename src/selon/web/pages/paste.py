"""``/paste``: a text or a page, read at once and compared with the ledger; nothing of it is kept."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Request
from starlette.responses import Response

from selon.exports.layout import layout
from selon.records import Analysis, Document, SetAside, Statement
from selon.settings import Settings
from selon.store import Ledger
from selon.store.queries import fetch
from selon.web.pages.statements import statement_rows
from selon.web.rendering import page
from selon.web.security import writes
from selon.web.site import site_of
from selon.web.tables import LedgerHere
from selon.web.words import words

router = APIRouter(include_in_schema=False)

LONGEST = 400_000
"""How many characters are read."""
_MOST = 40
_LIKE = 400
_KNOWN = "SELECT id, name, statements FROM actors WHERE folded(name) = folded($name) ORDER BY statements DESC LIMIT 1"
_NEAR = """
    SELECT w.id FROM (SELECT s.id, len(list_intersect(string_split(trim(folded(s.content)), ' '), $words)) AS shared
        FROM statements AS s) AS w
    WHERE w.shared >= $least ORDER BY w.shared DESC, w.id LIMIT $most"""
_SHORT = 4
_LOADING = threading.Lock()


@router.get("/paste")
def paste(request: Request) -> Response:
    """The form. The models are loaded while the reader looks for a text: seconds, of which nobody knows then."""
    if not site_of(request).settings.read_only:
        threading.Thread(target=_loaded, daemon=True).start()
    return page(request, "paste.html.j2", given="", analysis=None, set_aside=None, shown=None, found=())


@router.post("/paste", dependencies=[Depends(writes)])
def pasted(request: Request, ledger: LedgerHere, text: Annotated[str, Form()] = "") -> Response:
    """The statements of what was pasted, each with what the ledger has of it and of its speaker."""
    given = text[:LONGEST].replace("\r\n", "\n")
    _loaded()
    from selon.pipeline import analyse

    head = given.lstrip()[:300].lower()
    kind = "text/html" if head.startswith(("<!doctype", "<html", "<")) and "</" in given else "text/plain"
    outcome = analyse(Document("pasted", given, kind), Settings()) if given.strip() else SetAside("pasted", "no text")
    if isinstance(outcome, SetAside):
        return page(request, "paste.html.j2", given=given, analysis=None, set_aside=outcome, shown=None, found=())
    return page(
        request,
        "paste.html.j2",
        given=given,
        analysis=outcome,
        set_aside=None,
        shown=layout(outcome, LONGEST),
        found=_compared(ledger, outcome),
    )


def _loaded() -> None:
    """Have the stages and their models in memory, which only this page needs; who comes second waits for the first."""
    with _LOADING:
        _read_once()


@cache
def _read_once() -> None:
    from selon.pipeline import analyse, reported_of, utterances, with_actors

    for name, spoken in words().items():
        read = analyse(Document(f"{name}.txt", spoken.t("paste.example"), "text/plain"), Settings(language=name))
        if isinstance(read, Analysis):
            utterances(with_actors(reported_of(read.article, read.statements)))


def _compared(ledger: Ledger, analysis: Analysis) -> list[dict[str, Any]]:
    told = analysis.statements[:_MOST]
    same = _same(ledger, analysis, told)
    rows = {row["id"]: row for row in statement_rows(ledger, [key for keys in same.values() for key in keys])}
    return [
        {
            "statement": each,
            "number": number,
            "actor": _actor(ledger, each),
            "witnesses": [rows[key] for key in same.get(each.id, ()) if key in rows],
        }
        for number, each in enumerate(told, start=1)
    ]


def _actor(ledger: Ledger, statement: Statement) -> dict[str, Any] | None:
    if statement.speaker is None:
        return None
    return next(iter(fetch(ledger.cursor(), _KNOWN, {"name": statement.speaker})), None)


def _same(ledger: Ledger, analysis: Analysis, told: Sequence[Statement]) -> Mapping[str, Sequence[str]]:
    """The ledger's statements that report the same as each of these, matched as the ledger matches its own."""
    from selon.engines.uttering import reported_in
    from selon.pipeline import reported_of, utterances, with_actors

    near = dict.fromkeys(key for each in told for key in _near(ledger, each.content))
    own = {each.id for each in told}
    known = reported_in(ledger, list(near)[:_LIKE])
    reported = [*known, *reported_of(analysis.article, told)]
    same: dict[str, list[str]] = {}
    for found in utterances(with_actors(reported)):
        keys = [each.statement for each in found.witnesses]
        for key in own.intersection(keys):
            same[key] = [other for other in keys if other not in own]
    return same


def _near(ledger: Ledger, content: str) -> list[str]:
    """Statements that share several of the longer words of this one."""
    folded = ledger.sql("SELECT DISTINCT unnest(string_split(trim(folded($text)), ' '))", {"text": content}).fetchall()
    words = sorted({word for (word,) in folded if len(word) > _SHORT}, key=lambda word: (-len(word), word))[:24]
    if not words:
        return []
    values = {"words": words, "least": max(2, len(words) // 3), "most": 20}
    return [row["id"] for row in fetch(ledger.cursor(), _NEAR, values)]
