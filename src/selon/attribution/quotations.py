"""Passages to quotations: cues and marks propose, a model decides, overlaps are settled, refusals keep their reason."""

from __future__ import annotations

from collections.abc import Sequence

from selon.attribution.decide import Decider, decider_model
from selon.attribution.draft import Draft, Range
from selon.attribution.grammar import grammar
from selon.attribution.leftover import UNSPOKEN, leftover
from selon.attribution.network import Readings, network
from selon.attribution.propose import Proposal, propose
from selon.attribution.records import quotation, with_parents
from selon.attribution.settled import settled
from selon.attribution.words import Words, read_words
from selon.languages import LanguagePack
from selon.records import Article, Passage, Quotation, Rejected

_SAME = 0.8
"""Two contents that share more of their words than this (Dice) are one quotation found twice."""
_SURE = 0.8
"""From this probability on an incise goes before surer drafts."""
_Refused = list[tuple[int, int, str]]


def attribute(
    article: Article, passages: Sequence[Passage], pack: LanguagePack
) -> tuple[tuple[Quotation, ...], tuple[Rejected, ...]]:
    """The quotations of an article in text order, nested ones with their parent, and the candidates that were refused.

    Spans count in ``article.text``. Pure and deterministic. Raises PackError when the pack lacks a table.
    """
    words = read_words(article, passages, pack, grammar(pack))
    if not len(words):
        return (), ()
    model = decider_model(pack)
    readings = Readings(words, network(pack))
    kept, refused = _decided(words, readings, Decider(words, readings, model))
    kept = [settled(words, readings, draft) for draft in kept]
    kept.sort(key=lambda draft: (draft.first, -draft.last))
    quotations = with_parents([quotation(words, draft, article.id, model) for draft in kept])
    rejected = [Rejected(words.span(first, last), reason) for first, last, reason in refused]
    return tuple(quotations), tuple(sorted(rejected, key=lambda entry: entry.span))


def _decided(words: Words, readings: Readings, decider: Decider) -> tuple[list[Draft], _Refused]:
    """The drafts that hold, those with a cue first, and what was refused as (first, last token, reason)."""
    proposals, refused = propose(words, readings)
    chosen = [(draft, proposal) for proposal in proposals if (draft := decider.best(proposal.drafts)) is not None]
    kept, passed = _settled(chosen, decider)
    held = {id(proposal) for _, proposal in chosen} - {id(proposal) for proposal in passed}
    refused += [(*proposal.at, proposal.refusal) for proposal in proposals if id(proposal) not in held]
    cueless, unclaimed = leftover(words, kept)
    refused += unclaimed
    contents = {draft.content for draft in kept}
    for draft in [*cueless, *readings.without_cue(kept, cueless)]:
        scored = decider.best([draft])
        if scored is not None and scored.content not in contents:
            contents.add(scored.content)
            kept.append(scored)
        else:
            refused.append((draft.first, draft.last, UNSPOKEN))
    return kept, refused


def _settled(chosen: list[tuple[Draft, Proposal]], decider: Decider) -> tuple[list[Draft], list[Proposal]]:
    """Of drafts that claim the same words the surer one, an incise before all; a draft may lie inside another.

    A draft that must give way is chosen again among the candidates of its cue that do not clash. Comes with the
    proposals that were left with nothing.
    """
    kept = _Kept()
    passed: list[Proposal] = []
    for draft, proposal in sorted(chosen, key=lambda pair: (-_rank(pair[0]), pair[0].first)):
        held: Draft | None = draft
        if not kept.allows(draft):
            held = decider.best([one for one in proposal.drafts if kept.allows(one)])
        if held is not None:
            kept.add(held)
        else:
            passed.append(proposal)
    return kept.drafts, passed


class _Kept:
    """The drafts kept so far, found again by the tokens of their contents."""

    def __init__(self) -> None:
        self.drafts: list[Draft] = []
        self._at: dict[int, list[Draft]] = {}

    def add(self, draft: Draft) -> None:
        """Keep one more."""
        self.drafts.append(draft)
        for i in _tokens(draft.content):
            self._at.setdefault(i, []).append(draft)

    def allows(self, draft: Draft) -> bool:
        """Whether the draft clashes with none of those kept."""
        near = {id(other): other for i in _tokens(draft.content) for other in self._at.get(i, ())}
        return all(_compatible(draft, other) for other in near.values())


def _rank(draft: Draft) -> float:
    """A sure incise shows where the reporter speaks: no other content runs over it."""
    return draft.confidence + (draft.confidence > _SURE and draft.rule.startswith("incise"))


def _compatible(draft: Draft, other: Draft) -> bool:
    mine, theirs = _tokens(draft.content), _tokens(other.content)
    common = len(mine & theirs)
    if not common:
        return True
    if 2 * common / (len(mine) + len(theirs)) > _SAME:
        return False
    return common in {len(mine), len(theirs)} or (mine | _tokens(draft.cue)) <= theirs


def _tokens(ranges: Sequence[Range]) -> frozenset[int]:
    return frozenset(i for first, last in ranges for i in range(first, last + 1))
