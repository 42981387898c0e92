"""What copies are found from, and what is known of a pair of articles before copies are told from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from selon.languages import load_pack
from selon.matching.copies.anchors import anchors
from selon.matching.copies.beads import Side
from selon.matching.copies.marks import MarkFound, translation_marks
from selon.matching.copies.quoted import quoted_spans
from selon.matching.copies.words import Words, words_of
from selon.models.embedding import Encoder, load_encoder
from selon.offsets import Span
from selon.records import Article, CopyKind, Evidence, SharedPassage

MOST_SENTENCES = 400
"""Of a longer article the first so many are laid beside another's."""


@dataclass(frozen=True)
class Printed:
    """An article with its sentences in text order, and what comparing it needs, worked out once when asked for.

    ``encoder`` says what sentences mean; ours, where none is given.
    """

    article: Article
    sentences: Sequence[Span]
    encoder: Encoder | None = None

    @cached_property
    def words(self) -> Words:
        """Its words outside the page furniture."""
        words = words_of(self.article.text)
        outside = ~_inside(words.starts, [each.span for each in self.article.boilerplate])
        return Words(words.starts[outside], words.ends[outside], words.hashes[outside])

    @cached_property
    def own(self) -> NDArray[np.bool_]:
        """Which of its words stand outside quotation marks."""
        return ~_inside(self.words.starts, quoted_spans(self.article.text, load_pack(self.article.language)))

    @cached_property
    def side(self) -> Side:
        """Its sentences as they are laid beside those of another language."""
        texts = [span.of(self.article.text) for span in self.sentences[:MOST_SENTENCES]]
        return Side([anchors(text) for text in texts], [len(text) for text in texts])

    @cached_property
    def vectors(self) -> NDArray[np.float32]:
        """What each sentence means: a row of length 1 a sentence."""
        texts = [span.of(self.article.text) for span in self.sentences[:MOST_SENTENCES]]
        return (self.encoder or load_encoder()).encode(texts, [self.article.language] * len(texts))

    @cached_property
    def marks(self) -> tuple[MarkFound, ...]:
        """The marks of translation in it."""
        furniture = [part.span for part in self.article.boilerplate]
        return translation_marks(self.article.text, load_pack(self.article.language), furniture)


@dataclass(frozen=True, slots=True)
class Judged:
    """Two articles and what they share, before it is known who came first.

    ``covered`` is the share of each one's words that the passages cover, ``kind`` what it would be if one were taken
    from the other, ``score`` 0 to 1. In every passage ``derived`` is of the left article, ``origin`` of the right.
    """

    left: Printed
    right: Printed
    kind: CopyKind
    score: float
    passages: tuple[SharedPassage, ...]
    covered: tuple[float, float]
    evidence: tuple[Evidence, ...] = ()
    features: Mapping[str, float] = field(default_factory=dict)


def _inside(places: NDArray[np.int64], spans: Sequence[Span]) -> NDArray[np.bool_]:
    """Which places lie in one of the spans."""
    if not spans:
        return np.zeros(len(places), dtype=bool)
    ordered = sorted(spans)
    starts = np.array([span.start for span in ordered])
    ends = np.maximum.accumulate([span.end for span in ordered])
    at = np.searchsorted(starts, places, side="right") - 1
    inside: NDArray[np.bool_] = (at >= 0) & (places < ends[np.maximum(at, 0)])
    return inside
