"""schema.org Claims: read by a JSON-LD processor without the network."""

import json

import pytest
from pyld import jsonld

from selon.exports.claims import CONTEXT, claim_pieces

S = "http://schema.org/"
# What schema.org's context does, for the terms that we use.
TERMS = {
    "@vocab": S,
    "url": {"@id": f"{S}url", "@type": "@id"},
    **{name: {"@id": S + name, "@type": f"{S}Date"} for name in ("datePublished", "dateCreated")},
}
KNOWN = {
    *("Claim", "Quotation", "NewsArticle", "Organization", "Person", "CreativeWork", "headline", "text", "author"),
    *("inLanguage", "publisher", "datePublished", "dateCreated", "temporalCoverage", "appearance", "description"),
    *("identifier", "name", "jobTitle", "url"),
}


def offline(url, _):
    assert url.rstrip("/") == CONTEXT, f"the network is asked for {url}"
    return {"contextUrl": None, "documentUrl": url, "document": {"@context": TERMS}}


@pytest.fixture
def graph(analyses, wide):
    made = json.loads("".join(claim_pieces([wide, *analyses])))
    return jsonld.expand(made, {"documentLoader": offline})


def of(node, name):
    return [each.get("@value", each.get("@id")) for each in node.get(S + name, [])]


def test_every_statement_is_a_claim_that_appears_in_an_article(graph, analyses, wide):
    articles = {node["@id"] for node in graph if f"{S}NewsArticle" in node["@type"]}
    claims = [node for node in graph if f"{S}Claim" in node["@type"]]
    statements = [statement for one in [wide, *analyses] for statement in one.statements]
    assert len(articles) == len(analyses) + 1
    assert [of(node, "text") for node in claims] == [[each.content] for each in statements]
    assert {place for node in claims for place in of(node, "appearance")} <= articles
    for node, statement in zip(claims, statements, strict=True):
        assert (f"{S}Quotation" in node["@type"]) == (statement.quotation.kind == "direct")
        names = [name for author in node.get(f"{S}author", []) for name in of(author, "name")]
        assert names == ([statement.speaker] if statement.speaker else [])


def test_only_words_that_schema_org_has(graph):
    def names(node):
        if isinstance(node, dict):
            for key, value in node.items():
                yield from [key] if key.startswith(S) else []
                yield from (value if key == "@type" and isinstance(value, list) else [])
                yield from names(value)
        elif isinstance(node, list):
            for each in node:
                yield from names(each)

    assert {name.removeprefix(S) for name in names(graph)} <= KNOWN


def test_dates_are_no_more_precise_than_the_text(graph):
    first = next(node for node in graph if of(node, "identifier") == ["s-wide"])
    assert of(first, "temporalCoverage") == ["2024-05-01/2024-05-04"]
    assert of(first, "dateCreated") == []


def test_one_speaker_has_one_id(graph):
    ids = {}
    for node in graph:
        for author in node.get(f"{S}author", []):
            ids.setdefault(of(author, "name")[0].casefold(), set()).add(author["@id"])
    assert all(len(found) == 1 for found in ids.values())
