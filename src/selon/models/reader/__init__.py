"""A trained reader of quotations: from the tokens of an article to contents, cues and sources, each with its chance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from selon.models.reader.load import load_reader
from selon.models.reader.readings import Reading, Run

if TYPE_CHECKING:
    from selon.models.reader.reader import QuotationReader

__all__ = ["QuotationReader", "Reading", "Run", "load_reader"]
