"""``/articles/ID``: an article's own words with what was found in them; ``/statements/ID``: all about one statement."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from fastapi import APIRouter, Request
from markupsafe import Markup
from starlette.responses import Response

from selon.exports.layout import Note, layout
from selon.highlight import Mark, highlight
from selon.offsets import Span
from selon.records import Statement
from selon.store import Ledger
from selon.store.copies import COPIED, reuse_of
from selon.store.queries import fetch
from selon.web.headings import headings
from selon.web.pages.statements import statement_rows
from selon.web.rendering import is_fragment, page
from selon.web.tables import LedgerHere

router = APIRouter(include_in_schema=False)

LONGEST = 400_000
"""How many characters of an article are shown."""
_ACTORS = """
    SELECT statement, actor FROM actor_statements WHERE statement IN (SELECT unnest($keys))"""
_ACTOR = """
    SELECT c.id, c.name, c.kind, c.organisation, c.wikidata, b.evidence
    FROM actor_statements AS b JOIN actors AS c ON c.id = b.actor WHERE b.statement = $key"""
_WITNESSES = """
    SELECT utterance, statement, confidence FROM witnesses
    WHERE utterance = (SELECT min(utterance) FROM witnesses WHERE statement = $key) AND statement <> $key
    ORDER BY position LIMIT 40"""
_DECIDED = "SELECT id, decided, decided_by FROM statements WHERE article = $key AND decided <> ''"
_PASSAGE = """
    SELECT span."start", span."end" FROM passages
    WHERE article = $key AND span."start" <= $at AND $at < span."end" LIMIT 1"""
_SURROUNDINGS = 4000
_POSITIONS = """
    SELECT p.proposition, q.text, p.agreement, p.confidence, p.decided, q.suggested
    FROM positions AS p JOIN propositions AS q ON q.proposition = p.proposition
    WHERE p.statement = $key AND (p.decided OR p.confidence >= 0.5) ORDER BY p.confidence DESC, q.position LIMIT 20"""
_CONTRADICTED = """
    SELECT x.kind, CASE WHEN x.first = $key THEN x.second ELSE x.first END AS other, q.text AS proposition
    FROM contradictions AS x LEFT JOIN propositions AS q ON q.proposition = x.proposition
    WHERE $key IN (x.first, x.second) ORDER BY x.confidence DESC, x.id LIMIT 20"""


@router.get("/articles/{key}")
def reader(request: Request, ledger: LedgerHere, key: str) -> Response:
    """The article with source, cue and content marked in place, speakers in the margin."""
    analysis = ledger.analysis(key)
    article = analysis.article
    shown = layout(analysis, LONGEST, _dressed)
    keys = [each.id for each in analysis.statements]
    actors = {row["statement"]: row["actor"] for row in fetch(ledger.cursor(), _ACTORS, {"keys": keys})}
    reuse = reuse_of(ledger, article.id)
    near = [copy for copy in (*reuse.taken, *reuse.given) if copy.kind in COPIED]
    known = headings(ledger, {each for copy in near for each in (copy.derived, copy.origin)})
    return page(
        request,
        "reader.html.j2",
        article=article,
        shown=shown,
        notes=[note for row in shown.rows for note in row.notes],
        actors=actors,
        decided={row["id"]: row for row in fetch(ledger.cursor(), _DECIDED, {"key": article.id})},
        taken=[copy for copy in reuse.taken if copy.kind in COPIED],
        given=[copy for copy in reuse.given if copy.kind in COPIED],
        headings=known,
    )


@router.get("/statements/{key}")
def statement(request: Request, ledger: LedgerHere, key: str) -> Response:
    """All about one statement: a piece of the reader's side for htmx, a page of its own else."""
    found = ledger.statement(key)
    article = headings(ledger, [found.quotation.article])[found.quotation.article]
    fragment = is_fragment(request)
    witnesses = _told(ledger, _WITNESSES, found.id, "statement")
    about: dict[str, Any] = {
        "fragment": fragment,
        "decision": _decision(ledger, found),
        "statement": found,
        "article": article,
        "actor": next(iter(fetch(ledger.cursor(), _ACTOR, {"key": found.id})), None),
        "witnesses": witnesses,
        "utterance": witnesses[0]["utterance"] if witnesses else "",
        "positions": fetch(ledger.cursor(), _POSITIONS, {"key": found.id}),
        "contradicted": _told(ledger, _CONTRADICTED, found.id, "other"),
        "copies": _copies(ledger, found.quotation.article, found.span.start, found.span.end),
    }
    if fragment:
        return page(request, "statement_panel.html.j2", **about)
    return page(request, "statement.html.j2", surroundings=_surroundings(ledger, found), **about)


def _decision(ledger: Ledger, found: Statement) -> dict[str, Any]:
    """What people made of a statement and who decided last, as a row of its article's decisions; none where nobody."""
    rows = fetch(ledger.cursor(), _DECIDED, {"key": found.quotation.article})
    return next((row for row in rows if row["id"] == found.id), {"decided": "", "decided_by": ""})


def _surroundings(ledger: Ledger, found: Statement) -> Markup:
    """The passage a statement stands in, or its own words and some more, with its source, cue and content marked."""
    text = ledger.article(found.quotation.article).text
    passages = fetch(ledger.cursor(), _PASSAGE, {"key": found.quotation.article, "at": found.span.start})
    start = min([found.span.start, *(each["start"] for each in passages)])
    end = min(max([found.span.end, *(each["end"] for each in passages)]), start + _SURROUNDINGS)
    marks = [
        replace(mark, span=Span(mark.span.start - start, mark.span.end - start), title="", anchor="")
        for mark in found.marks()
    ]
    return Markup("".join(highlight(text[start:end], marks)))  # noqa: S704 - highlight escapes


def _told(ledger: Ledger, query: str, key: str, other: str) -> list[dict[str, Any]]:
    """The rows of a query about a statement, each with ``said``, the other statement that its column names."""
    rows = fetch(ledger.cursor(), query, {"key": key})
    said = {row["id"]: row for row in statement_rows(ledger, [row[other] for row in rows])}
    return [{**row, "said": said[row[other]]} for row in rows if row[other] in said]


def _dressed(note: Note, mark: Mark) -> Mark:
    """The mark with the statement's id, by which a click finds it."""
    key = note.statement.id
    return replace(mark, key=key, anchor=key if mark.anchor else "", title="")


def _copies(ledger: Ledger, article: str, start: int, end: int) -> list[dict[str, Any]]:
    """The other articles that share a passage in which this stretch stands: which, how, on which side."""
    reuse = reuse_of(ledger, article)
    found = []
    for copy in (*reuse.taken, *reuse.given):
        taken = copy.derived == article
        spans = [each.derived if taken else each.origin for each in copy.passages]
        if any(span.start < end and start < span.end for span in spans):
            other = copy.origin if taken else copy.derived
            found.append({"id": copy.id, "other": other, "taken": taken, "kind": copy.kind.value})
    known = headings(ledger, [str(each["other"]) for each in found])
    return [{**each, "heading": known[each["other"]]} for each in found if each["other"] in known][:20]
