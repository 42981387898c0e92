"""Statements as a STIX 2.1 bundle: who spoke as identities, articles as reports, each statement as a note."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time
from typing import Any

from selon.exports.extras import extra
from selon.exports.wordings import Maker, because, uuid_of
from selon.records import ActorKind, Analysis, Article, Speaker, Statement

_CLASSES = {
    ActorKind.PERSON: "individual",
    ActorKind.ORGANIZATION: "organization",
    ActorKind.GROUP: "group",
    ActorKind.DOCUMENT: "unspecified",
    ActorKind.UNKNOWN: "unknown",
}
_LONGEST = 120


def stix_pieces(analyses: Iterable[Analysis], maker: Maker) -> Iterator[str]:
    """The bundle in pieces of JSON, each object made and checked by the stix2 library.

    A note holds the words, their places and the evidence; it refers to the speaker and to the report. Names are one
    identity when they are the same but for case. Raises UsageError when stix2 is not installed.
    """
    making = _Making(extra("stix2"), maker)
    yield f'{{"type": "bundle", "id": "bundle--{uuid_of("bundle", maker.at.isoformat())}", "objects": ['
    between = "\n"
    for each in making.objects(analyses):
        yield between + each.serialize(ensure_ascii=False)
        between = ",\n"
    yield "\n]}\n"


class _Making:
    """Objects while they are made: an identity is given once."""

    def __init__(self, stix2: Any, maker: Maker) -> None:  # noqa: ANN401 - a module without types
        self._stix2, self._name, self._at = stix2, maker.name, maker.at
        self._identities: set[str] = set()
        self._creator = f"identity--{uuid_of('stix', 'selon')}"

    def objects(self, analyses: Iterable[Analysis]) -> Iterator[Any]:
        """Every object; what is referred to stands before, but for notes, which stand behind their report."""
        yield self._stix2.Identity(id=self._creator, name=self._name, identity_class="system", **self._times())
        for analysis in analyses:
            yield from self._article(analysis)

    def _article(self, analysis: Analysis) -> Iterator[Any]:
        article, referred = analysis.article, []
        if article.outlet:
            outlet, made = self._identity(article.outlet, "organization", "outlet")
            referred.append(outlet)
            yield from made
        speakers = {}
        for statement in analysis.statements:
            if statement.who is not None:
                speakers[statement.id], made = self._speaker(statement.who)
                referred.append(speakers[statement.id])
                yield from made
        notes = {statement.id: f"note--{uuid_of('note', statement.id)}" for statement in analysis.statements}
        referred += notes.values()
        if not referred:
            return
        report = f"report--{uuid_of('report', article.id)}"
        yield self._report(article, report, list(dict.fromkeys(referred)))
        for statement in analysis.statements:
            about = [report, *([speakers[statement.id]] if statement.id in speakers else [])]
            yield self._note(article, statement, notes[statement.id], about)

    def _speaker(self, who: Speaker) -> tuple[str, list[Any]]:
        return self._identity(who.name, _CLASSES[who.kind], who.role)

    def _identity(self, name: str, kind: str, role: str) -> tuple[str, list[Any]]:
        """The identity's id, and the object where it is the first time."""
        key = f"identity--{uuid_of('identity', kind, ' '.join(name.casefold().split()))}"
        if key in self._identities:
            return key, []
        self._identities.add(key)
        more = {"roles": [role]} if role else {}
        return key, [self._stix2.Identity(id=key, name=name, identity_class=kind, **more, **self._common())]

    def _report(self, article: Article, key: str, referred: list[str]) -> Any:  # noqa: ANN401
        told = "" if article.published.first is not None else "The date of publication is not known. "
        more = {"lang": article.language} if article.language else {}
        return self._stix2.Report(
            id=key,
            name=article.title or article.where,
            description=f"{told}selon: {article.id}; {article.where}",
            published=_moment(article.published.first) or self._at,
            object_refs=referred,
            labels=["news article"],
            external_references=self._references(article),
            **more,
            **self._common(),
        )

    def _note(self, article: Article, statement: Statement, key: str, about: list[str]) -> Any:  # noqa: ANN401
        words = statement.content if len(statement.content) <= _LONGEST else statement.content[:_LONGEST] + "…"
        more = {"lang": article.language} if article.language else {}
        return self._stix2.Note(
            id=key,
            abstract=f"{statement.speaker or 'speaker unknown'}: {words}",
            content=f"{statement.content}\n\n{because(statement)}",
            authors=[self._name],
            object_refs=about,
            labels=[statement.quotation.kind.value],
            confidence=round(statement.confidence * 100),
            external_references=self._references(article),
            **more,
            **self._common(),
        )

    def _references(self, article: Article) -> list[dict[str, str]]:
        reference = {"source_name": article.outlet or "article", "external_id": article.id}
        return [{**reference, "url": article.url} if article.url else reference]

    def _times(self) -> dict[str, Any]:
        return {"created": self._at, "modified": self._at}

    def _common(self) -> dict[str, Any]:
        return {"created_by_ref": self._creator, **self._times()}


def _moment(day: date | None) -> datetime | None:
    return datetime.combine(day, time(), UTC) if day else None
