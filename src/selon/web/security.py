"""Who may ask, what may be written, and the headers that every answer bears."""

from __future__ import annotations

import base64
import binascii
import hmac
import ipaddress
from urllib.parse import urlsplit

from fastapi import HTTPException, Request
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from selon.web.site import SESSION, SiteSettings, site_of

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; font-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
TOKEN = "X-Selon-Token"  # noqa: S105 - the name of a header
LONGEST_BODY = 8 * 1024 * 1024
"""How many bytes a request may bring."""
_OWN_NAMES = {"localhost", "localhost.localdomain"}


class Guard:
    """Lets through what comes by an allowed name, with the password if there is one; marks every answer."""

    def __init__(self, app: ASGIApp, settings: SiteSettings) -> None:
        self._app = app
        self._settings = settings
        self._hosts = _OWN_NAMES | {host.lower() for host in settings.hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or hand the request on."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        marked = _marking(send)
        refusal = self._refusal(Headers(scope=scope))
        if refusal is not None:
            await refusal(scope, receive, marked)
            return
        await self._app(scope, _measured(receive), marked)

    def _refusal(self, headers: Headers) -> PlainTextResponse | None:
        host = headers.get("host", "")
        if not self._is_ours(host):
            return PlainTextResponse(
                "These pages do not go by this name; start selon serve with --allow-host to add it.\n", 421
            )
        if self._settings.password and not _knows(headers.get("authorization", ""), self._settings.password):
            wanted = {"WWW-Authenticate": 'Basic realm="selon", charset="UTF-8"'}
            return PlainTextResponse("A password is needed.\n", 401, wanted)
        length = headers.get("content-length", "0")
        if not (length.isascii() and length.isdigit()) or int(length) > LONGEST_BODY:
            return PlainTextResponse("Too much at once.\n", 413)
        return None

    def _is_ours(self, host: str) -> bool:
        """A bare address is always ours: another site's page can only reach us by a name that it controls."""
        try:
            name = (urlsplit(f"//{host}").hostname or "").lower()
            _ = urlsplit(f"//{host}").port
        except ValueError:
            return False
        if name in self._hosts:
            return True
        try:
            ipaddress.ip_address(name)
        except ValueError:
            return False
        return True


async def writes(request: Request) -> None:
    """The dependency of every route that writes: from our own pages, with this session's token, unless read-only."""
    site = site_of(request)
    if site.settings.read_only:
        raise HTTPException(403, "read-only")
    if not _from_our_pages(request.headers):
        raise HTTPException(403, "another site's page")
    sent = request.headers.get(TOKEN, "")
    if not sent and request.headers.get("content-type", "").startswith(
        ("application/x-www-form-urlencoded", "multipart/form-data")
    ):
        field = (await request.form()).get("token", "")
        sent = field if isinstance(field, str) else ""
    session = request.cookies.get(SESSION, "")
    if not session or not hmac.compare_digest(sent.encode(), site.token_of(session).encode()):
        raise HTTPException(403, "no token")


def _from_our_pages(headers: Headers) -> bool:
    """Whether Origin names our host, or, where our own referrer policy has blanked it, the browser says same-origin."""
    origin = headers.get("origin", "")
    if origin and origin != "null":
        return urlsplit(origin).netloc.lower() == headers.get("host", "").lower()
    return headers.get("sec-fetch-site", "") == "same-origin"


def _knows(authorization: str, password: str) -> bool:
    scheme, _, encoded = authorization.partition(" ")
    if scheme.lower() != "basic":
        return False
    try:
        given = base64.b64decode(encoded, validate=True).partition(b":")[2]
    except (binascii.Error, ValueError):
        return False
    return hmac.compare_digest(given, password.encode())


def _marking(send: Send) -> Send:
    async def marked(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
            headers.setdefault("Cache-Control", "no-store")
        await send(message)

    return marked


def _measured(receive: Receive) -> Receive:
    """The body, cut off where it is longer than allowed and did not say so."""
    taken = 0

    async def measured() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > LONGEST_BODY:
            return {"type": "http.disconnect"}
        return message

    return measured
