"""Lines that say when and by whom a page was published: ``Publié le 12 octobre 2022 à 10h02 par Camille Ferrand``."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from selon.languages.pack import languages, load_pack

PUBLICATION = "publication line"
BYLINE = "byline"
_LONGEST = 200
_MOST_WORDS = 24
_MOST_NAMES = 6
_MOST_FILLERS = 6
_WORD = re.compile(r"[^\W\d_][\w.]*(?:['’-]\w+)*|\d[\d:.,/hH-]*\w*")
_FIGURE = re.compile(r"\d[\d:.,/-]*(?:h\d*|er|st|nd|rd|th|am|pm|min|mn)?", re.IGNORECASE)
_QUOTED = re.compile(r"[«“„\"]")


@lru_cache(maxsize=8192)
def publication(line: str) -> str:
    """``publication line`` or ``byline`` when the line says nothing else, or "".

    Every word must be a date, a word of publishing or part of a name: ``Publié le 12 octobre, le rapport`` is prose.

    >>> publication("Mis à jour le 3 mai 2022 à 8h15"), publication("Par Zoé Rey"), publication("Par beau temps")
    ('publication line', 'byline', '')
    """
    words = _WORD.findall(line) if len(line) <= _LONGEST else []
    if not words or len(words) > _MOST_WORDS or _QUOTED.search(line):
        return ""
    roles = [_role(word) for word in words]
    if "" in roles or roles.count("name") > _MOST_NAMES:
        return ""
    dated = "figure" in roles and ("month" in roles or any(len(re.findall(r"\d+", word)) > 1 for word in words))
    if ("key" in roles or "update" in roles) and ("figure" in roles or "by" in roles or "month" in roles):
        return PUBLICATION
    if set(roles) == {"figure", "filler"} and len(words) <= _MOST_FILLERS:
        return PUBLICATION
    if dated and roles.count("name") <= (3 if "by" in roles else 1):
        return PUBLICATION
    return BYLINE if "by" in roles[:2] and set(roles) <= {"name", "filler", "by"} and "name" in roles else ""


def tells_publication(line: str) -> bool:
    """Whether the line speaks of publishing at all: ``Publié le …``, ``Mis à jour le …``, ``Par …``."""
    return any(_role(word) in {"key", "update", "by"} for word in _WORD.findall(line))


def tells_update(line: str) -> bool:
    """Whether the line speaks of a change before it speaks of anything else: ``Mis à jour le …``."""
    roles = [role for role in map(_role, _WORD.findall(line)) if role in {"key", "update", "month"}]
    return roles[:1] == ["update"]


def _role(word: str) -> str:
    """What the word does in such a line; "" for a word that does not belong there."""
    if _FIGURE.fullmatch(word):
        return "figure"
    low = word.lower().strip(".")
    if role := _roles().get(low, ""):
        return role
    return "name" if word[0].isupper() or re.match(r"[ld]['’][A-ZÀ-Þ]", word) else ""


@cache
def _roles() -> dict[str, str]:
    roles: dict[str, str] = {}
    for code in languages():
        pack = load_pack(code)
        roles |= {row["name"]: "month" for row in pack.rows("months")}
        roles |= {row["word"]: row["role"] for row in pack.rows("metadata_words")}
    return roles
