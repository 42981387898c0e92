"""A ``.dna`` file into a ledger: its documents as articles, what people coded in them as decisions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from time import monotonic
from typing import Any

from selon.discourse.codings import Coded, coded, coding_value, document_value
from selon.engines import local
from selon.engines.linking import link_held
from selon.engines.recipe import digest, recipe
from selon.engines.worker import Outcome
from selon.exports.dna.mending import Repair
from selon.exports.dna.reading import DnaFile
from selon.exports.dna.taken import Taken, taken
from selon.languages import languages
from selon.pipeline import analyse_article
from selon.reading.language import detect
from selon.records import Analysis, Article, Document, Evidence, Failure, SetAside
from selon.settings import Settings
from selon.store import Decision, Ledger, RunRecord
from selon.store.decisions import end_run, start_run
from selon.store.staging import Staging

_RECIPE = "import"


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: how many articles and codings the file holds, how many codings changed in the ledger.

    ``unread`` are documents that ``analyse`` could not be done with; their text and codings are in the ledger all the
    same.
    """

    articles: int
    codings: int
    new: int
    withdrawn: int
    statements: int
    repairs: tuple[Repair, ...]
    unread: tuple[Failure, ...] = ()


def import_dna(
    ledger: Ledger, file: DnaFile, place: Path, now: Callable[[], datetime], *, settings: Settings | None = None
) -> Imported:
    """Take in what the file holds; the same file again takes in what has changed since.

    With ``settings``, selon reads the documents too, in languages that it has a pack for, and adds its own statements.
    Either everything is in the ledger afterwards or nothing. Raises LedgerBusy, LedgerError.
    """
    what = taken(file, place.as_posix())
    with ledger.writing():
        started, used = monotonic(), recipe(settings or Settings())
        record = start_run(
            ledger.log_database,
            RunRecord(0, now(), None, "running", None, used.code, used.data, {"import": what.place}),
        )
        staging = Staging(ledger.staging, record.id, monotonic)
        try:
            unread, statements = _stage(staging, what, file.repairs, settings, used.key if settings else _RECIPE)
            _leave_out(staging, ledger, what)
            staging.close()
            made = list(_decisions(coded(ledger.decisions()), what, now()))
            ledger.decide_all(made)
        except BaseException:
            staging.abandon()
            for shard in ledger.staging.glob(f"{record.id:08d}-*"):
                shard.unlink()
            end_run(ledger.log_database, replace(record, ended_at=now(), ending="failed", seconds=None))
            raise
        # From here on nothing is lost: who is cut off now leaves shards that the next writer takes in.
        ledger.absorb()
        link_held(ledger)
        codings = [each for each in made if each.kind == "coding"]
        withdrawn = sum(each.value is None for each in codings)
        done = Imported(
            articles=len(what.articles),
            codings=len(what.codings),
            new=len(codings) - withdrawn,
            withdrawn=withdrawn,
            statements=statements,
            repairs=file.repairs,
            unread=unread,
        )
        counts = {"articles": done.articles, "codings": done.codings, "repairs": len(done.repairs)}
        ended = replace(record, ended_at=now(), ending="finished", seconds=monotonic() - started, counts=counts)
        end_run(ledger.log_database, ended)
    return done


def analyse_as_given(document: Document, settings: Settings) -> Outcome:
    """All that a text gives, left as it is to the character, since others count its characters; for the workers."""
    if not isinstance(document.data, str):
        raise TypeError("a text is wanted")
    language = settings.language or document.language
    if language not in languages():
        return SetAside(document.where, f"in a language that is not read here: {language or 'unknown'}")
    return analyse_article(Article(document.url, document.where, document.data, language))


def _stage(
    staging: Staging, what: Taken, repairs: tuple[Repair, ...], settings: Settings | None, key: str
) -> tuple[tuple[Failure, ...], int]:
    """Stage every article; gives those that could not be analysed, and how many statements were found."""
    notes: dict[str, list[Evidence]] = {}
    for repair in repairs:
        notes.setdefault(repair.where, []).append(Evidence("import", repair.what))
    articles = {}
    for article, document in zip(what.articles, what.documents, strict=True):
        told = tuple(notes.get(f"DOCUMENTS {document.row['ID']}", ()))
        language = (settings and settings.language) or detect(article.text, languages())
        articles[article.where] = replace(article, language=language, notes=told)
    unread, statements = [], 0
    for outcome in _outcomes(articles, settings):
        place = outcome.article.where if isinstance(outcome, Analysis) else outcome.where
        article = articles[place]
        analysis = Analysis(article, (), ())
        if isinstance(outcome, Analysis):
            analysis = replace(outcome, article=article)
        elif isinstance(outcome, Failure):
            unread.append(outcome)
        statements += len(analysis.statements)
        staging.add(analysis, digest=digest(_document(article)), recipe=key)
    return tuple(unread), statements


def _outcomes(articles: Mapping[str, Article], settings: Settings | None) -> Iterator[Outcome]:
    if settings is None:
        yield from (Analysis(article, (), ()) for article in articles.values())
        return
    yield from local.run((_document(article) for article in articles.values()), settings, analyse_as_given)


def _document(article: Article) -> Document:
    """The article as a worker gets it; its id travels as the address."""
    return Document(article.where, article.text, "text/plain", url=article.id, language=article.language)


def _leave_out(staging: Staging, ledger: Ledger, what: Taken) -> None:
    """Set aside what an earlier version of the file held and this one does not."""
    there = {article.where for article in what.articles}
    for place in ledger.known():
        if place.startswith(f"{what.place}#") and place not in there:
            staging.add(SetAside(place, "no longer in the .dna file"), digest="", recipe=_RECIPE)


def _decisions(held: Coded, what: Taken, now: datetime) -> Iterator[Decision]:
    """What must be decided so that the ledger holds what the file does: the new, the changed, the withdrawn."""
    coders = {row["ID"]: row["Name"] for row in what.tables["CODERS"]}
    first: str = what.tables["CODERS"][0]["Name"]

    def decision(kind: str, target: str, value: Any, by: str) -> Decision:  # noqa: ANN401
        return Decision(0, now, by, kind, target, value, f"import of {what.place}")

    book = {"place": what.place, "tables": what.tables}
    if held.codebooks.get(what.codebook) != book:
        yield decision("codebook", what.codebook, book, first)
    for document in what.documents:
        if held.documents.get(document.article) != document:
            by = str(coders.get(document.row["Coder"], first))
            yield decision("document", document.article, document_value(document), by)
    known = {each.id: each for each in held.codings}
    for coding in what.codings:
        if known.get(coding.id) != coding:
            yield decision("coding", coding.id, coding_value(coding), coding.coder)
    there = {each.id for each in what.codings}
    for old in held.codings:
        if old.codebook == what.codebook and old.id not in there:
            yield decision("coding", old.id, None, old.coder)
    texts = {document.article for document in what.documents}
    for article, document in held.documents.items():
        if document.codebook == what.codebook and article not in texts:
            yield decision("document", article, None, first)
