"""A file is what it holds, whatever its name."""

from __future__ import annotations

import pytest

from selon.reading.formats import Format, describe, looks_like_html, recognise

CASES = [
    (b"", "a.txt", Format.EMPTY),
    (b"\xef\xbb\xbf", "a.txt", Format.EMPTY),
    ("« Oui », dit-il.".encode(), "a", Format.TEXT),
    (b"<!DOCTYPE html>\n<html>", "a.txt", Format.HTML),
    (b"\xef\xbb\xbf  <!-- x --><html lang=fr>", "a", Format.HTML),
    (b'<?xml version="1.0"?><!DOCTYPE html PUBLIC "x"><html xmlns="x">', "a.xml", Format.HTML),
    (b"<div class=x><p>Un</p></div>", "a", Format.HTML),
    (b"<p>Un</p> dans un texte", "a.txt", Format.TEXT),
    (b"<Un> vieux texte", "a.html", Format.HTML),
    (b'<?xml version="1.0"?>\n<rss version="2.0"><channel>', "a.html", Format.FEED),
    (b'<feed xmlns="http://www.w3.org/2005/Atom">', "a", Format.FEED),
    (b'<?xml version="1.0"?><!-- c --><rdf:RDF xmlns="http://purl.org/rss/1.0/">', "a", Format.FEED),
    (b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "b">]><rss>', "a", Format.FEED),
    (b'<html><body><a href="/f">le flux <rss></a>', "a", Format.HTML),
    (b'<?xml version="1.0"?><corpus><article>', "a.xml", Format.UNKNOWN),
    (b"WARC/1.0\r\nWARC-Type: warcinfo\r\n", "a", Format.WARC),
    (b'{"text": "Un"}\n{"text": "Deux"}\n', "a", Format.JSONL),
    (b'{"text": "Un"}', "a.json", Format.JSONL),
    (b'{\n  "text": "Un"\n}', "a.json", Format.JSON),
    (b'[{"text": "Un"}]', "a", Format.JSON),
    (b'{"text": "Un"}\nplus rien', "a.jsonl", Format.JSONL),
    (b"[youtube id=x] Un texte", "a.txt", Format.TEXT),
    (b"{Un texte entre accolades}", "a", Format.TEXT),
    (b"titre;texte\nUn;Deux\n", "a.csv", Format.CSV),
    (b"titre;texte\nUn;Deux\n", "a.csv.gz", Format.CSV),
    (b"titre;texte\nUn;Deux\n", "a.txt", Format.TEXT),
    (b"PAR1\x15\x04", "a", Format.PARQUET),
    (b"%PDF-1.7\n", "a.txt", Format.UNKNOWN),
    (b"PK\x03\x04\x14\x00", "a.docx", Format.UNKNOWN),
    (b"\x00\x01\x02\x03" * 100, "a.txt", Format.UNKNOWN),
    ("Été à l’Œuvre".encode("utf-16"), "a.txt", Format.TEXT),
    (b"caf\xe9 cr\xe8me", "a.txt", Format.TEXT),
]


@pytest.mark.parametrize(("head", "name", "form"), CASES)
def test_recognise(head, name, form):
    assert recognise(head, name) is form


def test_unknown_formats_are_named():
    assert describe(b"%PDF-1.7") == "a PDF file"
    assert describe(b"<corpus>") == "XML that is neither a page nor a feed"
    assert describe(b"\0\1\2") == "binary data"


@pytest.mark.parametrize(
    ("text", "is_html"),
    [
        ("<p>Un</p>", True),
        ("Un<br/>deux", True),
        ("Un texte", False),
        ("3 < 4 et 5 > 2", False),
        ("Le <code> d'un", False),
    ],
)
def test_markup_in_a_cell_is_seen(text, is_html):
    assert looks_like_html(text) is is_html
