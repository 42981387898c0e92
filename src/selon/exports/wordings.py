"""A statement in plain lines, for tools that have no field for what selon knows of it; and ids that such tools take."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from selon.records import Statement


@dataclass(frozen=True, slots=True)
class Maker:
    """What found the statements (``selon 0.1.0``), and when."""

    name: str
    at: datetime


_NAMESPACE = uuid.UUID("6f1c2f0e-5d0a-5a8e-9f4b-7d3f0c8e2a11")
"""Drawn once, so that the same record gets the same UUID on every machine."""


def because(statement: Statement) -> str:
    """What stands where, when, to whom, and why we think so, a line each; offsets are code points of the text."""
    quotation = statement.quotation
    spans = {"source": quotation.source, "cue": quotation.cue, "content": quotation.content}
    words = {"source": statement.source, "cue": statement.cue, "content": statement.content}
    told = [f"selon: {statement.id}"]
    told += [
        f"{part}: {words[part]} ({'; '.join(f'{each.start}-{each.end}' for each in spans[part])})"
        for part in spans
        if spans[part]
    ]
    if statement.said_on.first is not None:
        told.append(f"said on: {statement.said_on}")
    if statement.addressee:
        told.append(f"to: {statement.addressee}")
    told += [
        f"because: {each.by}{f' ({each.saw})' if each.saw else ''}"
        for each in (*quotation.evidence, *statement.evidence)
    ]
    return "\n".join(told)


def uuid_of(*parts: str) -> str:
    """The UUID (version 5) of a record of ours: the same parts, the same UUID.

    >>> uuid_of("statement", "s1") == uuid_of("statement", "s1") != uuid_of("article", "s1")
    True
    """
    return str(uuid.uuid5(_NAMESPACE, "\x1f".join(parts)))
