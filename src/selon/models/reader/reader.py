"""Reads the quotations of an article with the exported networks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from selon.models.reader.candidates import Calibration, Candidate, Thresholds, find_anchors, without_doubles
from selon.models.reader.document import Document, Section, build_document, sections
from selon.models.reader.lexical import LexicalTable
from selon.models.reader.networks import Encoder, Encoding, Linker
from selon.models.reader.readings import Reading, Run
from selon.models.reader.roles import Chances, Lifts, chosen_roles, read_roles
from selon.models.reader.windows import Anchor, Windows

FORMS = ("clause", "fragment", "nominal")
KINDS = ("direct", "indirect", "mixed")

_MOST_WINDOWS = 64
_FEW_WINDOWS = 8


class QuotationReader:
    """A trained reader; deterministic, one thread, and no article changes how another is read.

    ``settings`` are those of the model's folder, ``keep`` the least confidence of a reading, the model's own when None.
    ``fingerprint`` is the SHA-256 of the model's files.
    """

    def __init__(
        self, encoder: bytes, linker: bytes, settings: Mapping[str, Any], fingerprint: str, keep: float | None = None
    ) -> None:
        self.fingerprint = fingerprint
        self._encoder, self._linker = Encoder(encoder), Linker(linker)
        first = int(settings["first_number"])
        vocabulary = {str(word): number for number, word in enumerate(settings["vocabulary"], start=first)}
        lexicon = {str(form): (int(lemma), int(facts)) for form, (lemma, facts) in settings["lexicon"].items()}
        self._table = LexicalTable(vocabulary, lexicon)
        thresholds = Thresholds(**settings.get("thresholds", {}))
        self._thresholds = thresholds if keep is None else replace(thresholds, keep=keep)
        self._lifts = Lifts(thresholds.content_lift, thresholds.source_lift)
        self._changes = np.array(settings["changes"], np.float64).reshape(3, 3)
        self._calibration = Calibration(*map(float, settings["calibration"])) if "calibration" in settings else None
        # the words with the highest numbers, read once: files that do not fit together fail here, not in an article
        highest = [max(lexicon, key=lambda form: lexicon[form][part], default="") for part in (0, 1)]
        self.read([[settings["vocabulary"][-1], *highest]])

    def read(self, passages: Sequence[Sequence[str]]) -> list[Reading]:
        """The quotations of one article, in text order; ``passages`` are token texts, the title's first."""
        return [reading for section in sections(passages) for reading in self._read(section)]

    def _read(self, section: Section) -> Iterator[Reading]:
        document = build_document(section)
        scored = [(self._score(candidate), candidate) for candidate in self._candidates(document)]
        for score, candidate in without_doubles(scored, self._thresholds):
            yield Reading(
                _in_article(candidate.shares.content, section),
                _in_article(candidate.cue, section),
                _in_article(candidate.shares.source, section),
                KINDS[candidate.kind],
                FORMS[candidate.form],
                round(score, 4),
            )

    def _score(self, candidate: Candidate) -> float:
        if self._calibration is None:
            return candidate.anchor.chance * candidate.shares.content_chance
        return self._calibration(candidate)

    def _candidates(self, document: Document) -> Iterator[Candidate]:
        """Every candidate of a document, whatever its score."""
        encoding = self._encoder(document, self._table)
        anchors = find_anchors(encoding.tags, encoding.begins, self._thresholds)
        windows = Windows(document)
        for start in range(0, len(anchors), _MOST_WINDOWS):
            some = anchors[start : start + _MOST_WINDOWS]
            bounds = np.array([windows.bounds(anchor) for anchor in some])
            lengths = bounds[:, 1] - bounds[:, 0]
            roles, forms = self._link(some, bounds, windows, encoding)
            roles, paths = chosen_roles(roles, lengths, self._changes, self._lifts)
            choices = zip(forms[:, :3].argmax(1).tolist(), forms[:, 3:].argmax(1).tolist(), strict=True)
            for row, (anchor, (form, kind)) in enumerate(zip(some, choices, strict=True)):
                low, size = int(bounds[row, 0]), int(lengths[row])
                shares = read_roles(roles[:size, row], paths[:size, row], low, document, self._thresholds.source)
                yield Candidate(anchor, shares, form, kind)

    def _link(
        self, anchors: Sequence[Anchor], bounds: NDArray[np.int64], windows: Windows, encoding: Encoding
    ) -> tuple[Chances, Chances]:
        """The linker's roles and forms, the windows taken in two batches of like length."""
        lengths = bounds[:, 1] - bounds[:, 0]
        order = np.argsort(lengths, kind="stable").tolist()
        cut = len(order) * 2 // 3 if len(order) >= _FEW_WINDOWS else len(order)
        roles = np.zeros((lengths.max(), len(order), 3), np.float32)
        roles[..., 0] = 1
        forms = np.empty((len(order), 6), np.float32)
        for rows in (order[:cut], order[cut:]):
            if rows:
                linked, forms[rows] = self._linker([anchors[row] for row in rows], bounds[rows], windows, encoding)
                roles[: len(linked), rows] = linked
        return roles, forms


def _in_article(runs: Sequence[Run], section: Section) -> tuple[Run, ...]:
    return tuple(Run(section.places[start], section.places[end - 1] + 1) for start, end in runs)
