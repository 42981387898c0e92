"""Passages to quotations: marks and cues propose, frames dispose, what overlaps is settled, what is refused keeps its reason."""

from __future__ import annotations

from collections.abc import Sequence

from selon.attribution.according import according
from selon.attribution.clauses import Clauses
from selon.attribution.draft import Draft, Range, pronoun_span, quoted_within
from selon.attribution.grammar import grammar
from selon.attribution.groups import Group, verb_groups
from selon.attribution.incises import incise
from selon.attribution.leftover import leftover
from selon.attribution.reported import governed
from selon.attribution.sources import Sources
from selon.attribution.words import Words, read_words
from selon.languages import LanguagePack
from selon.offsets import Span
from selon.records import Article, Evidence, Form, Kind, Passage, Quotation, Rejected, content_id


def attribute(article: Article, passages: Sequence[Passage], pack: LanguagePack) -> tuple[tuple[Quotation, ...], tuple[Rejected, ...]]:
    """The quotations of an article in text order, nested ones with their parent, and the candidates that were refused.

    Spans count in ``article.text``. Pure and deterministic. Raises PackError when the pack lacks a table.
    """
    words = read_words(article, passages, pack, grammar(pack))
    if not len(words):
        return (), ()
    groups = verb_groups(words)
    drafts, refused = _drafts(words, groups)
    kept = _settled(words, drafts)
    more, unclaimed = leftover(words, kept)
    kept = sorted([*kept, *more], key=lambda draft: (draft.first, -draft.last))
    quotations = _with_parents([_quotation(words, draft, article.id) for draft in kept])
    rejected = [Rejected(words.span(first, last), reason) for first, last, reason in [*refused, *unclaimed]]
    return tuple(quotations), tuple(sorted(rejected, key=lambda entry: entry.span))


def _drafts(words: Words, groups: list[Group]) -> tuple[list[Draft], list[tuple[int, int, str]]]:
    sources = Sources(words, groups)
    clauses = Clauses(words, {group.first: group for group in groups})
    drafts, refused = according(words)
    for group in groups:
        if _own_speech(words, group, sources):
            continue
        behind = incise(words, group, sources)
        ahead = next(governed(words, group, sources, clauses), None)
        best = behind if behind is not None and (ahead is None or behind.confidence >= ahead.confidence) else ahead
        if best is not None:
            drafts.append(best)
        else:
            refused.append((group.first, group.last, f"{group.cue.lemma}: no content found"))
    return drafts, refused


def _own_speech(words: Words, group: Group, sources: Sources) -> bool:
    """First-person verbs report nobody else: the author's, or within a speech the speaker's own."""
    if group.features.person in {1, 2}:
        third = any(analysis.features.person in {0, 3} for analysis in words.grammar.verbs.get(words.forms[group.head], ()))
        if not third:
            return True
    subject = sources.before(group) if group.subject is None else (group.subject, group.subject)
    return subject is not None and subject[0] == subject[1] and words.grammar.has(words.forms[subject[0]], "first_persons")


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


def _quotation(words: Words, draft: Draft, article: str) -> Quotation:
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
        confidence=draft.confidence,
        evidence=(Evidence(f"rule: {draft.rule}", _saw(words, draft)),),
    )


def _cue_spans(words: Words, draft: Draft) -> tuple[Span, ...]:
    """The cue without a pronoun that merely follows it: ``explique`` of ``explique-t-il``, but all of ``a-t-il ajouté``."""
    spans = []
    for first, last in draft.cue:
        end = last - 1 if draft.pronoun == last and last > first else last
        spans.append(words.span(first, end))
    return tuple(spans)


def _saw(words: Words, draft: Draft) -> str:
    return draft.cue_group.cue.lemma if draft.cue_group is not None else " ".join(words.span(*cue).of(words.text) for cue in draft.cue)


def _kind(words: Words, draft: Draft) -> Kind:
    """Direct when all words stand between marks, mixed when some do."""
    inside = [_marked(words, i) for first, last in draft.content for i in range(first, last + 1) if words.is_word(i)]
    if all(inside):
        return Kind.MIXED if draft.rule == "object in marks" else Kind.DIRECT
    outer = words.quoted_of[draft.first]
    if any(quoted.level > (outer.level if outer else -1) for first, last in draft.content for quoted in quoted_within(words, first, last)):
        return Kind.MIXED
    return Kind.INDIRECT


def _marked(words: Words, i: int) -> bool:
    return words.quoted_of[i] is not None


def _with_parents(quotations: list[Quotation]) -> list[Quotation]:
    from dataclasses import replace

    nested = []
    for quotation in quotations:
        holders = [other for other in quotations if other is not quotation and _holds(other, quotation)]
        parent = min(holders, key=_size, default=None)
        nested.append(replace(quotation, parent=parent.id) if parent is not None else quotation)
    return nested


def _holds(outer: Quotation, inner: Quotation) -> bool:
    return _size(outer) > _size(inner) and all(any(segment.contains(piece) for segment in outer.content) for piece in inner.content)


def _size(quotation: Quotation) -> int:
    return sum(segment.end - segment.start for segment in quotation.content)
