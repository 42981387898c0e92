"""Articles as Label Studio tasks, with the statements as predictions to be corrected."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from selon.exports.line_ends import LineEnds
from selon.exports.wordings import Maker
from selon.offsets import Span
from selon.records import Analysis, Statement

CONFIG = """\
<View>
  <Labels name="part" toName="text">
    <Label value="content" background="#7aa6c2"/><Label value="cue" background="#d9b44a"/>
    <Label value="source" background="#8fb98b"/>
  </Labels>
  <Relations><Relation value="cue"/><Relation value="source"/><Relation value="more"/></Relations>
  <Text name="text" value="$text"/>
  <TextArea name="speaker" toName="text" perRegion="true" whenTagName="part" whenLabelValue="content"/>
  <Choices name="kind" toName="text" perRegion="true" whenTagName="part" whenLabelValue="content">
    <Choice value="direct"/><Choice value="indirect"/><Choice value="mixed"/>
  </Choices>
</View>
"""
"""The labelling interface that the predictions are made for."""


def label_studio_pieces(analyses: Iterable[Analysis], maker: Maker) -> Iterator[str]:
    r"""A list of tasks in pieces of JSON, an article each.

    Offsets count code points, as Label Studio does since 2022, in a text with ``\n`` only, as a browser shows it. A
    relation leads from the content to its cue, to its source, and to further pieces of content.
    """
    yield "["
    between = "\n"
    for analysis in analyses:
        yield between + json.dumps(_task(analysis, maker), ensure_ascii=False)
        between = ",\n"
    yield "\n]\n"


def _task(analysis: Analysis, maker: Maker) -> dict[str, Any]:
    article, lines = analysis.article, LineEnds(analysis.article.text)
    results = [result for statement in analysis.statements for result in _results(statement, lines)]
    scores = [statement.confidence for statement in analysis.statements]
    prediction = {
        "model_version": maker.name,
        "score": round(sum(scores) / len(scores), 4) if scores else 0.0,
        "result": results,
    }
    data = {
        "text": lines.text,
        "article": article.id,
        "title": article.title,
        "outlet": article.outlet,
        "url": article.url,
        "published": "" if article.published.first is None else str(article.published),
    }
    return {"data": data, "predictions": [prediction]}


def _results(statement: Statement, lines: LineEnds) -> Iterator[dict[str, Any]]:
    quotation, key = statement.quotation, statement.id
    first = f"{key}-content-0"
    for part, spans in (("content", quotation.content), ("cue", quotation.cue), ("source", quotation.source)):
        for number, span in enumerate(spans):
            yield _region(f"{key}-{part}-{number}", part, lines.moved(span), lines.text, statement.confidence)
            if part != "content" or number:
                label = "more" if part == "content" else part
                yield _relation(first, f"{key}-{part}-{number}", label)
    place = lines.moved(quotation.content[0])
    told = (("speaker", "textarea", "text", statement.speaker), ("kind", "choices", "choices", quotation.kind.value))
    for name, kind, field, answer in told:
        if answer:
            value = {"start": place.start, "end": place.end, field: [answer]}
            yield {"id": first, "from_name": name, "to_name": "text", "type": kind, "value": value}


def _region(key: str, part: str, span: Span, text: str, score: float) -> dict[str, Any]:
    value = {"start": span.start, "end": span.end, "text": span.of(text), "labels": [part]}
    return {"id": key, "from_name": "part", "to_name": "text", "type": "labels", "value": value, "score": score}


def _relation(start: str, end: str, label: str) -> dict[str, Any]:
    return {"type": "relation", "from_id": start, "to_id": end, "direction": "right", "labels": [label]}
