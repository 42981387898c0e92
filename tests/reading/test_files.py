"""From paths to documents: what is taken, what is passed over, and one clear line for what cannot be read."""

from __future__ import annotations

import gzip
import io
import os
import socket
import sys
from pathlib import Path

import pytest

from selon.errors import InputError, LimitExceeded, UnknownFormat
from selon.reading import find_documents, read
from selon.records import Document, Failure
from selon.settings import Limits, Settings

SMALL = Settings(limits=Limits(size=1000))


def found(*paths, settings=None, **options):
    return list(find_documents(paths, settings or Settings(), **options))


def test_a_text_is_its_bytes(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"Un\r\ndeux ")
    assert found(tmp_path / "a.txt") == [Document(str(tmp_path / "a.txt"), b"Un\r\ndeux ", "text/plain")]


def test_a_folder_gives_all_below_in_the_order_of_names(tmp_path):
    for name in ("b.txt", "a/z.txt", "a/k/1.txt", "c.txt", ".hidden/x.txt", ".x.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("Un")
    assert [Path(each.where).relative_to(tmp_path).as_posix() for each in found(tmp_path)] == [
        "a/k/1.txt",
        "a/z.txt",
        "b.txt",
        "c.txt",
    ]


def test_a_path_given_twice_is_read_once(tmp_path):
    (tmp_path / "a.txt").write_text("Un")
    assert len(found(tmp_path / "a.txt", tmp_path / "a.txt")) == 1


def test_a_ledger_among_the_articles_is_passed_over(tmp_path):
    (tmp_path / "ledger").mkdir()
    (tmp_path / "ledger" / "decisions.sqlite").write_bytes(b"")
    (tmp_path / "ledger" / "report.html").write_text("<html>")
    (tmp_path / "a.txt").write_text("Un")
    assert [Path(each.where).name for each in found(tmp_path)] == ["a.txt"]
    (failure,) = found(tmp_path / "ledger")
    assert failure.what == "this is a ledger folder"


def test_links_that_lead_in_circles_end(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "up").symlink_to(tmp_path)
    (tmp_path / "a" / "x.txt").write_text("Un")
    (tmp_path / "gone").symlink_to(tmp_path / "nowhere")
    outcomes = found(tmp_path)
    assert [type(each) for each in outcomes] == [Document, Failure]
    assert outcomes[1].what == "no such file or directory"


def test_gzipped_text_and_pages_are_unpacked(tmp_path):
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress("Été".encode()))
    (tmp_path / "b.gz").write_bytes(gzip.compress(b"<!doctype html><p>Un"))
    assert [(each.data, each.media_type) for each in found(tmp_path)] == [
        ("Été".encode(), "text/plain"),
        (b"<!doctype html><p>Un", "text/html"),
    ]


def test_standard_input_is_read_like_a_file(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b'{"text": "Un"}\n{"text": "Deux"}\n')))
    assert [(each.where, each.data) for each in found("-")] == [("-#1", "Un"), ("-#2", "Deux")]


def _fifo(folder):
    os.mkfifo(folder / "x")


def _socket(folder):
    # The path of a socket may have 108 bytes at most; pytest's folders are longer.
    here = Path.cwd()
    os.chdir(folder)
    try:
        with socket.socket(socket.AF_UNIX) as server:
            server.bind("x")
    finally:
        os.chdir(here)


def _write(data, name="x"):
    return lambda folder: (folder / name).write_bytes(data)


BROKEN = {
    "empty": (_write(b""), "the file is empty"),
    "only a byte order mark": (_write(b"\xef\xbb\xbf"), "the file is empty"),
    "binary": (_write(bytes(range(256)) * 20), "binary data"),
    "PDF": (_write(b"%PDF-1.4 \xe2\xe3", "x.txt"), "a PDF file"),
    "other XML": (_write(b"<?xml version='1.0'?><tei/>", "x.xml"), "XML that is neither"),
    "too big": (_write(b"mot " * 300), "larger than the limit of"),
    "too big, packed": (_write(gzip.compress(b"mot " * 300)), "larger than the limit"),
    "gzip bomb": (_write(gzip.compress(b"a" * 10_000_000)), "larger than the limit"),
    "damaged gzip": (_write(gzip.compress(b"mot " * 99)[:-9]), "damaged gzip data"),
    "gzip cut at once": (_write(gzip.compress(b"")[:12]), "damaged gzip data"),
    "named pipe": (_fifo, "a named pipe, not a file"),
    "socket": (_socket, "a socket, not a file"),
    "XML bomb": (_write(b'<!DOCTYPE r [<!ENTITY a "b">]><rss>'), "the feed declares XML"),
    "no feed at all": (_write(b"<rss><chan"), "the feed is not well-formed"),
    "no JSON": (_write(b'{"text": ', "x.json"), "not valid JSON"),
    "deep JSON": (_write(b'{"a": ' + b"[" * 100_000, "x.json"), "JSON nested too deep"),
    "no text column": (_write(b"a,b\n1,2\n", "x.csv"), "no text column among a, b"),
    "no Parquet": (_write(b"PAR1" + b"x" * 99), "not a readable Parquet table"),
    "WARC without a record": (_write(b"WARC/1.0\r\nrubbish"), "no article in it"),
    "table without a row": (_write(b"titre,texte\n", "x.csv"), "no article in it"),
    "list without a record": (_write(b"[]", "x.json"), "no article in it"),
}  # fmt: skip


@pytest.mark.parametrize(("make", "what"), BROKEN.values(), ids=BROKEN.keys())
def test_one_clear_failure_and_the_rest_is_read(tmp_path, make, what):
    make(tmp_path)
    (tmp_path / "y.txt").write_text("Bonjour")
    failure, document = found(tmp_path, settings=SMALL)
    assert isinstance(failure, Failure)
    assert failure.what.startswith(what)
    assert failure.where.startswith(str(tmp_path / "x"))
    assert failure.next
    assert failure.stage == "reading"
    assert document.data == b"Bonjour"


def test_what_is_not_there_or_not_allowed_is_told(tmp_path, monkeypatch):
    assert [each.what for each in found(tmp_path / "no")] == ["no such file or directory"]
    (tmp_path / "shut").mkdir()

    def refuse(path):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "listdir", refuse)
    assert [each.what for each in found(tmp_path)] == ["permission denied"]


def test_a_file_that_vanishes_is_told(tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_text("Un")
    (tmp_path / "b.txt").write_text("Deux")
    documents = find_documents([tmp_path])
    assert next(documents).data == b"Un"
    (tmp_path / "b.txt").unlink()
    (failure,) = list(documents)
    assert (failure.where, failure.what) == (str(tmp_path / "b.txt"), "no such file or directory")


def test_a_fault_of_ours_is_a_failure_too(tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_text("Un")
    monkeypatch.setattr("selon.reading.files.recognise", lambda head, name: 1 / 0)
    (failure,) = found(tmp_path)
    assert failure.what == "unexpected ZeroDivisionError: division by zero"


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
def test_names_that_are_not_utf8_are_shown(tmp_path):
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt")).write_text("Un")
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.csv")).write_text("text\nUn\n")
    failure, document = found(tmp_path)
    assert failure.where.endswith("caf\\xe9.csv")
    assert document.where.endswith("caf\\xe9.txt")
    document.where.encode()


def test_read_gives_the_one_article(tmp_path):
    (tmp_path / "a.txt").write_text("Le maire a déclaré que la ville est belle.", encoding="utf-8")
    article = read(tmp_path / "a.txt")
    assert article.language == "fr"
    assert article.text == "Le maire a déclaré que la ville est belle."


@pytest.mark.parametrize(
    ("name", "content", "error", "words"),
    [
        ("a.txt", b"", InputError, "the file is empty"),
        ("a.txt", b"12 34", InputError, "no text"),
        ("a.jsonl", b'{"text": "Un"}\n{"text": "Deux"}', UnknownFormat, "more than one article"),
        (
            "a.txt",
            "Der Bürgermeister hat gesagt, dass die Stadt schön ist und die Leute zufrieden sind.".encode(),
            InputError,
            "de",
        ),
        ("a.txt", b"mot " * 600_000, LimitExceeded, "larger than the limit of 2 MiB"),
    ],
)
def test_read_says_why_it_cannot(tmp_path, name, content, error, words):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(error, match=words) as caught:
        read(tmp_path / name)
    assert caught.value.where.startswith(str(tmp_path / name))
    assert caught.value.next
