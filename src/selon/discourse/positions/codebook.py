"""A codebook, as its owner writes it: YAML, CSV or TSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from selon.discourse.positions.words import fold, grammatical_words
from selon.errors import InputError
from selon.languages import languages
from selon.models.embedding.words import words
from selon.records import Proposition

_KEYS = ("proposition", "key", "id", "concept", "code")
_TEXTS = ("text", "description", "claim", "label", "name")
_ALIASES = ("aliases", "alias", "also")
_PRO = ("for", "pro", "holds")
_CON = ("against", "con", "denies")
_LANGUAGES = ("language", "lang")
_BETWEEN = "|"


def read_codebook(data: bytes, where: str) -> tuple[Proposition, ...]:
    """The propositions of a codebook, in its order.

    A table has a line a proposition, with a header: ``proposition`` (its key) and ``text``, and if wanted ``aliases``,
    ``for``, ``against`` (several between ``|``) and ``language``. YAML is a list of such entries, or a mapping of key
    to text or entry. Raises InputError where it is none, where a text is missing or a key stands twice.
    """
    text = _decoded(data, where)
    entries = _yaml(text, where) if where.lower().endswith((".yaml", ".yml")) else _table(text, where)
    found: dict[str, Proposition] = {}
    for number, entry in enumerate(entries, start=1):
        one = _proposition(entry, f"{where}, entry {number}")
        if one.key in found:
            raise InputError(f"the proposition {one.key!r} stands twice", where=where, next="give each its own key")
        found[one.key] = one
    if not found:
        raise InputError("no propositions", where=where, next="write a line for each: proposition, text")
    return tuple(found.values())


def language_of(text: str) -> str:
    """The pack's language whose grammatical words the text has most of; the first of equals."""
    forms = [fold(form) for form in words(text)]
    return max(
        sorted(languages(), reverse=True), key=lambda code: sum(form in grammatical_words(code) for form in forms)
    )


def _decoded(data: bytes, where: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError("not UTF-8", where=where, next="save the codebook as UTF-8") from error


def _table(text: str, where: str) -> Iterator[Mapping[str, Any]]:
    header = text.partition("\n")[0]
    delimiter = max("\t;,", key=header.count)
    try:
        rows = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise InputError(f"a damaged table: {error}", where=where, next="check quotes and line ends") from error
    names = {str(name).strip().lower() for name in (rows[0] if rows else ())}
    if rows and not (names & set(_KEYS) and names & set(_TEXTS)):
        told = ", ".join(sorted(names)) or "none"
        raise InputError(
            f"no columns proposition and text (columns: {told})", where=where, next="name them so in the first line"
        )
    for row in rows:
        yield {str(name).strip().lower(): value for name, value in row.items() if name and isinstance(value, str)}


def _yaml(text: str, where: str) -> Iterator[Mapping[str, Any]]:
    import yaml

    try:
        tree = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise InputError(f"damaged YAML: {' '.join(str(error).split())}", where=where, next="mend it") from error
    if isinstance(tree, dict) and isinstance(tree.get("propositions"), list | dict):
        tree = tree["propositions"]
    if isinstance(tree, dict):
        tree = [{"key": key, **(value if isinstance(value, dict) else {"text": value})} for key, value in tree.items()]
    if not isinstance(tree, list) or not all(isinstance(entry, dict) for entry in tree):
        raise InputError(
            "no list of propositions", where=where, next="write '- key: …' and 'text: …' for each, or 'key: text'"
        )
    for entry in tree:
        yield {str(name).strip().lower(): value for name, value in entry.items()}


def _proposition(entry: Mapping[str, Any], where: str) -> Proposition:
    text, key = " ".join(_one(entry, _TEXTS).split()), _one(entry, _KEYS).strip()
    if not text:
        raise InputError("a proposition without text", where=where, next="say in a sentence what is held or denied")
    language = _one(entry, _LANGUAGES).strip().lower()
    if language and language not in languages():
        raise InputError(
            f"no language {language!r}", where=where, next=f"use one of {', '.join(languages())}, or leave it out"
        )
    return Proposition(
        key=key or text,
        text=text,
        language=language or language_of(text),
        aliases=_several(entry, _ALIASES),
        pro=_several(entry, _PRO),
        con=_several(entry, _CON),
    )


def _one(entry: Mapping[str, Any], names: Sequence[str]) -> str:
    for name in names:
        value = entry.get(name)
        if value is not None and str(value).strip():
            return str(value)
    return ""


def _several(entry: Mapping[str, Any], names: Sequence[str]) -> tuple[str, ...]:
    for name in names:
        value = entry.get(name)
        if value:
            parts = value if isinstance(value, list) else str(value).split(_BETWEEN)
            return tuple(" ".join(str(part).split()) for part in parts if str(part).strip())
    return ()
