"""Templates whose words come from articles: escaped, hidden characters made visible, links only where they may lead."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

import jinja2
from markupsafe import Markup

from selon.exports.layout import anchor
from selon.highlight import highlight, printable


def environment(package: str, filters: Mapping[str, Callable[..., Any]]) -> jinja2.Environment:
    """The templates of a package, with the filters that every page of ours needs and some of its own.

    ``shown`` (words), ``plain`` (attributes), ``web_link`` and ``host`` (addresses), ``anchor`` (ids).
    """
    made = jinja2.Environment(
        loader=jinja2.PackageLoader(package),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    made.filters |= {
        "shown": shown,
        "plain": printable,
        "anchor": anchor,
        "web_link": web_link,
        "host": lambda url: urlsplit(url).hostname or "",
        **filters,
    }
    return made


def shown(text: object, longest: int = 0) -> Markup:
    """Words from outside: escaped, control characters made visible, cut after ``longest`` characters if given."""
    told = str(text)
    if longest and len(told) > longest:
        told = told[: longest - 1].rstrip() + "…"
    return Markup("".join(highlight(told, ())))  # noqa: S704 - highlight escapes


def web_link(url: str) -> str:
    """The address when it is one that a reader may follow (http or https, with a host), else nothing."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    return url.strip() if parts.scheme.lower() in ("http", "https") and parts.hostname else ""
