"""Web Annotations: anchored in the text by place and by words, and read by a JSON-LD processor without the network."""

import json
from datetime import UTC, datetime

import pytest
from pyld import jsonld

from selon.discourse.codings import Coding
from selon.exports.annotations import CONTEXT, TERMS, annotation_pieces
from selon.exports.wordings import Maker
from selon.offsets import Span

MAKER = Maker("selon 0.1.0", datetime(2026, 11, 25, 12, tzinfo=UTC))
OA, AS = "http://www.w3.org/ns/oa#", "http://www.w3.org/ns/activitystreams#"
# The terms of the W3C's context that we use, as its recommendation defines them.
W3C = {
    "id": "@id",
    "type": "@type",
    "label": "http://www.w3.org/2000/01/rdf-schema#label",
    "value": "http://www.w3.org/1999/02/22-rdf-syntax-ns#value",
    "created": {"@id": "http://purl.org/dc/terms/created", "@type": "http://www.w3.org/2001/XMLSchema#dateTime"},
    "format": "http://purl.org/dc/elements/1.1/format",
    "name": "http://xmlns.com/foaf/0.1/name",
    "creator": {"@id": "http://purl.org/dc/terms/creator", "@type": "@id"},
    "Person": "http://xmlns.com/foaf/0.1/Person",
    "generator": {"@id": f"{AS}generator", "@type": "@id"},
    "first": {"@id": f"{AS}first", "@type": "@id"},
    "items": {"@id": f"{AS}items", "@type": "@id", "@container": "@list"},
    "total": f"{AS}totalItems",
    "startIndex": f"{AS}startIndex",
    "AnnotationCollection": f"{AS}OrderedCollection",
    "AnnotationPage": f"{AS}OrderedCollectionPage",
    "Software": f"{AS}Application",
    "motivation": {"@id": f"{OA}motivatedBy", "@type": "@vocab"},
    "purpose": {"@id": f"{OA}hasPurpose", "@type": "@vocab"},
    **{name: {"@id": f"{OA}has{name.title()}", "@type": "@id"} for name in ("body", "target", "source", "selector")},
    **{name: f"{OA}{name}" for name in ("exact", "prefix", "suffix", "start", "end")},
    **{name: f"{OA}{name}" for name in ("identifying", "tagging", "classifying", "describing")},
    **{name: f"{OA}{name}" for name in ("Annotation", "TextualBody", "SpecificResource")},
    **{name: f"{OA}{name}" for name in ("TextQuoteSelector", "TextPositionSelector")},
}


def offline(url, _):
    assert url == CONTEXT, f"the network is asked for {url}"
    return {"contextUrl": None, "documentUrl": url, "document": {"@context": W3C}}


CODING = Coding(
    "k1", "b1", "a-wide", 7, "Anna", "DNA Statement", Span(18, 34), {"concept": "Non", "agreement": False, "person": ""}
)


@pytest.fixture
def collection(analyses, wide):
    return json.loads("".join(annotation_pieces([wide, *analyses], MAKER, [CODING])))


def targets(annotation):
    return annotation["target"] if isinstance(annotation["target"], list) else [annotation["target"]]


def test_every_annotation_stands_on_its_words(collection, analyses, wide):
    texts = {each.article.id: each.article.text for each in [wide, *analyses]}
    items = collection["first"]["items"]
    assert collection["total"] == len(items) > 150
    for annotation in items:
        text = texts[annotation["article"]]
        for target in targets(annotation):
            quote, place = target["selector"]
            assert text[place["start"] : place["end"]] == quote["exact"] != ""
            assert len(quote["prefix"]) <= 32 >= len(quote["suffix"])
            assert text[: place["start"]].endswith(quote["prefix"])
            assert text[place["end"] :].startswith(quote["suffix"])


def test_each_part_of_each_statement_is_there(collection, analyses, wide):
    wanted = [
        (statement.id, part, tuple(spans))
        for one in [wide, *analyses]
        for statement in one.statements
        for part in ("content", "cue", "source")
        if (spans := getattr(statement.quotation, part))
    ]
    found = [
        (
            each["statement"],
            each["part"],
            tuple((t["selector"][1]["start"], t["selector"][1]["end"]) for t in targets(each)),
        )
        for each in collection["first"]["items"]
        if "statement" in each
    ]
    assert found == wanted
    ids = [each["id"] for each in collection["first"]["items"]]
    assert len(set(ids)) == len(ids)


def test_a_coding_is_its_coders(collection, wide):
    (annotation,) = [each for each in collection["first"]["items"] if "coding" in each]
    assert annotation["creator"] == {"type": "Person", "name": "Anna"}
    assert [(body.get("variable"), body["value"]) for body in annotation["body"]] == [
        (None, "DNA Statement"), ("concept", "Non"), ("agreement", "no"),
    ]  # fmt: skip
    assert annotation["target"]["selector"][0]["exact"] == wide.article.text[18:34]


def test_the_content_tells_who_said_it(collection):
    first = collection["first"]["items"][0]
    bodies = {body["purpose"]: body["value"] for body in first["body"]}
    assert bodies["identifying"] == "<Léa & Cie> 😀, «"
    assert bodies["classifying"] == "direct"
    assert "because: rule: incise (a dit 😀)" in bodies["describing"]
    assert (first["said_on"], first["addressee"], first["confidence"]) == ("2024-05-01/2024-05-04", "la presse", 0.75)
    unknown = next(each for each in collection["first"]["items"] if each.get("statement") == "s-unknown")
    assert "identifying" not in {body["purpose"] for body in unknown["body"]}


def test_a_json_ld_processor_reads_every_word(collection):
    expanded = jsonld.expand(collection, {"documentLoader": offline})
    assert "_:" not in json.dumps(expanded)
    (whole,) = expanded
    items = whole[f"{AS}first"][0][f"{AS}items"][0]["@list"]
    assert len(items) == collection["total"]
    first = items[0]
    assert first["@type"] == [f"{OA}Annotation"]
    assert first[f"{TERMS}statement"] == [{"@value": "s-wide"}]
    selectors = first[f"{OA}hasTarget"][0][f"{OA}hasSelector"]
    assert [each["@type"] for each in selectors] == [[f"{OA}TextQuoteSelector"], [f"{OA}TextPositionSelector"]]
    back = jsonld.compact(expanded, collection["@context"], {"documentLoader": offline})
    assert jsonld.expand(back, {"documentLoader": offline}) == expanded
    assert sorted(words(expanded)) == sorted(words(collection))


def words(node):
    """All texts in a document, however it is written, but for names of types and terms."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key not in ("@type", "type", "@context", "purpose", "motivation", "@id", f"{OA}hasPurpose"):
                yield from words(value)
    elif isinstance(node, list):
        for each in node:
            yield from words(each)
    elif isinstance(node, str) and not node.startswith(("http:", "https:", "urn:")):
        yield node


def test_an_empty_ledger_gives_an_empty_collection():
    made = json.loads("".join(annotation_pieces([], MAKER)))
    assert (made["total"], made["first"]["items"]) == (0, [])
