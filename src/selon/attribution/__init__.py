"""Passages to quotations: source, cue and content, each with its exact characters."""

from selon.attribution.attribute import attribute

__all__ = ["attribute"]
