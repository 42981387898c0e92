"""Dates as exact as the page gives them, and never one that it does not give."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selon.languages.pack import languages, load_pack
from selon.reading.dates import header, in_text, parse_metadata
from selon.reading.scraped import mark
from selon.records import Precision

METADATA = [
    ("2022-10-12", "2022-10-12"),
    ("2022-10-12T10:02:00+02:00", "2022-10-12"),
    ("2022-10-12 10:02", "2022-10-12"),
    ("20221012", "2022-10-12"),
    ("2022/10/12", "2022-10-12"),
    ("Wed, 12 Oct 2022 10:02:00 +0000", "2022-10-12"),
    ("12 octobre 2022", "2022-10-12"),
    ("mercredi 12 octobre 2022 à 10h02", "2022-10-12"),
    ("1er mai 2022", "2022-05-01"),
    ("1 sept. 2024", "2024-09-01"),
    ("October 12, 2022", "2022-10-12"),
    ("Oct. 12th, 2022, 10:02 AM", "2022-10-12"),
    ("12 October 2022", "2022-10-12"),
    ("octobre 2022", "2022-10"),
    ("2022-10", "2022-10"),
    ("2022", "2022"),
    ("25/12/2022", "2022-12-25"),
    ("03/04/2022", "2022"),
    ("1665568920", "2022-10-12"),
    ("1665568920000", "2022-10-12"),
]
NOT_DATES = [
    "",
    "   ",
    "hier",
    "2022-13-01",
    "31/02/2022",
    "30 février 2022",
    "12 octobre",
    "0001-01-01",
    "Je",
    "12,5 %",
    "9" * 16,
]


@pytest.mark.parametrize(("value", "wanted"), METADATA)
def test_metadata_is_read_as_exactly_as_it_is(value: str, wanted: str) -> None:
    assert str(parse_metadata(value)) == wanted


@pytest.mark.parametrize("value", NOT_DATES)
def test_what_is_no_date_stays_unknown(value: str) -> None:
    assert parse_metadata(value).precision is Precision.UNKNOWN


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 1, 1)))
def test_a_day_written_in_numbers_comes_back(day: date) -> None:
    when = parse_metadata(day.isoformat())
    assert (when.first, when.last, when.precision) == (day, day, Precision.DAY)


@given(st.text(max_size=60))
def test_any_string_is_survived(value: str) -> None:
    when = parse_metadata(value)
    assert (when.first is None) == (when.precision is Precision.UNKNOWN)


@pytest.mark.parametrize("code", languages())
def test_every_month_name_is_read(code: str) -> None:
    for row in load_pack(code).rows("months"):
        when = parse_metadata(row["case"])
        assert when.first is not None, row["case"]
        assert when.first.month == int(row["number"]), row["case"]


def test_the_crawl_header_gives_a_month() -> None:
    found = header(" date 2022-10 L’ancien maire")
    assert found is not None
    when, span = found
    assert (str(when), when.first, when.last) == ("2022-10", date(2022, 10, 1), date(2022, 10, 31))
    assert span.of(" date 2022-10 L’ancien maire") == "date 2022-10"


@pytest.mark.parametrize("text", ["", "date 2022", "Une date 2022-10", "date 2022-101 x", "update 2022-10 x"])
def test_no_crawl_header(text: str) -> None:
    assert header(text) is None


def test_a_crawl_header_with_an_impossible_month_is_a_header_with_an_unknown_date() -> None:
    found = header(" date 2022-13 Le maire")
    assert found is not None
    assert found[0].precision is Precision.UNKNOWN


SENTENCE = "Le conseil municipal de Vermeuil s'est réuni mercredi soir sous la présidence de la maire, Colette Ferrand."
PAGES = [
    (f"Le budget voté\nPublié le 12 octobre 2022 à 10h02\n\n{SENTENCE}", "2022-10-12"),
    (f"Le budget voté\n\n{SENTENCE}\n\nMis à jour le 12/10/2022 - 10:02\nPublié le 11 octobre 2022", "2022-10-11"),
    (f"Le budget voté\n\nVERMEUIL, 12 octobre 2022 (AFP) – {SENTENCE}", "2022-10-12"),
    (f"Le budget voté\n\n12 octobre 2022. {SENTENCE}", "2022-10-12"),
    (f"Le budget voté\n\nLe 03/04/2022 à 10:02\n\n{SENTENCE}", "2022-04-03"),
    (f"Le budget voté\n\n{SENTENCE}\n\nÀ lire aussi\nUn titre\n3 mai 2021\nUn autre titre\n4 mai 2021", "unknown"),
    (f"Le budget voté\n\nBy Jane Hill\nOctober 12, 2022\n\n{SENTENCE}", "2022-10-12"),
    (f"Le budget voté\n\n{SENTENCE} La loi du 3 mai 2019 l'imposait.", "unknown"),
    (f"Le budget voté\n\nLe 12 octobre 2022, le conseil s'était réuni. {SENTENCE}", "unknown"),
    (f"Le budget voté\n\nPublié le 12 octobre\n\n{SENTENCE}", "unknown"),
    (f"Le budget voté\n\n{SENTENCE}", "unknown"),
]


@pytest.mark.parametrize(("text", "wanted"), PAGES)
def test_the_date_that_a_page_gives_itself(text: str, wanted: str) -> None:
    pack = load_pack("fr")
    assert str(in_text(text, mark(text, pack), pack)) == wanted
