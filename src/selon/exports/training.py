"""What people decided about statements as annotated articles, the records that ``training/`` reads."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from selon.offsets import Span
from selon.records import Analysis, Speaker, Statement


def training_pieces(analyses: Iterable[Analysis], decided: Mapping[str, str]) -> Iterator[str]:
    """A line of JSON an article in which somebody decided on a statement; ``decided`` says how, by the statement's id.

    What nobody has decided on is ``optional``: neither right nor wrong. What was rejected is not there, so that it
    counts as no quotation. Offsets are code points of ``text``.
    """
    for analysis in analyses:
        if any(each.id in decided for each in analysis.statements):
            yield json.dumps(_record(analysis, decided), ensure_ascii=False) + "\n"


def _record(analysis: Analysis, decided: Mapping[str, str]) -> dict[str, Any]:
    article = analysis.article
    keys: dict[str, str] = {}
    cast: list[dict[str, Any]] = []
    for each in analysis.statements:
        if each.who is not None and each.who.name not in keys:
            keys[each.who.name] = f"a{len(keys) + 1}"
            cast.append(_actor(keys[each.who.name], each.who))
    return {
        "id": article.id,
        "lang": article.language,
        "outlet": article.outlet,
        "date": article.published.first.isoformat() if article.published.first else "",
        "text": article.text,
        "actors": cast,
        "quotations": [_quotation(each, keys, decided) for each in analysis.statements],
    }


def _actor(key: str, who: Speaker) -> dict[str, Any]:
    return {"key": key, "kind": who.kind.value, "name": who.name, "names": list(who.names or (who.name,))}


def _quotation(statement: Statement, keys: Mapping[str, str], decided: Mapping[str, str]) -> dict[str, Any]:
    quotation = statement.quotation
    told: dict[str, Any] = {
        "content": _spans(quotation.content),
        "cue": _spans(quotation.cue),
        "source": _spans(quotation.source),
        "type": quotation.kind.value,
        "form": quotation.form.value,
        "speaker": keys[statement.who.name] if statement.who is not None else None,
    }
    return told if statement.id in decided else {**told, "optional": True}


def _spans(spans: Sequence[Span]) -> list[list[int]]:
    return [[each.start, each.end] for each in spans]
