"""Who decides, and when: what every command that adds a decision asks."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer

ByOption = Annotated[str, typer.Option("--by", help="Who decides. [default: the name you are logged in with]")]


def who_decides(by: str) -> str:
    """The name given, else the name of who is logged in."""
    import getpass

    try:
        return by or getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "unknown"


def now() -> datetime:
    """The time of the decision."""
    return datetime.now(UTC)
