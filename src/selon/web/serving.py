"""The pages on a port of this machine, until they are stopped."""

from __future__ import annotations

import socket
import threading
import webbrowser
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from selon.errors import UsageError
from selon.web.app import make_app
from selon.web.site import SiteSettings
from selon.web.warming import warm_soon


@dataclass(frozen=True, slots=True)
class Listening:
    """Where the pages are served, and whether a browser is opened on them; port 0 is one that is free."""

    host: str
    port: int
    browser: bool


def serve_pages(folder: Path, settings: SiteSettings, listening: Listening, say: Callable[[str], None]) -> None:
    """Serve the ledger until the process is told to stop; ``say`` is given the address.

    Raises UsageError where the address cannot be had, and what opening a ledger raises.
    """
    app = make_app(folder, settings)
    door = _door(listening.host, listening.port)
    warm_soon(app)
    host, port = door.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host
    address = f"http://{shown}:{port}/"
    say(f"{folder} is served at {address} (Ctrl-C stops it)")
    if listening.browser:
        threading.Timer(0.5, webbrowser.open, [address]).start()
    config = uvicorn.Config(app, log_level="warning", access_log=False, server_header=False, timeout_keep_alive=15)
    uvicorn.Server(config).run(sockets=[door])


def _door(host: str, port: int) -> socket.socket:
    try:
        family, kind, proto, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        door = socket.socket(family, kind, proto)
    except OSError as error:
        raise UsageError(f"no such address: {error.strerror}", where=f"--host {host}", next="give another") from error
    try:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        door.bind(place)
        door.listen()  # from here on a browser waits for us, where it would be refused
    except OSError as error:
        door.close()
        raise UsageError(
            f"cannot listen: {error.strerror}", where=f"{host}:{port}", next="give another --port, or 0 for a free one"
        ) from error
    return door
