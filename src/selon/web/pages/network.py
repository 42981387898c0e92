"""``/network``: who sides with whom, over what and when, as a graph beside a table of the same; and its files."""

from __future__ import annotations

import io
import tempfile
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import quote

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import JSONResponse, Response

from selon.discourse.networks import Duplicates, Network, Normalisation
from selon.errors import UsageError
from selon.exports.columns import Columns
from selon.exports.networks.gexf import write_gexf
from selon.exports.networks.matrices import write_ties
from selon.exports.networks.writing import network_bytes
from selon.store import Ledger
from selon.store.codes import Basis
from selon.store.counting import Given
from selon.store.queries import day_from, fetch
from selon.web.lists import Paged, Words, table_answer
from selon.web.network_given import (
    EXPORTED,
    NORMALISATIONS,
    ROWS,
    VIEWS,
    bars,
    counted,
    given_here,
    labels,
    left_out,
    options_of,
    views,
)
from selon.web.network_shown import TIES, Shown, shown
from selon.web.rendering import is_fragment, page
from selon.web.site import site_of
from selon.web.tables import LedgerHere

router = APIRouter()

ARTICLES = 3_000
"""How many articles a .dna file made here may hold."""
_COLUMNS: Columns = {"source": "VARCHAR", "target": "VARCHAR", "weight": "DOUBLE", "sign": "VARCHAR"}
_TYPES = {
    "graphml": ("application/graphml+xml", "network.graphml"),
    "gexf": ("application/gexf+xml", "network.gexf"),
    "csv": ("text/csv; charset=utf-8", "network-matrix.csv"),
    "ties": ("text/csv; charset=utf-8", "network-ties.csv"),
    "dl": ("text/plain; charset=utf-8", "network.dl"),
    "svg": ("image/svg+xml", "network.svg"),
}
_NAMED = {
    "actor": ("SELECT name AS label, max_by(id, statements) AS key FROM actors", "/people/"),
    "proposition": ("SELECT text AS label, min(proposition) AS key FROM propositions", "/propositions/"),
}


@dataclass(frozen=True, slots=True)
class NetworkFilters:
    """What is counted, as ``selon network`` has it, and how much of it is shown."""

    view: Literal["", "affiliation", "congruence", "conflict", "subtract", "together", "said"] = ""
    use: Literal["", "codings", "positions", "quoted"] = ""
    rows: Words = ""
    columns: Words = ""
    since: Words = ""
    until: Words = ""
    normalisation: Normalisation = Normalisation.NO
    duplicates: Annotated[Duplicates | Literal[""], Query()] = ""
    only: Annotated[list[Annotated[str, Query(max_length=400)]] | None, Query(max_length=20)] = None
    exclude: Annotated[list[Annotated[str, Query(max_length=400)]] | None, Query(max_length=20)] = None
    least: Annotated[float, Query(ge=0, le=1e9, allow_inf_nan=False)] = 0.0
    most: Annotated[int, Query(ge=2, le=100)] = 40


Filters = Annotated[NetworkFilters, Depends()]


@dataclass(frozen=True, slots=True)
class _Asked:
    """The statements, the view that counts, the network, and how many labels it leaves out."""

    given: Given
    view: str
    network: Network
    left_out: int


@router.get("/network", include_in_schema=False)
def network(request: Request, ledger: LedgerHere, wanted: Filters) -> Response:
    """The network as a graph and a table; for htmx these alone."""
    asked = _asked(request, ledger, wanted, ROWS)
    found = shown(asked.network, wanted.least, wanted.most)
    quoted = asked.given.source.basis is Basis.QUOTED
    steps = bars(asked.given)
    return page(
        request,
        "network_found.html.j2" if is_fragment(request) else "network.html.j2",
        found=found,
        network=asked.network,
        view=asked.view,
        left_out=asked.left_out,
        open_ones=left_out(asked.given),
        links=_links(ledger, asked.network, found),
        wanted=wanted,
        views=views(asked.given),
        basis=asked.given.source.basis.value,
        quoted=quoted,
        normalisations=NORMALISATIONS[VIEWS[asked.view][0]],
        duplicates=[each.value for each in Duplicates],
        variables=labels(asked.given),
        steps=steps,
        highest=max((step.statements for step in steps), default=1) or 1,
        last_day=steps[-1].after - timedelta(days=1) if steps else None,
        query=request.url.query,
        most_ties=TIES,
    )


@router.get("/network.json")
def network_json(request: Request, ledger: LedgerHere, wanted: Filters) -> Response:
    """What the graph draws: nodes with their places, and the ties between them, as the table lists them."""
    asked = _asked(request, ledger, wanted, ROWS)
    found = shown(asked.network, wanted.least, wanted.most)
    links = _links(ledger, asked.network, found)
    return JSONResponse(
        {
            "view": asked.view,
            "basis": asked.given.source.basis.value,
            "row_variable": asked.network.row_variable,
            "column_variable": asked.network.column_variable,
            "statements": asked.network.statements,
            "all_nodes": found.all_nodes,
            "all_ties": found.all_ties,
            "nodes": [{**asdict(node), "href": links.get(node.number, "")} for node in found.nodes],
            "ties": [{**tie.row(), "ends": [tie.source.number, tie.target.number]} for tie in found.ties],
        }
    )


@router.get("/network.csv")
def network_csv(request: Request, ledger: LedgerHere, wanted: Filters) -> Response:
    """The ties that the table lists."""
    found = shown(_asked(request, ledger, wanted, ROWS).network, wanted.least, wanted.most)
    rows = [dict(tie.row()) for tie in found.ties]
    return table_answer(request, Paged(rows, 1, max(len(rows), 1), more=False), _COLUMNS, "csv")


@router.get("/network/ledger.dna")
def dna(ledger: LedgerHere, since: Words = "", until: Words = "") -> Response:
    """The articles of these days as a file for Discourse Network Analyzer."""
    days = {name: day_from(name, text) for name, text in (("since", since), ("until", until)) if text}
    if len(ledger.articles(**days, limit=ARTICLES + 1)) > ARTICLES:
        raise UsageError(
            f"more than {ARTICLES:,} articles",
            where="ledger.dna",
            next="narrow the days, or run: selon export LEDGER --to dna -o ledger.dna",
        )
    return _file(_dna(ledger, days), "application/vnd.sqlite3", "ledger.dna")


@router.get("/network/network.{form}")
def network_file(
    request: Request,
    ledger: LedgerHere,
    form: Literal["graphml", "gexf", "csv", "ties", "dl", "svg"],
    wanted: Filters,
) -> Response:
    """The network as a file: all of it, but for labels beyond the 2,000 with the most statements."""
    found = _asked(request, ledger, wanted, EXPORTED).network
    if form in ("gexf", "ties"):
        target = io.BytesIO()
        (write_gexf if form == "gexf" else write_ties)([found], target)
        return _file(target.getvalue(), *_TYPES[form])
    return _file(network_bytes(found, form, most=wanted.most), *_TYPES[form])


def _asked(request: Request, ledger: Ledger, wanted: NetworkFilters, most: int) -> _Asked:
    given = given_here(site_of(request).tables, ledger, wanted.use)
    view = wanted.view or views(given)[0]
    for name in ("since", "until"):
        if getattr(wanted, name):
            day_from(name, getattr(wanted, name))
    asked = {**asdict(wanted), "view": view}
    asked |= {name: [each for each in asked[name] or () if each.strip()] for name in ("only", "exclude")}
    options = options_of(given, {**asked, "normalisation": wanted.normalisation.value})
    return _Asked(given, view, *counted(given, options, most))


def _links(ledger: Ledger, network: Network, found: Shown) -> dict[int, str]:
    """Where more is told of a node, by its number."""
    variables = {"row": network.row_variable, "column": network.column_variable}
    links: dict[int, str] = {}
    for group, variable in variables.items() if not network.one_mode else [("row", network.row_variable)]:
        nodes = {node.label: node.number for node in found.nodes if node.group == group}
        if variable == "document":
            links |= {number: f"/articles/{quote(label, safe='')}" for label, number in nodes.items()}
        if variable not in _NAMED or not nodes:
            continue
        select, address = _NAMED[variable]
        column = "name" if variable == "actor" else "text"
        query = f"{select} WHERE {column} IN (SELECT unnest($labels)) GROUP BY 1"
        for row in fetch(ledger.cursor(), query, {"labels": list(nodes)}):
            links[nodes[row["label"]]] = f"{address}{quote(row['key'], safe='')}"
    return links


def _dna(ledger: Ledger, days: dict[str, Any]) -> bytes:
    from selon.discourse.codings import coded
    from selon.exports.dna.project import project
    from selon.exports.dna.writing import write_dna
    from selon.store.spoken import spoken

    known, runs = spoken(ledger), ledger.runs()
    day = runs[-1].started_at.date() if runs else datetime.now(UTC).date()
    made = project(known.named(ledger.analyses(**days)), coded(ledger.decisions()), day, known.lines)
    with tempfile.TemporaryDirectory(prefix="selon-") as folder:
        path = Path(folder) / "ledger.dna"
        write_dna(path, made.tables)
        return path.read_bytes()


def _file(data: bytes, kind: str, name: str) -> Response:
    return Response(data, media_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
