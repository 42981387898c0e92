"""``/``: what the ledger holds, at a glance."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from selon.store.queries import fetch
from selon.web.lists import statements_held
from selon.web.pages.statements import with_both
from selon.web.rendering import page
from selon.web.tables import LedgerHere

router = APIRouter(include_in_schema=False)

_LATEST = """
    SELECT a.id, a.title, a.place, a.outlet, a.published_first AS published, a.language FROM articles AS a
    ORDER BY a.published_first DESC NULLS LAST, a.place LIMIT 6"""
_HEARD = """
    SELECT id, name, kind, statements, articles, roles FROM actors
    WHERE kind <> 'unknown' ORDER BY statements DESC, name, id LIMIT 8"""
_CONTRADICTIONS = """
    SELECT x.kind, q.text AS proposition, x.first, x.second
    FROM contradictions AS x LEFT JOIN propositions AS q ON q.proposition = x.proposition
    ORDER BY x.confidence DESC, x.id LIMIT 4"""
_COUNTED = ("articles", "actors", "utterances", "contradictions", "copies")


@router.get("/")
def overview(request: Request, ledger: LedgerHere) -> Response:
    """The counts, the latest articles, who is heard most, and who contradicts whom."""
    counts = {"statements": statements_held(ledger), **{name: _count(ledger, name) for name in _COUNTED}}
    (dates,) = fetch(ledger.cursor(), "SELECT min(published_first) AS first, max(published_last) AS last FROM articles")
    runs = ledger.runs()
    return page(
        request,
        "overview.html.j2",
        counts=counts,
        dates=dates,
        latest=fetch(ledger.cursor(), _LATEST),
        heard=fetch(ledger.cursor(), _HEARD),
        contradictions=with_both(ledger, fetch(ledger.cursor(), _CONTRADICTIONS)),
        doubtful=_count(ledger, "machine_statements WHERE confidence < 0.5")
        - _count(ledger, "corrected WHERE found IS NOT NULL AND confidence < 0.5"),
        failures=_count(ledger, "failures"),
        run=runs[-1] if runs else None,
    )


def _count(ledger: LedgerHere, rows: str) -> int:
    return int(fetch(ledger.cursor(), f"SELECT count(*) AS number FROM {rows}")[0]["number"])  # noqa: S608
