"""What the first reader of a page would wait for, done before: each page is asked for once, by nobody."""

from __future__ import annotations

import asyncio
import threading
from base64 import b64encode
from contextlib import suppress
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from selon.store.queries import fetch

if TYPE_CHECKING:
    from fastapi import FastAPI
    from starlette.types import ASGIApp, Message

    from selon.web.site import Site

PATHS = (
    *("/", "/network", "/network.json", "/articles", "/statements", "/people", "/utterances", "/copies"),
    *("/propositions", "/contradictions", "/review"),
)
_ONE_OF = {
    "articles": "SELECT id FROM articles LIMIT 1",
    "statements": "SELECT id FROM statements LIMIT 1",
    "people": "SELECT id FROM actors LIMIT 1",
    "utterances": "SELECT id FROM utterances LIMIT 1",
    "copies": "SELECT id FROM copies LIMIT 1",
}
_LONGEST = 120.0


def warm_soon(app: FastAPI) -> None:
    """Ask the application for each of its pages once, in the background, when its tables are in memory.

    What goes wrong is told to who asks for the page.
    """
    threading.Thread(target=_warm, args=(app,), daemon=True).start()


def _warm(app: FastAPI) -> None:
    site: Site = app.state.site
    site.tables.copied.wait(_LONGEST)
    with suppress(Exception):
        for path in (*PATHS, *_ones(site)):
            asyncio.run(_asked(app, path, site.settings.password))


def _ones(site: Site) -> list[str]:
    """The page of one record of each kind."""
    with site.tables.asking(site.settings.seconds) as ledger:
        found = {page: fetch(ledger.cursor(), query) for page, query in _ONE_OF.items()}
    return [f"/{page}/{quote(rows[0]['id'], safe='')}" for page, rows in found.items() if rows]


async def _asked(app: ASGIApp, path: str, password: str) -> None:
    # With the name of a coder, since nobody else is shown what is to be reviewed.
    headers = [(b"host", b"127.0.0.1"), (b"accept", b"text/html"), (b"cookie", b"selon-coder=selon")]
    if password:
        headers.append((b"authorization", b"Basic " + b64encode(f"selon:{password}".encode())))
    scope: dict[str, Any] = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": headers,
        "client": ("127.0.0.1", 0),
        "server": ("127.0.0.1", 0),
    }
    sent = False

    async def receive() -> Message:
        nonlocal sent
        if sent:
            await asyncio.sleep(3600)
        sent = True
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(_: Message) -> None:
        """Nobody reads it."""

    await app(scope, receive, send)
