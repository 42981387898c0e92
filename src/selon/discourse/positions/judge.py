"""Whether two texts contradict each other: a judge of pairs, with no proposition between them."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import Any

import numpy as np

from selon.discourse.positions.phrases import LISTS, Phrases
from selon.discourse.positions.pile import unit
from selon.discourse.positions.records import Weighed, WordVectors
from selon.discourse.positions.weights import weighed_from
from selon.discourse.positions.words import Bags, Floats, Vocabulary
from selon.errors import PackError

FILE = "pair_model/weights.json"
_ALIGNED = 0.6
_NAME = re.compile(r"(?<![.!?…«“\"]\s)(?<!^)\b[A-ZÀ-Ý][\w’'-]+")

Pair = tuple[str, str]


def contradiction_chances(pairs: Sequence[Pair], language: str, encoder: WordVectors) -> Floats:
    """The probability for each pair of texts that they cannot both be true."""
    if not pairs:
        return np.zeros(0, dtype=np.float32)
    scores = _load().score(pair_numbers(pairs, language, encoder))[:, 0]
    chances: Floats = (1 / (1 + np.exp(-scores))).astype(np.float32)
    return chances


def pair_numbers(pairs: Sequence[Pair], language: str, encoder: WordVectors) -> dict[str, Floats]:
    """What the judge counts with, the same whichever text comes first: an array over the pairs by name."""
    vocabulary = Vocabulary()
    whole = [vocabulary.bags((pair[side] for pair in pairs), [language] * len(pairs)) for side in (0, 1)]
    bare = [vocabulary.lexical(each) for each in whole]
    vectors = vocabulary.vectors(encoder)
    phrases = Phrases(vocabulary)
    out = _list_numbers(phrases, whole) | _aligned_numbers(vocabulary, bare, vectors)
    means = [unit(each.summed(vectors)) for each in bare]
    out["meant"] = (means[0] * means[1]).sum(axis=1)
    lengths = [np.diff(each.starts) for each in whole]
    out["longer"] = np.log1p(np.maximum(*lengths)).astype(np.float32)
    out["shorter"] = np.log1p(np.minimum(*lengths)).astype(np.float32)
    out["opposites"] = _opposites(phrases, bare, language)
    named = [[set(_NAME.findall(pair[side])) for pair in pairs] for side in (0, 1)]
    shared = [len(a & b) / max(min(len(a), len(b)), 1) for a, b in zip(*named, strict=True)]
    out["names_shared"] = np.asarray(shared, dtype=np.float32)
    out["asks"] = np.asarray(["?" in one + other for one, other in pairs], dtype=np.float32)
    quoted = [abs(one.count('"') + one.count("«") - other.count('"') - other.count("«")) for one, other in pairs]
    out["quoted_differs"] = np.minimum(np.asarray(quoted, dtype=np.float32), 4)
    return out


def _list_numbers(phrases: Phrases, whole: Sequence[Bags]) -> dict[str, Floats]:
    out = {}
    for name in LISTS:
        one, other = (np.minimum(phrases.counted(name, each), 3) for each in whole)
        out[f"{name}_differ"] = np.abs(one - other)
        out[f"{name}_both"] = np.minimum(one, other)
        out[f"{name}_parity"] = ((one > 0) != (other > 0)).astype(np.float32)
    return out


def _aligned_numbers(vocabulary: Vocabulary, bare: Sequence[Bags], vectors: Floats) -> dict[str, Floats]:
    """How far each text's words have their like in the other, and how like each other those are that have none."""
    names = (
        "covered_more", "covered_less", "left_alike", "left_share", "figures_new", "figures_differ", "figures_shared",
    )  # fmt: skip
    out = {name: np.zeros(len(bare[0]), dtype=np.float32) for name in names}
    used = np.unique(np.concatenate([each.words for each in bare]))
    place = np.zeros(len(vocabulary.forms), dtype=np.int64)
    place[used] = np.arange(len(used))
    stems, directions, weights = vocabulary.stems(), unit(vectors), np.linalg.norm(vectors, axis=1)
    figure = np.asarray([form[0].isdigit() for _, form in vocabulary.forms])
    for number in range(len(bare[0])):
        one, other = (np.unique(each.words[each.starts[number] : each.starts[number + 1]]) for each in bare)
        if not len(one) or not len(other):
            continue
        alike = np.clip(directions[one] @ directions[other].T, 0, 1)
        alike[np.asarray([[stems[a] == stems[b] for b in other] for a in one])] = 1
        sides = ((one, alike.max(axis=1)), (other, alike.max(axis=0)))
        shares = sorted(float((weights[w] * best).sum() / max(weights[w].sum(), 1e-6)) for w, best in sides)
        out["covered_less"][number], out["covered_more"][number] = shares
        left = [words[best < _ALIGNED] for words, best in sides]
        out["left_share"][number] = min(len(each) for each in left) / max(min(len(one), len(other)), 1)
        if all(len(each) for each in left):
            sums = [unit(vectors[each].sum(axis=0)[None])[0] for each in left]
            out["left_alike"][number] = float(sums[0] @ sums[1])
        counts = [{vocabulary.forms[word][1] for word in words if figure[word]} for words in (one, other)]
        out["figures_shared"][number] = len(counts[0] & counts[1]) > 0
        out["figures_differ"][number] = bool(counts[0]) and bool(counts[1]) and not counts[0] & counts[1]
        out["figures_new"][number] = min(len(counts[0] ^ counts[1]), 4) * (bool(counts[0]) and bool(counts[1]))
    return out


def _opposites(phrases: Phrases, bare: Sequence[Bags], language: str) -> Floats:
    """How many pairs of opposites stand one in each text: at most three."""
    out = np.zeros(len(bare[0]), dtype=np.float32)
    sets = [
        [set(each.words[each.starts[row] : each.starts[row + 1]].tolist()) for row in range(len(each))] for each in bare
    ]
    for one, other in zip(*phrases.sides(language), strict=True):
        first, second = set(one.tolist()), set(other.tolist())
        for row, (a, b) in enumerate(zip(*sets, strict=True)):
            across = (a & first and b & second and not b & first) or (a & second and b & first and not b & second)
            out[row] += bool(across)
    return np.minimum(out, 3)


@cache
def _load() -> Weighed:
    entry = resources.files("selon.discourse.positions") / FILE
    try:
        table: dict[str, Any] = json.loads(entry.read_bytes())
        return weighed_from(table)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise PackError(
            f"damaged model: {error!r}", where=str(entry), next="reinstall selon or rebuild the model"
        ) from error
