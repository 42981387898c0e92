"""How often the nearest of all sentences in the other language is the translation: held-out parallel text, news."""

from __future__ import annotations

import json
import pathlib
from collections.abc import Sequence

import numpy as np

from selon.models.embedding import Encoder
from training.embedding.corpus import Pair


def retrieval(encoder: Encoder, pairs: Sequence[Pair]) -> str:
    """Precision at 1 from French to English and back, over all sentences of ``pairs``; equal texts count as right."""
    french = encoder.encode([pair[0] for pair in pairs], ["fr"] * len(pairs))
    english = encoder.encode([pair[1] for pair in pairs], ["en"] * len(pairs))
    scores = french @ english.T
    there = [pairs[i][1] == pairs[int(best)][1] for i, best in enumerate(scores.argmax(axis=1))]
    back = [pairs[i][0] == pairs[int(best)][0] for i, best in enumerate(scores.argmax(axis=0))]
    return f"P@1 fr->en {np.mean(there):.3f}  en->fr {np.mean(back):.3f}  of {len(pairs)}"


def news_sentences(folder: pathlib.Path) -> list[Pair]:
    """NTREX: BBC and agency news of 2018 in professional translation, line for line."""
    pairs: list[Pair] = []
    for english in sorted(folder.glob("nt-*-en.txt")):
        french = english.with_name(english.name.replace("-en", ""))
        sides = [_lines(french), _lines(english)]
        if len(sides[0]) == len(sides[1]):
            pairs += zip(*sides, strict=True)
    return pairs


def utterances(paths: Sequence[pathlib.Path]) -> list[Pair]:
    """What written articles quote in both languages, one wording of each a language."""
    found: dict[str, dict[str, str]] = {}
    for path in paths:
        for record in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
            for quotation in record["quotations"]:
                words = " ".join(record["text"][start:end] for start, end in quotation["content"])
                if quotation.get("u"):
                    found.setdefault(quotation["u"], {}).setdefault(record["lang"], words)
    return [(said["fr"], said["en"]) for said in found.values() if {"fr", "en"} <= set(said)]


def _lines(path: pathlib.Path) -> list[str]:
    return [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
