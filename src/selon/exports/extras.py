"""Libraries that only some exports need: there, or said plainly how to get them."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from selon.errors import UsageError


def extra(module: str, package: str = "") -> Any:  # noqa: ANN401 - a module without types
    """The module. Raises UsageError with the line to install it when it is missing."""
    try:
        return import_module(module)
    except ImportError as error:
        raise UsageError(f"{package or module} is not installed", next="pip install 'selon[exchange]'") from error
