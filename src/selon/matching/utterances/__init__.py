"""One thing said on one occasion, and the statements that report it, in whatever words and in either language."""

from selon.matching.utterances.matching import match_utterances
from selon.matching.utterances.records import Said, Utterance, Witness

__all__ = ["Said", "Utterance", "Witness", "match_utterances"]
