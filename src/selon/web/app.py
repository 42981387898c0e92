"""The application: the pages of one ledger behind their guard."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.resources import files
from pathlib import Path

import duckdb
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response
from starlette.staticfiles import StaticFiles

import selon
from selon.errors import LedgerBusy, NoSuchRecord, SelonError, UsageError
from selon.store import Ledger
from selon.web.network_given import given_here
from selon.web.pages import ROUTERS
from selon.web.relinking import Relinking
from selon.web.rendering import is_fragment, page, words_of
from selon.web.security import HEADERS, Guard
from selon.web.site import Site, SiteSettings
from selon.web.tables import Tables
from selon.web.unfilled import Unfilled

_INTERRUPTED = (duckdb.InterruptException, sqlite3.OperationalError)
_MACHINES = (".json", ".csv")


def make_app(folder: Path, settings: SiteSettings | None = None) -> FastAPI:
    """The pages of the ledger in a folder. Raises NotALedger, LedgerTooNew, LedgerBusy."""
    settings = settings or SiteSettings()
    site = Site(folder, settings, Tables(folder, _prepared), Relinking(folder))

    @asynccontextmanager
    async def living(_: FastAPI) -> AsyncIterator[None]:
        yield
        site.links.close()
        site.tables.close()

    app = FastAPI(title="selon", version=selon.__version__, docs_url=None, redoc_url=None, lifespan=living)
    app.state.site = site
    for router in ROUTERS:
        app.include_router(router)
    app.mount("/static", StaticFiles(directory=str(files("selon.web").joinpath("static"))), name="static")
    app.add_middleware(Unfilled)
    app.add_middleware(Guard, settings=settings)
    for kind in (SelonError, HTTPException, RequestValidationError, *_INTERRUPTED, Exception):
        app.add_exception_handler(kind, _error_answer)
    return app


def _prepared(tables: Tables, ledger: Ledger) -> None:
    """What takes long to read of a ledger, read before anybody asks for it."""
    given_here(tables, ledger, "")


def _error_answer(request: Request, error: Exception) -> Response:
    """What went wrong, as a page, or as JSON for programs. What nobody foresaw is told without its details."""
    status, key = _told(error)
    t = words_of(request).t
    what = error.what if isinstance(error, SelonError) else t(f"error.{key}")
    next_step = t(f"error.{key}_next")
    headers = dict(getattr(error, "headers", None) or {})
    fragment = is_fragment(request)
    reads_pages = fragment or "text/html" in request.headers.get("accept", "")
    if request.url.path.endswith(_MACHINES) or not reads_pages:
        answer: Response = JSONResponse({"error": key, "what": what, "next": next_step}, status)
    else:
        answer = page(request, "error.html.j2", status, key=key, what=what, next_step=next_step, fragment=fragment)
    # Starlette answers what nobody foresaw outside of our guard, so the headers are set here too.
    answer.headers.update({**HEADERS, **headers})
    return answer


def _told(error: Exception) -> tuple[int, str]:
    """The status and the name of an error in the words of the pages."""
    match error:
        case NoSuchRecord():
            return 404, "missing"
        case UsageError() | RequestValidationError():
            return (400, "wrong") if isinstance(error, UsageError) else (422, "wrong")
        case LedgerBusy():
            return 503, "busy"
        case duckdb.InterruptException():
            return 503, "slow"
        case sqlite3.OperationalError() if "interrupted" in str(error):
            return 503, "slow"
        case HTTPException():
            known = {403: "refused", 404: "missing", 405: "wrong"}
            return error.status_code, known.get(error.status_code, "wrong")
        case _:
            return 500, "broken"
