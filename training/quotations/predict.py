"""Reads articles with a trained model (torch) and scores what it finds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TextIO

import numpy as np
import torch

from training.gold import load_script
from training.quotations.articles import AnnotatedArticle
from training.quotations.batches import Candidate, Featurizer, batch_articles, batch_windows, documents_of
from training.quotations.decode import Found, Thresholds, chosen_roles, cue_runs, read_roles, without_doubles
from training.quotations.examples import FORMS, TYPES, LabelledArticle, label
from training.quotations.model import QuotationModel
from training.quotations.windows import CUED, UNCUED

_CLITIC = re.compile("(?:-(?:t-)?)?")


@torch.no_grad()
def find_quotations(
    model: QuotationModel, articles: Sequence[LabelledArticle], featurizer: Featurizer, thresholds: Thresholds
) -> list[list[Found]]:
    """Every candidate of each article, unfiltered by score."""
    model.eval()
    results: list[list[Found]] = []
    for start in range(0, len(articles), 8):
        some = articles[start : start + 8]
        documents = documents_of(some)
        batch = batch_articles(documents, featurizer)
        states = model.encode(batch.numbers, batch.extras, batch.lengths)
        flat_states = states.reshape(-1, states.shape[-1])
        tags = model.cues(flat_states).softmax(-1).numpy()
        begins = model.beginnings(flat_states)[:, 0].sigmoid().numpy()
        candidates, chances = [], []
        for maker, flat in zip(batch.makers, batch.places, strict=True):
            keys = [(first, last, CUED, chance) for first, last, chance in cue_runs(tags[flat], thresholds.cue)]
            keys += [
                (int(place), int(place), UNCUED, float(begins[flat[place]]))
                for place in np.flatnonzero(begins[flat] > thresholds.beginning)
            ]
            chances.append([key[3] for key in keys])
            candidates.append(
                [
                    Candidate(first, last, kind, *maker.bounds(first, last, kind), None, 0, 0)
                    for first, last, kind, _ in keys
                ]
            )
        windows = batch_windows(batch, candidates)
        if not len(windows.kinds):
            results += [[] for _ in some]
            continue
        words = model.linker.project(flat_states)[windows.words]
        roles, forms = model.linker(
            words, flat_states[windows.cues].flatten(1), windows.relations, windows.kinds, windows.mask.sum(1)
        )
        changes = model.linker.changes.numpy() if model.linker.chained else thresholds.flat_changes()
        chances_of_roles, paths = chosen_roles(
            roles.softmax(-1).transpose(0, 1).numpy(), windows.mask.sum(1).numpy(), changes, thresholds
        )
        role_chances, chosen_forms, row = (
            chances_of_roles.swapaxes(0, 1),
            torch.stack([forms[:, :3].argmax(-1), forms[:, 3:].argmax(-1)], 1).tolist(),
            0,
        )
        for document, those, sure in zip(documents, candidates, chances, strict=True):
            found = []
            for candidate, chance in zip(those, sure, strict=True):
                window = role_chances[row, : candidate.high - candidate.low]
                content, source, content_chance, source_chance = read_roles(
                    window,
                    paths[: candidate.high - candidate.low, row],
                    candidate.low,
                    document.words,
                    thresholds.source,
                )
                cue = (candidate.first, candidate.last + 1) if candidate.kind == CUED else None
                found.append(Found(content, cue, source, *chosen_forms[row], chance, content_chance, source_chance))
                row += 1
            results.append(found)
    return results


def score_articles(
    scorer: Any,  # noqa: ANN401 (a module)
    articles: Sequence[AnnotatedArticle],
    labelled: Sequence[LabelledArticle],
    found: Sequence[Sequence[Found]],
    thresholds: Thresholds,
    errors: TextIO | None = None,
) -> dict[str, Any]:
    """The scorer's report over ``articles``."""
    texts = {article.id: article.text for article in articles}
    gold = {article.id: article.record for article in articles}
    system = {}
    for article, words, those in zip(articles, labelled, found, strict=True):
        kept = without_doubles(those, thresholds)
        system[article.id] = {
            "id": article.id,
            "quotations": [quotation_record(quotation, words, article.text) for quotation in kept],
        }
    return dict(scorer.evaluate(texts, gold, system, errors))


def load_scorer(path: Path) -> Any:  # noqa: ANN401 (a module)
    """The scorer of the project, ``eval/score.py``."""
    return load_script(path)


def quotation_record(quotation: Found, words: LabelledArticle, text: str) -> dict[str, Any]:
    """What was found as a record of the scorer; the clitic of ``a-t-il`` is its pronoun alone."""

    def span(run: tuple[int, int]) -> list[int]:
        return [words.offsets[run[0]][0], words.offsets[run[1] - 1][1]]

    def pronoun(start: int, end: int) -> list[int]:
        return [start + len(_CLITIC.match(text[start:end]).group()), end]  # type: ignore[union-attr]

    source = [pronoun(*span(run)) for run in quotation.source]
    return {
        "content": [span(run) for run in quotation.content],
        "cue": [span(quotation.cue)] if quotation.cue else [],
        "source": source,
        "speaker": text[source[0][0] : source[0][1]] if source else None,
        "type": TYPES[quotation.type],
        "form": FORMS[quotation.form],
        "confidence": quotation.score,
    }


def labelled_set(articles: Sequence[AnnotatedArticle]) -> list[LabelledArticle]:
    """Each article cut into words."""
    return [label(article) for article in articles]
