"""What matching takes and gives: statements as it needs them, the utterances it makes of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from selon.records import Evidence

Days = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Reported:
    """A statement with what matching needs of its article.

    ``position`` counts the statements of the article in text order; ``published`` and ``said`` are the first and last
    possible day of article and statement, None where unknown; ``actor`` is the id of its actor across articles, empty
    where nobody worked it out.
    """

    id: str
    article: str
    position: int
    language: str
    content: str
    cue: str = ""
    kind: str = ""
    speaker: str = ""
    speaker_kind: str = ""
    names: tuple[str, ...] = ()
    actor: str = ""
    published: Days | None = None
    said: Days | None = None


@dataclass(frozen=True, slots=True)
class Witness:
    """A statement that reports an utterance; ``confidence`` is the mean chance that it and another are about one."""

    statement: str
    confidence: float
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Utterance:
    """One thing said on one occasion: its witnesses in order of publication, one or more.

    ``repeated`` is the same for utterances in which the same thing is said on other occasions, empty for the rest.
    """

    id: str
    witnesses: tuple[Witness, ...]
    repeated: str = ""
