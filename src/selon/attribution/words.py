"""The article as attribution sees it: one run of tokens with its passages, sentences and quoted stretches."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from selon.attribution.finite import FiniteVerbs, finite_verbs
from selon.attribution.grammar import Grammar, longest
from selon.attribution.marks import Quoted, mended, pair
from selon.languages import LanguagePack
from selon.offsets import Span
from selon.records import Article, Passage, PassageKind
from selon.tokens import Token


@dataclass(frozen=True)
class Words:
    """Tokens of all passages in text order; ``sentences`` and ``passages`` are inclusive ranges of them.

    ``sentence_of[i]`` and ``passage_of[i]`` say which one token ``i`` belongs to; ``quoted`` are the quoted stretches
    in text order, an outer one before those inside it. Every ``i`` in a signature is the index of a token.
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
    judge: FiniteVerbs | None = None

    def __len__(self) -> int:
        return len(self.tokens)

    @cached_property
    def forms(self) -> list[str]:
        """The tokens' lower-case forms."""
        return [token.form for token in self.tokens]

    @cached_property
    def quoted_of(self) -> list[Quoted | None]:
        """For each token the innermost quoted stretch it stands in, marks not included."""
        inside: list[Quoted | None] = [None] * len(self.tokens)
        for quoted in self.quoted:
            inside[quoted.first : quoted.last + 1] = [quoted] * (quoted.last + 1 - quoted.first)
        return inside

    @cached_property
    def opened_by(self) -> dict[int, Quoted]:
        """The quoted stretch that each opening mark opens."""
        return {quoted.opening: quoted for quoted in reversed(self.quoted) if quoted.opening is not None}

    def running_past(self, first: int, stop: int) -> Quoted | None:
        """The outer stretch that opens in ``first..stop`` and ends behind it: speech that a sentence's end cuts."""
        for i in range(stop, first - 1, -1):
            quoted = self.opened_by.get(i)
            if quoted is not None and quoted.level == 0:
                return quoted if quoted.last > stop else None
        return None

    @cached_property
    def closed_by(self) -> dict[int, Quoted]:
        """The quoted stretch that each closing mark closes."""
        return {quoted.closing: quoted for quoted in reversed(self.quoted) if quoted.closing is not None}

    @cached_property
    def marks(self) -> frozenset[int]:
        """The tokens that are the marks of some quoted stretch."""
        return frozenset(self.opened_by) | frozenset(self.closed_by)

    @cached_property
    def partners(self) -> dict[int, int]:
        """For each mark of a stretch that has both, the other one."""
        found: dict[int, int] = {}
        for quoted in self.quoted:
            if quoted.opening is not None and quoted.closing is not None:
                found[quoted.opening], found[quoted.closing] = quoted.closing, quoted.opening
        return found

    @cached_property
    def mended_marks(self) -> dict[int, str]:
        """For the marks of a stretch that opens with one kind and closes with another: a mark of one kind."""
        return mended(self.tokens, self.quoted, self.grammar.mark_pairs)

    @cached_property
    def speech_at(self) -> dict[int, list[Quoted]]:
        """For each token of a speech that runs over several passages its outer stretches."""
        return {i: parts for parts in self.speeches for quoted in parts for i in range(quoted.first, quoted.last + 1)}

    @cached_property
    def speeches(self) -> list[list[Quoted]]:
        """The outer stretches of each speech that runs over more than one passage."""
        found: list[list[Quoted]] = []
        for quoted in self.quoted:
            if quoted.level == 0:
                if quoted.goes_on and found:
                    found[-1].append(quoted)
                else:
                    found.append([quoted])
        return [parts for parts in found if len(parts) > 1]

    def is_word(self, i: int) -> bool:
        """Whether it is a word or a number, not a mark."""
        return self._worded[i]

    def capital(self, i: int) -> bool:
        """Whether it begins with a capital letter."""
        return self._capitals[i]

    def dash(self, i: int) -> bool:
        """Whether it is a dash between blanks, which parts a clause (``4 juillet 2012. - La police``)."""
        return i in self._dashes

    def has(self, i: int, *names: str) -> bool:
        """Whether its form is of one of the named closed classes."""
        return self.forms[i] in self.grammar.unions[names]

    def among(self, i: int, option: str) -> bool:
        """Whether its form stands in the named list of ``[grammar]`` in pack.toml."""
        return self.forms[i] in self.grammar.options[option]

    def starts(self, i: int, name: str) -> int:
        """How many tokens from it the longest phrase of the closed class takes; 0 if none begins there."""
        phrases, forms = self.grammar.phrases[name], self.forms
        return longest(phrases, forms, i) if i < len(forms) and forms[i] in phrases else 0

    def ends(self, i: int, name: str) -> int:
        """How many tokens up to it the longest phrase of the closed class takes; 0 if none ends there."""
        return self.grammar.ends(self.forms, i, name)

    def finite(self, i: int) -> bool:
        """Whether it is a finite verb: by the pack's model, or without one when its form can be."""
        return self._finite[i]

    @cached_property
    def finites(self) -> list[int]:
        """The finite verbs, in order."""
        return [i for i, finite in enumerate(self._finite) if finite]

    @cached_property
    def plain(self) -> list[int]:
        """The words and numbers, in order."""
        return [i for i, worded in enumerate(self._worded) if worded]

    def plain_within(self, first: int, last: int) -> list[int]:
        """The words and numbers in ``first..last``."""
        return self.plain[bisect_left(self.plain, first) : bisect_right(self.plain, last)]

    def determined(self, i: int, start: int = 0) -> bool:
        """Whether a determiner or preposition stands right before it, at ``start`` or later: then it is a noun."""
        return i > start and self.has(i - 1, "determiners", "prepositions")

    def is_verb(self, i: int) -> bool:
        """Whether it is a finite verb, neither a name nor a noun behind its determiner (``la demande``)."""
        return self.finite(i) and not self.determined(i) and not self.capital(i)

    def sentence(self, i: int) -> tuple[int, int]:
        """First and last token of its sentence."""
        return self.sentences[self.sentence_of[i]]

    def span(self, first: int, last: int) -> Span:
        """The characters from token ``first`` to token ``last``, both inclusive."""
        return Span(self.tokens[first].start, self.tokens[last].end)

    @cached_property
    def _finite(self) -> list[bool]:
        possible = [self.grammar.finite(form) for form in self.forms]
        if self.judge is None:
            return possible
        judged: list[bool] = []
        for first, last in self.sentences:
            judged += self.judge(self.tokens[first : last + 1])
        helping = (form in self.grammar.auxiliaries for form in self.forms)
        return [verb or (can and helps) for verb, can, helps in zip(judged, possible, helping, strict=True)]

    @cached_property
    def _worded(self) -> list[bool]:
        return [token.text[0].isalnum() or token.text[-1].isalnum() for token in self.tokens]

    @cached_property
    def _capitals(self) -> list[bool]:
        return [token.text[0].isupper() for token in self.tokens]

    @cached_property
    def _dashes(self) -> frozenset[int]:
        return frozenset(
            i
            for i, token in enumerate(self.tokens)
            if token.text in {"–", "—"} or (token.text == "-" and self._between_blanks(i))
        )

    def _between_blanks(self, i: int) -> bool:
        tokens = self.tokens
        return 0 < i < len(self) - 1 and tokens[i - 1].end < tokens[i].start and tokens[i].end < tokens[i + 1].start


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
    return Words(
        article.text, tokens, sentences, sentence_of, bounds, passage_of, kinds, quoted, grammar, finite_verbs(pack)
    )
