"""Who said what in a pile of news articles.

>>> import selon
>>> article = selon.read("page.html")  # doctest: +SKIP
>>> for s in selon.statements(article):  # doctest: +SKIP
...     print(s.speaker, s.cue, s.content, s.span)
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selon.errors import SelonError
    from selon.offsets import OffsetMap, Span
    from selon.pipeline import statements
    from selon.reading import read
    from selon.records import (
        ActorKind,
        Analysis,
        Article,
        Boilerplate,
        Document,
        Evidence,
        Failure,
        Form,
        Kind,
        Origin,
        Passage,
        PassageKind,
        Precision,
        Quotation,
        Rejected,
        SetAside,
        Speaker,
        Statement,
        Statements,
        When,
    )
    from selon.settings import Limits, Settings
    from selon.store import Ledger

__version__ = "0.1.0"

_HOMES = {
    "selon.errors": ("SelonError",),
    "selon.offsets": ("OffsetMap", "Span"),
    "selon.pipeline": ("statements",),
    "selon.reading": ("read",),
    "selon.records": (
        *(
            "ActorKind",
            "Analysis",
            "Article",
            "Boilerplate",
            "Document",
            "Evidence",
            "Failure",
            "Form",
            "Kind",
            "Origin",
        ),
        *(
            "Passage",
            "PassageKind",
            "Precision",
            "Quotation",
            "Rejected",
            "SetAside",
            "Speaker",
            "Statement",
            "Statements",
            "When",
        ),
    ),
    "selon.settings": ("Limits", "Settings"),
    "selon.store": ("Ledger",),
}
_HOME_OF = {name: module for module, names in _HOMES.items() for name in names}

__all__ = [  # noqa: RUF022  the verbs first, then the ledger, then the records
    "read",
    "statements",
    "Ledger",
    "ActorKind",
    "Analysis",
    "Article",
    "Boilerplate",
    "Document",
    "Evidence",
    "Failure",
    "Form",
    "Kind",
    "Limits",
    "OffsetMap",
    "Origin",
    "Passage",
    "PassageKind",
    "Precision",
    "Quotation",
    "Rejected",
    "SelonError",
    "SetAside",
    "Settings",
    "Span",
    "Speaker",
    "Statement",
    "Statements",
    "When",
    "__version__",
]


def __getattr__(name: str) -> object:
    """Import a public name when it is first asked for, so that ``import selon`` costs nothing."""
    if name not in _HOME_OF:
        raise AttributeError(f"module 'selon' has no attribute {name!r}")
    value: object = getattr(import_module(_HOME_OF[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
