"""Passages to quotations: marks and cues propose, frames dispose, what overlaps is settled, what is refused keeps its reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from selon.attribution.decide import MODEL, THRESHOLD, best, decider
from selon.attribution.draft import Draft, Range, pronoun_span, quoted_within
from selon.attribution.grammar import grammar
from selon.attribution.leftover import leftover
from selon.attribution.propose import propose
from selon.attribution.words import Words, read_words
from selon.languages import LanguagePack
from selon.models.linear import LinearModel
from selon.offsets import Span
from selon.records import Article, Evidence, Form, Kind, Passage, Quotation, Rejected, content_id


def attribute(
    article: Article, passages: Sequence[Passage], pack: LanguagePack
) -> tuple[tuple[Quotation, ...], tuple[Rejected, ...]]:
    """The quotations of an article in text order, nested ones with their parent, and the candidates that were refused.

    Spans count in ``article.text``. Pure and deterministic. Raises PackError when the pack lacks a table.
    """
    words = read_words(article, passages, pack, grammar(pack))
    if not len(words):
        return (), ()
    model = decider(pack)
    proposals, refused = propose(words)
    drafts = []
    for proposal in proposals:
        draft = best(words, proposal.drafts, model)
        if draft is not None and (model is None or draft.confidence >= THRESHOLD):
            drafts.append(draft)
        else:
            refused.append((*proposal.at, proposal.refusal))
    kept = _settled(words, drafts)
    more, unclaimed = leftover(words, kept)
    if model is not None:
        scored = [chosen for draft in more if (chosen := best(words, [draft], model)) is not None]
        unclaimed += [
            (draft.first, draft.last, "quoted words that nobody is said to have spoken")
            for draft in scored
            if draft.confidence < THRESHOLD
        ]
        more = [draft for draft in scored if draft.confidence >= THRESHOLD]
    kept = sorted([*kept, *more], key=lambda draft: (draft.first, -draft.last))
    quotations = _with_parents([_quotation(words, draft, article.id, model) for draft in kept])
    rejected = [Rejected(words.span(first, last), reason) for first, last, reason in [*refused, *unclaimed]]
    return tuple(quotations), tuple(sorted(rejected, key=lambda entry: entry.span))


def _settled(words: Words, drafts: list[Draft]) -> list[Draft]:
    """Of drafts that claim the same words the surer one; a draft may lie wholly inside another's content."""
    kept: list[Draft] = []
    for draft in sorted(drafts, key=lambda draft: (-draft.confidence, draft.first)):
        if all(_compatible(draft, other) for other in kept):
            kept.append(draft)
    return kept


def _compatible(draft: Draft, other: Draft) -> bool:
    mine, theirs = _tokens(draft.content), _tokens(other.content)
    common = len(mine & theirs)
    if not common:
        return True
    if 2 * common / (len(mine) + len(theirs)) > 0.8:
        return False
    whole = mine | _tokens(draft.cue)
    return common == len(mine) or common == len(theirs) or whole <= theirs


def _tokens(ranges: Sequence[Range]) -> frozenset[int]:
    return frozenset(i for first, last in ranges for i in range(first, last + 1))


def _quotation(words: Words, draft: Draft, article: str, model: LinearModel | None) -> Quotation:
    content = tuple(words.span(first, last) for first, last in draft.content)
    kind = _kind(words, draft)
    form = Form.NOMINAL if draft.nominal and kind is Kind.INDIRECT else Form.CLAUSE
    if kind is Kind.MIXED and draft.rule in {"object in marks", "object"}:
        form = Form.FRAGMENT
    if draft.pronoun is not None:
        source: tuple[Span, ...] = (pronoun_span(words, draft.pronoun),)
    else:
        source = (words.span(*draft.source),) if draft.source is not None else ()
    return Quotation(
        id=content_id("q", article, content),
        article=article,
        content=content,
        cue=_cue_spans(words, draft),
        source=source,
        kind=kind,
        form=form,
        confidence=round(model.calibrated(draft.confidence), 4) if model is not None else draft.confidence,
        evidence=_evidence(words, draft, model),
    )


def _cue_spans(words: Words, draft: Draft) -> tuple[Span, ...]:
    """The cue without a pronoun that merely follows it: ``explique`` of ``explique-t-il``, but all of ``a-t-il ajouté``."""
    spans = []
    for first, last in draft.cue:
        end = last - 1 if draft.pronoun == last and last > first else last
        spans.append(words.span(first, end))
    return tuple(spans)


def _evidence(words: Words, draft: Draft, model: LinearModel | None) -> tuple[Evidence, ...]:
    rule = Evidence(f"rule: {draft.rule}", _saw(words, draft))
    if model is None:
        return (rule,)
    return (rule, Evidence(f"model: {MODEL} {model.fingerprint[:8]}", score=round(draft.confidence, 4)))


def _saw(words: Words, draft: Draft) -> str:
    return (
        draft.cue_group.cue.lemma
        if draft.cue_group is not None
        else " ".join(words.span(*cue).of(words.text) for cue in draft.cue)
    )


def _kind(words: Words, draft: Draft) -> Kind:
    """Direct when all words stand between marks, mixed when some do."""
    inside = [_marked(words, i) for first, last in draft.content for i in range(first, last + 1) if words.is_word(i)]
    if all(inside):
        return Kind.MIXED if draft.rule == "object in marks" else Kind.DIRECT
    outer = words.quoted_of[draft.first]
    if any(
        quoted.level > (outer.level if outer else -1)
        for first, last in draft.content
        for quoted in quoted_within(words, first, last)
    ):
        return Kind.MIXED
    return Kind.INDIRECT


def _marked(words: Words, i: int) -> bool:
    return words.quoted_of[i] is not None


def _with_parents(quotations: list[Quotation]) -> list[Quotation]:
    nested = []
    for quotation in quotations:
        holders = [other for other in quotations if other is not quotation and _holds(other, quotation)]
        parent = min(holders, key=_size, default=None)
        nested.append(replace(quotation, parent=parent.id) if parent is not None else quotation)
    return nested


def _holds(outer: Quotation, inner: Quotation) -> bool:
    return _size(outer) > _size(inner) and all(
        any(segment.contains(piece) for segment in outer.content) for piece in inner.content
    )


def _size(quotation: Quotation) -> int:
    return sum(segment.end - segment.start for segment in quotation.content)
