"""The sample for when, where and to whom: what counts as right, and that its annotations are of what they say."""

from __future__ import annotations

import json
from calendar import monthrange
from dataclasses import replace
from datetime import date

import pytest

from evaluation.circumstances import ANNOTATED, MEASURES, Circumstances, circumstances, same_date
from evaluation.gold import SHARED, GoldError, GoldSet, drawn_from
from evaluation.measures import Count
from evaluation.sampling import drawn
from selon.records import Form, Kind, Precision, Quotation, Statement, When

RECORDS = [json.loads(line) for line in ANNOTATED.read_text(encoding="utf-8").splitlines()]
TEXT = "Jean Dupont a dit mardi à la presse, dans un communiqué, que tout va bien."
DAY = When(date(2022, 10, 11), date(2022, 10, 11), Precision.DAY)
PLAIN = {"article": "a", "said_on": [None, None, "unknown"]}
DATED = {"article": "a", "said_on": ["2022-10-11", "2022-10-11", "day"], "venue": [[44, 55]], "addressee": [[26, 35]]}
shared = pytest.mark.skipif(not SHARED.is_dir(), reason=f"no annotated articles at {SHARED}")


def counted(record, **said):
    told = Statement("s", Quotation("q", "a", (), (), (), Kind.DIRECT, Form.CLAUSE, 1.0), None, "", "", "", When())
    part = Circumstances(GoldSet("x", ()), (record,), (replace(told, **said),), {"a": TEXT})
    return part.tallies[0]


def test_rightly_unknown_is_right_and_no_date_found():
    assert counted(PLAIN)["said on"] == Count(1, 1, 1)
    assert counted(PLAIN)["said on, where told"] == Count(0, 0, 0)


def test_a_date_that_nobody_stated_is_wrong():
    assert counted(PLAIN, said_on=DAY)["said on"] == Count(0, 1, 1)
    assert counted(PLAIN, said_on=DAY)["said on, where told"] == Count(0, 1, 0)


def test_a_date_must_be_the_one_told_and_as_precise():
    assert counted(DATED, said_on=DAY)["said on, where told"] == Count(1, 1, 1)
    assert counted(DATED)["said on, where told"] == Count(0, 0, 1)
    assert not same_date(DATED, replace(DAY, precision=Precision.INTERVAL))
    assert not same_date(DATED, replace(DAY, last=date(2022, 10, 12)))


def test_any_reading_will_do():
    record = {**PLAIN, "also": [DATED["said_on"]]}
    for said in (When(), DAY):
        assert counted(record, said_on=said)["said on"] == Count(1, 1, 1)
    assert counted(record)["said on, where told"] == Count(0, 0, 0)
    assert counted(record, said_on=DAY)["said on, where told"] == Count(1, 1, 1)


@pytest.mark.parametrize(
    ("said", "count"),
    [
        ("presse", (1, 1, 1)),
        ("la presse écrite", (1, 1, 1)),
        ("la radio", (0, 1, 1)),
        ("", (0, 0, 1)),
        ("la", (0, 0, 1)),
    ],
)
def test_names_lie_one_within_the_other(said, count):
    assert counted(DATED, addressee=said)["addressee"] == Count(*count)


def test_what_is_optional_costs_nothing_when_it_is_missed():
    record = {**DATED, "venue_optional": True}
    assert counted(record)["venue"] == Count(0, 0, 0)
    assert counted(record, venue="un communiqué")["venue"] == Count(1, 1, 1)
    assert counted(record, venue="Rome")["venue"] == Count(0, 1, 0)


def test_the_file_holds_no_text():
    allowed = {"set", "article", "half", "content", "said_on", "also", "venue", "addressee", "venue_optional"}
    for record in RECORDS:
        assert set(record) <= allowed | {"addressee_optional"}
        assert all(
            isinstance(each, int)
            for part in ("content", "venue", "addressee")
            for s in record.get(part, ())
            for each in s
        )


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: f"{record['article']}-{record['content'][0][0]}")
def test_annotated_dates_are_as_precise_as_they_say(record):
    for first, last, precision in (record["said_on"], *record.get("also", ())):
        if precision == "unknown":
            assert (first, last) == (None, None)
            continue
        one, other = date.fromisoformat(first), date.fromisoformat(last)
        days = {
            "day": one == other,
            "month": (one.day, other) == (1, one.replace(day=monthrange(one.year, one.month)[1])),
            "year": (one, other) == (date(one.year, 1, 1), date(one.year, 12, 31)),
            "interval": one < other,
        }
        assert days[precision]


@shared
def test_the_sample_is_the_one_that_is_drawn():
    annotated = sorted((each["set"], each["article"], each["half"], each["content"]) for each in RECORDS)
    assert annotated == sorted((d.set, d.article["id"], d.half, d.quotation["content"]) for d in drawn())


@shared
def test_an_article_is_in_one_half():
    halves = {(each["article"], each["half"]) for each in RECORDS}
    assert len(halves) == len({article for article, _ in halves})


@shared
def test_annotated_names_stand_in_the_article():
    texts = {each["id"]: each["text"] for name in {r["set"] for r in RECORDS} for each in drawn_from(name)}
    for record in RECORDS:
        for part in ("venue", "addressee"):
            for start, end in record.get(part, ()):
                words = texts[record["article"]][start:end]
                assert words and words == words.strip(), (record["article"], words)


def test_the_bundled_part_needs_nothing_from_outside(tmp_path):
    (part,) = circumstances(tmp_path / "nowhere")
    assert part.gold.name == "circumstances bundled"
    assert len(part.statements) == len(part.records) > 20
    assert set(part.tallies[0]) == set(MEASURES)


def test_damaged_annotations_say_so(tmp_path):
    damaged = tmp_path / "said_on.jsonl"
    damaged.write_text("{", encoding="utf-8")
    with pytest.raises(GoldError, match=r"said_on\.jsonl"):
        circumstances(tmp_path / "nowhere", damaged)
    bundled = circumstances(tmp_path / "nowhere")[0].records[0]
    damaged.write_text(json.dumps({**bundled, "content": [[0, 1]]}), encoding="utf-8")
    with pytest.raises(GoldError, match="no annotated quotation"):
        circumstances(tmp_path / "nowhere", damaged)
