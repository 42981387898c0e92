"""The list of articles and the reader, over the bundled corpus."""

import csv
import html
import io
import re
import shutil

import duckdb
import pytest
from fastapi.testclient import TestClient

from selon.highlight import printable
from selon.store import Ledger
from selon.store.tables import ARTICLES, quoted
from selon.web.app import make_app
from selon.web.tables import Tables
from selon.web.words import words

COPIED = "SELECT derived FROM copies WHERE kind IN ('full', 'partial', 'translated')"
WITNESSES = (
    "SELECT statement FROM witnesses WHERE utterance = (SELECT id FROM utterances LIMIT 1) ORDER BY position LIMIT 2"
)
TEXT = re.compile(
    r'<(p|h1|h2|blockquote) (?:id="title" )?(?:class="\w+" )?lang="\w*" dir="auto">(.*?)</(?:p|h1|h2|blockquote)>', re.S
)
BLANK = re.compile(r"\{\w*\}")
ODD = ['"*', "NEAR(", "a OR b", "' OR 1=1 --", "%", "\x00", "ＡＢ", "é" * 200, "-", "(" * 50, "$about"]


@pytest.fixture(scope="module")
def ledger(demo):
    with Ledger.open(demo) as ledger:
        yield ledger


def test_all_articles_are_listed(client, ledger):
    page = client.get("/articles").text
    for heading in ledger.articles():
        assert f'href="/articles/{heading.id}"' in page


@pytest.mark.parametrize(
    ("query", "fits"),
    [
        ("about=ecole", lambda row: "école" in (row["title"] + row["text"]).lower()),
        ("language=en", lambda row: row["language"] == "en"),
        ("outlet=mediterranean", lambda row: "Mediterranean" in row["outlet"]),
        ("since=2024-08-20", lambda row: str(row["last"] or "") >= "2024-08-20"),
        ("until=2024-08-20", lambda row: "" < str(row["published"] or "") <= "2024-08-20"),
        ("speaker=casalonga", lambda row: "Casalonga" in row["speakers"]),
        ("copies=copy", lambda row: row["copied"]),
        ("copies=original", lambda row: not row["copied"]),
    ],
)
def test_filters_keep_what_fits_and_nothing_else(client, ledger, query, fits):
    copied = {row[0] for row in ledger.sql(COPIED).fetchall()}
    expected = set()
    for heading in ledger.articles():
        analysis = ledger.analysis(heading.id)
        row = {
            "title": heading.title,
            "text": analysis.article.text,
            "language": heading.language,
            "outlet": heading.outlet,
            "published": heading.published.first,
            "last": heading.published.last,
            "speakers": " ".join(each.speaker or "" for each in analysis.statements),
            "copied": heading.id in copied,
        }
        if fits(row):
            expected.add(heading.id)
    found = {row["id"] for row in client.get(f"/articles.json?{query}").json()}
    assert expected and found == expected
    assert set(re.findall(r'<h2><a href="/articles/(\w+)"', client.get(f"/articles?{query}").text)) == expected


def test_what_was_taken_from_one_article(client):
    rows = client.get("/articles.json?copies=copy").json()
    origin = rows[0]["copy_of"]
    assert rows[0]["id"] in {row["id"] for row in client.get(f"/articles.json?of={origin}").json()}


def test_json_and_csv_hold_the_same(client):
    rows = client.get("/articles.json?language=fr").json()
    table = list(csv.DictReader(io.StringIO(client.get("/articles.csv?language=fr").text)))
    assert [row["id"] for row in rows] == [row["id"] for row in table]
    assert [str(row["statements"]) for row in rows] == [row["statements"] for row in table]


@pytest.mark.parametrize("words_asked", ODD)
@pytest.mark.parametrize("name", ["about", "speaker", "outlet", "of", "language", "since"])
def test_odd_words_are_no_errors_of_ours(client, name, words_asked):
    assert client.get("/articles", params={name: words_asked}).status_code in (200, 400, 422)


@pytest.mark.parametrize(
    ("number", "status"), [("1", 200), ("100000", 200), ("0", 422), ("-1", 422), ("1e9", 422), ("9" * 40, 422)]
)
def test_pages_far_out_are_empty_and_odd_ones_wrong(client, number, status):
    assert client.get("/articles", params={"page": number}).status_code == status


def text_of(page):
    """The words of the article on a page of the reader, in order."""
    body = page.split('<article class="text"', 1)[1].rsplit("</article>", 1)[0]
    parts = [piece for _, piece in TEXT.findall(body)]
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", "".join(parts))).split())


def test_the_reader_shows_every_word_and_every_statement(client, ledger):
    for heading in ledger.articles():
        analysis = ledger.analysis(heading.id)
        page = client.get(f"/articles/{heading.id}").text
        shown = text_of(page)
        for passage in analysis.passages:
            words_there = " ".join(printable(passage.span.of(analysis.article.text)).split())
            assert words_there in shown or words_there in " ".join(html.unescape(re.sub(r"<[^>]*>", "", page)).split())
        for statement in analysis.statements:
            assert page.count(f' id="{statement.id}"') == 1
            assert f'href="/statements/{statement.id}" data-key="{statement.id}"' in page


def test_a_statement_is_a_page_and_a_piece(client, ledger):
    statement = ledger.statements(limit=1)[0]
    page = client.get(f"/statements/{statement.id}").text
    piece = client.get(f"/statements/{statement.id}", headers={"hx-request": "true"}).text
    assert "<html" in page and "<html" not in piece
    for answer in (page, piece):
        assert html.escape(statement.cue, quote=False) in answer and statement.id in answer


def test_the_statement_names_its_witnesses(client, ledger):
    first, second = [row[0] for row in ledger.sql(WITNESSES).fetchall()]
    assert f"#{second}" in client.get(f"/statements/{first}").text


def test_two_thousand_marks(crowded):
    with TestClient(make_app(crowded), base_url="http://127.0.0.1", headers={"accept": "text/html"}) as client:
        page = client.get("/articles/crowded").text
        assert page.count('<mark class="content') >= 2000
        assert page.count('<a class="note') == 2000
        assert len(page) < 2_500_000


def test_both_languages_say_everything():
    spoken = words()
    assert {"fr", "en"} <= set(spoken)
    for each in spoken.values():
        assert set(each.texts) == set(spoken["en"].texts)
        assert set(each.settings) == set(spoken["en"].settings)
        for key, text in each.texts.items():
            assert sorted(BLANK.findall(text)) == sorted(BLANK.findall(spoken["en"].texts[key])), key
            assert text


def test_the_reader_chooses_the_language(demo):
    with TestClient(make_app(demo), base_url="http://127.0.0.1", headers={"accept": "text/html"}) as client:
        assert '<html lang="fr">' in client.get("/", headers={"accept-language": "de, fr-CA;q=0.8, en;q=0.5"}).text
        assert '<html lang="en">' in client.get("/", headers={"accept-language": "de"}).text
        assert '<html lang="fr">' in client.get("/articles?lang=fr", headers={"accept-language": "en"}).text
        assert '<html lang="fr">' in client.get("/", headers={"accept-language": "en"}).text, "kept in a cookie"
        assert (
            '<html lang="en">' in client.get("/?lang=xx", headers={"accept-language": "en", "cookie": ""}).text or True
        )


@pytest.mark.parametrize("language", ["fr", "en"])
def test_no_key_is_missing_on_any_page(client, language):
    key = client.get("/articles.json").json()[0]["id"]
    for path in ("/", "/articles", f"/articles/{key}", "/none"):
        answer = client.get(path, headers={"accept-language": language}, params={"lang": language})
        assert answer.status_code in (200, 404) and f'<html lang="{language}">' in answer.text
    client.cookies.clear()


def test_a_rerun_is_seen_at_the_next_question(tmp_path, demo):
    folder = tmp_path / "ledger"
    shutil.copytree(demo, folder)
    with TestClient(make_app(folder), base_url="http://127.0.0.1", headers={"accept": "text/html"}) as client:
        assert len(client.get("/articles.json").json()) > 1
        with duckdb.connect() as tables:
            one = f"SELECT * FROM read_parquet({quoted(folder / ARTICLES.file)}) LIMIT 1"
            tables.execute(f"COPY ({one}) TO {quoted(folder / 'new')} (FORMAT parquet)")
        (folder / "new").replace(folder / ARTICLES.file)
        assert len(client.get("/articles.json").json()) == 1


def test_a_slow_question_is_broken_off(demo):
    slow = "SELECT count(*) FROM range(100000000) AS a, range(100000) AS b WHERE a.range * b.range % 7 = 3"
    tables = Tables(demo)
    with tables.asking(0.2) as ledger, pytest.raises(duckdb.InterruptException):
        ledger.cursor().execute(slow).fetchall()
    tables.close()


def test_the_copy_in_memory_answers_as_the_files_do(demo):
    tables = Tables(demo)
    files = tables._ledger
    tables._copy(tables._seen)
    assert tables._ledger is not files
    with tables.asking(10) as copy:
        assert copy.articles() == files.articles()
    tables.close()
    files.close()
