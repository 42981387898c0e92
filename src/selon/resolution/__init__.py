"""Who speaks within an article, and when it was said."""

from selon.resolution.statements import resolve

__all__ = ["resolve"]
