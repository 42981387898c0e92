"""What the pages of one ledger share while they are served."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from selon.web.relinking import Relinking
from selon.web.tables import Tables

if TYPE_CHECKING:
    from starlette.requests import HTTPConnection

SESSION = "selon-session"
"""The cookie that tells one browser from another; it holds nothing but chance."""


@dataclass(frozen=True, slots=True)
class SiteSettings:
    """What may be chosen from outside.

    ``hosts`` are names beside this machine's own by which the pages may be asked for; ``password`` empty asks for none;
    ``seconds`` is how long the questions of one page may take.
    """

    read_only: bool = False
    password: str = ""
    hosts: tuple[str, ...] = ()
    seconds: float = 10.0


@dataclass(frozen=True, slots=True)
class Site:
    """A ledger being served."""

    folder: Path
    settings: SiteSettings
    tables: Tables
    links: Relinking
    secret: bytes = field(default_factory=lambda: secrets.token_bytes(32))

    def token_of(self, session: str) -> str:
        """What a browser with this session must send with everything it writes."""
        return hmac.new(self.secret, session.encode(), hashlib.sha256).hexdigest()


def site_of(connection: HTTPConnection) -> Site:
    """The site that a request came to."""
    site: Site = connection.app.state.site
    return site
