"""Articles given as records, read and joined: their quotations with the utterances these report, and the copies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from selon.errors import InputError
from selon.languages import load_pack
from selon.pipeline import analyse_article, copies, reported_of, resolve_given, utterances, with_actors
from selon.reading import passages, read_document
from selon.records import Analysis, Article, Copy, CopyKind, Document, Position

Record = Mapping[str, Any]
_TAKEN_OVER = (CopyKind.FULL, CopyKind.PARTIAL, CopyKind.TRANSLATED)


@dataclass(frozen=True, slots=True)
class Joined:
    """Articles in the order given, the key of each statement's utterance by its id, and who copied whom."""

    analyses: tuple[Analysis, ...]
    utterance: Mapping[str, str]
    copies: Mapping[str, Sequence[Copy]]


def join(records: Iterable[Record], *, given: bool = False) -> Joined:
    """Everything that these records tell together.

    Each has ``id`` and ``text``, maybe ``lang``, ``outlet`` and ``date``; with ``given`` their ``quotations`` are
    taken as they stand (content, cue, source, type, form), else found. Nothing else of a record is looked at. Raises
    InputError for a record without these.
    """
    analyses = tuple(_analysis(record, given=given) for record in records)
    said = [each for analysis in analyses for each in reported_of(analysis.article, analysis.statements)]
    keys = {witness.statement: each.id for each in utterances(with_actors(said)) for witness in each.witnesses}
    taken: dict[str, list[Copy]] = {}
    for copy in copies(analyses):
        if copy.kind in _TAKEN_OVER:
            taken.setdefault(copy.derived, []).append(copy)
    return Joined(analyses, keys, taken)


def joined_records(
    joined: Joined, positions: Mapping[str, Sequence[Position]] | None = None
) -> Iterator[dict[str, Any]]:
    """A record an article, in the format of the scorer of matches: quotations with utterances and positions, copies."""
    taken_by = positions or {}
    for each in joined.analyses:
        found = [
            {
                "content": [list(span) for span in statement.quotation.content],
                "speaker": statement.speaker,
                "utterance": joined.utterance[statement.id],
                "positions": [
                    {"proposition": one.proposition, "agreement": one.agreement, "confidence": one.confidence}
                    for one in taken_by.get(statement.id, ())
                ],
            }
            for statement in each.statements
        ]
        taken = [{"of": copy.origin, "kind": copy.kind.value} for copy in joined.copies.get(each.article.id, ())]
        yield {"id": each.article.id, "quotations": found, "copies": taken}


def _analysis(record: Record, *, given: bool) -> Analysis:
    try:
        name, text = str(record["id"]), str(record["text"])
        wanted = list(record["quotations"]) if given else []
        told = {field: str(record.get(key) or "") for field, key in _FIELDS.items()}
    except (KeyError, TypeError) as error:
        raise InputError(f"no such field: {error}", where=str(record)[:60], next="see selon link --help") from error
    read = read_document(Document(where=name, data=text, media_type="text/plain", **told), language=told["language"])
    if not isinstance(read, Article):
        read = Article(id=name, where=name, text=text, language=told["language"])
    # The id is the record's own: two records with one text are two articles.
    article = replace(read, id=name)
    if not given:
        return analyse_article(article)
    bare = [{key: each.get(key) for key in ("content", "cue", "source", "type", "form")} for each in wanted]
    return Analysis(article, passages(article, load_pack(article.language)), resolve_given(article, bare))


_FIELDS = {"language": "lang", "outlet": "outlet", "published": "date"}
