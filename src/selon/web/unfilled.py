"""A form sends the fields that nobody filled in too: they are as if they had not been sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send


class Unfilled:
    """Takes parameters without a value out of the address, so that ``confidence=`` is no number that is wrong."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the application does to the parameters that say something."""
        if scope["type"] == "http" and scope["query_string"]:
            filled = [each for each in scope["query_string"].split(b"&") if each.partition(b"=")[2]]
            scope = {**scope, "query_string": b"&".join(filled)}
        await self._app(scope, receive, send)
