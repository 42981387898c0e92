"""Bytes to text: nothing lost, nothing translated."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selon.reading.decoding import decode

WORDS = "« L’été », a-t-il dit.\r\nŒuvre €"


@pytest.mark.parametrize(
    ("data", "declared", "encoding"),
    [
        (WORDS.encode(), "", "utf-8"),
        (codecs.BOM_UTF8 + WORDS.encode(), "", "utf-8"),
        (codecs.BOM_UTF16_LE + WORDS.encode("utf-16-le"), "", "utf-16-le"),
        (codecs.BOM_UTF16_BE + WORDS.encode("utf-16-be"), "", "utf-16-be"),
        (WORDS.encode("utf-16-le"), "", "utf-16-le"),
        (WORDS.encode("cp1252"), "", "cp1252"),
        (WORDS.encode("cp1252"), "iso-8859-1", "cp1252"),
        (WORDS.encode("iso-8859-15", "replace"), "iso-8859-15", "iso8859-15"),
        (WORDS.encode(), "iso-8859-1", "utf-8"),
        (WORDS.encode("cp1252"), "no-such-charset", "cp1252"),
        (WORDS.encode("cp1252"), "utf-7", "cp1252"),
        (WORDS.encode("cp1252"), "rot13", "cp1252"),
        (WORDS.encode("cp1252") + b"\\u0041", "unicode_escape", "cp1252"),
    ],
)
def test_decode(data, declared, encoding):
    decoded = decode(data, declared)
    assert decoded.encoding == encoding
    assert decoded.note == ""
    if encoding != "iso8859-15":
        assert decoded.text.removesuffix("\\u0041") == WORDS


@pytest.mark.parametrize(
    "page",
    [
        '<html><head><meta charset="koi8-r"></head>Привет',
        '<meta http-equiv="Content-Type" content="text/html; charset=koi8-r">Привет',
        '<?xml version="1.0" encoding="koi8-r"?><p>Привет</p>',
    ],
)
def test_a_page_may_declare_its_charset(page):
    assert decode(page.encode("koi8-r")).text == page


def test_a_few_bad_bytes_do_not_spoil_a_utf8_text():
    decoded = decode("L’été et l’hiver : ".encode() + b"d\xe9j\xe0 vu")
    assert decoded.text == "L’été et l’hiver : déjà vu"
    assert decoded.note == "2 bytes are not UTF-8, read as Windows-1252"


def test_text_cut_in_the_middle_of_a_character_says_so():
    decoded = decode("déclaré, été".encode()[:-1])
    assert decoded.text == "déclaré, étÃ"
    assert decoded.note == "1 byte is not UTF-8, read as Windows-1252"


def test_bytes_that_no_charset_knows_are_counted():
    decoded = decode(b"caf\xe9 \x81\x9d")
    assert decoded.text == "café \x81\x9d"
    assert decoded.note.startswith("2 bytes")


def test_lone_surrogates_become_writable():
    assert decode("a\ud800b").text == "a\ufffdb"


@given(st.binary(max_size=200), st.sampled_from(["", "utf-8", "cp1252", "utf-16", "idna", "hex", "unicode_escape"]))
def test_any_bytes_decode_to_text_that_can_be_written(data, declared):
    decode(data, declared).text.encode("utf-8")


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\ufeff\0")))
def test_utf8_comes_back_as_it_was(words):
    assert decode(words.encode()).text == words


@given(
    st.binary().filter(
        lambda data: b"\0" not in data and not data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf"))
    )
)
def test_no_byte_is_lost(data):
    decoded = decode(data)
    if decoded.encoding == "cp1252":
        assert len(decoded.text) == len(data)
    else:
        assert "\ufffd" not in decoded.text or b"\xef\xbf\xbd" in data
