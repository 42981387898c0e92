"""What is timed: each stage alone on what the stage before it gave, the whole run, and what they are compared with."""

from __future__ import annotations

import importlib
import importlib.util
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from typing import Any

from benchmarks.corpus import Corpus, words
from benchmarks.generated import made_articles
from benchmarks.pile import pile
from benchmarks.reuse import GeneratedPile
from selon.attribution import attribute
from selon.discourse.positions import read_codebook
from selon.engines.filling import Watch, fill
from selon.engines.positions import as_page
from selon.languages import load_pack
from selon.matching.copies import Printed, find_copies
from selon.pipeline import actors, analyse, positions
from selon.reading import passages, read_document
from selon.records import Analysis, Article, Document
from selon.resolution import resolve
from selon.settings import Settings
from selon.store import Ledger
from selon.store.staging import Staging

BASELINE = "tokenizer"
_GENERATED = 500
_TAGS = ("ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "NOUN", "NUM", "PART", "PRON", "PROPN", "PUNCT", "SCONJ", "VERB")
"""Of Universal Dependencies; the work of a tagger hardly depends on how many there are, nor on its weights."""
_STATEMENTS = 10_000
_CODEBOOK = Path(__file__).parents[1] / "demo" / "codebooks" / "otan.yaml"


@dataclass(frozen=True, slots=True)
class Stage:
    """Something to time: ``run`` does it once over ``words`` words."""

    name: str
    does: str
    words: int
    run: Callable[[], object]


def stages(corpus: Corpus) -> list[Stage]:
    """Every stage with its input made ready; the baseline first, then spaCy's pipelines where it is installed."""
    analyses = [_analysis(document) for document in corpus.texts]
    articles = [each.article for each in analyses]
    pages = [_article(document) for document in corpus.pages]
    size, page_size = words(corpus.texts), sum(len(each.text.split()) for each in pages)
    quotations = [tuple(statement.quotation for statement in each.statements) for each in analyses]
    packs = [load_pack(each.language) for each in articles]
    generated = GeneratedPile(list(made_articles(_GENERATED))).all()
    given = list(zip(articles, analyses, quotations, packs, strict=True))
    read = [as_page(each, {}) for each in analyses]
    book = read_codebook(_CODEBOOK.read_bytes(), _CODEBOOK.name)
    said = pile(_STATEMENTS, [word for each in articles for word in each.text.split()])
    return [
        Stage(BASELINE, "words and marks of the text", size, lambda: [p.tokenizer(a.text) for a, _, _, p in given]),
        *_spacy(articles, size),
        Stage("reading, text", "bytes to article", size, lambda: [read_document(d) for d in corpus.texts]),
        Stage("reading, HTML", "page to article", page_size, lambda: [read_document(d) for d in corpus.pages]),
        Stage("passages", "article to passages", size, lambda: [passages(a, p) for a, _, _, p in given]),
        Stage(
            "attribution", "passages to quotations", size, lambda: [attribute(a, n.passages, p) for a, n, _, p in given]
        ),
        Stage(
            "resolution",
            "quotations to statements",
            size,
            lambda: [resolve(a, n.passages, q, p) for a, n, q, p in given],
        ),
        Stage(
            "copies",
            f"{_GENERATED} generated articles to copies",
            sum(len(each.article.text.split()) for each in generated),
            lambda: find_copies([Printed(each.article, each.sentences) for each in generated]),
        ),
        Stage(
            "positions",
            "statements to where they stand on six propositions",
            size,
            lambda: positions([page for page, _ in read], [each for _, said in read for each in said], book),
        ),
        Stage("store", "outcomes to a ledger on disk", size, lambda: _store(analyses)),
        Stage(
            "analyse",
            "bytes to statements, in this process",
            size,
            lambda: [analyse(d, Settings()) for d in corpus.texts],
        ),
        Stage("run", "bytes to ledger, as the command does it", size, lambda: _run(corpus.texts)),
        Stage("actors", "statements to actors; counted in statements, not in words", len(said), lambda: actors(said)),
    ]


def _spacy(articles: list[Article], size: int) -> list[Stage]:
    if importlib.util.find_spec("spacy") is None:
        return []
    spacy: Any = importlib.import_module("spacy")
    languages = {each.language for each in articles}
    blank, tagging = ({code: spacy.blank(code) for code in languages} for _ in range(2))
    for code in languages:
        blank[code].add_pipe("sentencizer")
        tagger = tagging[code].add_pipe("tagger")
        for tag in _TAGS:
            tagger.add_label(tag)
        tagging[code].initialize()
    name = f"spaCy {spacy.__version__}"
    return [
        Stage("spaCy blank", f"{name}: blank pipeline with sentencizer", size, lambda: _read(blank, articles)),
        Stage(
            "spaCy tagger",
            f"{name}: its default tagger, untrained, on one text at a time",
            size,
            lambda: _read(tagging, articles),
        ),
    ]


def _read(pipelines: dict[str, Any], articles: list[Article]) -> list[object]:
    return [pipelines[each.language](each.text) for each in articles]


def _analysis(document: Document) -> Analysis:
    outcome = analyse(document, Settings())
    if not isinstance(outcome, Analysis):
        raise TypeError(f"the corpus holds something that is no article: {outcome}")
    return outcome


def _article(document: Document) -> Article:
    article = read_document(document)
    if not isinstance(article, Article):
        raise TypeError(f"the corpus holds something that is no article: {article}")
    return article


def _store(analyses: list[Analysis]) -> None:
    with _new_ledger() as ledger, ledger.writing():
        staging = Staging(ledger.staging, 1, monotonic)
        for each in analyses:
            staging.add(each, digest=each.article.id, recipe="benchmark")
        staging.close()
        ledger.absorb()


def _run(documents: tuple[Document, ...]) -> None:
    with _new_ledger() as ledger:
        fill(ledger, documents, Settings(workers=1), Watch(now=lambda: datetime.now(UTC)))


@contextmanager
def _new_ledger() -> Iterator[Ledger]:
    with (
        tempfile.TemporaryDirectory(prefix="selon-bench-") as folder,
        Ledger.create(Path(folder) / "ledger") as ledger,
    ):
        yield ledger
