"""What each kind of cue proposes: prepositional cues, incises, reporting verbs, nouns."""

from __future__ import annotations

import pytest

from selon.attribution.according import DEPENDING, according
from selon.attribution.propose import propose
from tests.attribution.made import drafted, no_readings, part, words


def proposed(text: str, rule: str, language: str = "fr") -> list[tuple[str | None, str, str]]:
    """The likeliest draft of every cue that the rule made."""
    read = words(text, language)
    proposals, _ = propose(read, no_readings(read))
    firsts = [[draft for draft in proposal.drafts if draft.rule == rule][:1] for proposal in proposals]
    return [drafted(read, draft) for found in firsts for draft in found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Selon la police, trois hommes ont fui.", ("la police", "Selon", "trois hommes ont fui")),
        ("Trois hommes ont fui, selon la police.", ("la police", "selon", "Trois hommes ont fui")),
        ("Trois hommes, selon la police, ont fui.", ("la police", "selon", "Trois hommes … ont fui")),
        ("Mais selon lui, trois hommes ont fui.", ("lui", "selon", "trois hommes ont fui")),
        ("Pour lui, tout est perdu.", ("lui", "Pour", "tout est perdu")),
        ("À ses yeux, tout est perdu.", ("ses", "À ses yeux", "tout est perdu")),
        (
            "De source policière, trois hommes ont fui.",
            ("source policière", "De source policière", "trois hommes ont fui"),
        ),
        ("Il pleut ; selon elle, tout est perdu.", ("elle", "selon", "tout est perdu")),
    ],
)
def test_prepositional_cues_attribute_the_rest_of_their_clause(text: str, found: tuple[str, str, str]) -> None:
    read = words(text)
    drafts, refused = according(read)
    assert [drafted(read, draft) for draft in drafts] == [found]
    assert refused == []


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Le prix varie selon que le ciel est clair.", "a fixed phrase that reports nothing"),
        ("Pour Noël, les enfants ont chanté.", "a fixed phrase that reports nothing"),
        ("Le prix varie selon comment on le pose.", DEPENDING),
        ("Le prix varie selon les saisons que Paul choisit.", DEPENDING),
    ],
)
def test_what_depends_on_something_reports_nothing(text: str, reason: str) -> None:
    read = words(text)
    drafts, refused = according(read)
    assert drafts == []
    assert [why for _, _, why in refused] == [reason]
    assert str(part(read, refused[0][:2])).startswith(("selon", "Pour"))


def test_a_word_that_only_looks_like_a_cue_of_no_speaker_is_let_be() -> None:
    assert according(words("Il est venu pour partir.")) == ([], [])


@pytest.mark.parametrize(
    ("text", "rule", "found"),
    [
        ("« Je viens », dit Anne.", "incise after marks", ("Anne", "dit", "Je viens")),
        ("« Je viens », a dit le maire, « demain ».", "interrupted speech", ("le maire", "a dit", "Je viens … demain")),
        ("« Je viens, a-t-il dit, demain. »", "incise within the marks", (None, "a-t-il dit", "Je viens … demain")),
        ("« Je viens », le maire a dit.", "incise after marks", ("le maire", "a dit", "Je viens")),
        (
            "La fermeture est provisoire, assure la rectrice.",
            "incise after a clause",
            ("la rectrice", "assure", "La fermeture est provisoire"),
        ),
        (
            "La loi « est morte », a dit Anne.",
            "incise after a clause with marks",
            ("Anne", "a dit", "La loi « est morte »"),
        ),
    ],
)
def test_incises(text: str, rule: str, found: tuple[str | None, str, str]) -> None:
    assert proposed(text, rule) == [found]


def test_reported_words_do_not_reach_behind_a_colon() -> None:
    assert proposed("Il rit : « Je viens », dit-il.", "incise after marks")[0][2] == "Je viens"


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Les digues tiendront. C'est ce qu'a déclaré la ministre.", "la ministre"),
        ("Les digues tiendront. C'est du moins ce qu'affirme la ministre.", "la ministre"),
        ("Les digues tiendront. Voilà ce que pense Anne Durand.", "Anne Durand"),
        ("Les digues tiendront. C'est ce qu'a-t-elle dit.", None),
    ],
)
def test_what_takes_up_the_sentence_before_reports_it(text: str, source: str | None) -> None:
    ((who, _, content),) = proposed(text, "said before")
    assert (who, content) == (source, "Les digues tiendront")


@pytest.mark.parametrize(
    "text",
    [
        "C'est ce qu'a déclaré la ministre.",
        "Les digues tiendront.\n\nC'est ce qu'a déclaré la ministre.",
        "Les digues tiendront. La ministre dit que tout va bien.",
        "Les digues tiendront. Le prix qu'a annoncé la ministre monte.",
    ],
)
def test_nothing_is_said_before_in_another_passage_or_without_taking_it_up(text: str) -> None:
    assert proposed(text, "said before") == []


@pytest.mark.xfail(reason="the sentence does not end with the mark, and « C' » is taken for who speaks")
def test_speech_in_marks_is_taken_up_too() -> None:
    text = "« Les digues tiendront. » C'est ce qu'a déclaré la ministre mardi."
    assert proposed(text, "said before") == [("la ministre", "a déclaré", "Les digues tiendront")]


@pytest.mark.parametrize(
    ("text", "rule", "found"),
    [
        ("Le maire dit que la loi passe.", "que", ("Le maire", "dit", "la loi passe")),
        ("Le maire a affirmé, mardi, que la loi passe.", "que", ("Le maire", "a affirmé", "la loi passe")),
        ("Le maire a déclaré : « Non. »", "colon", ("Le maire", "a déclaré", "Non")),
        ("Le maire dénonce « une mascarade ».", "object in marks", ("Le maire", "dénonce", "une mascarade")),
        (
            "Le maire parle d'une « mascarade » totale.",
            "object in marks",
            ("Le maire", "parle", "« mascarade » totale"),
        ),
        ("Le maire a promis de partir.", "infinitive", ("Le maire", "a promis", "partir")),
        ("Le maire affirme vouloir partir.", "infinitive", ("Le maire", "affirme", "vouloir partir")),
        ("Le maire a demandé aux habitants de rester.", "infinitive", ("Le maire", "a demandé", "rester")),
        ("Le maire accuse Paul de vol.", "about somebody", ("Le maire", "accuse", "Paul de vol")),
        ("La ministre se dit satisfaite du vote.", "adjective", ("La ministre", "se dit", "satisfaite du vote")),
        ("Le maire exige sa démission.", "object", ("Le maire", "exige", "sa démission")),
        ("Son espoir : une paix durable.", "noun and colon", ("Son", "Son espoir", "une paix durable")),
        (
            "Le maire dit aucune plainte n'a été déposée.",
            "clause without complementiser",
            ("Le maire", "dit", "aucune plainte n'a été déposée"),
        ),
    ],
)
def test_reporting_verbs_and_nouns(text: str, rule: str, found: tuple[str | None, str, str]) -> None:
    assert proposed(text, rule) == [found]


@pytest.mark.parametrize(
    ("text", "rule", "found"),
    [
        ("The mayor said that the law had passed.", "que", ("The mayor", "said", "the law had passed")),
        ("The mayor promised to leave.", "infinitive", ("The mayor", "promised", "leave")),
        ("The mayor described the law as a mess.", "about somebody", ("The mayor", "described", "the law as a mess")),
        ("According to the police, three men fled.", "according to", ("the police", "According to", "three men fled")),
    ],
)
def test_english_cues(text: str, rule: str, found: tuple[str | None, str, str]) -> None:
    assert proposed(text, rule, "en") == [found]


def test_content_ends_where_the_speaker_is_taken_up_again() -> None:
    assert proposed("Le maire dit que la loi passe et dénonce une erreur.", "que")[0][2] == "la loi passe"


def test_content_goes_on_over_a_conjunction_with_a_subject_of_its_own() -> None:
    assert proposed("Le maire dit que la loi passe et que Paul vient.", "que")[0][2] == "la loi passe et que Paul vient"


def test_the_authors_own_words_are_no_report() -> None:
    read = words("Nous disons que la loi passe.")
    proposals, _ = propose(read, no_readings(read))
    assert proposals == []


def test_a_cue_without_content_keeps_its_reason() -> None:
    read = words("Le maire a dit.")
    proposals, refused = propose(read, no_readings(read))
    assert proposals == []
    assert [(part(read, (first, last)), why) for first, last, why in refused] == [("a dit", "dire: no content found")]


@pytest.mark.parametrize(
    "end", ["Le maire accuse Paul de", "Le maire a promis de", "Le maire dit que", "Le maire dit :", "Selon"]
)
def test_a_text_that_breaks_off_behind_a_cue_is_read_to_its_end(end: str) -> None:
    read = words(end)
    propose(read, no_readings(read))


@pytest.mark.xfail(reason="« de » and the agent are taken into the content", strict=True)
def test_the_agent_of_a_passive_is_its_source_and_no_content() -> None:
    assert proposed("Le maire a été accusé de vol par Paul.", "about somebody") == [("Paul", "a été accusé", "vol")]


@pytest.mark.xfail(reason="« du maire de partir » is taken whole for the one who promises", strict=True)
def test_a_noun_with_a_holder_and_an_infinitive() -> None:
    assert proposed("La promesse du maire de partir tient.", "noun and infinitive") == [
        ("maire", "La promesse", "partir")
    ]
