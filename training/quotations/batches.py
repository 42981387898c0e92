"""Batches: articles with their chunks and windows, and sentences of the treebanks, as padded tensors."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from training.quotations.document import Document, build_document
from training.quotations.examples import LabelledArticle, LabelledQuotation
from training.quotations.lexical import LexicalTable
from training.quotations.tree_bank import Tree
from training.quotations.windows import CUED, UNCUED, WindowMaker

IGNORED = -100


class Featurizer:
    """Words to the numbers that ``QuotationModel.encode`` takes."""

    def __init__(self, vocabulary: Mapping[str, int], lexicon: Mapping[str, tuple[int, int]]) -> None:
        self._table, self._lexicon = LexicalTable(vocabulary), lexicon

    def numbers(self, words: Sequence[str]) -> np.ndarray:
        """The lexical numbers of ``words``, ``(words, 5)``."""
        return np.array(self._table.rows(words), np.int64)

    def extras(self, document: Document) -> np.ndarray:
        """Lemma, pattern, state of the marks and title or not, ``(words, 4)``."""
        nothing = (0, 0)
        known = [self._lexicon.get(word.lower(), nothing) for word in document.words]
        title = [int(place < document.title_end) for place in range(len(document.words))]
        return np.column_stack([np.array(known, np.int64), np.array(document.states), np.array(title)])


@dataclass(slots=True)
class Candidate:
    """A cue, or a beginning without one, with what belongs to it.

    ``labels`` None in reading, all outside when it is no cue.
    """

    first: int
    last: int
    kind: int
    low: int
    high: int
    labels: np.ndarray | None
    form: int
    type: int


@dataclass(slots=True)
class ArticleBatch:
    """Chunks of several articles side by side.

    ``places`` says where word i of article a stands: (chunk row, column).
    """

    documents: list[Document]
    makers: list[WindowMaker]
    numbers: Tensor
    extras: Tensor
    places: list[np.ndarray]
    width: int
    lengths: Tensor


def batch_articles(documents: Sequence[Document], featurizer: Featurizer) -> ArticleBatch:
    """The chunks of ``documents`` side by side."""
    chunks, places = [], []
    width = max(end - start for document in documents for start, end in document.chunks)
    for document in documents:
        numbers, extras = featurizer.numbers(document.words), featurizer.extras(document)
        flat = np.empty(len(document.words), np.int64)
        for start, end in document.chunks:
            flat[start:end] = len(chunks) * width + np.arange(end - start)
            chunks.append((numbers[start:end], extras[start:end]))
        places.append(flat)
    all_numbers = np.zeros((len(chunks), width, 5), np.int64)
    all_extras = np.zeros((len(chunks), width, 4), np.int64)
    for row, (numbers, extras) in enumerate(chunks):
        all_numbers[row, : len(numbers)], all_extras[row, : len(extras)] = numbers, extras
    makers = [WindowMaker(document) for document in documents]
    return ArticleBatch(
        list(documents),
        makers,
        torch.from_numpy(all_numbers),
        torch.from_numpy(all_extras),
        places,
        width,
        torch.tensor([len(numbers) for numbers, _ in chunks]),
    )


def tag_labels(batch: ArticleBatch, articles: Sequence[LabelledArticle]) -> tuple[Tensor, Tensor]:
    """Cue tags (0 outside, 1 first, 2 inside) and beginnings of quotations without a cue.

    ``IGNORED`` in the padding.
    """
    rows = batch.numbers.shape[0]
    cues = np.full(rows * batch.width, IGNORED)
    beginnings = np.full(rows * batch.width, IGNORED)
    for article, flat in zip(articles, batch.places, strict=True):
        cues[flat], beginnings[flat] = 0, 0
        for quotation in article.quotations:
            if quotation.cue:
                cues[flat[list(quotation.cue)]] = 2
                cues[flat[quotation.cue[0]]] = 1
            else:
                beginnings[flat[quotation.content[0]]] = 1
    return torch.from_numpy(cues.reshape(rows, -1)), torch.from_numpy(beginnings.reshape(rows, -1))


def gold_candidates(article: LabelledArticle, maker: WindowMaker) -> list[Candidate]:
    """A candidate for each annotated quotation, in their order."""
    found = []
    for quotation in article.quotations:
        first, last, kind = key_of(quotation)
        low, high = maker.bounds(first, last, kind)
        labels = np.zeros(high - low, np.int64)
        for role, places in ((1, quotation.content), (2, quotation.source)):
            inside = [place - low for place in places if low <= place < high]
            labels[inside] = role
        found.append(Candidate(first, last, kind, low, high, labels, quotation.form, quotation.type))
    return found


def false_candidates(
    article: LabelledArticle,
    document: Document,
    maker: WindowMaker,
    likely: Sequence[int],
    rng: random.Random,
    most: int,
) -> list[Candidate]:
    """Words that look like cues (``likely``) or open a quoted stretch but are none: all of their window is outside."""
    cues = {place for quotation in article.quotations for place in quotation.cue}
    begun = {quotation.content[0] for quotation in article.quotations if not quotation.cue}
    wrong = [(place, CUED) for place in likely if place not in cues]
    openings = {opening + 1 for opening, _ in document.quotes if opening + 1 < len(document.words)}
    wrong += [(place, UNCUED) for place in sorted(openings) if place not in begun]
    rng.shuffle(wrong)
    found = []
    for place, kind in wrong[:most]:
        low, high = maker.bounds(place, place, kind)
        found.append(Candidate(place, place, kind, low, high, np.zeros(high - low, np.int64), IGNORED, IGNORED))
    return found


def key_of(quotation: LabelledQuotation) -> tuple[int, int, int]:
    """First and last place and kind of what a quotation is found by: its cue, else its first word."""
    if quotation.cue:
        return quotation.cue[0], quotation.cue[-1], CUED
    return quotation.content[0], quotation.content[0], UNCUED


@dataclass(slots=True)
class WindowBatch:
    """Windows side by side, as ``Linker`` takes them, with their labels."""

    words: Tensor
    cues: Tensor
    relations: Tensor
    kinds: Tensor
    mask: Tensor
    labels: Tensor
    forms: Tensor
    types: Tensor


def batch_windows(batch: ArticleBatch, candidates: Sequence[Sequence[Candidate]]) -> WindowBatch:
    """All candidates' windows (a list an article); ``words`` and ``cues`` are places in the flattened chunks."""
    every = [(number, candidate) for number, those in enumerate(candidates) for candidate in those]
    width = max((candidate.high - candidate.low for _, candidate in every), default=1)
    words = np.zeros((len(every), width), np.int64)
    relations = np.zeros((len(every), width, 4), np.int64)
    mask = np.zeros((len(every), width), bool)
    labels = np.full((len(every), width), IGNORED)
    cues = np.zeros((len(every), 2), np.int64)
    for row, (number, candidate) in enumerate(every):
        flat, length = batch.places[number], candidate.high - candidate.low
        words[row, :length] = flat[candidate.low : candidate.high]
        relations[row, :length] = batch.makers[number].features(
            candidate.first, candidate.last, candidate.low, candidate.high
        )
        mask[row, :length] = True
        cues[row] = flat[candidate.first], flat[candidate.last]
        if candidate.labels is not None:
            labels[row, :length] = candidate.labels
    kinds = np.array([candidate.kind for _, candidate in every], np.int64)
    forms = np.array([candidate.form for _, candidate in every], np.int64)
    types = np.array([candidate.type for _, candidate in every], np.int64)
    return WindowBatch(
        *(torch.from_numpy(array) for array in (words, cues, relations, kinds, mask, labels, forms, types))
    )


def batch_trees(trees: Sequence[Tree], featurizer: Featurizer) -> tuple[Tensor, ...]:
    """Numbers, extras, lengths, parts, heads, relations.

    Unknown parts and relations and the padding are ``IGNORED``.
    """
    width = max(len(tree.words) for tree in trees)
    numbers = np.zeros((len(trees), width, 5), np.int64)
    extras = np.zeros((len(trees), width, 4), np.int64)
    lengths = np.array([len(tree.words) for tree in trees])
    parts, heads, relations = (np.full((len(trees), width), IGNORED) for _ in range(3))
    for row, tree in enumerate(trees):
        length = len(tree.words)
        document = build_document(tree.words)
        numbers[row, :length], extras[row, :length] = featurizer.numbers(tree.words), featurizer.extras(document)
        extras[row, :length, 3] = 0
        known = np.array(tree.relations) > 0
        parts[row, :length] = np.where(np.array(tree.parts) > 0, tree.parts, IGNORED)
        heads[row, :length] = np.where(known, tree.heads, IGNORED)
        relations[row, :length] = np.where(known, tree.relations, IGNORED)
    return tuple(torch.from_numpy(array) for array in (numbers, extras, lengths, parts, heads, relations))


def documents_of(articles: Sequence[LabelledArticle]) -> list[Document]:
    """The document of each article."""
    return [build_document(article.words) for article in articles]
