"""How likely two things belong together: log-linear models over columns of numbers, a value a pair."""

from selon.models.pairing.scorer import PairScorer, load_scorers

__all__ = ["PairScorer", "load_scorers"]
