"""Across articles: who the actors are, which statements report one utterance, who copied whom."""
