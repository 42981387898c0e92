"""A ``.dna`` file into a ledger: its documents as articles, what people coded in them as decisions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from time import monotonic
from typing import Any

from selon.discourse.codings import Coded, coded, coding_value, document_value
from selon.engines import local
from selon.engines.linking import link_held
from selon.engines.recipe import digest, recipe
from selon.engines.worker import Outcome
from selon.errors import InputError
from selon.exports.dna.mending import Repair
from selon.exports.dna.reading import DnaFile
from selon.exports.dna.taken import Taken, taken
from selon.languages import languages
from selon.pipeline import analyse_article
from selon.reading.language import detect
from selon.records import Analysis, Article, Document, Evidence, Failure, Precision, SetAside, When
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
    ledger: Ledger, file: DnaFile, now: Callable[[], datetime], *, settings: Settings | None = None
) -> Imported:
    """Take in what the file holds; a file of the same name takes in what has changed since.

    With ``settings``, selon reads the documents too, in languages that it has a pack for, and adds its own statements.
    Either everything is in the ledger afterwards or nothing. Raises LedgerBusy, LedgerError, and InputError when a file
    of this name was imported whose documents are all others.
    """
    what = taken(file)
    with ledger.writing():
        started, held = monotonic(), coded(ledger.decisions())
        _check_same(held, what)
        used = recipe(settings or Settings())
        record = start_run(
            ledger.log_database,
            RunRecord(0, now(), None, "running", None, used.code, used.data, {"import": what.place}),
        )
        staging = Staging(ledger.staging, record.id, monotonic)
        texts = _Texts(ledger, staging, settings, used.key if settings else _RECIPE)
        try:
            texts.stage(what, file.repairs)
            staging.close()
            made = list(_decisions(held, what, now()))
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
        counts = {"articles": len(what.articles), "codings": len(what.codings), "repairs": len(file.repairs)}
        ended = replace(record, ended_at=now(), ending="finished", seconds=monotonic() - started, counts=counts)
        end_run(ledger.log_database, ended)
    return _summed(what, file, texts, made)


def analyse_as_given(document: Document, settings: Settings) -> Outcome:
    """All that a text gives, left as it is to the character, since others count its characters; for the workers."""
    if not isinstance(document.data, str):
        raise TypeError("a text is wanted")
    language = settings.language or document.language
    if language not in languages():
        return SetAside(document.where, f"in a language that is not read here: {language or 'unknown'}")
    day = date.fromisoformat(document.published)
    when = When(day, day, Precision.DAY)
    return analyse_article(
        Article(document.url, document.where, document.data, language, document.title, "", document.outlet, when)
    )


class _Texts:
    """The documents of a file on their way into the ledger; ``unread`` and ``statements`` are what came of them."""

    def __init__(self, ledger: Ledger, staging: Staging, settings: Settings | None, key: str) -> None:
        self.unread: list[Failure] = []
        self.statements = 0
        self._ledger, self._staging, self._settings, self._key = ledger, staging, settings, key
        self._known = ledger.known()

    def stage(self, what: Taken, repairs: Iterable[Repair]) -> None:
        """Stage every document that is new or changed, and set aside what the file no longer holds."""
        articles = {article.where: article for article in self._articles(what, repairs)}
        changed = {where: article for where, article in articles.items() if self._changed(article)}
        for outcome in self._outcomes(changed):
            article = changed[outcome.article.where if isinstance(outcome, Analysis) else outcome.where]
            if isinstance(outcome, Failure):
                self.unread.append(outcome)
            analysis = replace(outcome, article=article) if isinstance(outcome, Analysis) else Analysis(article, (), ())
            self.statements += len(analysis.statements) if self._settings else 0
            self._staging.add(analysis, digest=digest(_document(article)), recipe=self._key)
        for place in self._known:
            if place.startswith(f"{what.place}#") and place not in articles:
                self._staging.add(SetAside(place, "no longer in the .dna file"), digest="", recipe=_RECIPE)

    def _articles(self, what: Taken, repairs: Iterable[Repair]) -> Iterator[Article]:
        notes: dict[str, list[Evidence]] = {}
        for repair in repairs:
            notes.setdefault(repair.where, []).append(Evidence("import", repair.what))
        for article, document in zip(what.articles, what.documents, strict=True):
            told = tuple(notes.get(f"DOCUMENTS {document.row['ID']}", ()))
            language = (self._settings and self._settings.language) or detect(article.text, languages())
            yield replace(article, language=language, notes=told)

    def _changed(self, article: Article) -> bool:
        found, key = self._known.get(article.where, ("", ""))
        return found != digest(_document(article)) or (self._settings is not None and key != self._key)

    def _outcomes(self, articles: Mapping[str, Article]) -> Iterator[Outcome]:
        if self._settings is not None:
            yield from local.run(map(_document, articles.values()), self._settings, analyse_as_given)
            return
        # A title or a date may have changed: what selon found in the same text before stays.
        there = self._ledger.headings(article.id for article in articles.values())
        for article in articles.values():
            before = self._ledger.analysis(article.id) if article.id in there else Analysis(article, (), ())
            yield replace(before, article=article)


def _document(article: Article) -> Document:
    """The article as a worker gets it; its id travels as the address."""
    return Document(
        where=article.where,
        data=article.text,
        media_type="text/plain",
        url=article.id,
        outlet=article.outlet,
        title=article.title,
        published=str(article.published),
        language=article.language,
    )


def _check_same(held: Coded, what: Taken) -> None:
    """Raise InputError when another file of this name was imported: this one would take back what was coded in it."""
    before = {each.row["Title"] for each in held.documents.values() if each.codebook == what.codebook}
    if before and what.documents and before.isdisjoint(each.row["Title"] for each in what.documents):
        raise InputError(
            "a file of this name was imported before, and none of its documents is in this one",
            where=what.place,
            next="give the file a name of its own",
        )


def _summed(what: Taken, file: DnaFile, texts: _Texts, made: Iterable[Decision]) -> Imported:
    codings = [each for each in made if each.kind == "coding"]
    withdrawn = sum(each.value is None for each in codings)
    return Imported(
        articles=len(what.articles),
        codings=len(what.codings),
        new=len(codings) - withdrawn,
        withdrawn=withdrawn,
        statements=texts.statements,
        repairs=file.repairs,
        unread=tuple(texts.unread),
    )


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
