"""Documents to articles: text untouched, offsets that lead back, title, date, language, what is set aside and why."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selon.languages.pack import load_pack
from selon.offsets import Span
from selon.reading import passages, read_document
from selon.records import Article, Document, PassageKind, Precision, SetAside

FRAMES = sorted((Path(__file__).parent / "frames").glob("fr-*.html"))
SHARED = Path(__file__).parents[3] / "shared"
TITLE = "Vermeuil\xa0: le pont fermé jusqu’au printemps"
PARAGRAPHS = [
    "Le pont de Vermeuil restera fermé jusqu'au mois d'avril, a annoncé mardi la préfète, Hélène Caron.",
    "«\xa0Je ne laisserai passer personne tant que les câbles n'auront pas été changés\xa0», a-t-elle déclaré.",
    "— De loin.",
    "Selon un rapport remis la semaine dernière, les haubans ne supportent plus que la moitié de la charge & du poids.",
    "Le maire, Bakary Dubreuil, a demandé que l'État prenne les travaux à sa charge. « Nous n'avons pas 3 millions. »",
]
FURNITURE = ["Accueil", "Se connecter", "Football : les Bleus s'imposent à Reims", "Politique de confidentialité"]


def page(frame, title=TITLE, paragraphs=PARAGRAPHS, *, entities=False):
    def written(words):
        words = words.replace("&", "&amp;")
        named = {"é": "&eacute;", "«": "&laquo;", "\xa0": "&nbsp;", "’": "&#8217;", "—": "&#x2014"}
        return "".join(named.get(character, character) for character in words) if entities else words

    def fill(match):
        some = paragraphs[:2] if match[1] == "first" else paragraphs[2:]
        return "".join(match[2] + written(words) + match[3] for words in some)

    raw = re.sub(r"\{(first|rest):([^|{}]*)\|([^|{}]*)\}", fill, frame.read_text(encoding="utf-8"))
    return raw.replace("{title}", written(title))


def read(data, media_type="text/html", language="", **about):
    article = read_document(Document("x", data, media_type, **about), language=language)
    assert isinstance(article, Article)
    return article


def kept(article):
    position, pieces = 0, []
    for part in article.boilerplate:
        pieces.append(article.text[position : part.span.start])
        position = part.span.end
    return "".join([*pieces, article.text[position:]])


@pytest.mark.parametrize("entities", [False, True])
@pytest.mark.parametrize("frame", FRAMES, ids=lambda path: path.stem)
def test_the_article_of_a_page(frame, entities):
    article = read(page(frame, entities=entities).encode())
    text = kept(article)
    assert [words for words in [TITLE, *PARAGRAPHS] if words not in text] == []
    assert [words for words in FURNITURE if words in text] == []
    assert article.title == TITLE
    assert article.language == "fr"
    if "saved" not in frame.stem:
        assert str(article.published) == "2024-02-06"
        assert all(words in article.text for words in FURNITURE)


@pytest.mark.parametrize("entities", [False, True])
@pytest.mark.parametrize("frame", FRAMES, ids=lambda path: path.stem)
def test_words_of_a_page_lead_back(frame, entities):
    raw = page(frame, entities=entities)
    article = read(raw)
    for words in PARAGRAPHS:
        start = article.text.index(words)
        (span,) = article.raw(Span(start, start + len(words)))
        assert span.of(raw) in raw
        if not entities:
            assert span.of(raw) == words.replace("&", "&amp;")


def test_a_plain_text_is_never_changed():
    text = " date 2022-10 Le pont\r\n\r\n\u200bLe maire a dit\xa0:\t« oui ». \r\n\ufeff"
    article = read(b"\xef\xbb\xbf" + text.encode(), "text/plain")
    assert article.text == text
    assert article.offsets is None
    assert article.raw(Span(2, 5)) == (Span(2, 5),)
    assert (article.published.first, article.published.precision) == (date(2022, 10, 1), Precision.MONTH)


def test_mended_characters_lead_back_through_the_page():
    raw = "<p>Le maire a d&Atilde;&copy;clarÃ© que la ville <b>Ã©tait</b> belle et que tout allait bien.</p>"
    article = read(raw)
    assert article.text == "Le maire a déclaré que la ville était belle et que tout allait bien."
    assert [note.by for note in article.notes] == ["mojibake"]
    start = article.text.index("déclaré")
    assert [span.of(raw) for span in article.raw(Span(start, start + 7))] == ["d&Atilde;&copy;clarÃ©"]
    start = article.text.index("belle")
    assert [span.of(raw) for span in article.raw(Span(start, start + 5))] == ["belle"]


def test_damaged_bytes_are_told():
    article = read("Le maire a déclaré que l’été ".encode() + b"\xe9tait beau dans la ville.", "text/plain")
    assert "était beau" in article.text
    assert [(note.by, note.saw) for note in article.notes] == [
        ("decoding", "1 byte is not UTF-8, read as Windows-1252")
    ]


def test_the_charset_of_the_server_counts():
    article = read("<p>Le maire a déclaré que l'été était beau.".encode("latin-1"), "text/html; charset=iso-8859-1")
    assert article.text == "Le maire a déclaré que l'été était beau."


def test_what_the_container_says_goes_before_what_the_page_says():
    raw = page(FRAMES[0])
    article = read(raw, url="https://a.example/1", outlet="A", title="T", published="2023-05")
    assert (article.url, article.outlet, article.title, str(article.published)) == (
        "https://a.example/1",
        "A",
        "T",
        "2023-05",
    )
    article = read(raw)
    assert (article.url, article.outlet) == ("https://courrier.example/article/12/", "Le Courrier du Nord")


@pytest.mark.parametrize(
    ("url", "outlet"),
    [("https://www.courrier.example/a?b", "courrier.example"), ("courrier", ""), ("http://[::1", "")],
)
def test_an_address_names_the_outlet_where_nothing_else_does(url, outlet):
    assert read("Le maire a déclaré que la ville est belle.", "text/plain", url=url).outlet == outlet


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (
            "Le pont ferme\nPublié le 6 février 2024 à 10h\n\nLe maire a déclaré que le pont fermerait lundi.",
            "2024-02-06",
        ),
        (" date 2024-02 Le pont ferme\nPublié le 6 février 2024\nLe maire a dit que le pont fermerait.", "2024-02-06"),
        (" date 2023-01 Le pont ferme\nPublié le 6 février 2024\nLe maire a dit que le pont fermerait.", "2023-01"),
    ],
)
def test_a_scraped_text_may_say_its_date(text, day):
    assert str(read(text, "text/plain").published) == day


def test_the_same_text_in_two_places_is_two_articles():
    text = "Le maire a déclaré que la ville est belle."
    ids = {
        read_document(Document(where, text, "text/plain", url=url)).id
        for where, url in [("a", ""), ("b", ""), ("a", "u")]
    }
    assert len(ids) == 3
    assert read_document(Document("a", text, "text/plain")) == read_document(Document("a", text.encode(), "text/plain"))


GERMAN = "in a language that is not read here: de"


@pytest.mark.parametrize(
    ("text", "media_type", "reason"),
    [
        ("", "text/plain", "no text"),
        (" \n 12 — 34 ", "text/plain", "no text"),
        ("<html><body><script>x</script><img src=a></body>", "text/html", "no text"),
        ("Der Bürgermeister hat am Dienstag gesagt, dass die Stadt schön ist und bleibt.", "text/plain", GERMAN),
    ],
)  # fmt: skip
def test_no_article_for_us(text, media_type, reason):
    assert read_document(Document("x", text, media_type)) == SetAside("x", reason)


def test_a_language_that_is_given_is_not_questioned():
    article = read_document(Document("x", "Der Bürgermeister hat es gesagt.", "text/plain"), language="fr")
    assert article.language == "fr"


def test_markup_names_the_passages():
    raw = "<h1>Le pont ferme</h1>" + "".join(f"<p>{words}</p>" for words in PARAGRAPHS[:2])
    raw += "<figure><img><figcaption>Le pont, mardi</figcaption></figure><h2>Une facture lourde</h2>"
    raw += f"<blockquote><p>{PARAGRAPHS[3]}</p></blockquote><p>{PARAGRAPHS[4]}</p>"
    article = read(raw)
    kinds = [part.kind for part in passages(article, load_pack("fr"))]
    assert kinds == [
        PassageKind.HEADLINE,
        PassageKind.PARAGRAPH,
        PassageKind.PARAGRAPH,
        PassageKind.CAPTION,
        PassageKind.HEADING,
        PassageKind.BLOCKQUOTE,
        PassageKind.PARAGRAPH,
    ]


def test_a_pointer_inside_the_article_is_set_aside():
    middle = "<p>Lire aussi : <a href=/x>Le tunnel inondé</a></p>"
    raw = (
        "".join(f"<p>{words}</p>" for words in PARAGRAPHS[:3])
        + middle
        + "".join(f"<p>{words}</p>" for words in PARAGRAPHS[3:])
    )
    assert "tunnel" not in kept(read(raw))


HOSTILE = {
    "deep": "<div>" * 100_000 + "<p>Le maire a dit que la ville est belle.</p>" + "</div>" * 100_000,
    "deep and never closed": "<b><i>" * 50_000 + "Le maire a dit que la ville est belle.",
    "brackets": "<" * 100_000 + "Le maire a dit que la ville est belle.",
    "quotation marks": '<a x="' * 50_000 + "Le maire a dit que la ville est belle.",
    "comments": "<!--" * 50_000 + "Le maire a dit que la ville est belle.",
    "zeros": "<p>Le maire\0 a dit\x01 que la ville\x08 est belle.</p>",
    "surrogates": "<p>Le maire a dit \ud83d que la ville est belle.</p>",
    "declaration": "<?xml version='1.0' encoding='utf-16'?><p>Le maire a dit que la ville est belle.</p>",
    "right to left": "<p>Le maire a dit «\u202e\u2067 que la ville est belle\u200b.</p>",
}


@pytest.mark.parametrize("raw", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_pages_are_read(raw):
    article = read(raw, language="fr")
    assert "que la ville" in article.text
    article.text.encode()
    start = article.text.index("ville")
    assert article.raw(Span(start, start + 5))[0].of(raw) == "ville"


PIECES = [
    "Ã©",
    "é",
    "<p>",
    "</p>",
    "&eacute;",
    "<b>",
    "mot ",
    "Le maire a dit. ",
    "\r\n",
    "<br>",
    "&Atilde;&copy;",
    "\ufeff",
]


@settings(deadline=None, max_examples=60)
@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_boilerplate_and_offsets_stay_inside(raw):
    article = read_document(Document("x", raw, "text/html"), language="fr")
    if isinstance(article, SetAside):
        return
    position = 0
    for part in article.boilerplate:
        assert position <= part.span.start < part.span.end <= len(article.text)
        position = part.span.end
    for run in article.offsets.runs:
        assert 0 <= run.raw_start < run.raw_end <= len(raw)
        if run.exact:
            assert article.text[run.text_start : run.text_end] == raw[run.raw_start : run.raw_end]
    for span, _ in article.layout:
        assert "\n" not in span.of(article.text)
        assert span.of(article.text) == span.of(article.text).strip()


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="needs ../shared")
def test_written_articles_survive_every_frame():
    lost = []
    for line in (SHARED / "data/quotations/S2.jsonl").read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        title, *paragraphs = [words for words in record["text"].split("\n") if words.strip()]
        if record["lang"] == "fr":
            text = kept(read(page(FRAMES[len(lost) % 3], title, paragraphs)))
            lost.append([words for words in paragraphs if words not in text and "ire aussi" not in words])
    assert sum(map(len, lost)) <= 1, [words for each in lost for words in each]
