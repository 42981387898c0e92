"""Propositions, where statements stand on them, and who contradicts whom."""

from selon.discourse.positions.codebook import read_codebook
from selon.discourse.positions.contradictions import Stand, contradictions
from selon.discourse.positions.corrections import Correction
from selon.discourse.positions.records import Page, Saying
from selon.discourse.positions.suggest import suggest_propositions
from selon.discourse.positions.take import take_positions
from selon.discourse.positions.wordings import Wording, wording_contradictions

__all__ = [
    "Correction",
    "Page",
    "Saying",
    "Stand",
    "Wording",
    "contradictions",
    "read_codebook",
    "suggest_propositions",
    "take_positions",
    "wording_contradictions",
]
