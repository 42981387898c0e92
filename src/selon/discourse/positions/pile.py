"""Pages, sayings and propositions as arrays: what every later step counts with."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from selon.discourse.positions.records import Page, Saying, WordVectors
from selon.discourse.positions.words import Bags, Floats, Ints, Vocabulary, rarity
from selon.records import Proposition

_NEAR, _NEAR_ALSO = 0.088, 0.1
_SHARE_OF_PAGES, _FEWEST_PAGES, _MOST_PAGES = 0.08, 4, 60
_NEAREST = 8
_SHARED_START = 5
_ALIKE = 0.65
_SOFT_FROM, _SOFT_TO, _SOFT_MOST = 0.4, 0.85, 0.9


@dataclass(frozen=True, slots=True)
class Pile:
    """The arrays. Rows: ``pages``, ``sayings`` (by page, in text order), ``wordings`` of propositions.

    ``page_of`` and ``first_sentence``, ``last_sentence`` (in the run of all sentences) are those of each saying;
    ``sentence_starts`` where the sentences of each page begin; ``proposition_of`` the proposition of each wording;
    ``near`` the pages of one event with each page (-1 fills the row up); ``vectors`` those of the words, a vector's
    length being the word's weight; ``rarity`` says how rare each word's stem is in this pile.
    """

    sentences: Bags
    contents: Bags
    whole_contents: Bags
    cues: Bags
    wordings: Bags
    whole_wordings: Bags
    proposition_of: Ints
    propositions: int
    page_of: Ints
    first_sentence: Ints
    last_sentence: Ints
    sentence_starts: Ints
    near: Ints
    vocabulary: Vocabulary
    stems: Sequence[str]
    vectors: Floats
    rarity: Floats


def heap(
    pages: Sequence[Page], sayings: Sequence[Saying], propositions: Sequence[Proposition], encoder: WordVectors
) -> Pile:
    """The arrays of a pile. ``sayings`` must be sorted by page, in the order of ``pages``, then by place."""
    vocabulary = Vocabulary()
    rows = {page.id: row for row, page in enumerate(pages)}
    page_of = np.asarray([rows[each.page] for each in sayings], dtype=np.int64)
    texts = [(page.text[span.start : span.end], page.language) for page in pages for span in page.sentences]
    sentences = vocabulary.bags((text for text, _ in texts), (language for _, language in texts))
    contents = vocabulary.bags((each.content for each in sayings), (pages[row].language for row in page_of))
    cues = vocabulary.bags((each.cue for each in sayings), (pages[row].language for row in page_of))
    worded = [(row, wording, one.language) for row, one in enumerate(propositions) for wording in one.wordings]
    wordings = vocabulary.bags((text for _, text, _ in worded), (language for _, _, language in worded))
    vocabulary.bags(
        (text for one in propositions for text in (*one.pro, *one.con)),
        (one.language for one in propositions for _ in (*one.pro, *one.con)),
    )
    stems = vocabulary.stems()
    starts = np.concatenate(([0], np.cumsum([len(page.sentences) for page in pages]))).astype(np.int64)
    bare = vocabulary.lexical(sentences)
    first, last = _sentences_of(pages, sayings, page_of, starts)
    rare = _rarity(bare, starts, stems)
    return Pile(
        sentences=bare,
        contents=vocabulary.lexical(contents),
        whole_contents=contents,
        cues=cues,
        wordings=vocabulary.lexical(wordings),
        whole_wordings=wordings,
        proposition_of=np.asarray([row for row, _, _ in worded], dtype=np.int64),
        propositions=len(propositions),
        page_of=page_of,
        first_sentence=first,
        last_sentence=last,
        sentence_starts=starts,
        near=_near(bare, starts, (stems, rare), _witnessing(sayings, page_of, len(pages))),
        vocabulary=vocabulary,
        stems=stems,
        vectors=vocabulary.vectors(encoder),
        rarity=rare,
    )


def unit(rows: Floats) -> Floats:
    """Rows at length 1; zeros stay."""
    lengths = np.maximum(np.linalg.norm(rows, axis=-1, keepdims=True), np.float32(1e-9))
    out: Floats = (rows / lengths).astype(np.float32)
    return out


def likeness(pile: Pile, words: Ints) -> tuple[Floats, Floats]:
    """How like each word of the pile is to each of ``words``, 0 to 1: by stem alone, and by stem or vector."""
    stems = [pile.stems[word] for word in words]
    by_stem: dict[str, list[int]] = {}
    by_start: dict[str, list[str]] = {}
    for column, each in enumerate(stems):
        by_stem.setdefault(each, []).append(column)
    for each in by_stem:
        if len(each) >= _SHARED_START and not each.isdigit():
            by_start.setdefault(each[:_SHARED_START], []).append(each)
    spelt = np.zeros((len(pile.stems), len(words)), dtype=np.float32)
    for row, each in enumerate(pile.stems):
        if each in by_stem:
            spelt[row, by_stem[each]] = 1.0
        for other in by_start.get(each[:_SHARED_START], ()):
            alike = _shared_start(each, other) / max(len(each), len(other))
            if alike >= _ALIKE and other != each:
                spelt[row, by_stem[other]] = 0.9 * alike
    directions = unit(pile.vectors)
    cosines = directions @ directions[words].T
    meant = np.clip((cosines - _SOFT_FROM) / (_SOFT_TO - _SOFT_FROM), 0, 1) * np.float32(_SOFT_MOST)
    return spelt, np.maximum(spelt, meant).astype(np.float32)


def _shared_start(one: str, other: str) -> int:
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _sentences_of(pages: Sequence[Page], sayings: Sequence[Saying], page_of: Ints, starts: Ints) -> tuple[Ints, Ints]:
    """The first and the last sentence that each saying touches; the last one before it where it touches none."""
    begins = [np.asarray([span.start for span in page.sentences], dtype=np.int64) for page in pages]
    first = np.zeros(len(sayings), dtype=np.int64)
    last = np.zeros(len(sayings), dtype=np.int64)
    for row, each in enumerate(sayings):
        of = begins[page_of[row]]
        low = max(int(np.searchsorted(of, each.span.start, side="right")) - 1, 0)
        high = max(int(np.searchsorted(of, each.span.end, side="left")) - 1, low)
        first[row], last[row] = starts[page_of[row]] + low, starts[page_of[row]] + high
    return first, last


def _rarity(sentences: Bags, starts: Ints, stems: Sequence[str]) -> Floats:
    """How rare each word's stem is among the pages."""
    bounds = sentences.starts[starts]
    pages = [{stems[word] for word in np.unique(sentences.words[low:high])} for low, high in itertools.pairwise(bounds)]
    known = rarity(pages)
    most = max(known.values(), default=1.0)
    return np.asarray([known.get(each, most) for each in stems], dtype=np.float32)


def _witnessing(sayings: Sequence[Saying], page_of: Ints, pages: int) -> list[Ints]:
    """For each page the pages that report an utterance with it, once for each such utterance."""
    reports: dict[str, set[int]] = {}
    for each, page in zip(sayings, page_of.tolist(), strict=True):
        if each.utterance:
            reports.setdefault(each.utterance, set()).add(page)
    out: list[list[int]] = [[] for _ in range(pages)]
    for reporting in reports.values():
        among = sorted(reporting)[:_MOST_PAGES]
        for page in among:
            out[page] += [other for other in among if other != page]
    return [np.asarray(each, dtype=np.int64) for each in out]


def _near(sentences: Bags, starts: Ints, words: tuple[Sequence[str], Floats], witnessing: Sequence[Ints]) -> Ints:
    """For each page those of its event: they report an utterance with it, or share many rare stems with it.

    Those that report most utterances with it first, then by stems: the cosine over squared rarities (``words`` holds
    the stem and the rarity of each word), counted over the stems of few pages alone, for the others join no two pages
    of one event; names and places survive translation. A page with other witnesses needs more of them to be joined.
    """
    stems, rare = words
    count = len(starts) - 1
    bounds = sentences.starts[starts]
    number: dict[str, int] = {}
    stem_of = np.asarray([number.setdefault(each, len(number)) for each in stems], dtype=np.int64)
    heavy = np.zeros(len(number), dtype=np.float32)
    heavy[stem_of] = rare * rare
    on = [np.unique(stem_of[sentences.words[low:high]]) for low, high in itertools.pairwise(bounds)]
    holders, ends = _holders(on, len(number))
    share = np.clip(int(count * _SHARE_OF_PAGES), _FEWEST_PAGES, _MOST_PAGES)
    sizes = np.diff(ends)
    joins = (sizes > 1) & (sizes <= share)
    lengths = np.asarray([max(float(np.sqrt(heavy[each].sum())), 1e-9) for each in on], dtype=np.float32)
    near = np.full((count, min(_NEAREST, max(count - 1, 0))), -1, dtype=np.int64)
    for page in range(count):
        telling = on[page][joins[on[page]]]
        alike = np.bincount(witnessing[page], minlength=count).astype(np.float64)
        if len(telling):
            there = np.concatenate([holders[ends[each] : ends[each + 1]] for each in telling])
            spoken = np.bincount(there, weights=np.repeat(heavy[telling], sizes[telling]), minlength=count)
            alike += spoken / (lengths * lengths[page])
        alike[page] = 0
        best = np.flatnonzero(alike >= (_NEAR_ALSO if len(witnessing[page]) else _NEAR))
        best = best[np.argsort(-alike[best], kind="stable")][: near.shape[1]]
        near[page, : len(best)] = best
    return near


def _holders(on: Sequence[Ints], stems: int) -> tuple[Ints, Ints]:
    """The pages that have each stem, stem by stem, and where the pages of each stem begin."""
    flat = np.concatenate(on) if on else np.zeros(0, dtype=np.int64)
    pages = np.repeat(np.arange(len(on)), [len(each) for each in on])
    order = np.argsort(flat, kind="stable")
    return pages[order], np.searchsorted(flat[order], np.arange(stems + 1))


def mean_of_near(pile: Pile, rows: NDArray[np.float32]) -> NDArray[np.float32]:
    """For each page the mean of the rows of the pages near to it; zeros where there are none."""
    if not pile.near.shape[1]:
        return np.zeros_like(rows)
    there = pile.near >= 0
    out = np.zeros_like(rows)
    for column in range(pile.near.shape[1]):
        out += np.where(there[:, column, None], rows[pile.near[:, column]], 0)
    mean: Floats = out / np.maximum(there.sum(axis=1), 1)[:, None].astype(np.float32)
    return mean


def most_of_near(pile: Pile, rows: NDArray[np.float32]) -> NDArray[np.float32]:
    """For each page the highest of its own row and those of the pages near to it, column by column."""
    out = rows.copy()
    for column in range(pile.near.shape[1]):
        there = pile.near[:, column, None] >= 0
        out = np.where(there, np.maximum(out, rows[pile.near[:, column]]), out)
    most: Floats = out
    return most
