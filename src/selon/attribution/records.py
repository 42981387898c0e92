"""Drafts to records: the characters of a quotation, its kind and form, its evidence and its parent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from selon.attribution.decide import MODEL
from selon.attribution.draft import Draft, pronoun_span, quoted_within
from selon.attribution.words import Words
from selon.models.linear import LinearModel
from selon.offsets import Span
from selon.records import Evidence, Form, Kind, Quotation, content_id


def quotation(words: Words, draft: Draft, article: str, model: LinearModel | None) -> Quotation:
    """The record of a draft in the article with that id; its confidence is calibrated when a model gave it."""
    content = tuple(words.span(first, last) for first, last in draft.content)
    kind = _kind(words, draft)
    return Quotation(
        id=content_id("q", article, content),
        article=article,
        content=content,
        cue=_cue(words, draft),
        source=_source(words, draft),
        kind=kind,
        form=_form(draft, kind),
        confidence=round(model.calibrated(draft.confidence), 4) if model is not None else draft.confidence,
        evidence=_evidence(words, draft, model),
    )


def with_parents(quotations: Sequence[Quotation]) -> list[Quotation]:
    """The quotations, given in text order, those whose content lies in another's with the id of the smallest such."""
    nested = []
    begun: list[Quotation] = []
    sized = [(each, _size(each)) for each in quotations]
    sizes = {id(each): size for each, size in sized}
    for number, (each, size) in enumerate(sized):
        start = each.content[0].start
        begun = [other for other in begun if other.content[-1].end > start]
        twins = []
        for other, _ in sized[number + 1 :]:
            if other.content[0].start > start:
                break
            twins.append(other)
        holders = [other for other in (*begun, *twins) if sizes[id(other)] > size and _holds(other, each)]
        parent = min(holders, key=lambda other: sizes[id(other)], default=None)
        nested.append(replace(each, parent=parent.id) if parent is not None else each)
        begun.append(each)
    return nested


def _kind(words: Words, draft: Draft) -> Kind:
    """Direct when all words stand between marks, mixed when some do."""
    content = (i for first, last in draft.content for i in range(first, last + 1) if words.is_word(i))
    if all(words.quoted_of[i] is not None for i in content):
        return Kind.MIXED if draft.rule == "object in marks" else Kind.DIRECT
    outer = words.quoted_of[draft.first]
    level = outer.level if outer is not None else -1
    inner = (quoted for first, last in draft.content for quoted in quoted_within(words, first, last))
    return Kind.MIXED if any(quoted.level > level for quoted in inner) else Kind.INDIRECT


def _form(draft: Draft, kind: Kind) -> Form:
    if kind is Kind.MIXED and draft.rule in {"object in marks", "object"}:
        return Form.FRAGMENT
    return Form.NOMINAL if kind is Kind.INDIRECT and draft.nominal else Form.CLAUSE


def _source(words: Words, draft: Draft) -> tuple[Span, ...]:
    if draft.pronoun is not None:
        return (pronoun_span(words, draft.pronoun),)
    return (words.span(*draft.source),) if draft.source is not None else ()


def _cue(words: Words, draft: Draft) -> tuple[Span, ...]:
    """The cue without a pronoun that merely follows it: ``explique`` of ``explique-t-il``, all of ``a-t-il ajouté``."""
    return tuple(
        words.span(first, last - 1 if draft.pronoun == last and last > first else last) for first, last in draft.cue
    )


def _evidence(words: Words, draft: Draft, model: LinearModel | None) -> tuple[Evidence, ...]:
    """Which rule made the draft and the cue it saw, and which model gave it what score."""
    if draft.cue_group is not None:
        saw = draft.cue_group.cue.lemma
    else:
        saw = " ".join(words.span(*cue).of(words.text) for cue in draft.cue)
    rule = Evidence(f"rule: {draft.rule}", saw)
    if model is None:
        return (rule,)
    return (rule, Evidence(f"model: {MODEL} {model.fingerprint[:8]}", score=round(draft.confidence, 4)))


def _holds(outer: Quotation, inner: Quotation) -> bool:
    return all(any(segment.contains(piece) for segment in outer.content) for piece in inner.content)


def _size(quotation: Quotation) -> int:
    return sum(segment.end - segment.start for segment in quotation.content)
