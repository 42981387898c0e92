"""Every record comes back from the ledger as it went in."""

import shutil
import tempfile
from dataclasses import fields, replace
from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from selon.offsets import OffsetMap, Run, Span
from selon.records import (
    ActorKind,
    Analysis,
    Article,
    Boilerplate,
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
    When,
)
from selon.store import Ledger
from selon.store.staging import Staging

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
places = st.integers(0, 2**31 - 1)
spans = st.builds(lambda a, b: Span(min(a, b), max(a, b)), places, places)
some_spans = st.lists(spans, max_size=3).map(tuple)
scores = st.floats(0, 1)
days = st.dates(date(1, 1, 1), date(9999, 12, 31))
whens = st.builds(When, st.none() | days, st.none() | days, st.sampled_from(Precision), texts)
evidence = st.lists(st.builds(Evidence, texts, texts, st.none() | scores), max_size=2).map(tuple)
speakers = st.builds(
    Speaker, texts, st.sampled_from(ActorKind), st.lists(texts, max_size=3).map(tuple), texts, st.none() | spans
)
offsets = st.builds(
    OffsetMap, st.lists(st.builds(Run, places, places, places, places, st.booleans()), max_size=3).map(tuple)
)


@st.composite
def analyses(draw):
    number = draw(st.integers())
    article = Article(
        id=f"a{number}",
        where=f"{number}#{draw(texts)}",
        text=draw(texts),
        language=draw(texts),
        title=draw(texts),
        url=draw(texts),
        outlet=draw(texts),
        published=draw(whens),
        boilerplate=draw(st.lists(st.builds(Boilerplate, spans, texts), max_size=2).map(tuple)),
        origin=draw(st.none() | st.builds(Origin, texts, spans)),
        offsets=draw(st.none() | offsets),
        notes=draw(evidence),
        layout=draw(st.lists(st.tuples(spans, st.sampled_from(PassageKind)), max_size=2).map(tuple)),
    )
    passages = st.lists(st.builds(Passage, spans, st.sampled_from(PassageKind), some_spans), max_size=3)
    quotations = st.builds(
        Quotation,
        id=texts,
        article=st.just(article.id),
        content=st.lists(spans, min_size=1, max_size=3).map(tuple),
        cue=some_spans,
        source=some_spans,
        kind=st.sampled_from(Kind),
        form=st.sampled_from(Form),
        confidence=scores,
        evidence=evidence,
        parent=st.none() | texts,
    )
    found = draw(
        st.lists(
            st.builds(
                Statement,
                id=st.just(""),
                quotation=quotations,
                who=st.none() | speakers,
                source=texts,
                cue=texts,
                content=texts,
                said_on=whens,
                addressee=texts,
                venue=texts,
                confidence=scores,
                evidence=evidence,
            ),
            max_size=3,
        )
    )
    statements = tuple(_numbered(statement, f"s{number}.{i}") for i, statement in enumerate(found))
    rejected = draw(st.lists(st.builds(Rejected, spans, texts), max_size=2).map(tuple))
    return Analysis(article, tuple(draw(passages)), statements, rejected)


def _numbered(statement, key):
    return replace(statement, id=key)


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(analyses(), max_size=4, unique_by=lambda each: each.article.id),
    st.lists(
        st.builds(Failure, texts.map("f".__add__), texts, texts, texts), max_size=2, unique_by=lambda each: each.where
    ),
    st.lists(st.builds(SetAside, texts.map("s".__add__), texts), max_size=2, unique_by=lambda each: each.where),
)
def test_what_goes_in_comes_out(empty_folder, found, failures, aside):
    with tempfile.TemporaryDirectory() as folder, Ledger.open(shutil.copytree(empty_folder, f"{folder}/l")) as ledger:
        staging = Staging(ledger.staging, 1, lambda: 0.0)
        for outcome in (*found, *failures, *aside):
            staging.add(outcome, digest="", recipe="")
        staging.close()
        ledger.absorb()
        for each in found:
            assert ledger.analysis(each.article.id) == each
        assert {each.article.id: each for each in ledger.analyses()} == {each.article.id: each for each in found}
        assert set(ledger.failures()) == set(failures)
        assert set(ledger.set_aside()) == set(aside)
        statements = {statement.id: statement for each in found for statement in each.statements}
        assert {statement.id: statement for statement in ledger.statements()} == statements


def test_the_strategies_know_every_field():
    known = {
        Article: {"id", "where", "text", "language", "title", "url", "outlet", "published", "boilerplate", "origin",
                  "offsets", "notes", "layout"},
        Statement: {"id", "quotation", "who", "source", "cue", "content", "said_on", "addressee", "venue", "confidence",
                    "evidence"},
        Quotation: {"id", "article", "content", "cue", "source", "kind", "form", "confidence", "evidence", "parent"},
        Analysis: {"article", "passages", "statements", "rejected"},
        Speaker: {"name", "kind", "names", "role", "mention"},
    }  # fmt: skip
    for record, names in known.items():
        assert {each.name for each in fields(record)} == names, f"{record.__name__}: teach the store and this test"


def test_a_lone_surrogate_costs_its_character_and_no_offset(ledger, fill):
    from made import analysis

    whole = analysis()
    article = replace(whole.article, text="a\ud800\udc00b😀c")
    fill(replace(whole, article=article))
    assert ledger.article(article.id).text == "a??b😀c"


def test_a_table_written_before_there_were_venues_is_read(ledger, fill):
    import duckdb
    from made import analysis

    fill(analysis())
    table = ledger.folder / "statements.parquet"
    with duckdb.connect() as database:
        database.execute(f"CREATE TABLE older AS SELECT * EXCLUDE (venue) FROM read_parquet('{table}')")
        database.execute(f"COPY older TO '{table}' (FORMAT parquet)")
    with Ledger.open(ledger.folder) as opened:
        (statement,) = opened.statements()
        assert statement.venue == ""
        assert opened.rows()[0]["venue"] is None
