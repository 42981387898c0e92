"""Whatever passages, furniture and statements an article has, its rows hold its text, each stretch once."""

import re
from dataclasses import replace
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from selon.exports.layout import layout
from selon.highlight import printable
from selon.offsets import Span
from selon.records import (
    Analysis,
    Article,
    Boilerplate,
    Form,
    Kind,
    Passage,
    PassageKind,
    Quotation,
    Statement,
    When,
)

spans = st.tuples(st.integers(0, 40), st.integers(1, 12)).map(lambda pair: Span(pair[0], sum(pair)))
several = st.lists(spans, max_size=3).map(lambda found: tuple(sorted(found)))


@st.composite
def analyses(draw):
    text = draw(st.text(alphabet="ab «»<&\n\r\0\u202e", max_size=45))
    passages = draw(st.lists(st.builds(Passage, spans, st.sampled_from(PassageKind), st.just(())), max_size=4))
    furniture = draw(st.lists(st.builds(Boilerplate, spans, st.sampled_from(["menu", "<b>"])), max_size=3))
    statements = []
    for number in range(draw(st.integers(0, 4))):
        content, cue, source = draw(several), draw(several), draw(several)
        kind = draw(st.sampled_from(Kind))
        quotation = Quotation(f"q{number}", "a", content, cue, source, kind, Form.CLAUSE, draw(st.floats(0, 1)))
        statements.append(Statement(f"s{number}", quotation, None, "", "", "", When()))
    article = Article("a", "a.txt", text, title=text.split("\n")[0], boilerplate=tuple(furniture))
    return Analysis(article, tuple(passages), tuple(statements))


@given(analyses())
def test_rows_hold_the_text(analysis):
    rows = layout(analysis).rows
    whole = "".join(row.html for row in rows)
    assert unescape(re.sub(r"<[^>]*>", "", whole)) == printable(analysis.article.text)


@given(analyses())
def test_every_statement_in_the_text_has_one_note(analysis):
    notes = [note for row in layout(analysis).rows for note in row.notes]
    expected = {
        each.id
        for each in analysis.statements
        if each.quotation.content and each.quotation.content[0].start < len(analysis.article.text)
    }
    assert sorted(note.statement.id for note in notes) == sorted(expected)
    assert [note.number for note in notes] == list(range(1, len(notes) + 1))


@given(analyses())
def test_order_of_passages_and_statements_does_not_matter(analysis):
    turned = replace(analysis, passages=analysis.passages[::-1])
    kinds = [row.kind for row in layout(analysis).rows]
    assert len(kinds) == len(layout(turned).rows)
