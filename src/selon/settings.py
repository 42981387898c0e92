"""Limits and choices that come from outside; every stage takes what it needs as an argument."""

from __future__ import annotations

from dataclasses import dataclass

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may cost: bytes of text or page, seconds, bytes of memory."""

    size: int = 2 * MEBIBYTE
    seconds: float = 10.0
    memory: int = 1024 * MEBIBYTE


@dataclass(frozen=True, slots=True)
class Settings:
    """How a run is done. ``language`` forces one instead of detecting it; ``workers`` 0 means one a core."""

    language: str = ""
    workers: int = 0
    limits: Limits = Limits()
