"""What a notebook shows of an article, of what was found in it, and of its statements."""

import pickle
import re
from dataclasses import replace
from html import unescape

from selon.highlight import printable
from selon.offsets import Span
from selon.records import Boilerplate, Statements


def words(html):
    inner = re.search(r'<div class="words"[^>]*>(.*)</div></div>\Z', html, re.DOTALL)[1]
    return unescape(re.sub(r"<[^>]*>", "", inner))


def test_an_article_shows_its_text_with_the_furniture_dimmed(analyses):
    article = replace(analyses[0].article, boilerplate=(Boilerplate(Span(0, 12), "menu"),))
    html = article._repr_html_()
    assert words(html) == article.text
    assert '<small class="boilerplate" title="menu">' in html
    assert "<mark" not in html


def test_an_analysis_shows_its_quotations(analyses):
    for analysis in analyses:
        html = analysis._repr_html_()
        assert words(html) == analysis.article.text
        labels = {int(number) for number in re.findall(r'data-label="(\d+)"', html)}
        assert labels == set(range(1, len(analysis.statements) + 1))
        assert analysis.statements[0].speaker in unescape(html)


def test_statements_are_a_tuple_that_shows_the_article(analyses):
    statements = Statements(analyses[0])
    assert statements == analyses[0].statements
    assert statements[0].speaker == analyses[0].statements[0].speaker
    assert statements._repr_html_() == analyses[0]._repr_html_()
    again = pickle.loads(pickle.dumps(statements))
    assert again == statements
    assert again._repr_html_() == statements._repr_html_()


def test_hostile_articles_stay_text(analyses):
    article = replace(
        analyses[0].article, text="<script>x</script>\0\u202e", title="", outlet="<b>", where='"><img src=x>'
    )
    html = replace(analyses[0], article=article, statements=())._repr_html_()
    assert "<script" not in html
    assert "<img" not in html
    assert words(html) == printable(article.text)
    assert "no statements" in html
