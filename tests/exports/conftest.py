"""Analyses as the pipeline would give them, made from four of our own written articles and their gold annotation."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from selon.offsets import Span
from selon.records import (
    ActorKind,
    Analysis,
    Article,
    Boilerplate,
    Evidence,
    Form,
    Kind,
    Passage,
    PassageKind,
    Precision,
    Quotation,
    Speaker,
    Statement,
    When,
    content_id,
)

GOLD = Path(__file__).with_name("articles.jsonl")


def analysis_of(record):
    """One gold record (``shared/eval/inline.py`` describes them) as an Analysis; paragraphs are its passages."""
    text, key = record["text"], content_id("a", record["id"])
    day = date.fromisoformat(record["date"])
    when = When(day, day, Precision.DAY, "meta")
    actors = {actor["key"]: actor for actor in record["actors"]}
    article = Article(
        key,
        f"corpus/{record['id']}.html",
        text,
        language=record["lang"],
        title=text.split("\n")[0],
        url=f"https://{record['id'].lower()}.example/",
        outlet=record["outlet"],
        published=when,
        boilerplate=tuple(Boilerplate(Span(*span), "menu") for span in record.get("boilerplate", ())),
    )
    statements = []
    for number, gold in enumerate(record["quotations"]):
        parts = {part: tuple(Span(*span) for span in gold[part]) for part in ("content", "cue", "source")}
        sure = 0.3 if number % 7 == 3 else 0.9
        rule = Evidence("rule:after-cue", "verb after the content", sure)
        quotation = Quotation(
            content_id("q", key, number), key, *parts.values(), Kind(gold["type"]), Form(gold["form"]), sure, (rule,)
        )
        actor = actors.get(gold["speaker"])
        who = Speaker(actor["name"], ActorKind(actor["kind"]), tuple(actor["names"])) if actor else None
        words = {part: " […] ".join(span.of(text) for span in spans) for part, spans in parts.items()}
        statements.append(
            Statement(
                content_id("s", key, number),
                quotation,
                who,
                words["source"],
                words["cue"],
                words["content"],
                when,
                confidence=sure,
                evidence=(Evidence("name", "nearest name", 0.8),),
            )
        )
    return Analysis(article, tuple(_passages(text)), tuple(statements))


def _passages(text):
    at = 0
    for block in text.split("\n\n"):
        if block.strip():
            span = Span(at, at + len(block))
            yield Passage(span, PassageKind.PARAGRAPH if at else PassageKind.HEADLINE, (span,))
        at += len(block) + 2


@pytest.fixture(scope="session")
def analyses():
    return [analysis_of(json.loads(line)) for line in GOLD.read_text("utf-8").splitlines()]


@pytest.fixture(scope="session")
def make_analysis():
    return analysis_of


@pytest.fixture(scope="session")
def wide():
    """An article with characters of two UTF-16 units, Windows line ends, marks of markup, and speech in pieces."""
    text = "Léa 😀 O’Brien\r\n\r\n« Non 𝒳, jamais », a dit <Léa & Cie> 😀, « et “plus” tard encore ».\r\n"
    words = ("Non 𝒳, jamais", "et “plus” tard encore")
    content = tuple(Span(text.index(each), text.index(each) + len(each)) for each in words)
    cue = Span(text.index("a dit"), text.index("a dit") + 5)
    source = Span(text.index("<Léa"), text.index("<Léa") + 16)
    article = Article("a-wide", "wide.txt", text, "fr", title='Léa 😀 "O\'Brien"')
    evidence = (Evidence("rule: incise", "a dit 😀"),)
    quotation = Quotation("q", "a-wide", content, (cue,), (source,), Kind.DIRECT, Form.CLAUSE, 0.9, evidence)
    day = date(2024, 5, 1)
    statement = Statement(
        "s-wide",
        quotation,
        Speaker(source.of(text), ActorKind.ORGANIZATION, (), "maison"),
        source.of(text),
        "a dit",
        " […] ".join(words),
        When(day, date(2024, 5, 4), Precision.INTERVAL, "cette semaine"),
        addressee="la presse",
        confidence=0.75,
    )
    unknown = replace(statement, id="s-unknown", who=None, quotation=replace(quotation, source=(), cue=()))
    passage = Passage(Span(16, len(text)), PassageKind.PARAGRAPH, (Span(16, len(text) - 2),))
    return Analysis(article, (passage,), (statement, unknown))
