"""A user's register of actors: a CSV or YAML file of names, aliases, kinds and Wikidata ids, checked line by line."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from selon.errors import UnreadableFile, UsageError

if TYPE_CHECKING:
    from selon.store import Ledger

_COLUMNS = ("name", "aliases", "kind", "wikidata")
_WIKIDATA = re.compile(r"Q\d+")
_EXAMPLE = "the columns are name, aliases (separated by |), kind and wikidata: docs/cli.md shows one"


def keep_register(ledger: Ledger, path: Path) -> int:
    """Put a register into the ledger's log, unless it is the one that counts already; returns how many actors it has.

    Raises UnreadableFile and UsageError, with the line, before anything is kept.
    """
    from datetime import UTC, datetime

    from selon.store.actors import REGISTER

    entries = entries_in(path)
    known = [each.value for each in ledger.decisions() if each.kind == REGISTER]
    if not known or known[-1] != {"entries": entries}:
        ledger.decide(
            REGISTER, "all", {"entries": entries}, by="selon run --register", at=datetime.now(UTC), note=path.name
        )
    return len(entries)


def entries_in(path: Path) -> list[dict[str, Any]]:
    """The entries of a register file in its order. Raises UnreadableFile, UsageError."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableFile(
            f"cannot read: {error}", where=str(path), next="give a CSV or YAML file in UTF-8"
        ) from error
    rows = _yaml_rows(text, path) if path.suffix.lower() in (".yaml", ".yml") else _csv_rows(text, path)
    entries = [_entry(row, f"{path}, {where}") for where, row in rows]
    if not entries:
        raise UsageError("the register has no actors", where=str(path), next=_EXAMPLE)
    return entries


def _csv_rows(text: str, path: Path) -> Iterable[tuple[str, Mapping[str, Any]]]:
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.DictReader(text.splitlines(), delimiter=delimiter)
    unknown = sorted(set(reader.fieldnames or ()) - set(_COLUMNS))
    if "name" not in (reader.fieldnames or ()) or unknown:
        what = f"no such column: {', '.join(unknown)}" if unknown else "no column name"
        raise UsageError(what, where=f"{path}, line 1", next=_EXAMPLE)
    return [(f"line {reader.line_num}", row) for row in reader]


def _yaml_rows(text: str, path: Path) -> Iterable[tuple[str, Mapping[str, Any]]]:
    import yaml

    try:
        content = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise UsageError(f"no YAML: {error}", where=str(path), next=_EXAMPLE) from error
    if not isinstance(content, list) or not all(isinstance(row, dict) for row in content):
        raise UsageError("not a list of actors", where=str(path), next=_EXAMPLE)
    return [(f"entry {number}", row) for number, row in enumerate(content, start=1)]


def _entry(row: Mapping[str, Any], where: str) -> dict[str, Any]:
    from selon.records import ActorKind

    unknown = sorted(str(key) for key in set(row) - set(_COLUMNS))
    if unknown:
        raise UsageError(f"no such column: {', '.join(unknown)}", where=where, next=_EXAMPLE)
    name = str(row.get("name") or "").strip()
    if not name:
        raise UsageError("an actor without a name", where=where, next=_EXAMPLE)
    given = row.get("aliases") or ()
    aliases = [each.strip() for each in (given.split("|") if isinstance(given, str) else map(str, given))]
    kind = str(row.get("kind") or ActorKind.PERSON.value).strip()
    kinds = [each.value for each in ActorKind]
    if kind not in kinds:
        raise UsageError(f"no such kind: {kind}", where=where, next=f"use one of {', '.join(kinds)}")
    wikidata = str(row.get("wikidata") or "").strip()
    if wikidata and not _WIKIDATA.fullmatch(wikidata):
        raise UsageError(f"no Wikidata id: {wikidata}", where=where, next="write it as Q57")
    return {"name": name, "aliases": [each for each in aliases if each], "kind": kind, "wikidata": wikidata}
