"""The pages, a module each; the order of the navigation."""

from __future__ import annotations

from fastapi import APIRouter

from selon.web.pages import articles, overview, people, reader, statements

ROUTERS: tuple[APIRouter, ...] = (
    overview.router,
    articles.router,
    statements.router,
    people.router,
    reader.router,
)
NAVIGATION: tuple[tuple[str, str], ...] = (
    ("articles", "/articles"),
    ("statements", "/statements"),
    ("people", "/people"),
)
"""What the head of every page leads to: the name of its words under ``nav``, and its address."""
