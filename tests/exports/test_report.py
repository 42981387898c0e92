"""The report: whole, safe, readable; its figures add up."""

import json
import re
from collections import Counter
from dataclasses import replace
from datetime import date
from html import unescape
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from selon.exports.digest import digest
from selon.exports.layout import LONGEST, layout
from selon.exports.report import ReportOptions, report_pieces, write_report
from selon.exports.templating import web_link
from selon.highlight import printable
from selon.offsets import Span
from selon.records import (
    Boilerplate,
    Evidence,
    Failure,
    Passage,
    PassageKind,
    Precision,
    SetAside,
    When,
)

VOID = {"meta", "br", "hr", "link", "img"}
HOSTILE = "<script>alert('x')</script>\" onmouseover=\"alert(1) \u202etxet\u0000 javascript:alert(1) ]]> </style>"


def bare_record(text):
    return {
        "id": "x",
        "lang": "fr",
        "outlet": "O",
        "date": "2024-01-01",
        "text": text,
        "actors": [],
        "quotations": [],
    }


class Page(HTMLParser):
    """What is on a page: elements with their attributes, in order; raises where elements are not well nested."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.open, self.elements = [], []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag, f"</{tag}>"

    def all(self, tag):
        return [attributes for name, attributes in self.elements if name == tag]


def page_of(analyses, limit=200, **others):
    return "".join(report_pieces(digest(analyses, limit), **others))


@pytest.fixture(scope="module")
def html(analyses):
    failures = [Failure("corpus/photo.jpg", "not text", "leave it out", "reading")]
    return page_of(analyses, failures=failures, set_aside=[SetAside("corpus/x.txt", "German")])


def test_nothing_is_fetched_and_nothing_runs(html):
    page = Page(html)
    tags = Counter(tag for tag, _ in page.elements)
    assert not tags.keys() & {"script", "link", "img", "iframe", "form", "object", "embed", "base", "svg"}
    policy = next(each["content"] for each in page.all("meta") if each.get("http-equiv") == "Content-Security-Policy")
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'")
    assert not any(name.startswith("on") for _, attributes in page.elements for name in attributes)
    assert "url(" not in html.split("</style>")[0]
    assert "@import" not in html


def test_every_link_leads_somewhere(html):
    page = Page(html)
    anchors = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(anchors) == len(set(anchors))
    for link in page.all("a"):
        if link["href"].startswith("#"):
            assert link["href"][1:] in anchors
        else:
            assert link["href"].startswith("https://")
            assert "noreferrer" in link["rel"]


def test_headings_go_down_one_level_at_a_time(html):
    levels = [int(tag[1]) for tag, _ in Page(html).elements if re.fullmatch(r"h\d", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_articles_say_their_language(html, analyses):
    languages = {attributes.get("lang") for tag, attributes in Page(html).elements if tag in ("p", "h3")}
    assert {"fr", "en"} <= languages
    assert '<html lang="en">' in html


def test_every_statement_is_in_the_text_and_beside_it(html, analyses):
    for analysis in analyses:
        for statement in analysis.statements:
            assert html.count(f'id="r-{statement.id}"') == 1
            assert f'class="n" href="#r-{statement.id}"' in html


def test_rows_hold_the_whole_text(analyses):
    for analysis in analyses:
        whole = "".join(row.html for row in layout(analysis).rows)
        assert unescape(re.sub(r"<[^>]*>", "", whole)) == printable(analysis.article.text)


def test_statements_stand_beside_their_paragraph(analyses):
    for analysis in analyses:
        for row in layout(analysis).rows:
            for note in row.notes:
                assert f'id="{note.anchor}"' in row.html


def test_interrupted_speech_has_one_number_and_one_anchor(analyses):
    found = [
        (analysis, statement)
        for analysis in analyses
        for statement in analysis.statements
        if len(statement.quotation.content) > 1
    ]
    assert found
    for analysis, statement in found:
        whole = "".join(row.html for row in layout(analysis).rows)
        number = next(
            note.number for row in layout(analysis).rows for note in row.notes if note.statement.id == statement.id
        )
        assert whole.count(f'data-label="{number}"') == len(statement.quotation.content)


def test_doubtful_quotations_are_faint(html):
    assert 'class="content direct faint"' in html or 'class="content indirect faint"' in html


def test_figures_add_up(analyses):
    whole = digest(analyses, 2)
    total = sum(len(analysis.statements) for analysis in analyses)
    assert whole.statements == total == sum(figures.statements for figures in whole.speakers.values())
    assert total == whole.undated + sum(day.statements for day in whole.days.values())
    assert len(whole.newest) == 2
    newest = [analysis.article.published.last for analysis in whole.newest]
    assert newest == sorted((analysis.article.published.last for analysis in analyses), reverse=True)[:2]


def test_a_statement_without_a_day_counts_for_its_publication(analyses):
    first = analyses[0]
    told, silent = first.statements[:2]
    day = date(2024, 1, 5)
    told = replace(told, said_on=When(day, day, Precision.DAY))
    silent = replace(silent, said_on=When())
    whole = digest([replace(first, statements=(told, silent))], 1)
    published = first.article.published.first
    assert {days: row.statements for days, row in whole.days.items()} == {(day, day): 1, (published, published): 1}
    assert (whole.by_publication, whole.undated) == (1, 0)
    nowhere = replace(first, article=replace(first.article, published=When()), statements=(silent,))
    assert digest([nowhere], 1).undated == 1


def test_a_limit_is_said(analyses):
    html = page_of(analyses, limit=1)
    assert "Shown are the 1 newest of 4 articles" in html
    assert html.count('<article class="article"') == 1
    assert "more in articles that this page does not show" in html
    assert page_of(analyses, limit=0).count("<article") == 0


def test_an_unknown_speaker_is_shown_as_unknown(analyses):
    first = analyses[0]
    nobody = replace(first, statements=tuple(replace(statement, who=None) for statement in first.statements))
    html = page_of([nobody])
    assert html.count("Speaker unknown") == len(nobody.statements) + 1
    assert 'id="speaker-unknown"' in html


def test_hostile_words_stay_words(analyses):
    first = analyses[0]
    text = HOSTILE + first.article.text[len(HOSTILE) :]
    article = replace(
        first.article,
        text=text,
        title=HOSTILE,
        outlet=HOSTILE,
        where=HOSTILE,
        url="javascript:alert(1)",
        language='fr" onload="x',
        id=HOSTILE,
        boilerplate=(Boilerplate(Span(0, 5), HOSTILE),),
    )
    statements = [
        replace(
            each,
            id=each.id + HOSTILE,
            who=replace(each.who, name=HOSTILE, role=HOSTILE) if each.who else None,
            cue=HOSTILE,
            addressee=HOSTILE,
            venue=HOSTILE,
            evidence=(Evidence(HOSTILE, HOSTILE),),
        )
        for each in first.statements
    ]
    failures = [Failure(HOSTILE, HOSTILE, HOSTILE, HOSTILE)]
    html = page_of(
        [replace(first, article=article, statements=tuple(statements))],
        failures=failures,
        set_aside=[SetAside(HOSTILE, HOSTILE)],
        options=ReportOptions(HOSTILE, HOSTILE),
    )
    page = Page(html)
    assert not {tag for tag, _ in page.elements} & {"script", "img"}
    assert not any(name.startswith("on") for _, attributes in page.elements for name in attributes)
    assert all(link["href"].startswith("#") for link in page.all("a"))
    assert "\0" not in html
    shown = re.sub(r"<title>.*?</title>|<[^>]*>", lambda tag: tag[0] if tag[0] == "</bdi>" else "", html)
    assert shown.count("\u202e") == shown.count("\u202e</bdi>") > 5


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JavaScript://x/%0aalert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "//x.example/",
        "http://",
        "http://[x",
        "",
        "x",
    ],
)
def test_only_web_addresses_are_links(url):
    assert web_link(url) == ""


def test_a_web_address_is_a_link():
    assert web_link(" https://x.example/a?b=1&c ") == "https://x.example/a?b=1&c"


def test_furniture_is_folded_with_its_reason(make_analysis):
    text = "Accueil Monde Sport\n\nUn titre\n\n« Non », a dit Anne.\n\nLaisser un commentaire"
    record = bare_record(text)
    made = make_analysis(record)
    article = replace(
        made.article,
        title="Un  titre",
        boilerplate=(
            Boilerplate(Span(0, 19), "menu"),
            Boilerplate(Span(text.index("Laisser"), len(text)), "comment form"),
        ),
    )
    passages = [Passage(Span(21, 29), PassageKind.HEADLINE, ()), Passage(Span(31, 51), PassageKind.PARAGRAPH, ())]
    made = replace(made, article=article, passages=tuple(passages))
    rows = layout(made).rows
    assert [row.kind for row in rows] == ["furniture", "title", "blank", "paragraph", "furniture"]
    assert [row.reasons for row in rows] == [("menu",), (), (), (), ("comment form",)]
    assert layout(made).titled
    html = page_of([made])
    assert "<summary>set aside: menu</summary>" in html
    assert len(re.findall(r"<h3", html)) == 1


def test_overlapping_passages_lose_no_text(make_analysis):
    text = "abcdefghij"
    record = bare_record(text)
    spans = [Span(2, 6), Span(4, 8), Span(2, 4), Span(9, 99)]
    made = replace(make_analysis(record), passages=tuple(Passage(span, PassageKind.PARAGRAPH, ()) for span in spans))
    assert unescape(re.sub(r"<[^>]*>", "", "".join(row.html for row in layout(made).rows))) == text


def test_a_long_article_is_cut_with_a_note(make_analysis):
    text = "Mot. " * (LONGEST // 5 + 1000)
    record = bare_record(text)
    gold = {
        "content": [[LONGEST + 10, LONGEST + 13]],
        "cue": [],
        "source": [],
        "type": "direct",
        "form": "clause",
        "speaker": None,
    }
    across = {**gold, "content": [[LONGEST - 5, LONGEST + 3]]}
    made = make_analysis({**record, "quotations": [across, gold]})
    assert layout(made).hidden == len(text) - LONGEST
    html = page_of([made])
    assert f"goes on for {len(text) - LONGEST:,} more characters" in html
    assert html.count('class="n"') == 1


def test_nothing_at_all_still_makes_a_page():
    html = page_of([])
    assert "0 statements by 0 speakers in 0 articles" in html
    Page(html)


def test_an_article_without_words_or_date(make_analysis):
    record = {"id": "x", "lang": "", "outlet": "", "date": "2024-01-01", "text": "", "actors": [], "quotations": []}
    made = make_analysis(record)
    html = page_of([replace(made, article=replace(made.article, title="", published=When()))])
    assert "date unknown" in html
    assert "Outlet unknown" in html


def test_dates_say_what_is_known_and_no_more(analyses):
    month = When(date(2022, 10, 1), date(2022, 10, 31), Precision.MONTH)
    year = When(date(2021, 1, 1), date(2021, 12, 31), Precision.YEAR)
    span = When(date(2020, 2, 27), date(2020, 3, 2), Precision.INTERVAL)
    several = [
        replace(analysis, article=replace(analysis.article, published=when))
        for analysis, when in zip(analyses, (month, year, span), strict=False)
    ]
    html = page_of(several)
    assert "<span>October 2022</span>" in html
    assert "<span>2021</span>" in html
    assert "<span>27 February – 2 March 2020</span>" in html


def test_many_days_are_shown_by_month(analyses):
    first = analyses[0].statements[0]
    statements = []
    for number in range(90):
        day = date.fromordinal(date(2024, 1, 1).toordinal() + number)
        statements.append(replace(first, id=f"s{number}", said_on=When(day, day, Precision.DAY)))
    html = page_of([replace(analyses[0], statements=tuple(statements))])
    assert '<th scope="row">2024-02</th>' in html
    assert '<th scope="row">2024-02-01</th>' not in html


def test_write_report_leaves_no_half_page(tmp_path, analyses):
    path = tmp_path / "report.html"

    def broken():
        yield analyses[0]
        raise OSError("gone")

    with pytest.raises(OSError, match="gone"):
        write_report(path, broken())
    assert list(tmp_path.iterdir()) == []
    whole = write_report(path, iter(analyses), options=ReportOptions(title="Essai"))
    assert whole.articles == len(analyses)
    assert "<title>Essai</title>" in path.read_text("utf-8")
    assert [each.name for each in tmp_path.iterdir()] == ["report.html"]


def test_same_articles_same_bytes(analyses):
    assert page_of(analyses) == page_of(list(analyses))


def test_gold_fixture_is_ours_and_whole(analyses):
    assert json.dumps([analysis.article.outlet for analysis in analyses])
    assert sum(len(analysis.statements) for analysis in analyses) > 50
