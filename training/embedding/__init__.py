"""Bilingual word vectors (fr, en in one space), trained from parallel sentences."""
