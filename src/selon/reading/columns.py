"""Which column of a table, or field of a JSON record, holds the text, and which the title, date, address and so on."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import cache
from importlib import resources

from selon.errors import UnknownFormat
from selon.reading.decoding import whole_characters
from selon.reading.formats import looks_like_html
from selon.records import Document


@dataclass(frozen=True, slots=True)
class Columns:
    """Column names by what they hold; ``""`` where a table has no such column, or where it is to be guessed.

    >>> str(Columns(text="texte", published="pubdate"))
    'text column: texte, date: pubdate'
    """

    text: str = ""
    title: str = ""
    published: str = ""
    url: str = ""
    outlet: str = ""
    language: str = ""
    id: str = ""

    def __str__(self) -> str:
        shown = {"text": "text column", "published": "date"}
        pairs = ((shown.get(part.name, part.name), getattr(self, part.name)) for part in fields(self))
        return ", ".join(f"{role}: {name}" for role, name in pairs if name)


def guess_columns(names: Sequence[str], given: Columns = Columns(), *, where: str = "") -> Columns:
    """The columns of a table with these column names; what is ``given`` is taken, the rest guessed from columns.toml.

    Raises UnknownFormat when no column is known to hold text, or a given one is not there.
    """
    by_key = {_key(name): name for name in reversed(names)}
    chosen = given
    for part in fields(given):
        wanted = getattr(given, part.name)
        if wanted and wanted not in names:
            raise UnknownFormat(f"no column {wanted!r}", where=where, next=f"name one of {_listed(names)}")
        if not wanted:
            taken = {getattr(chosen, other.name) for other in fields(given)}
            guesses = (by_key[key] for key in _known_names()[part.name] if key in by_key)
            chosen = replace(chosen, **{part.name: next((name for name in guesses if name not in taken), "")})
    if not chosen.text:
        raise UnknownFormat(
            f"no text column among {_listed(names)}", where=where, next="say which column holds the text"
        )
    return chosen


def row_document(row: Mapping[str, object], columns: Columns, where: str) -> Document:
    """The document that a row or JSON record holds; its text may be HTML, or a list of paragraphs."""
    text = _cell(row.get(columns.text))
    return Document(
        where=where,
        data=text,
        media_type="text/html" if looks_like_html(text) else "text/plain",
        url=_cell(row.get(columns.url)),
        outlet=_cell(row.get(columns.outlet)),
        title=_cell(row.get(columns.title)),
        published=_cell(row.get(columns.published)),
        language=_cell(row.get(columns.language)),
    )


@cache
def _known_names() -> Mapping[str, tuple[str, ...]]:
    table = tomllib.loads((resources.files("selon.reading") / "columns.toml").read_text(encoding="utf-8"))
    return {role: tuple(_key(name) for name in names) for role, names in table.items()}


def _key(name: str) -> str:
    return re.sub(r"[\s_.-]+", "", name).casefold()


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names[:12]) + (" …" if len(names) > 12 else "") if names else "none at all"


def _cell(value: object) -> str:
    """A cell as text: nothing for null, paragraphs apart by an empty line for a list."""
    if value is None:
        return ""
    if isinstance(value, str):
        return whole_characters(value)
    if isinstance(value, list | tuple):
        return "\n\n".join(_cell(part) for part in value)
    return str(value)
