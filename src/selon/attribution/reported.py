"""Speech governed by its verb: ``dit que``, ``promet de``, ``exige sa démission``, ``accuse Y de Z``."""

from __future__ import annotations

from collections.abc import Iterator

from selon.attribution.clauses import Clauses
from selon.attribution.complements import bare_clause, clause_after_colon, quote_after_colon, that_clause
from selon.attribution.draft import Draft
from selon.attribution.governor import Governor
from selon.attribution.groups import Group
from selon.attribution.infinitives import infinitive_clause
from selon.attribution.objects import about_somebody, adjective, linked_object, nominal_object, quoted_object
from selon.attribution.sources import Sources
from selon.attribution.words import Words

_FRAMES = (
    that_clause,
    quote_after_colon,
    clause_after_colon,
    quoted_object,
    infinitive_clause,
    about_somebody,
    adjective,
    nominal_object,
    linked_object,
    bare_clause,
)


def governed(words: Words, group: Group, sources: Sources, clauses: Clauses) -> Iterator[Draft]:
    """Every draft in which the group governs its content; which of them holds is decided later."""
    verb = Governor(words, group, sources, clauses)
    for frame in _FRAMES:
        draft = frame(verb)
        if draft is not None:
            yield draft
