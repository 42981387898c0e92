"""The article as attribution sees it: one run of tokens with its passages, sentences and quoted stretches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from selon.attribution.grammar import Grammar
from selon.attribution.marks import Quoted, pair
from selon.languages import LanguagePack
from selon.offsets import Span
from selon.records import Article, Passage, PassageKind
from selon.tokens import Token


@dataclass(frozen=True)
class Words:
    """Tokens of all passages in text order; ``sentences`` and ``passages`` are inclusive ranges ``(first, last)`` of them.

    ``sentence_of[i]`` and ``passage_of[i]`` say which one token ``i`` belongs to, ``quoted_of[i]`` is the innermost quoted
    stretch that holds token ``i`` (marks not included), or None.
    """

    text: str
    tokens: Sequence[Token]
    sentences: Sequence[tuple[int, int]]
    sentence_of: Sequence[int]
    passages: Sequence[tuple[int, int]]
    passage_of: Sequence[int]
    kinds: Sequence[PassageKind]
    quoted: Sequence[Quoted]
    grammar: Grammar

    def __len__(self) -> int:
        return len(self.tokens)

    @cached_property
    def forms(self) -> list[str]:
        """The tokens' lower-case forms."""
        return [token.form for token in self.tokens]

    @cached_property
    def quoted_of(self) -> list[Quoted | None]:
        """For each token the innermost quoted stretch it stands in."""
        inside: list[Quoted | None] = [None] * len(self.tokens)
        for quoted in self.quoted:
            for i in range(quoted.first, quoted.last + 1):
                inside[i] = quoted
        return inside

    @cached_property
    def marks(self) -> frozenset[int]:
        """The tokens that are the marks of some quoted stretch."""
        ends = (mark for quoted in self.quoted for mark in (quoted.opening, quoted.closing))
        return frozenset(mark for mark in ends if mark is not None)

    def is_word(self, i: int) -> bool:
        """Whether token ``i`` is a word or a number, not a mark."""
        return self.tokens[i].text[0].isalnum() or self.tokens[i].text[-1].isalnum()

    def dash(self, i: int) -> bool:
        """Whether token ``i`` is a dash between blanks, which parts a clause (``4 juillet 2012. - La police``)."""
        form = self.tokens[i].text
        if form in {"–", "—"}:
            return True
        return (
            form == "-"
            and 0 < i < len(self) - 1
            and self.tokens[i - 1].end < self.tokens[i].start
            and self.tokens[i].end < self.tokens[i + 1].start
        )

    def capital(self, i: int) -> bool:
        """Whether token ``i`` begins with a capital letter."""
        return self.tokens[i].text[0].isupper()

    def sentence(self, i: int) -> tuple[int, int]:
        """First and last token of the sentence of token ``i``."""
        return self.sentences[self.sentence_of[i]]

    def span(self, first: int, last: int) -> Span:
        """The characters from token ``first`` to token ``last``, both inclusive."""
        return Span(self.tokens[first].start, self.tokens[last].end)


def read_words(article: Article, passages: Sequence[Passage], pack: LanguagePack, grammar: Grammar) -> Words:
    """The words of an article's passages, each token in exactly one sentence."""
    tokens: list[Token] = []
    sentences: list[tuple[int, int]] = []
    sentence_of: list[int] = []
    bounds: list[tuple[int, int]] = []
    passage_of: list[int] = []
    kinds: list[PassageKind] = []
    for passage in passages:
        first = len(tokens)
        for sentence in passage.sentences:
            found = pack.tokenizer(article.text, sentence.start, sentence.end)
            if not found:
                continue
            sentences.append((len(tokens), len(tokens) + len(found) - 1))
            sentence_of += [len(sentences) - 1] * len(found)
            passage_of += [len(bounds)] * len(found)
            tokens += found
        if len(tokens) > first:
            bounds.append((first, len(tokens) - 1))
            kinds.append(passage.kind)
    quoted = pair(tokens, [start for start, _ in bounds], pack)
    return Words(article.text, tokens, sentences, sentence_of, bounds, passage_of, kinds, quoted, grammar)
