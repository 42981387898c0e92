"""How well selon does on annotated articles, held to floors: ``python -m evaluation.gate``."""
