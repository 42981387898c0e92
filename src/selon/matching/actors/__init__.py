"""Actors across articles: which speakers of a pile are one person or body."""

from selon.matching.actors.appearances import Said
from selon.matching.actors.decided import Anchor, Decided, decided
from selon.matching.actors.matching import Cast, match_actors
from selon.matching.actors.register import Entry, Register, bare, built_in, with_entries

__all__ = [
    "Anchor",
    "Cast",
    "Decided",
    "Entry",
    "Register",
    "Said",
    "bare",
    "built_in",
    "decided",
    "match_actors",
    "with_entries",
]
