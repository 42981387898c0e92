"""What a page says of itself."""

from __future__ import annotations

import pytest

from selon.reading.html import visible_text
from selon.reading.metadata import read_metadata

DAY = "2024-02-06"


def metadata(head, body="<p>Un</p>"):
    raw = f"<html><head>{head}</head><body>{body}</body></html>"
    return read_metadata(raw, visible_text(raw))


@pytest.mark.parametrize(
    ("head", "date", "evidence"),
    [
        ('<meta property="article:published_time" content="2024-02-06T23:30+01:00">', DAY, "article:published_time"),
        ('<meta content="2024-02" name=DC.date>', "2024-02", "dc.date"),
        ('<meta itemprop="datePublished" content="2024">', "2024", "datepublished"),
        ('<script type="application/ld+json">{"datePublished" : "2024-02-06"}</script>', DAY, "datepublished"),
        ('<time datetime="2024-02-06" pubdate>hier</time>', DAY, "time pubdate"),
        ('<meta name="date" content="bientôt"><meta name="pubdate" content="2024-02-06">', DAY, "pubdate"),
        ("", "unknown", ""),
    ],
)  # fmt: skip
def test_the_date_of_publication(head, date, evidence):
    when = metadata(head).published
    assert str(when) == date
    assert when.evidence == (f"page: {evidence}" if evidence else "")


def test_htmldate_finds_what_no_tag_names():
    when = metadata("", '<div class="date">Publié le 6 février 2024</div><p>Un</p>').published
    assert (str(when), when.evidence) == ("2024-02-06", "page: htmldate")


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        (
            '<meta property="og:title" content="L&#039;été &amp; l’hiver"><title>Non</title>',
            "<h1>Non</h1>",
            "L'été & l’hiver",
        ),
        ("<title>Non</title>", "<h1>Le <b>pont</b></h1>", "Le pont"),
        ("<title>Le pont\n ferme</title>", "<h1>Un</h1><h1>Deux</h1>", "Le pont ferme"),
        ('<title>Le pont - Le Courrier</title><meta property="og:site_name" content="Le Courrier">', "", "Le pont"),
        ("<title>Le pont - ferme</title>", "", "Le pont - ferme"),
    ],
)
def test_the_title(head, body, title):
    assert metadata(head, body).title == title


def test_address_and_outlet():
    name = '<meta property="og:site_name" content="Le Courrier">'
    said = metadata(f'<link rel="alternate canonical" href=" https://a.example/1 ">{name}')
    assert (said.url, said.outlet) == ("https://a.example/1", "Le Courrier")
    hostile = metadata('<link rel=canonical href="javascript:x"><meta property=og:url content="https://b.example/">')
    assert hostile.url == "https://b.example/"
