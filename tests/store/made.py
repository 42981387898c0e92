"""Records made up for the tests of the store."""

from datetime import date

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
    Rejected,
    Speaker,
    Statement,
    When,
    content_id,
)
from selon.store.staging import Staging


def analysis(
    name="Marie Dupont", content="La loi passera", *, place="a.txt", outlet="Le Journal", day=date(2024, 6, 3)
):
    text = f"« {content} », a affirmé {name}. Lire aussi"
    key = content_id("a", place, text)
    said, cue = Span(2, 2 + len(content)), Span(len(content) + 6, len(content) + 14)
    source = Span(cue.end + 1, cue.end + 1 + len(name))
    quotation = Quotation(
        content_id("q", key),
        key,
        (said,),
        (cue,),
        (source,),
        Kind.DIRECT,
        Form.CLAUSE,
        0.9,
        (Evidence("rule: inversion"),),
    )
    when = When(day, day, Precision.DAY, "the page") if day else When()
    statement = Statement(
        id=content_id("s", key, content),
        quotation=quotation,
        who=Speaker(name, ActorKind.PERSON, (name, name.split()[-1]), "ministre", source),
        source=name,
        cue="a affirmé",
        content=content,
        said_on=when,
        confidence=0.8,
        evidence=(Evidence("speaker: name", name, 0.8),),
    )
    article = Article(
        key,
        place,
        text,
        "fr",
        f"Titre de {place}",
        "https://journal.example/1",
        outlet,
        when,
        (Boilerplate(Span(len(text) - 10, len(text)), "related"),),
    )
    passage = Passage(Span(0, len(text) - 11), PassageKind.PARAGRAPH, (Span(0, len(text) - 11),))
    return Analysis(article, (passage,), (statement,), (Rejected(Span(0, 2), "no cue"),))


def stage(ledger, *outcomes, digest="d", run=1):
    staging = Staging(ledger.staging, run, lambda: 0.0)
    for outcome in outcomes:
        staging.add(outcome, digest=digest, recipe="r")
    staging.close()
