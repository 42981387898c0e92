"""A ledger as a project of DNA: its articles, what people coded in them, and selon's own statements to be coded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from selon.discourse.codings import Coded, CodedDocument, Coding
from selon.exports.dna.building import Building, new_codebook
from selon.exports.dna.fitting import FittedText, fitted
from selon.exports.dna.schema import DNA_STATEMENT, LONGEST, VERSION, Row, Tables
from selon.exports.wordings import because
from selon.offsets import Span
from selon.records import ActorKind, Analysis, Article, Statement

CODER = "selon"
SELON_STATEMENT = "selon statement"
UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class Line:
    """What one statement is in DNA's terms: who, for which body, on what concept, and for (1), against (−1), or 0."""

    person: str = ""
    organization: str = ""
    concept: str = ""
    agreement: int | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)


Lines = Callable[[Statement], Sequence[Line]]


@dataclass(frozen=True, slots=True)
class Project:
    """The tables of the file, and a line for each kind of thing that DNA cannot hold."""

    tables: Tables
    losses: tuple[str, ...]
    documents: int
    coded: int
    found: int


def lines_of(statement: Statement) -> Sequence[Line]:
    """The one line of a statement as its article tells it, without a concept: that is for the coder."""
    who = statement.who
    if who is None:
        return (Line(),)
    attributes = {
        "Type": who.role or who.kind.value,
        "Alias": "; ".join(name for name in who.names if name != who.name),
    }
    person = who.kind in (ActorKind.PERSON, ActorKind.UNKNOWN)
    return (Line(who.name if person else "", "" if person else who.name, attributes=attributes),)


def project(analyses: Iterable[Analysis], coded: Coded, today: date, lines: Lines = lines_of) -> Project:
    """The file's tables. What was imported keeps its ids as far as they are free; ``today`` is the date of a new file.

    Every statement gives a row for each of its lines; one that is undecided (0) goes to a type of its own, since
    ``agreement`` is yes or no. A line without a concept counts in no network until a coder gives it one.
    """
    making = _Making(coded, today, lines)
    for analysis in analyses:
        making.add(analysis)
    return making.finish()


class _Making:
    """The file while articles are added to it."""

    def __init__(self, coded: Coded, today: date, lines: Lines) -> None:
        self._coded, self._lines = coded, lines
        self._building = Building()
        self._losses: dict[str, int] = {}
        self._codings: dict[str, list[Coding]] = {}
        for coding in coded.codings:
            self._codings.setdefault(coding.article, []).append(coding)
        self._moved = {key: self._building.lay(value["tables"]) for key, value in coded.codebooks.items()}
        self._named = {
            (key, table, row[name]): self._moved[key][table][row["ID"]]
            for key, value in coded.codebooks.items()
            for table, name in (("CODERS", "Name"), ("STATEMENTTYPES", "Label"))
            for row in value["tables"][table]
        }
        if not self._moved:
            self._building.lay(new_codebook())
        for name, value in (("version", VERSION), ("date", today.isoformat())):
            self._building.add("SETTINGS", {"Property": name, "Value": value})
        rows = [document.row for document in coded.documents.values()]
        self._building.reserve("DOCUMENTS", {row["ID"] for row in rows})
        self._building.reserve("STATEMENTS", {coding.number for coding in coded.codings})
        self._types: dict[str, int] = {}
        self._counts = {"documents": 0, "coded": 0, "found": 0}

    def add(self, analysis: Analysis) -> None:
        """One article with its codings and statements."""
        held = self._coded.documents.get(analysis.article.id)
        text = FittedText(analysis.article.text, kept=held is not None)
        identity = self._document(analysis.article, held, text)
        for coding in self._codings.get(analysis.article.id, ()):
            self._coding(coding, identity, text)
        for statement in analysis.statements:
            self._lose_day(statement, analysis.article)
            for line in self._lines(statement):
                self._statement(statement, line, identity, text)

    def finish(self) -> Project:
        """The whole."""
        tables = self._building.finish()
        self._lose(
            "names longer than 190 characters (cut; whole in the attributes Full text 1, 2 …)", self._building.cut
        )
        losses = tuple(f"{what}: {number:,}" for what, number in self._losses.items() if number)
        return Project(tables, losses, **self._counts)

    def _document(self, article: Article, held: CodedDocument | None, text: FittedText) -> int:
        self._counts["documents"] += 1
        row = self._held_row(held) if held else self._new_row(article)
        self._lose("documents with line ends \\r\\n or \\r (written as \\n)", bool(text.line_ends))
        if held is None:
            self._lose("characters beyond U+FFFF, or U+0000, which DNA counts in two ways (written as �)", text.wide)
        else:
            self._lose(
                "documents with characters that DNA's window and its exports count in two ways (kept)", bool(text.wide)
            )
        for column in ("Title", "Author", "Source", "Section", "Type"):
            whole, row[column] = row[column], fitted(row[column])
            if len(whole) > LONGEST:
                row["Notes"] = f"{row['Notes']}\n{column}: {whole}".strip()
                self._lose(f"values of {column} longer than 190 characters (cut; whole in the document's notes)", 1)
        made = self._building.add("DOCUMENTS", {**row, "Text": text.text}, row.get("ID"))
        identity: int = made["ID"]
        return identity

    def _held_row(self, held: CodedDocument) -> Row:
        coders = self._moved.get(held.codebook, {}).get("CODERS", {})
        return {**held.row, "Coder": coders.get(held.row["Coder"], held.row["Coder"])}

    def _new_row(self, article: Article) -> Row:
        day = article.published.first
        if day is None:
            self._lose("documents without a known date (dated 1970-01-01)", 1)
        moment = datetime(day.year, day.month, day.day, tzinfo=UTC) if day else datetime(1970, 1, 1, tzinfo=UTC)
        told = {
            "selon": article.id,
            "place": article.where,
            "url": article.url,
            "language": article.language,
            "published": str(article.published),
            "origin": article.origin.name if article.origin else "",
        }
        return {
            "Title": article.title or article.where,
            "Coder": self._coder(),
            "Author": "",
            "Source": article.outlet,
            "Section": "",
            "Notes": "\n".join(f"{name}: {value}" for name, value in told.items() if value),
            "Type": "",
            "Date": int(moment.timestamp()),
        }

    def _coding(self, coding: Coding, document: int, text: FittedText) -> None:
        kind = self._named.get((coding.codebook, "STATEMENTTYPES", coding.type))
        coder = self._named.get((coding.codebook, "CODERS", coding.coder))
        if kind is None or coder is None:
            self._lose("codings whose codebook is gone (left out)", 1)
            return
        self._counts["coded"] += 1
        made = self._marked(kind, document, text.moved(coding.span), coder, coding.number)
        for variable in self._building.variables(kind):
            value = coding.values.get(variable["Variable"])
            if value is None and variable["DataType"] in ("boolean", "integer"):
                self._lose("values that are missing where DNA wants a yes, no or number (its default is written)", 1)
            self._building.value(made, variable, value)

    def _statement(self, statement: Statement, line: Line, document: int, text: FittedText) -> None:
        content = statement.quotation.content
        span = text.moved(Span(min(each.start for each in content), max(each.end for each in content)))
        if span.start >= span.end:
            self._lose("statements without a character (left out)", 1)
            return
        self._counts["found"] += 1
        undecided = line.agreement == 0
        kind = self._type(undecided=undecided)
        made = self._marked(kind, document, span, self._coder())
        values = {
            "person": line.person,
            "organization": line.organization,
            "concept": line.concept,
            "agreement": None if line.agreement is None else line.agreement > 0,
            "kind": statement.quotation.kind.value,
            "confidence": round(statement.confidence * 100),
            "note": because(statement),
        }
        for variable in self._building.variables(kind):
            name = variable["Variable"]
            attributes = line.attributes if name in ("person", "organization") and values.get(name) else None
            self._building.value(made, variable, values.get(name), attributes)

    def _lose_day(self, statement: Statement, article: Article) -> None:
        other = statement.said_on.first is not None and statement.said_on.first != article.published.first
        self._lose(
            "statements of another day than their document's, the only one in DNA (theirs is in the note)",
            other,
        )

    def _marked(self, kind: int, document: int, span: Span, coder: int, wanted: int | None = None) -> int:
        row = {"StatementTypeId": kind, "DocumentId": document, "Start": span.start, "Stop": span.end, "Coder": coder}
        made: int = self._building.add("STATEMENTS", row, wanted)["ID"]
        return made

    def _coder(self) -> int:
        made: int = self._building.add("CODERS", {"Name": CODER, "Red": 90, "Green": 90, "Blue": 90, "Password": ""})[
            "ID"
        ]
        return made

    def _type(self, *, undecided: bool) -> int:
        """The type of selon's statements: DNA's own in a new file, one beside it where people coded with that."""
        label = UNDECIDED if undecided else SELON_STATEMENT if self._moved else DNA_STATEMENT
        if label not in self._types:
            made = self._building.add("STATEMENTTYPES", {"Label": label, "Red": 160, "Green": 190, "Blue": 220})["ID"]
            wanted = {
                **dict.fromkeys(("person", "organization", "concept"), "short text"),
                **({} if undecided else {"agreement": "boolean"}),
                "kind": "short text",
                "confidence": "integer",
                "note": "long text",
            }
            for name, data in wanted.items():
                self._building.add("VARIABLES", {"Variable": name, "DataType": data, "StatementTypeId": made})
            self._types[label] = made
        return self._types[label]

    def _lose(self, what: str, number: int) -> None:
        self._losses[what] = self._losses.get(what, 0) + number
