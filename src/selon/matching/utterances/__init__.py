"""One thing said on one occasion, and the statements that report it, in whatever words and in either language."""

from selon.matching.utterances.matching import match_utterances
from selon.matching.utterances.records import Reported, Utterance, Witness

__all__ = ["Reported", "Utterance", "Witness", "match_utterances"]
