"""Passages to quotations: source, cue and content, each with its exact characters."""

from selon.attribution.quotations import attribute

__all__ = ["attribute"]
