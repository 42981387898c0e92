"""The ledger: a folder of tables that the machine wrote, and a database of what people decided."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from selon.errors import LedgerError, NoSuchRecord, UsageError
from selon.records import Analysis, Article, Failure, SetAside, Statement
from selon.store import decisions as log
from selon.store import disk, queries, search, settling
from selon.store.lock import writing_lock
from selon.store.merging import MERGED, STAGING, file_of, merge
from selon.store.migrations import CARD, SCHEMA_VERSION, migrate, schema_version
from selon.store.rows import Heading, Row, article_from, heading_from, passage_from, rejected_from, statement_from
from selon.store.tables import LINKED, TABLES
from selon.store.views import Views

if TYPE_CHECKING:
    import sqlite3

    from duckdb import DuckDBPyConnection, DuckDBPyRelation


class Ledger:
    """A ledger on disk, open for questions; make one with ``Ledger.open`` or ``Ledger.create``.

    Questions see the tables as the last finished run left them. ``with Ledger.open(…) as ledger`` closes it at the end.
    """

    def __init__(self, folder: Path, *, in_memory: bool = False) -> None:
        self.folder = folder
        self._in_memory = in_memory
        self._tables: Views | None = None
        self._moving = False
        self._asking: DuckDBPyConnection | None = None
        self._latest: DuckDBPyConnection | None = None
        self._database: sqlite3.Connection | None = None

    @classmethod
    def open(cls, path: Path | str, *, in_memory: bool = False) -> Ledger:
        """The ledger in a folder, brought up to this version's schema. Raises NotALedger, LedgerTooNew, LedgerBusy.

        ``in_memory`` copies the tables into memory before the first question, for who will ask many.
        """
        folder = Path(path)
        version = schema_version(folder)
        ledger = cls(folder, in_memory=in_memory)
        if version < SCHEMA_VERSION:
            with writing_lock(folder):
                migrate(folder, ledger._log, version)
                ledger._keep_up()
        return ledger

    @classmethod
    def create(cls, path: Path | str) -> Ledger:
        """A new, empty ledger in a folder that is empty or not there; the one that is there already, if any.

        Raises LedgerError where the folder holds other things, or cannot be written.
        """
        folder = Path(path)
        if (folder / CARD).exists():
            return cls.open(folder)
        with disk.writing_to(folder):
            if folder.is_dir() and any(entry.name not in _OURS for entry in folder.iterdir()):
                raise LedgerError("the folder holds other things", where=str(folder), next="give a new or empty folder")
            folder.mkdir(parents=True, exist_ok=True)
            with writing_lock(folder):
                ledger = cls(folder)
                merge(folder)
                migrate(folder, ledger._log, 0)
        return ledger

    # --- questions -------------------------------------------------------------------------------------------------

    def statements(self, **wanted: Any) -> list[Statement]:  # noqa: ANN401
        """The statements that fit, by date of publication, then in the order of the page; see ``Filter`` for the words.

        ``ledger.statements(speaker="Macron", about="retraites", since=date(2023, 1, 1), limit=10)``
        """
        return [statement_from(row) for row in self._statement_rows(queries.STATEMENTS, queries.filter_from(wanted))]

    def rows(self, **wanted: Any) -> list[Row]:  # noqa: ANN401
        """The same as ``statements``, as flat dictionaries with what is known of the article, for exports."""
        return self._statement_rows(queries.ROWS, queries.filter_from(wanted))

    def count(self, **wanted: Any) -> int:  # noqa: ANN401
        """How many statements fit."""
        select = f"SELECT count(*) AS number FROM ({queries.STATEMENTS}"
        return int(self._statement_rows(select, queries.filter_from(wanted), ")")[0]["number"])

    def headings(self, keys: Iterable[str]) -> dict[str, Heading]:
        """The headings of the articles with these ids, by id; those the ledger does not hold are left out."""
        query = f"{queries.COUNTED_THERE} {queries.ARTICLES} WHERE a.id IN (SELECT unnest($keys))"
        rows = queries.fetch(self._views, query, {"keys": list(keys)})
        return {row["id"]: heading_from(row) for row in rows}

    def articles(self, **wanted: Any) -> list[Heading]:  # noqa: ANN401
        """The articles that fit, by date of publication, without their text; ``about`` looks in title and text."""
        conditions = queries.article_conditions(
            queries.filter_from(wanted), self._found("article", wanted.get("about", ""))
        )
        rows = queries.fetch(self._views, conditions.sql(queries.ARTICLES, queries.ARTICLE_ORDER), conditions.values)
        return [heading_from(row) for row in rows]

    def statement(self, key: str) -> Statement:
        """One statement by its id or the beginning of it. Raises NoSuchRecord when none or several begin so."""
        return statement_from(self._one("statements", "statement", key))

    def article(self, key: str) -> Article:
        """One article by its id or the beginning of it. Raises NoSuchRecord when none or several begin so."""
        return article_from(self._one("articles", "article", key))

    def analysis(self, key: str) -> Analysis:
        """One article with its passages, statements and refused candidates, by its id or the beginning of it."""
        article = self.article(key)
        return next(self._analyses([article]))

    def analyses(self, **wanted: Any) -> Iterator[Analysis]:  # noqa: ANN401
        """Every article that fits with all it gave, in the order of ``articles``, a hundred in memory at a time."""
        keys = [heading.id for heading in self.articles(**wanted)]
        for start in range(0, len(keys), 100):
            batch = keys[start : start + 100]
            rows = queries.fetch(
                self._views, "SELECT * FROM articles WHERE id IN (SELECT unnest($keys))", {"keys": batch}
            )
            found = {row["id"]: article_from(row) for row in rows}
            yield from self._analyses([found[key] for key in batch if key in found])

    def failures(self) -> list[Failure]:
        """The documents that could not be read, by place: what, where, what next."""
        rows = queries.fetch(self._views, "SELECT * FROM failures")
        return [Failure(row["place"], row["what"], row["next"], row["stage"]) for row in rows]

    def set_aside(self) -> list[SetAside]:
        """The documents that are no articles for us, by place, with the reason."""
        rows = queries.fetch(self._views, "SELECT * FROM set_aside")
        return [SetAside(row["place"], row["reason"]) for row in rows]

    def counts(self) -> dict[str, int]:
        """How many rows each table holds, by its name."""
        rows = [self._views.execute(f"SELECT count(*) FROM {table.name}").fetchall() for table in TABLES]
        return {table.name: row[0][0] for table, row in zip(TABLES, rows, strict=True)}

    def sql(self, query: str, values: Mapping[str, Any] | None = None) -> DuckDBPyRelation:
        """A question in SQL over the tables (``articles``, ``statements``, …); values as ``$name``.

        Only reading is possible, and only from this ledger. Raises UsageError when the query is anything else or wrong.
        """
        import duckdb

        try:
            parsed = duckdb.extract_statements(query)
            if len(parsed) != 1 or parsed[0].type not in (duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN):
                raise UsageError("not one SELECT", where="sql", next="ask one question; a ledger is not changed by SQL")
            return self._connection.sql(query, params=dict(values) if values else None)
        except duckdb.Error as error:
            raise UsageError(
                str(error), where="sql", next="the tables and columns are listed in docs/ledger.md"
            ) from error

    def stream(self, query: str, size: int) -> Iterator[list[tuple[Any, ...]]]:
        """The rows of a question, so many at a time, for what does not fit into memory."""
        answer = self._views.execute(query)
        while rows := answer.fetchmany(size):
            yield rows

    def df(self, query: str = "SELECT * FROM statements") -> Any:  # noqa: ANN401
        """The answer as a pandas DataFrame. Raises UsageError with the line to install pandas when it is missing."""
        _needs("pandas")
        return self.sql(query).df()

    def arrow(self, query: str = "SELECT * FROM statements") -> Any:  # noqa: ANN401
        """The answer as a pyarrow Table. Raises UsageError with the line to install pyarrow when it is missing."""
        _needs("pyarrow")
        return self.sql(query).to_arrow_table()

    def cursor(self) -> DuckDBPyConnection:
        """A cursor of the tables, for a question whose answer is read as it comes."""
        return self._views

    # --- other threads ---------------------------------------------------------------------------------------------

    def beside(self) -> Ledger:
        """The same ledger for one other thread, over the tables as they are open here; close it when done.

        This one must stay open as long.
        """
        other = Ledger(self.folder)
        other._asking = self._connection.cursor()
        other._tables = self._tables
        return other

    def interrupt(self) -> None:
        """Break off the question that another thread is asking here: there it raises what DuckDB or SQLite raise."""
        for each in (self._asking, self._latest):
            if each is not None:
                each.interrupt()
        if self._database is not None:
            self._database.interrupt()

    # --- decisions and runs ----------------------------------------------------------------------------------------

    def decide(self, kind: str, target: str, value: Any, *, by: str, at: datetime, note: str = "") -> log.Decision:  # noqa: ANN401
        """Add what a person decided about a record to the log; runs never touch it. Raises LedgerError."""
        (made,) = self.decide_all([log.Decision(0, at, by, kind, target, value, note)])
        return made

    def decide_all(self, made: Iterable[log.Decision]) -> list[log.Decision]:
        """Add many decisions to the log, all or none; returns them with their numbers. Raises LedgerError."""
        tables = self._views
        with disk.writing_to(self.folder):
            return settling.add_and_settle(self._log, tables, made)

    def decisions(self, target: str = "") -> list[log.Decision]:
        """What people decided, oldest first; about one record when ``target`` is given."""
        return log.decisions(self._log, target)

    def runs(self) -> list[log.RunRecord]:
        """The runs that wrote to this ledger, oldest first."""
        return log.runs(self._log)

    # --- writing ---------------------------------------------------------------------------------------------------

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the ledger for writing, after completing what a killed run left. Raises LedgerBusy."""
        with writing_lock(self.folder):
            self.absorb()
            yield

    def absorb(self) -> None:
        """Merge the finished shards under ``staging/`` into the tables and the search; the lock must be held."""
        if merge(self.folder):
            self.look_again()
        self._keep_up()

    def _keep_up(self) -> None:
        """Bring what ``decisions.sqlite`` keeps of the tables up to what they are; the lock must be held."""
        with disk.writing_to(self.folder):
            tables = self._views
            if not settling.is_settled(self._log, tables):
                settling.settle_all(self._log, tables)
            if not search.is_fresh(self._log, tables):
                search.update_search(self._log, self._views)

    def look_again(self) -> None:
        """Forget which files the tables were in: the next question looks for them anew."""
        if self._asking is not None:
            self._asking.close()
        self._tables = self._asking = None

    def known(self) -> dict[str, tuple[str, str]]:
        """For each place read so far: the document's digest and the recipe it was read with."""
        rows = self._views.execute("SELECT place, digest, recipe FROM documents").fetchall()
        return {place: (digest, recipe) for place, digest, recipe in rows}

    def file_of(self, name: str) -> Path:
        """Where a table of the run stands now."""
        return file_of(self.folder, next(table for table in TABLES if table.name == name))

    @property
    def staging(self) -> Path:
        """Where a run keeps its shards."""
        return self.folder / STAGING

    @property
    def log_database(self) -> sqlite3.Connection:
        """The open ``decisions.sqlite``, for the record of runs."""
        return self._log

    def close(self) -> None:
        """Close the connections; the ledger opens them again when asked."""
        self.look_again()
        if self._database is not None:
            self._database.close()
        self._database = None

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Ledger({str(self.folder)!r})"

    def _repr_html_(self) -> str:
        from selon.store.notebook import ledger_html

        return ledger_html(self)

    # --- inside ----------------------------------------------------------------------------------------------------

    @property
    def _views(self) -> DuckDBPyConnection:
        """A cursor of the views; a new one each time, since an answer not read to its end keeps its cursor busy."""
        self._latest = self._connection.cursor()
        return self._latest

    @property
    def _connection(self) -> DuckDBPyConnection:
        """DuckDB in memory with a view a table, cut off from every other file; with all that was decided until now."""
        if self._tables is None or self._asking is None or self._moving:
            # While a merge waits for its exchange the files are about to move: look again next time.
            self._moving = (self.staging / MERGED).exists()
            self._tables = Views(self.folder, self._log, in_memory=self._in_memory)
            self._asking = self._tables.connection
        self._tables.catch_up(self._log)
        return self._asking

    @property
    def _log(self) -> sqlite3.Connection:
        if self._database is None:
            self._database = log.connect(self.folder)
        return self._database

    def _statement_rows(self, select: str, wanted: queries.Filter, end: str = queries.STATEMENT_ORDER) -> list[Row]:
        conditions = queries.statement_conditions(wanted, self._found("statement", wanted.about))
        return queries.fetch(self._views, conditions.sql(select, end), conditions.values)

    def _found(self, kind: str, about: str) -> list[str] | None:
        if not about:
            return None
        found = search.find(self._log, self._views, kind, about)
        if found is None:
            raise UsageError(f"nothing to look for in {about!r}", where="about", next="give one or more words")
        return found

    def _one(self, table: str, noun: str, key: str) -> Row:
        # The whole id first: DuckDB finds it by the statistics of the file, a beginning of it by reading every row.
        rows = queries.fetch(self._views, f"SELECT * FROM {table} WHERE id = $key LIMIT 1", {"key": key})
        if key and not rows:
            query = f"SELECT * FROM {table} WHERE starts_with(id, $key) ORDER BY id LIMIT 2"
            rows = queries.fetch(self._views, query, {"key": key})
        if not rows:
            raise NoSuchRecord(
                f"no {noun} {key!r}", where=str(self.folder), next=f"list them with: selon {table} {self.folder}"
            )
        if len(rows) > 1:
            raise NoSuchRecord(
                f"several {table} begin with {key!r}", where=str(self.folder), next="give more of its letters"
            )
        return rows[0]

    def _analyses(self, articles: list[Article]) -> Iterator[Analysis]:
        keys = [article.id for article in articles]
        parts = {
            name: queries.fetch(
                self._views,
                f"SELECT * FROM {name} WHERE article IN (SELECT unnest($keys)) ORDER BY article, position",
                {"keys": keys},
            )
            for name in ("passages", "statements", "rejected")
        }
        for article in articles:
            passages, statements, rejected = (
                [row for row in rows if row["article"] == article.id] for rows in parts.values()
            )
            yield Analysis(
                article,
                tuple(map(passage_from, passages)),
                tuple(map(statement_from, statements)),
                tuple(map(rejected_from, rejected)),
            )


_OURS = {
    CARD,
    f"{CARD}.tmp",
    "ledger.lock",
    log.FILE,
    f"{log.FILE}-wal",
    f"{log.FILE}-shm",
    STAGING,
    "pages",
    "exports",
} | {table.file for table in (*TABLES, *LINKED)}


def _needs(package: str) -> None:
    import importlib.util

    if importlib.util.find_spec(package) is None:
        raise UsageError(f"{package} is not installed", next="pip install 'selon[arrow]'")
