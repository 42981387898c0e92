"""Records to rows and back: what ``tables.py`` describes, as plain dictionaries that JSON and DuckDB both hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from selon.offsets import OffsetMap, Run, Span
from selon.records import (
    ActorKind,
    Analysis,
    Article,
    Boilerplate,
    Evidence,
    Failure,
    Form,
    Kind,
    Origin,
    Passage,
    PassageKind,
    Precision,
    Quotation,
    Rejected,
    SetAside,
    Speaker,
    Statement,
    When,
)

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Heading:
    """An article without its text: what a list of articles shows. ``statements`` is how many it holds."""

    id: str
    where: str
    outlet: str
    title: str
    url: str
    published: When
    language: str
    statements: int


def outcome_rows(outcome: Analysis | SetAside | Failure) -> Row:
    """One document's outcome as a row for each table it touches: ``{"article": …, "statements": […], …}``."""
    if isinstance(outcome, Failure):
        failure = {"place": outcome.where, "what": outcome.what, "next": outcome.next, "stage": outcome.stage}
        return {"outcome": "failure", "failure": failure}
    if isinstance(outcome, SetAside):
        return {"outcome": "set_aside", "set_aside": {"place": outcome.where, "reason": outcome.reason}}
    key = outcome.article.id
    return {
        "outcome": "article",
        "article": article_row(outcome.article),
        "passages": [passage_row(key, i, passage) for i, passage in enumerate(outcome.passages)],
        "statements": [statement_row(key, i, statement) for i, statement in enumerate(outcome.statements)],
        "rejected": [
            {"article": key, "position": i, "span": _span(each.span), "reason": each.reason}
            for i, each in enumerate(outcome.rejected)
        ],
    }


def article_row(article: Article) -> Row:
    """The row of ``articles`` for an article."""
    origin, offsets = article.origin, article.offsets
    return {
        "id": article.id,
        "place": article.where,
        "outlet": article.outlet,
        "title": article.title,
        "url": article.url,
        **when_row("published", article.published),
        "language": article.language,
        "text": article.text,
        "boilerplate": [{**_span(each.span), "reason": each.reason} for each in article.boilerplate],
        "origin": None if origin is None else {"name": origin.name, **_span(origin.span)},
        "offsets": None if offsets is None else [run._asdict() for run in offsets.runs],
        "notes": _evidence(article.notes),
        "layout": [{**_span(span), "kind": kind.value} for span, kind in article.layout],
    }


def article_from(row: Mapping[str, Any]) -> Article:
    """The article that a row of ``articles`` was made from."""
    origin, offsets = row["origin"], row["offsets"]
    return Article(
        id=row["id"],
        where=row["place"],
        text=row["text"],
        language=row["language"],
        title=row["title"],
        url=row["url"],
        outlet=row["outlet"],
        published=when_from("published", row),
        boilerplate=tuple(Boilerplate(_span_from(each), each["reason"]) for each in row["boilerplate"]),
        origin=None if origin is None else Origin(origin["name"], _span_from(origin)),
        offsets=None if offsets is None else OffsetMap(tuple(Run(**run) for run in offsets)),
        notes=_evidence_from(row["notes"] or ()),
        layout=tuple((_span_from(each), PassageKind(each["kind"])) for each in row["layout"] or ()),
    )


def passage_row(article: str, position: int, passage: Passage) -> Row:
    """The row of ``passages`` for an article's passage number ``position``."""
    return {
        "article": article,
        "position": position,
        "kind": passage.kind.value,
        "span": _span(passage.span),
        "sentences": spans_row(passage.sentences),
    }


def passage_from(row: Mapping[str, Any]) -> Passage:
    """The passage that a row of ``passages`` was made from."""
    return Passage(_span_from(row["span"]), PassageKind(row["kind"]), _spans_from(row["sentences"]))


def rejected_from(row: Mapping[str, Any]) -> Rejected:
    """The refused candidate that a row of ``rejected`` was made from."""
    return Rejected(_span_from(row["span"]), row["reason"])


def statement_row(article: str, position: int, statement: Statement) -> Row:
    """The row of ``statements`` for an article's statement number ``position``."""
    quotation, who = statement.quotation, statement.who
    return {
        "id": statement.id,
        "article": article,
        "position": position,
        "speaker": who.name if who else None,
        "speaker_kind": who.kind.value if who else None,
        "speaker_role": who.role if who else None,
        "speaker_names": list(who.names) if who else None,
        "speaker_mention": _span(who.mention) if who and who.mention else None,
        "source": statement.source,
        "cue": statement.cue,
        "content": statement.content,
        "kind": quotation.kind.value,
        "form": quotation.form.value,
        **when_row("said_on", statement.said_on),
        "addressee": statement.addressee,
        "venue": statement.venue,
        "confidence": statement.confidence,
        "span": _span(statement.span),
        "source_spans": spans_row(quotation.source),
        "cue_spans": spans_row(quotation.cue),
        "content_spans": spans_row(quotation.content),
        "evidence": _evidence(statement.evidence),
        "quotation": quotation.id,
        "quotation_confidence": quotation.confidence,
        "quotation_evidence": _evidence(quotation.evidence),
        "parent": quotation.parent,
    }


def statement_from(row: Mapping[str, Any]) -> Statement:
    """The statement that a row of ``statements`` was made from."""
    return Statement(
        id=row["id"],
        quotation=_quotation_from(row),
        who=_speaker_from(row),
        source=row["source"],
        cue=row["cue"],
        content=row["content"],
        said_on=when_from("said_on", row),
        addressee=row["addressee"],
        venue=row["venue"] or "",
        confidence=row["confidence"],
        evidence=_evidence_from(row["evidence"]),
    )


def _quotation_from(row: Mapping[str, Any]) -> Quotation:
    return Quotation(
        id=row["quotation"],
        article=row["article"],
        content=_spans_from(row["content_spans"]),
        cue=_spans_from(row["cue_spans"]),
        source=_spans_from(row["source_spans"]),
        kind=Kind(row["kind"]),
        form=Form(row["form"]),
        confidence=row["quotation_confidence"],
        evidence=_evidence_from(row["quotation_evidence"]),
        parent=row["parent"],
    )


def _speaker_from(row: Mapping[str, Any]) -> Speaker | None:
    if row["speaker"] is None:
        return None
    return Speaker(
        name=row["speaker"],
        kind=ActorKind(row["speaker_kind"]),
        names=tuple(row["speaker_names"]),
        role=row["speaker_role"],
        mention=None if row["speaker_mention"] is None else _span_from(row["speaker_mention"]),
    )


def heading_from(row: Mapping[str, Any]) -> Heading:
    """The heading of an article in a row of a list."""
    return Heading(
        id=row["id"],
        where=row["place"],
        outlet=row["outlet"],
        title=row["title"],
        url=row["url"],
        published=when_from("published", row),
        language=row["language"],
        statements=row["statements"],
    )


def when_row(name: str, when: When) -> Row:
    """The four columns of a date."""
    return {
        f"{name}_first": when.first.isoformat() if when.first else None,
        f"{name}_last": when.last.isoformat() if when.last else None,
        f"{name}_precision": when.precision.value,
        f"{name}_evidence": when.evidence,
    }


def when_from(name: str, row: Mapping[str, Any]) -> When:
    """The date whose four columns begin with ``name``."""
    first: date | None = row[f"{name}_first"]
    last: date | None = row[f"{name}_last"]
    return When(first, last, Precision(row[f"{name}_precision"]), row[f"{name}_evidence"])


def _span(span: Span) -> Row:
    return {"start": span.start, "end": span.end}


def _span_from(row: Mapping[str, Any]) -> Span:
    return Span(row["start"], row["end"])


def spans_row(spans: Iterable[Span]) -> list[Row]:
    """Spans as a column holds them."""
    return [_span(span) for span in spans]


def _spans_from(rows: Sequence[Mapping[str, Any]]) -> tuple[Span, ...]:
    return tuple(_span_from(row) for row in rows)


def _evidence(evidence: Iterable[Evidence]) -> list[Row]:
    return [{"by": each.by, "saw": each.saw, "score": each.score} for each in evidence]


def _evidence_from(rows: Sequence[Mapping[str, Any]]) -> tuple[Evidence, ...]:
    return tuple(Evidence(row["by"], row["saw"], row["score"]) for row in rows)
