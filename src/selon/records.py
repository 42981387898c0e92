"""The records that flow through the house: frozen, slotted, ids are hashes of content.

Later records point down at earlier ones by id and span; nothing points up.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Self

from selon.highlight import Mark, Part
from selon.notebook import cell
from selon.offsets import OffsetMap, Span


def content_id(prefix: str, *parts: object) -> str:
    """A short id that is a hash of what the record holds: the same content, the same id, on every machine."""
    seed = "\x1f".join(str(part) for part in parts).encode("utf-8", "surrogatepass")
    return prefix + hashlib.sha256(seed).hexdigest()[:14]


class Precision(StrEnum):
    """How much of a date is known."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    INTERVAL = "interval"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class When:
    """A date as far as it is known: both ends inclusive, None where nothing is known.

    A day has ``first == last``; a month its first and last day; ``evidence`` says where it was read.
    """

    first: date | None = None
    last: date | None = None
    precision: Precision = Precision.UNKNOWN
    evidence: str = ""

    def __str__(self) -> str:
        if self.first is None or self.last is None:
            return "unknown"
        form = {Precision.DAY: "%Y-%m-%d", Precision.MONTH: "%Y-%m", Precision.YEAR: "%Y"}.get(self.precision)
        return self.first.strftime(form) if form else f"{self.first}/{self.last}"


class Kind(StrEnum):
    """How the words are given: in quotation marks, without, or partly."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class Form(StrEnum):
    """What the content is, grammatically."""

    CLAUSE = "clause"
    FRAGMENT = "fragment"
    NOMINAL = "nominal"


class ActorKind(StrEnum):
    """What sort of speaker it is."""

    PERSON = "person"
    ORGANIZATION = "organization"
    GROUP = "group"
    DOCUMENT = "document"
    UNKNOWN = "unknown"


class PassageKind(StrEnum):
    """What a stretch of the page is."""

    HEADLINE = "headline"
    STANDFIRST = "standfirst"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    CAPTION = "caption"
    BLOCKQUOTE = "blockquote"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why we think so: which rule or model, what it saw, and its score (0 to 1) if it has one."""

    by: str
    saw: str = ""
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Boilerplate:
    """A stretch of the page that is not the article; ``reason`` names the rule that set it aside."""

    span: Span
    reason: str


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the page says its text comes from (``Source : AFP``), and the characters that say so."""

    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class Document:
    """One article as it came in, before reading: raw bytes or text with what the container said of it.

    ``where`` is the file, or ``file#record`` inside an archive, feed or table; ``media_type`` is ``text/plain`` or
    ``text/html``, with ``; charset=…`` where a server declared one; the rest is empty when the container does not say.
    """

    where: str
    data: bytes | str
    media_type: str
    url: str = ""
    outlet: str = ""
    title: str = ""
    published: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    """One page as read.

    ``text`` is the reading text; every Span in every record counts its code points. For plain text it *is* the raw
    file; for HTML or repaired mojibake ``offsets`` leads from it to the raw file's code points. ``boilerplate`` is
    marked, never cut out. ``notes`` say what reading had to mend: bytes of another encoding, mojibake. ``layout``
    is what the markup of an HTML page says of its lines (this one is a heading), in text order; empty for plain text.
    """

    id: str
    where: str
    text: str
    language: str = ""
    title: str = ""
    url: str = ""
    outlet: str = ""
    published: When = field(default_factory=When)
    boilerplate: tuple[Boilerplate, ...] = ()
    origin: Origin | None = None
    offsets: OffsetMap | None = None
    notes: tuple[Evidence, ...] = ()
    layout: tuple[tuple[Span, PassageKind], ...] = ()

    def raw(self, span: Span) -> tuple[Span, ...]:
        """Where the span's characters stand in the raw file."""
        return self.offsets.to_raw(span) if self.offsets is not None else (span,)

    def marks(self) -> tuple[Mark, ...]:
        """The boilerplate, as ``highlight`` shows it."""
        return tuple(Mark(each.span, Part.BOILERPLATE, title=each.reason) for each in self.boilerplate)

    def _repr_html_(self) -> str:
        about = " · ".join(filter(None, (self.outlet, str(self.published), self.where)))
        return cell(self.text, self.marks(), about=about, language=self.language)


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of the article with its sentences, both as spans of the article's text, in text order."""

    span: Span
    kind: PassageKind
    sentences: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Quotation:
    """Source, cue and content of one reported utterance; each spans in text order, source and cue maybe none.

    ``parent`` is the id of the quotation it is nested in; ``confidence`` is a probability.
    """

    id: str
    article: str
    content: tuple[Span, ...]
    cue: tuple[Span, ...]
    source: tuple[Span, ...]
    kind: Kind
    form: Form
    confidence: float
    evidence: tuple[Evidence, ...] = ()
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class Rejected:
    """A candidate that was looked at and refused, with the reason."""

    span: Span
    reason: str


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks, worked out within one article.

    ``name`` is the fullest proper name in the article, or the fullest description where there is none; ``names`` every
    wording in the article that refers to it; ``mention`` the one nearest to the quotation.
    """

    name: str
    kind: ActorKind
    names: tuple[str, ...] = ()
    role: str = ""
    mention: Span | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """A quotation with its speaker worked out: one line of the ledger.

    ``who`` is None when the speaker is unknown. ``source``, ``cue`` and ``content`` are the words at the quotation's
    spans (pieces joined by ``" […] "``), kept so that a line can be read without its article.
    ``addressee`` and ``venue`` are the article's words for whom it was said to and where, in what or on what occasion;
    empty where the article does not say. What ``said_on`` is, and when it is unknown: docs/ledger.md.
    """

    id: str
    quotation: Quotation
    who: Speaker | None
    source: str
    cue: str
    content: str
    said_on: When
    addressee: str = ""
    venue: str = ""
    confidence: float = 0.0
    evidence: tuple[Evidence, ...] = ()

    @property
    def speaker(self) -> str | None:
        """The speaker's name, or None when unknown."""
        return self.who.name if self.who is not None else None

    @property
    def span(self) -> Span:
        """From the first to the last character of source, cue and content."""
        spans = self.quotation.content + self.quotation.cue + self.quotation.source
        return Span(min(s.start for s in spans), max(s.end for s in spans))

    def marks(self, label: str = "", anchor: str = "") -> tuple[Mark, ...]:
        """Its source, cue and content as ``highlight`` shows them; ``anchor`` stands on the content's first words.

        A quotation that is more likely none than one is marked ``faint``.
        """
        quotation, speaker = self.quotation, self.speaker or "speaker unknown"
        styles = (quotation.kind.value, *(("faint",) if quotation.confidence < 0.5 else ()))
        anchors = (anchor, *("" for _ in quotation.content[1:]))
        return (
            *(Mark(span, Part.SOURCE, title=f"source: {speaker}") for span in quotation.source),
            *(Mark(span, Part.CUE, title=f"cue: {speaker}") for span in quotation.cue),
            *(
                Mark(span, Part.CONTENT, styles, label, place, f"{quotation.kind.value}: {speaker}")
                for span, place in zip(quotation.content, anchors, strict=True)
            ),
        )


class CopyKind(StrEnum):
    """What two articles that share more than chance are to each other."""

    FULL = "full"
    PARTIAL = "partial"
    TRANSLATED = "translated"
    COMMON_SOURCE = "common source"
    INCIDENTAL = "incidental"


@dataclass(frozen=True, slots=True)
class SharedPassage:
    """A stretch of one article beside the stretch of another that it is like, each in its own article's text."""

    derived: Span
    origin: Span
    likeness: float


@dataclass(frozen=True, slots=True)
class Copy:
    """An article that shares passages with one that was seen earlier.

    ``full``, ``partial`` and ``translated`` are copies. Under ``common source`` both have it from elsewhere: from
    ``through``, where that is an article of ours, or from the agency ``wire``; ``incidental`` is what quotations and
    chance explain. ``direction`` is how sure it is that ``derived`` came after ``origin``, 0.5 where nothing tells.
    ``passages`` are in the order of the derived article; ``evidence`` is that of the likeness, ``earliest`` that of the
    direction.
    """

    id: str
    derived: str
    origin: str
    kind: CopyKind
    passages: tuple[SharedPassage, ...]
    score: float
    direction: float
    evidence: tuple[Evidence, ...] = ()
    earliest: tuple[Evidence, ...] = ()
    wire: str = ""
    through: str = ""


@dataclass(frozen=True, slots=True)
class Alias:
    """What an actor is called, and in how many articles; ``key`` is the wording as names are compared."""

    wording: str
    articles: int
    key: str = ""


@dataclass(frozen=True, slots=True)
class Role:
    """What an actor is said to be, in how many articles; the days between which these were published, if known."""

    name: str
    articles: int
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, body, group or document across articles; ``names`` commonest first, ``roles`` in the order of time.

    ``organisation`` is the body that a person's roles tell of; ``first`` and ``last`` are the days of the articles it
    was met in, as far as they are known; ``evidence`` says why its appearances are one actor.
    """

    id: str
    name: str
    kind: ActorKind
    names: tuple[Alias, ...]
    roles: tuple[Role, ...] = ()
    organisation: str = ""
    wikidata: str = ""
    statements: int = 0
    articles: int = 0
    first: date | None = None
    last: date | None = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Belonging:
    """Which actor a statement is by, and why: how its speaker was tied to the actor's other appearances."""

    statement: str
    actor: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Analysis:
    """All that one article gave: what an engine carries from a worker to the store."""

    article: Article
    passages: tuple[Passage, ...]
    statements: tuple[Statement, ...]
    rejected: tuple[Rejected, ...] = ()

    def _repr_html_(self) -> str:
        article = self.article
        marks = [mark for n, each in enumerate(self.statements, start=1) for mark in each.marks(str(n))]
        speakers = dict.fromkeys(each.speaker or "speaker unknown" for each in self.statements)
        found = f"{len(self.statements)} statements: {', '.join(speakers)}" if speakers else "no statements"
        about = " · ".join(filter(None, (article.outlet, str(article.published), article.where, found)))
        return cell(article.text, [*marks, *article.marks()], about=about, language=article.language)


class Statements(tuple[Statement, ...]):
    """The statements of one article in text order: a tuple, which a notebook shows as the article with them marked."""

    analysis: Analysis

    def __new__(cls, analysis: Analysis) -> Self:
        """The statements of an analysis."""
        made = super().__new__(cls, analysis.statements)
        made.analysis = analysis
        return made

    def __getnewargs__(self) -> tuple[Analysis]:
        """What pickle makes it from again."""
        return (self.analysis,)

    def _repr_html_(self) -> str:
        return self.analysis._repr_html_()


@dataclass(frozen=True, slots=True)
class SetAside:
    """A document that was read but is no article for us (another language, no text), with the reason."""

    where: str
    reason: str


@dataclass(frozen=True, slots=True)
class Failure:
    """A document that could not be read: what, where, what next."""

    where: str
    what: str
    next: str
    stage: str


@dataclass(frozen=True, slots=True)
class Proposition:
    """What can be held or denied: a line of a codebook, or suggested from the pile.

    ``language`` is that of its wording; ``aliases`` say the same in other words; ``pro`` and ``con`` are examples of
    statements that hold and that deny it.
    """

    key: str
    text: str
    language: str = ""
    aliases: tuple[str, ...] = ()
    pro: tuple[str, ...] = ()
    con: tuple[str, ...] = ()

    @property
    def wordings(self) -> tuple[str, ...]:
        """Its text and aliases."""
        return (self.text, *self.aliases)


@dataclass(frozen=True, slots=True)
class Position:
    """Where a statement stands on a proposition: +1 holds it, -1 denies it, 0 mentions it or leaves it open.

    ``confidence`` is the probability that the statement is about the proposition and stands so.
    """

    statement: str
    proposition: str
    agreement: int
    confidence: float
    evidence: tuple[Evidence, ...] = ()


class ContradictionKind(StrEnum):
    """Who contradicts whom."""

    CONFLICT = "conflict"
    DISSENT = "dissent"
    CHANGE = "change"
    WORDING = "wording"


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two statements that cannot both stand.

    ``kind`` is ``conflict`` (different organisations or actors), ``dissent`` (different people of one organisation),
    ``change`` (one actor at two times) or ``wording`` (two reports of one utterance that tell it differently; then
    ``proposition`` is empty). The one said earlier comes first where both days are known, else the one that holds it.
    """

    id: str
    kind: ContradictionKind
    proposition: str
    first: str
    second: str
    confidence: float
    evidence: tuple[Evidence, ...] = ()
