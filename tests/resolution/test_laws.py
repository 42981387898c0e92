import re

from hypothesis import given, settings
from hypothesis import strategies as st

from selon.languages.pack import load_pack
from selon.offsets import Span
from selon.records import Article, Form, Kind, Quotation
from selon.resolution import resolve
from tests.resolution.marked import passages

PAGE = """Jean Dupont M. le maire de Lille , qui a dit « » l’ d' ONU ( ) il Elle -t-il mardi la veille 3 juin . … É et
ministre 12 \u200b [ ] Me ’ : on nous"""
WORDS = st.sampled_from(re.split(r" |(\n)", PAGE)).filter(bool)


@st.composite
def pages(draw: st.DrawFn) -> tuple[str, list[Quotation]]:
    text = " ".join(draw(st.lists(WORDS, min_size=1, max_size=40)))
    place = st.integers(0, len(text) - 1)

    def spans(least: int) -> tuple[Span, ...]:
        ends = sorted(draw(st.lists(place, min_size=2 * least, max_size=4, unique=True)))
        return tuple(Span(a, b) for a, b in zip(ends[::2], ends[1::2], strict=False))

    made = []
    for number in range(draw(st.integers(1, 4))):
        content = spans(1) if len(text) > 1 else (Span(0, 1),)
        made.append(
            Quotation(f"q{number}", "a", content, spans(0), spans(0), draw(st.sampled_from(Kind)), Form.CLAUSE, 1.0)
        )
    return text, made


@settings(max_examples=150, deadline=None)
@given(pages(), st.sampled_from(["fr", "en"]))
def test_any_page_gives_one_statement_a_quotation_and_the_same_ones_again(
    page: tuple[str, list[Quotation]], language: str
) -> None:
    text, quotations = page
    article = Article("a", "a.txt", text, language=language)
    told = resolve(article, passages(text), quotations, load_pack(language))
    assert [statement.quotation for statement in told] == quotations
    assert told == resolve(article, passages(text), quotations, load_pack(language))
    for statement in told:
        assert 0.0 <= statement.confidence <= 1.0
        assert statement.content == " […] ".join(span.of(text) for span in statement.quotation.content)
        if statement.who is not None:
            assert statement.who.name in statement.who.names
            assert all(name in text for name in statement.who.names if statement.who.name != name)
            assert statement.who.mention is None or statement.who.mention.of(text).strip()


def test_an_article_without_passages_still_resolves() -> None:
    text = "Jean Dupont a dit que tout va bien."
    quotation = Quotation("q", "a", (Span(20, 34),), (Span(12, 17),), (Span(0, 11),), Kind.INDIRECT, Form.CLAUSE, 1.0)
    (told,) = resolve(Article("a", "a.txt", text, language="fr"), (), [quotation], load_pack("fr"))
    assert told.speaker == "Jean Dupont"
