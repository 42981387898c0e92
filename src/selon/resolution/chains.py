"""Pronouns that go on speaking of somebody between two quotations (``Il fut présentateur. … il migra vers TF1``)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from selon.offsets import Span
from selon.resolution.lexicon import Lexicon, Pronoun
from selon.resolution.mentions import Sentence
from selon.tokens import Token


def subject_pronouns(sentence: Sentence, words: Lexicon) -> Iterator[tuple[Span, Pronoun]]:
    """The subject pronouns of a sentence that mean somebody, in order; ``il faut``, ``il est temps de`` mean nobody."""
    for at, token in enumerate(sentence.tokens):
        if token.form in words.subjects and not _impersonal(sentence.tokens, at, words):
            yield Span(token.start, token.end), words.pronouns[token.form]


def _impersonal(tokens: Sequence[Token], at: int, words: Lexicon) -> bool:
    behind = [token.form for token in tokens[at + 1 : at + 1 + _REACH]]
    if not behind:
        return True
    if behind[0] in words.impersonal or " ".join(behind[:2]) in words.impersonal:
        return True
    return behind[0] in words.copulas and not words.copula_links.isdisjoint(behind[2:])


_REACH = 4
