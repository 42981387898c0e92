"""An article as the model reads it: the engine's own document, of words that training has cut already."""

from __future__ import annotations

from collections.abc import Sequence

from selon.models.reader.document import Document, Section
from selon.models.reader.document import build_document as document_of

STATES = 8

__all__ = ["STATES", "Document", "build_document"]


def build_document(words: Sequence[str]) -> Document:
    """The document of ``words``, which start with a break, hold one between paragraphs and end with one."""
    return document_of(Section(tuple(words), tuple(range(len(words))), titled=True))
