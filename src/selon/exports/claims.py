"""Statements as schema.org Claims (JSON-LD): what was claimed, by whom, and in which articles it appears."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from selon.exports.wordings import because, uuid_of
from selon.records import ActorKind, Analysis, Article, Kind, Precision, Speaker, Statement, When

CONTEXT = "https://schema.org"


def claim_pieces(analyses: Iterable[Analysis]) -> Iterator[str]:
    """One JSON-LD document in pieces: every article as a NewsArticle, every statement as a Claim that appears in it.

    Direct speech is a Quotation too. Where it stands and why we think so is the claim's description.
    """
    yield f'{{"@context": "{CONTEXT}", "@graph": ['
    between = "\n"
    for analysis in analyses:
        for entry in (_article(analysis.article), *(_claim(analysis.article, each) for each in analysis.statements)):
            yield between + json.dumps(entry, ensure_ascii=False)
            between = ",\n"
    yield "\n]}\n"


def _article(article: Article) -> dict[str, Any]:
    entry = {
        "@type": "NewsArticle",
        "@id": _name("article", article.id),
        "identifier": article.id,
        "headline": article.title,
        "url": article.url,
        "inLanguage": article.language,
        "publisher": {"@type": "Organization", "name": article.outlet} if article.outlet else None,
        **_dated("datePublished", article.published),
    }
    return {name: value for name, value in entry.items() if value}


def _claim(article: Article, statement: Statement) -> dict[str, Any]:
    direct = statement.quotation.kind is Kind.DIRECT
    entry = {
        "@type": ["Claim", "Quotation"] if direct else "Claim",
        "@id": _name("statement", statement.id),
        "identifier": statement.id,
        "text": statement.content,
        "author": _author(statement.who) if statement.who else None,
        "inLanguage": article.language,
        "appearance": {"@id": _name("article", article.id)},
        "description": because(statement),
        **_dated("dateCreated", statement.said_on),
    }
    return {name: value for name, value in entry.items() if value}


def _author(who: Speaker) -> dict[str, str]:
    person = who.kind in (ActorKind.PERSON, ActorKind.UNKNOWN)
    entry = {
        "@type": "Person" if person else "CreativeWork" if who.kind is ActorKind.DOCUMENT else "Organization",
        "@id": _name("speaker", who.kind.value, " ".join(who.name.casefold().split())),
        "name": who.name,
    }
    return {**entry, "jobTitle": who.role} if person and who.role else entry


def _dated(name: str, when: When) -> dict[str, str]:
    """A day, month or year as a date; what is known as an interval only, as the time that is covered."""
    if when.first is None:
        return {}
    return {"temporalCoverage" if when.precision is Precision.INTERVAL else name: str(when)}


def _name(*parts: str) -> str:
    return f"urn:uuid:{uuid_of(*parts)}"
