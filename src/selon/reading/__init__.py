"""Files to articles."""

from __future__ import annotations

from pathlib import Path

from selon.errors import InputError, UnknownFormat
from selon.reading.articles import read_document
from selon.reading.columns import Columns
from selon.reading.files import documents_in, find_documents
from selon.reading.passages import passages
from selon.records import Article, Failure, SetAside

__all__ = ["Columns", "find_documents", "passages", "read", "read_document"]


def read(path: Path | str, language: str = "") -> Article:
    """The one article in a file. ``language`` (``fr``, ``en``) is found out where it is not given.

    Raises InputError when the file cannot be read, holds no article, or more than one.
    """
    found = documents_in(Path(path))
    document, more = next(found), next(found, None)
    if isinstance(document, Failure):
        raise UnknownFormat(document.what, where=document.where, next=document.next)
    if more is not None:
        raise UnknownFormat("it holds more than one article", where=str(path), next="use selon.reading.find_documents")
    article = read_document(document, language=language)
    if isinstance(article, SetAside):
        raise InputError(article.reason, where=article.where, next="give a page of an article, or name its language")
    return article
