"""Articles as UIMA CAS JSON, an article a file, for INCEpTION: statements as spans and relations of layers of ours."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from typing import Any, BinaryIO

from selon.exports.extras import extra
from selon.exports.wordings import because
from selon.records import Analysis, Statement

QUOTATION = "webanno.custom.Quotation"
RELATION = "webanno.custom.QuotationRelation"
TYPES = "TypeSystem.xml"
_SENTENCE = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Sentence"
_FEATURES = ("part", "statement", "speaker", "speakerKind", "kind", "form", "saidOn", "addressee", "evidence")
_EPOCH = (1980, 1, 1, 0, 0, 0)


def write_cas(target: BinaryIO, analyses: Iterable[Analysis]) -> int:
    """A ZIP archive with ``ARTICLE.json`` for each article and the layers in ``TypeSystem.xml``; how many articles.

    dkpro-cassis counts UTF-16 units in the files, as Java does. Raises UsageError when it is not installed.
    """
    cassis = extra("cassis", "dkpro-cassis")
    types = _types(cassis)
    number = 0
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr(_entry(TYPES), types.to_xml())
        for analysis in analyses:
            archive.writestr(_entry(f"{analysis.article.id}.json"), _cas(cassis, types, analysis).to_json())
            number += 1
    return number


def _types(cassis: Any) -> Any:  # noqa: ANN401 - a module without types
    types = cassis.TypeSystem()
    types.create_type(_SENTENCE, "uima.tcas.Annotation")
    quotation = types.create_type(QUOTATION, "uima.tcas.Annotation")
    for name in _FEATURES:
        types.create_feature(quotation, name, "uima.cas.String")
    types.create_feature(quotation, "confidence", "uima.cas.Double")
    relation = types.create_type(RELATION, "uima.tcas.Annotation")
    for name in ("Governor", "Dependent"):
        types.create_feature(relation, name, quotation)
    types.create_feature(relation, "role", "uima.cas.String")
    return types


def _cas(cassis: Any, types: Any, analysis: Analysis) -> Any:  # noqa: ANN401
    article = analysis.article
    cas = cassis.Cas(types, sofa_string=article.text, sofa_mime="text/plain", document_language=article.language)
    sentence = types.get_type(_SENTENCE)
    for passage in analysis.passages:
        cas.add_all([sentence(begin=span.start, end=span.end) for span in passage.sentences if span.start < span.end])
    for statement in analysis.statements:
        _add(cas, types, statement)
    return cas


def _add(cas: Any, types: Any, statement: Statement) -> None:  # noqa: ANN401
    """The pieces of a statement, and relations from its first piece of content to the others."""
    quotation, who = statement.quotation, statement.who
    span, relation = types.get_type(QUOTATION), types.get_type(RELATION)
    features = {
        "speaker": statement.speaker or "",
        "speakerKind": who.kind.value if who else "",
        "kind": quotation.kind.value,
        "form": quotation.form.value,
        "saidOn": "" if statement.said_on.first is None else str(statement.said_on),
        "addressee": statement.addressee,
        "evidence": because(statement),
        "confidence": statement.confidence,
    }
    first = None
    for part, pieces in (("content", quotation.content), ("cue", quotation.cue), ("source", quotation.source)):
        for piece in pieces:
            told = features if first is None else {}
            made = span(begin=piece.start, end=piece.end, part=part, statement=statement.id, **told)
            cas.add(made)
            if first is None:
                first = made
            else:
                role = "more" if part == "content" else part
                cas.add(relation(begin=made.begin, end=made.end, Governor=first, Dependent=made, role=role))


def _entry(name: str) -> zipfile.ZipInfo:
    """An entry of the archive without the time of day, so that the same ledger gives the same bytes."""
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    return entry
