"""Statements as W3C Web Annotations (JSON-LD), each anchored by its place and by its words."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from selon.exports.wordings import Maker, because, uuid_of
from selon.offsets import Span
from selon.records import Analysis, Article, Statement

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
TERMS = "https://selon.example/terms#"
"""The names of what the W3C's vocabulary has no word for; only names, nothing is to be found there."""

_AROUND = 32
_OWN = {
    "selon": TERMS,
    **{name: f"selon:{name}" for name in ("statement", "part", "article", "said_on", "addressee")},
    "confidence": {"@id": "selon:confidence", "@type": "http://www.w3.org/2001/XMLSchema#double"},
}


def annotation_pieces(analyses: Iterable[Analysis], maker: Maker) -> Iterator[str]:
    """An AnnotationCollection in pieces of JSON, with one page that holds every annotation in the ledger's order.

    A statement gives one annotation for its content (who said it, how), and one each for its cue and its source, where
    it has them; ``statement`` is the same in all three. Offsets count code points of the article's text.
    """
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
        for statement in analysis.statements:
            for annotation in _annotations(analysis.article, statement, maker):
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
