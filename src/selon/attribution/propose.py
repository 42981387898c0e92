"""Every cue with the contents it may have: what the model then chooses from."""

from __future__ import annotations

from dataclasses import dataclass, replace

from selon.attribution.according import according
from selon.attribution.alternatives import alternatives
from selon.attribution.clauses import Clauses
from selon.attribution.draft import Draft, Range, whole
from selon.attribution.groups import Group, verb_groups
from selon.attribution.incises import incise, said_before
from selon.attribution.network import Readings
from selon.attribution.noun_cues import noun_drafts
from selon.attribution.reported import governed
from selon.attribution.sources import Sources
from selon.attribution.unknown import unknown_groups
from selon.attribution.words import Words


@dataclass(frozen=True, slots=True)
class Proposal:
    """One cue and its candidates; ``at`` is its range of tokens, ``refusal`` the reason to give when none is taken."""

    at: Range
    drafts: tuple[Draft, ...]
    refusal: str


def propose(words: Words, readings: Readings) -> tuple[list[Proposal], list[tuple[int, int, str]]]:
    """The proposals of an article in text order of kinds, and cues refused outright as (first, last token, reason)."""
    proposals, refused = _by_rules(words)
    joined = [
        replace(proposal, drafts=(*proposal.drafts, *readings.candidates(proposal.at, proposal.drafts)))
        for proposal in proposals
    ]
    joined += [
        Proposal(draft.cue[0], (draft,), "seen by the network alone, and not likely")
        for draft in readings.alone(proposal.at for proposal in proposals)
    ]
    return joined, refused


def _by_rules(words: Words) -> tuple[list[Proposal], list[tuple[int, int, str]]]:
    """What cues, frames and marks propose."""
    groups = verb_groups(words)
    groups = sorted([*groups, *unknown_groups(words, groups)], key=lambda group: group.first)
    sources = Sources(words, groups)
    clauses = Clauses(words, {group.first: group for group in groups})
    adjuncts, refused = according(words)
    proposals = [_proposal(words, draft.cue[0], [draft], "according to: not likely") for draft in adjuncts]
    for group in groups:
        if _own_speech(words, group, sources):
            continue
        behind = incise(words, group, sources)
        earlier = said_before(words, group, sources)
        drafts = [draft for draft in (behind, earlier) if draft is not None]
        drafts += governed(words, group, sources, clauses)
        at = (group.first, group.last)
        if drafts:
            proposals.append(_proposal(words, at, drafts, f"{group.cue.lemma}: not likely to report speech here"))
        else:
            refused.append((*at, f"{group.cue.lemma}: no content found"))
    for at, draft in noun_drafts(words, clauses):
        proposals.append(_proposal(words, at, [draft], f"{words.forms[at[1]]}: not likely to report speech here"))
    return proposals, refused


def _proposal(words: Words, at: Range, drafts: list[Draft], refusal: str) -> Proposal:
    variants = tuple(whole(words, variant) for draft in drafts for variant in alternatives(words, draft))
    return Proposal(at, variants, refusal)


def _own_speech(words: Words, group: Group, sources: Sources) -> bool:
    """First-person verbs report nobody else: the author's, or within a speech the speaker's own."""
    if group.features.person in {1, 2}:
        readings = words.grammar.verbs.get(words.forms[group.head], ())
        if all(reading.features.person in {1, 2} for reading in readings):
            return True
    subject = sources.before(group) if group.subject is None else (group.subject, group.subject)
    return subject is not None and subject[0] == subject[1] and words.has(subject[0], "first_persons")
