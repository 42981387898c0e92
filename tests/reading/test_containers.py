"""Archives, feeds, tables and JSON: one document a record, and a bad record costs itself only."""

from __future__ import annotations

import gzip
import zlib

import duckdb
import pytest

from selon.errors import UnknownFormat
from selon.reading import find_documents
from selon.reading.columns import Columns, guess_columns
from selon.records import Document, Failure
from selon.settings import Limits, Settings


def found(path, size=100_000, **options):
    return list(find_documents([path], Settings(limits=Limits(size=size)), **options))


def told(outcomes):
    return [each.what for each in outcomes if isinstance(each, Failure)]


def documents(outcomes):
    return [each for each in outcomes if isinstance(each, Document)]


# Archives


def record(kind, payload, content_type="text/plain", url="http://a.example/"):
    head = ["WARC/1.0", f"WARC-Type: {kind}", f"WARC-Target-URI: {url}", f"Content-Type: {content_type}"]
    return "\r\n".join([*head, f"Content-Length: {len(payload)}", "", ""]).encode() + payload + b"\r\n\r\n"


def response(body, headers="Content-Type: text/html", status="200 OK", url="http://a.example/"):
    return record(
        "response", f"HTTP/1.1 {status}\r\n{headers}\r\n\r\n".encode() + body, "application/http; msgtype=response", url
    )


PAGE = "<html><p>Été</p>"
RECORDS = [
    record("warcinfo", b"software: x", "application/warc-fields"),
    response(PAGE.encode("latin-1"), "Content-Type: text/html; charset=iso-8859-1", url="http://a.example/1"),
    response(b"", status="301 Moved"),
    response(b"\x89PNG", "Content-Type: image/png"),
    response(b"x" * 300_000, "Content-Type: video/mp4"),
    response(b"x" * 300_000),
    response(gzip.compress(PAGE.encode()), "Content-Type: text/html\r\nContent-Encoding: gzip"),
    response(zlib.compress(PAGE.encode()), "Content-Encoding: deflate"),
    response(PAGE.encode(), "Content-Type: text/html\r\nContent-Encoding: gzip"),
    response(b"5\r\n<html\r\n3\r\n>Un\r\n0\r\n\r\n", "Content-Type: text/html\r\nTransfer-Encoding: chunked"),
    response(gzip.compress(b"a" * 50_000_000), "Content-Type: text/html\r\nContent-Encoding: gzip"),
    response(b"\x1b\x0b\x00", "Content-Type: text/html\r\nContent-Encoding: br"),
    record("conversion", "Été en clair".encode(), url="http://a.example/wet"),
    record("request", b"GET / HTTP/1.1\r\n\r\n", "application/http; msgtype=request"),
]


@pytest.mark.parametrize("packed", [False, True])
def test_pages_of_an_archive(tmp_path, packed):
    path = tmp_path / ("a.warc.gz" if packed else "a.warc")
    path.write_bytes(b"".join(map(gzip.compress, RECORDS) if packed else RECORDS))
    outcomes = found(path)
    numbers = [each.where.rpartition("#")[2] for each in documents(outcomes)]
    assert numbers == ["2", "7", "8", "9", "10", "13"]
    first, *packed_pages, chunked, wet = documents(outcomes)
    assert first == Document(
        f"{path}#2", PAGE.encode("latin-1"), "text/html; charset=iso-8859-1", url="http://a.example/1"
    )
    assert [each.data for each in packed_pages] == [PAGE.encode()] * 3
    assert chunked.data == b"<html>Un"
    assert (wet.data, wet.media_type) == ("Été en clair".encode(), "text/plain; charset=utf-8")
    assert [(each.where.rpartition("#")[2], each.what) for each in outcomes if isinstance(each, Failure)] == [
        ("6", "the page is larger than the limit of 0.0954 MiB"),
        ("11", "the page is larger than the limit of 0.0954 MiB"),
        ("12", "a page packed with br"),
    ]


def test_an_archive_that_breaks_off_keeps_what_was_read(tmp_path):
    path = tmp_path / "a.warc"
    path.write_bytes(b"".join(RECORDS[:2]) + record("conversion", b"Un texte qui est long")[:-10])
    outcomes = found(path)
    assert [each.data for each in documents(outcomes)] == [PAGE.encode("latin-1"), b"Un texte qui es"]
    assert told(outcomes) == ["the record is cut off"]


def test_damage_in_the_middle_of_an_archive_is_told(tmp_path):
    path = tmp_path / "a.warc"
    path.write_bytes(RECORDS[1] + b"rubbish\r\n" * 40 + RECORDS[1])
    outcomes = found(path)
    assert len(documents(outcomes)) == 1
    assert told(outcomes)[0].startswith("damaged WARC after record 1")


# Feeds

RSS = """<?xml version="1.0" encoding="iso-8859-1"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>Le Courrier</title><language>fr-FR</language>
<item><title>Un &amp;eacute;t&lt;b&gt;é&lt;/b&gt;</title><link>https://c.example/1</link>
<pubDate>Tue, 06 Feb 2024 10:00:00 GMT</pubDate>
<description>Court</description>
<content:encoded><![CDATA[<p>Il a dit&nbsp;: <a href="/r">oui</a>.</p><script>non</script>]]></content:encoded></item>
<item><title>Deux</title><description>Texte simple, 3 &lt; 4.</description><source url="x">Agence</source></item>
<item><title>Trop</title><description>LONG</description></item></channel></rss>"""


def test_entries_of_a_feed(tmp_path):
    path = tmp_path / "a.xml"
    path.write_bytes(RSS.replace("LONG", "mot " * 600).encode("latin-1"))
    outcomes = found(path, size=2000)
    assert documents(outcomes) == [
        Document(
            where=f"{path}#1",
            data='<p>Il a dit&nbsp;: <a href="/r">oui</a>.</p><script>non</script>',
            media_type="text/html",
            url="https://c.example/1",
            outlet="Le Courrier",
            title="Un été",
            published="Tue, 06 Feb 2024 10:00:00 GMT",
            language="fr",
        ),
        Document(f"{path}#2", "Texte simple, 3 < 4.", "text/plain", outlet="Agence", title="Deux", language="fr"),
    ]
    assert [(each.where, each.what) for each in outcomes if isinstance(each, Failure)] == [
        (f"{path}#3", "the entry is longer than 2000 characters")
    ]


def test_atom_feeds_are_read_too(tmp_path):
    path = tmp_path / "a"
    path.write_text(
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Le Courrier</title><entry><title>Un</title><link href="https://c.example/2"/>'
        '<updated>2024-02-06T10:00:00Z</updated><content type="html">&lt;p&gt;Oui&lt;/p&gt;</content></entry></feed>'
    )
    (document,) = found(path)
    assert (document.data, document.media_type, document.published) == (
        "<p>Oui</p>",
        "text/html",
        "2024-02-06T10:00:00Z",
    )
    assert document.url == "https://c.example/2"


def test_a_feed_that_breaks_off_keeps_what_was_read(tmp_path):
    path = tmp_path / "a.rss"
    path.write_text(RSS[: RSS.index("<source")].replace("iso-8859-1", "utf-8"), encoding="utf-8")
    outcomes = found(path)
    assert [each.title for each in documents(outcomes)] == ["Un été", "Deux"]
    assert told(outcomes)[0].startswith("the feed is not well-formed")


# Tables and JSON


def test_a_table_in_windows_1252_with_semicolons(tmp_path):
    path = tmp_path / "a*[1].csv"
    path.write_bytes(
        'date;titre;texte;journal\n2024-02-06;L’été;"« Oui », a-t-il dit ;\r\nfin €";Le Courrier\n'.encode("cp1252")
    )
    shown = []
    (document,) = found(path, guessed=lambda where, columns: shown.append((where, str(columns))))
    assert document == Document(
        f"{path}#1",
        "« Oui », a-t-il dit ;\r\nfin €",
        "text/plain",
        outlet="Le Courrier",
        title="L’été",
        published="2024-02-06",
    )
    assert shown == [(str(path), "text column: texte, title: titre, date: date, outlet: journal")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_table_in_any_unicode(tmp_path, encoding):
    path = tmp_path / "a.tsv"
    path.write_bytes("id\tcontenu\nk1\tÉté\nk2\t<p>Deux</p>\nk1\tTrois\n".encode(encoding))
    outcomes = found(path)
    assert [(each.where, each.data, each.media_type) for each in outcomes] == [
        (f"{path}#k1", "Été", "text/plain"),
        (f"{path}#k2", "<p>Deux</p>", "text/html"),
        (f"{path}#3", "Trois", "text/plain"),
    ]


def test_a_packed_table(tmp_path):
    path = tmp_path / "a.csv.gz"
    path.write_bytes(gzip.compress("titre,texte\nUn,Été\nDeux,Hiver\n".encode("latin-1")))
    assert [each.data for each in found(path)] == ["Été", "Hiver"]


def test_a_line_that_does_not_fit_costs_itself(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("titre,texte\nUn,Premier texte\nx,y,z\nDeux,Second texte\nTrois," + "mot " * 300 + "\n")
    outcomes = found(path, size=1000)
    assert [each.data for each in documents(outcomes)] == ["Premier texte", "Second texte"]
    assert any(what.startswith("the line does not fit the table") for what in told(outcomes))
    assert any(what.startswith("the text is longer than 1000") for what in told(outcomes))


def test_parquet(tmp_path):
    path = tmp_path / "a"
    with duckdb.connect() as connection:
        connection.execute(
            "COPY (SELECT ['Un', 'deux'] AS body, DATE '2024-02-06' AS date, NULL AS title, 7 AS id UNION ALL"
            f" SELECT NULL, NULL, 'Rien', 8) TO '{path}' (FORMAT parquet)"
        )
    assert found(path) == [
        Document(f"{path}#7", "Un\n\ndeux", "text/plain", published="2024-02-06"),
        Document(f"{path}#8", "", "text/plain", title="Rien"),
    ]


def test_json_lines_with_a_broken_and_an_endless_line(tmp_path):
    path = tmp_path / "a.jsonl"
    endless = '{"text": "' + "mot " * 3000 + '"}'
    path.write_text('{"text": "Un \\ud83d"}\n\n{"text": \n' + endless + '\n[1]\n{"titre": "x"}\n{"Texte": "Deux"}')
    outcomes = found(path, size=1000)
    assert [(each.where, each.data) for each in documents(outcomes)] == [
        (f"{path}#1", "Un \ufffd"),
        (f"{path}#7", "Deux"),
    ]
    assert [
        (each.where.rpartition("#")[2], each.what.partition(":")[0]) for each in outcomes if isinstance(each, Failure)
    ] == [
        ("3", "not valid JSON"),
        ("4", "the line is longer than 6000 bytes"),
        ("5", "not a JSON record"),
        ("6", "no text column among titre"),
    ]


def test_a_json_list_of_records(tmp_path):
    path = tmp_path / "a.json"
    path.write_text('[\n{"content": "Un", "pubDate": "2024", "lang": "fr"},\n 3]')
    document, failure = found(path)
    assert document == Document(f"{path}#1", "Un", "text/plain", published="2024", language="fr")
    assert failure.where == f"{path}#2"


# Columns


def test_columns_given_go_before_guesses():
    columns = guess_columns(["date", "text", "resume", "Date de publication"], Columns(text="resume"))
    assert columns == Columns(text="resume", published="Date de publication")
    assert str(columns) == "text column: resume, date: Date de publication"


def test_one_column_is_not_taken_twice():
    assert guess_columns(["content", "source"]) == Columns(text="content", outlet="source")


@pytest.mark.parametrize(
    ("given", "words"), [(Columns(), "no text column among a, b"), (Columns(text="c"), "no column 'c'")]
)
def test_a_table_without_the_text_says_what_it_has(given, words):
    with pytest.raises(UnknownFormat, match=words) as caught:
        guess_columns(["a", "b"], given)
    assert caught.value.next
