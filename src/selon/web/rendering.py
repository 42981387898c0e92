"""Templates to pages: escaped, in the reader's language, with the session's token."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import quote, urlencode

import jinja2
from fastapi import Request
from markupsafe import Markup
from starlette.responses import HTMLResponse

from selon.exports.templating import environment
from selon.web.site import SESSION, site_of
from selon.web.words import Words, chosen, words

_LANGUAGE = "selon-language"
_SHORT = 40
_YEAR = 365 * 24 * 3600


def page(request: Request, template: str, /, status: int = 200, **shown: Any) -> HTMLResponse:  # noqa: ANN401
    """A page made of a template and what it shows, beside what every template knows (see the code)."""
    from selon.web.pages import NAVIGATION, WRITING

    site = site_of(request)
    spoken = words_of(request)
    session = request.cookies.get(SESSION, "")
    fresh = not (len(session) == 43 and session.isascii())
    if fresh:
        session = secrets.token_urlsafe(32)
    token = site.token_of(session)
    html = (
        _environment()
        .get_template(template)
        .render(
            t=spoken.t,
            n=spoken.n,
            w=spoken,
            spoken=words(),
            navigation=[entry for entry in NAVIGATION if not (site.settings.read_only and entry[0] in WRITING)],
            path=request.url.path,
            here=lambda **changes: here(request, **changes),
            asset=asset,
            ledger_name=site.folder.resolve().name,
            read_only=site.settings.read_only,
            token=token,
            token_field=Markup('<input type="hidden" name="token" value="{}">').format(token),
            **shown,
        )
    )
    answer = HTMLResponse(html, status)
    answer.headers["Vary"] = "Cookie, Accept-Language, HX-Request"
    if fresh:
        answer.set_cookie(SESSION, session, httponly=True, samesite="strict")
    if request.query_params.get("lang") in words():
        answer.set_cookie(_LANGUAGE, spoken.language, max_age=_YEAR, samesite="strict")
    return answer


def words_of(request: Request) -> Words:
    """The language that this reader reads."""
    return chosen(
        request.query_params.get("lang", ""),
        request.cookies.get(_LANGUAGE, ""),
        request.headers.get("accept-language", ""),
    )


def is_fragment(request: Request) -> bool:
    """Whether htmx asks for a piece of a page, not for a page."""
    return request.headers.get("hx-request") == "true" and request.headers.get("hx-boosted") != "true"


def here(request: Request, *, shape: str = "", **changes: object) -> str:
    """The request's address with some parameters changed, or left out where empty; ``shape`` is json or csv."""
    kept = {key: value for key, value in request.query_params.items() if key != "lang" or "lang" in changes}
    wanted = {**kept, **changes}
    query = urlencode({key: str(value) for key, value in wanted.items() if value not in ("", None)})
    path = quote(request.url.path) + (f".{shape}" if shape else "")
    return f"{path}?{query}" if query else path


@cache
def asset(name: str) -> str:
    """The address of a file under ``static/``, which changes when the file does."""
    data = files("selon.web").joinpath("static", name).read_bytes()
    return f"/static/{name}?v={hashlib.sha256(data).hexdigest()[:10]}"


@cache
def _environment() -> jinja2.Environment:
    return environment("selon.web", {"role": _role})


def _role(roles: Sequence[Any]) -> str:
    """The role that most articles give, of equals a short one, the latest in time; nothing where none is known.

    Roles are Role records or rows of them, in the order of time.
    """
    told = [(_part(role, "articles"), len(_part(role, "name")) <= _SHORT, number) for number, role in enumerate(roles)]
    return str(_part(roles[max(told)[-1]], "name")) if told else ""


def _part(record: Any, name: str) -> Any:  # noqa: ANN401 - a record or a row
    return record[name] if isinstance(record, dict) else getattr(record, name)
