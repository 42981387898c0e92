"""The data that came with this package, in ``register/``: tables that belong to no single language."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources

from selon.languages.pack import LanguagePack


def table(name: str) -> tuple[Mapping[str, str], ...]:
    """The rows of ``register/NAME.tsv`` by its header line. Raises PackError on damage."""
    return _folder().rows(name)


@cache
def _folder() -> LanguagePack:
    return LanguagePack("actors", resources.files("selon.matching.actors") / "register")
