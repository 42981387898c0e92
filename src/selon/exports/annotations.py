"""Statements as W3C Web Annotations (JSON-LD), each anchored by its place and by its words."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from selon.discourse.codings import Coding, Value
from selon.exports.wordings import Maker, because, uuid_of
from selon.offsets import Span
from selon.records import Analysis, Article, Statement

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
TERMS = "https://selon.example/terms#"
"""The names of what the W3C's vocabulary has no word for; only names, nothing is to be found there."""

_AROUND = 32
_OWN = {
    "selon": TERMS,
    **{
        name: f"selon:{name}" for name in ("statement", "coding", "variable", "part", "article", "said_on", "addressee")
    },
    "confidence": {"@id": "selon:confidence", "@type": "http://www.w3.org/2001/XMLSchema#double"},
}


def annotation_pieces(analyses: Iterable[Analysis], maker: Maker, codings: Iterable[Coding] = ()) -> Iterator[str]:
    """An AnnotationCollection in pieces of JSON, with one page that holds every annotation in the ledger's order.

    A statement gives one annotation for its content (who said it, how), and one each for its cue and its source, where
    it has them; ``statement`` is the same in all three. A coding gives one, by its coder, with a body for each value.
    Offsets count code points of the article's text.
    """
    coded: dict[str, list[Coding]] = {}
    for coding in codings:
        coded.setdefault(coding.article, []).append(coding)
    at = maker.at
    head = {
        "@context": [CONTEXT, _OWN],
        "id": f"urn:uuid:{uuid_of('annotations', at.isoformat())}",
        "type": "AnnotationCollection",
        "label": "Statements found by selon",
        "created": _time(at),
    }
    yield _json(head)[:-1]
    page = {"id": f"urn:uuid:{uuid_of('page', at.isoformat())}", "type": "AnnotationPage", "startIndex": 0}
    yield f', "first": {_json(page)[:-1]}, "items": ['
    total = 0
    for analysis in analyses:
        article = analysis.article
        found = [each for statement in analysis.statements for each in _annotations(article, statement, maker)]
        for annotation in (*found, *(_coding(article, each) for each in coded.get(article.id, ()))):
            yield (",\n" if total else "\n") + _json(annotation)
            total += 1
    yield f'\n]}}, "total": {total}}}\n'


def _annotations(article: Article, statement: Statement, maker: Maker) -> Iterator[dict[str, Any]]:
    quotation = statement.quotation
    content: list[dict[str, str]] = [
        {"type": "TextualBody", "purpose": "classifying", "value": quotation.kind.value},
        {"type": "TextualBody", "purpose": "describing", "value": because(statement), "format": "text/plain"},
    ]
    if statement.speaker:
        content.insert(0, {"type": "TextualBody", "purpose": "identifying", "value": statement.speaker})
    said: dict[str, Any] = {"confidence": statement.confidence}
    if statement.said_on.first is not None:
        said["said_on"] = str(statement.said_on)
    if statement.addressee:
        said["addressee"] = statement.addressee
    parts: tuple[tuple[str, tuple[Span, ...], list[dict[str, str]], Mapping[str, Any]], ...] = (
        ("content", quotation.content, content, said),
        ("cue", quotation.cue, [], {}),
        ("source", quotation.source, [], {}),
    )
    for part, spans, bodies, more in parts:
        targets = [_target(article, span) for span in spans]
        if targets:
            yield {
                "id": f"urn:uuid:{uuid_of('annotation', statement.id, part)}",
                "type": "Annotation",
                "motivation": "identifying" if part == "content" else "tagging",
                "created": _time(maker.at),
                "generator": {"type": "Software", "name": maker.name},
                "body": [{"type": "TextualBody", "purpose": "tagging", "value": part}, *bodies],
                "target": targets[0] if len(targets) == 1 else targets,
                "statement": statement.id,
                "part": part,
                "article": article.id,
                **more,
            }


def _coding(article: Article, coding: Coding) -> dict[str, Any]:
    values = {name: value for name, value in coding.values.items() if value not in (None, "")}
    bodies = [
        {"type": "TextualBody", "purpose": "classifying", "value": _written(value), "variable": name}
        for name, value in values.items()
    ]
    return {
        "id": f"urn:uuid:{uuid_of('coding', coding.id)}",
        "type": "Annotation",
        "motivation": "classifying",
        "creator": {"type": "Person", "name": coding.coder},
        "body": [{"type": "TextualBody", "purpose": "tagging", "value": coding.type}, *bodies],
        "target": _target(article, coding.span),
        "coding": coding.id,
        "article": article.id,
    }


def _written(value: Value) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


def _target(article: Article, span: Span) -> dict[str, Any]:
    text = article.text
    return {
        "type": "SpecificResource",
        "source": article.url or f"urn:uuid:{uuid_of('article', article.id)}",
        "selector": [
            {
                "type": "TextQuoteSelector",
                "exact": span.of(text),
                "prefix": text[max(0, span.start - _AROUND) : span.start],
                "suffix": text[span.end : span.end + _AROUND],
            },
            {"type": "TextPositionSelector", "start": span.start, "end": span.end},
        ],
    }


def _time(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
