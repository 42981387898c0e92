"""Label Studio: predictions stand on their words, and fit the labelling interface that goes with them."""

import json
import xml.etree.ElementTree as ET
from datetime import UTC, datetime

import pytest

from selon.exports.label_studio import CONFIG, label_studio_pieces
from selon.exports.wordings import Maker


@pytest.fixture
def tasks(analyses, wide):
    return json.loads(
        "".join(label_studio_pieces([wide, *analyses], Maker("selon 0.1.0", datetime(2026, 11, 25, tzinfo=UTC))))
    )


def test_every_region_stands_on_its_words(tasks):
    for task in tasks:
        (prediction,) = task["predictions"]
        for result in prediction["result"]:
            if result["type"] == "labels":
                value = result["value"]
                assert task["data"]["text"][value["start"] : value["end"]] == value["text"] != ""
        assert "\r" not in task["data"]["text"]


def test_every_piece_has_a_region_and_a_relation(tasks, analyses, wide):
    for task, one in zip(tasks, [wide, *analyses], strict=True):
        results = task["predictions"][0]["result"]
        pieces = [
            span
            for each in one.statements
            for part in ("content", "cue", "source")
            for span in getattr(each.quotation, part)
        ]
        regions = [each["id"] for each in results if each["type"] == "labels"]
        relations = [each for each in results if each["type"] == "relation"]
        assert len(regions) == len(set(regions)) == len(pieces)
        words = [each["value"]["text"] for each in results if each["type"] == "labels"]
        assert words == [span.of(one.article.text).replace("\r\n", "\n") for span in pieces]
        assert len(relations) == len(pieces) - len(one.statements)
        assert {each["from_id"] for each in relations} | {each["to_id"] for each in relations} <= set(regions)


def test_the_first_piece_tells_who_and_how(tasks):
    results = [each for each in tasks[0]["predictions"][0]["result"] if each.get("id") == "s-wide-content-0"]
    assert [each["type"] for each in results] == ["labels", "textarea", "choices"]
    assert results[1]["value"]["text"] == ["<Léa & Cie> 😀, «"]
    assert results[2]["value"]["choices"] == ["direct"]
    unknown = [each for each in tasks[0]["predictions"][0]["result"] if each.get("id") == "s-unknown-content-0"]
    assert [each["type"] for each in unknown] == ["labels", "choices"]


def test_all_that_is_predicted_is_in_the_interface(tasks):
    root = ET.fromstring(CONFIG)
    controls = {each.get("name"): each for each in root.iter() if each.get("toName")}
    values = {name: {each.get("value") for each in control} for name, control in controls.items()}
    relations = {each.get("value") for each in root.iter("Relation")}
    assert root.find("Text").get("value") == "$text"
    for task in tasks:
        for result in task["predictions"][0]["result"]:
            if result["type"] == "relation":
                assert set(result["labels"]) <= relations
                continue
            assert controls[result["from_name"]].tag.lower() == result["type"]
            if result["type"] != "textarea":
                assert set(result["value"][result["type"]]) <= values[result["from_name"]]
            assert result["to_name"] == root.find("Text").get("name")
