"""A reporting verb as the frames see it: what it may govern, how far, and the draft that comes of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from selon.attribution.clauses import Clauses
from selon.attribution.draft import Draft, Range
from selon.attribution.grammar import ADVERBIALS
from selon.attribution.groups import Group
from selon.attribution.phrases import phrase_end
from selon.attribution.sources import Sources
from selon.attribution.words import Words

_AGENT = 14
"""How many tokens may stand between a passive and its agent: « a été qualifiée d'erreur par le maire »."""
_AGENTLESS = frozenset({"infinitive", "about somebody", "que"})
"""Rules whose passive may lack an agent: « il a été demandé que »."""
_NO_SOURCE = 0.15
"""How much less likely a draft is when no source was found."""


@dataclass(frozen=True)
class Governor:
    """A verb group in its article, with the subjects and clause ends that belong to it."""

    words: Words
    group: Group
    sources: Sources
    clauses: Clauses

    @cached_property
    def stop(self) -> int:
        """The last token that the verb can govern: the end of its sentence, or of the marks that it stands in."""
        _, stop = self.words.sentence(self.group.last)
        outer = self.words.quoted_of[self.group.head]
        return min(stop, outer.last) if outer is not None else stop

    def draft(self, content: Range | None, rule: str, confidence: float, *, nominal: bool = False) -> Draft | None:
        """The draft with the verb as cue and its subject (in the passive its agent) as source, if there is content."""
        group = self.group
        if content is None:
            return None
        source = self.sources.before(group) if group.subject is None else None
        if group.passive:
            source = self._agent()
            if source is None and rule not in _AGENTLESS:
                return None
        if source is None and group.subject is None:
            confidence -= _NO_SOURCE
        return Draft((content,), ((group.first, group.last),), source, rule, confidence, group, group.subject, nominal)

    def past_adverbs(self, i: int) -> int:
        """The first token from ``i`` behind adverbs, dates and negative words; past ``stop`` when nothing is left."""
        words = self.words
        while i <= self.stop:
            opens = words.forms[i] in words.grammar.openers
            length = max(words.starts(i, name) for name in ADVERBIALS) if opens else 0
            if length > 1 or (length and not words.has(i, "determiners", "prepositions")):
                i += length
            elif words.has(i, "negative_words"):
                i += 1
            else:
                break
        return i

    def _agent(self) -> Range | None:
        """Who does it in a passive: the phrase after « par », behind the group or behind the content."""
        words, last = self.words, self.group.last
        _, stop = words.sentence(last)
        for i in range(last + 1, min(stop - 1, last + _AGENT) + 1):
            if words.among(i, "by"):
                return (i + 1, phrase_end(words, i + 1, stop))
        return None


def parenthesis(words: Words, comma: int, stop: int, wanted: frozenset[str]) -> bool:
    """Whether a comma opens or closes a short parenthesis right before one of the forms: « a affirmé, mardi, que »."""
    return any(
        words.forms[k] == "," and words.forms[k + 1] in wanted for k in range(comma, min(comma + 9, stop - 1) + 1)
    )
