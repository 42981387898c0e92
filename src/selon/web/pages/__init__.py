"""The pages, a module each; the order of the navigation."""

from __future__ import annotations

from fastapi import APIRouter

from selon.web.pages import (
    adding,
    articles,
    contradictions,
    copies,
    network,
    overview,
    paste,
    people,
    propositions,
    reader,
    review,
    statements,
    utterances,
)

ROUTERS: tuple[APIRouter, ...] = (
    overview.router,
    articles.router,
    statements.router,
    people.router,
    utterances.router,
    copies.router,
    propositions.router,
    contradictions.router,
    network.router,
    reader.router,
    adding.router,
    review.router,
    paste.router,
)
NAVIGATION: tuple[tuple[str, str], ...] = (
    ("articles", "/articles"),
    ("statements", "/statements"),
    ("people", "/people"),
    ("utterances", "/utterances"),
    ("copies", "/copies"),
    ("propositions", "/propositions"),
    ("network", "/network"),
    ("review", "/review"),
    ("paste", "/paste"),
)
"""What the head of every page leads to: the name of its words under ``nav``, and its address."""
WRITING = frozenset({"review", "paste"})
"""Those of them that a ledger which is only to be read does without."""
