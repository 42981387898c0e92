"""Reads quotations with the exported model: onnxruntime and numpy, no torch."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnxruntime

from training.quotations.decode import (
    Calibration,
    Found,
    Run,
    Thresholds,
    chosen_roles,
    cue_runs,
    read_roles,
    without_doubles,
)
from training.quotations.document import Document, build_document
from training.quotations.lexical import PARAGRAPH, LexicalTable
from training.quotations.windows import CUED, UNCUED, WindowMaker

_NOTHING = (0, 0)
FORMS = ("clause", "fragment", "nominal")
TYPES = ("direct", "indirect", "mixed")


@dataclass(frozen=True, slots=True)
class ReadQuotation:
    """Half-open runs of word places, counted over all paragraphs of the article without the breaks between them.

    ``cue`` is empty without one, ``source`` when none stands in the text; ``parent`` is the number, in the same list,
    of the quotation whose content holds this one, or None; ``confidence`` is the calibrated chance that the quotation
    is one.
    """

    content: tuple[Run, ...]
    cue: tuple[Run, ...]
    source: tuple[Run, ...]
    kind: str
    form: str
    confidence: float
    parent: int | None


def attribute_articles(
    articles: Iterable[Sequence[Sequence[str]]], reader: QuotationReader
) -> list[list[ReadQuotation]]:
    """The quotations of each article (a list of paragraphs, the title first, each a list of words), in text order."""
    return [_attribute(paragraphs, reader) for paragraphs in articles]


def _attribute(paragraphs: Sequence[Sequence[str]], reader: QuotationReader) -> list[ReadQuotation]:
    words, places = [PARAGRAPH], [0]
    for paragraph in paragraphs:
        if paragraph:
            words += [*paragraph, PARAGRAPH]
            places += [*range(places[-1], places[-1] + len(paragraph)), places[-1] + len(paragraph)]
    if len(words) < 3:
        return []
    _, found = reader.find(words)
    kept = without_doubles(found, reader.thresholds)

    def plain(run: Run) -> Run:
        return places[run[0]], places[run[1] - 1] + 1

    results = []
    for number, quotation in enumerate(kept):
        results.append(
            ReadQuotation(
                tuple(plain(run) for run in quotation.content),
                (plain(quotation.cue),) if quotation.cue else (),
                tuple(plain(run) for run in quotation.source),
                TYPES[quotation.type],
                FORMS[quotation.form],
                round(quotation.score, 4),
                _parent(number, kept),
            )
        )
    return results


def _parent(number: int, quotations: Sequence[Found]) -> int | None:
    """The smallest other quotation that holds this one's content, and its cue where it has one."""
    mine = quotations[number]
    best, smallest = None, 0
    for other, quotation in enumerate(quotations):
        low, high = quotation.content[0][0], quotation.content[-1][1]
        inside = (
            low <= mine.content[0][0]
            and mine.content[-1][1] <= high
            and (mine.cue is None or low <= mine.cue[0] < high)
        )
        if other != number and inside and quotation.content != mine.content and (best is None or high - low < smallest):
            best, smallest = other, high - low
    return best


class QuotationReader:
    """The exported model of a folder.

    One article is one batch, so that nothing depends on which articles come together.
    """

    def __init__(self, folder: Path, threads: int = 1) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = threads
        options.log_severity_level = 3

        def start(name: str) -> onnxruntime.InferenceSession:
            return onnxruntime.InferenceSession(str(folder / name), options, providers=["CPUExecutionProvider"])

        self._encoder, self._linker = start("encoder.onnx"), start("linker.onnx")
        settings = json.loads((folder / "settings.json").read_text(encoding="utf-8"))
        first = settings["first_number"]
        self._table = LexicalTable({word: number for number, word in enumerate(settings["vocabulary"], start=first)})
        self.thresholds = Thresholds(**settings.get("thresholds", {}))
        self._changes = np.array(settings["changes"])
        self._calibration = Calibration(*settings["calibration"]) if "calibration" in settings else None
        self._lexicon = {form: tuple(values) for form, values in settings["lexicon"].items()}

    def find(self, words: Sequence[str]) -> tuple[Document, list[Found]]:
        """The document of ``words`` (a break before, between and after paragraphs) and every candidate quotation.

        In order of its cue.
        """
        document, thresholds = build_document(words), self.thresholds
        states, tags, begins, projected = self._encode(document)
        maker = WindowMaker(document)
        keys = [(first, last, CUED, chance) for first, last, chance in cue_runs(tags, thresholds.cue)]
        keys += [
            (int(place), int(place), UNCUED, float(begins[place]))
            for place in np.flatnonzero(begins > thresholds.beginning)
        ]
        found: list[Found] = []
        if keys:
            bounds = [maker.bounds(first, last, kind) for first, last, kind, _ in keys]
            order = sorted(range(len(keys)), key=lambda row: bounds[row][1] - bounds[row][0])
            halves = [order] if len(order) < 8 else [order[: len(order) * 2 // 3], order[len(order) * 2 // 3 :]]
            results: dict[int, Found] = {}
            for rows in halves:
                roles, forms = self._link(
                    maker, [keys[row] for row in rows], [bounds[row] for row in rows], states, projected
                )
                lengths = np.array([bounds[row][1] - bounds[row][0] for row in rows])
                roles, paths = chosen_roles(roles, lengths, self._changes, thresholds)
                for number, row in enumerate(rows):
                    first, last, kind, chance = keys[row]
                    low, high = bounds[row]
                    content, source, content_chance, source_chance = read_roles(
                        roles[: high - low, number], paths[: high - low, number], low, document.words, thresholds.source
                    )
                    cue = (first, last + 1) if kind == CUED else None
                    results[row] = Found(
                        content,
                        cue,
                        source,
                        int(forms[number, :3].argmax()),
                        int(forms[number, 3:].argmax()),
                        chance,
                        content_chance,
                        source_chance,
                        self._calibration,
                    )
            found = [results[row] for row in range(len(keys))]
        return document, found

    def _encode(self, document: Document) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        words = document.words
        numbers = np.array(self._table.rows(words), np.int64)
        known = np.array([self._lexicon.get(word.lower(), _NOTHING) for word in words], np.int64)
        title = np.arange(len(words)) < document.title_end
        extras = np.column_stack([known, np.array(document.states), title])
        lengths = np.array([end - start for start, end in document.chunks], np.int32)
        all_numbers = np.zeros((lengths.max(), len(lengths), 5), np.int64)
        all_extras = np.zeros((lengths.max(), len(lengths), 4), np.int64)
        for row, (start, end) in enumerate(document.chunks):
            all_numbers[: end - start, row], all_extras[: end - start, row] = numbers[start:end], extras[start:end]
        outputs = self._encoder.run(
            ["states", "cues", "beginnings", "words"],
            {"numbers": all_numbers, "extras": all_extras, "lengths": lengths},
        )
        whole = [
            np.concatenate([output[: end - start, row] for row, (start, end) in enumerate(document.chunks)])
            for output in outputs
        ]
        return whole[0], whole[1], whole[2][:, 0], whole[3]

    def _link(
        self,
        maker: WindowMaker,
        keys: Sequence[tuple[int, int, int, float]],
        bounds: Sequence[tuple[int, int]],
        states: np.ndarray,
        projected: np.ndarray,
    ) -> tuple[np.ndarray, np.ndarray]:
        lengths = np.array([high - low for low, high in bounds], np.int32)
        words = np.zeros((lengths.max(), len(keys), projected.shape[1]), np.float32)
        relations = np.zeros((lengths.max(), len(keys), 4), np.int64)
        for row, ((first, last, _, _), (low, high)) in enumerate(zip(keys, bounds, strict=True)):
            words[: high - low, row] = projected[low:high]
            relations[: high - low, row] = maker.features(first, last, low, high)
        given = {
            "words": words,
            "cues": np.concatenate([states[[key[0] for key in keys]], states[[key[1] for key in keys]]], 1),
            "relations": relations,
            "mask": (np.arange(lengths.max())[:, None] < lengths)[..., None].astype(np.float32),
            "kinds": np.array([key[2] for key in keys], np.int64),
            "lengths": lengths,
        }
        roles, forms = self._linker.run(["roles", "forms"], given)
        return roles, forms
