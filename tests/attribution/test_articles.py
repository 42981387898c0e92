"""Short articles, written for this test, from their text to their quotations."""

from __future__ import annotations

import pytest

from selon.attribution.according import DEPENDING
from selon.attribution.leftover import UNSPOKEN
from selon.records import Kind
from tests.attribution.made import attributed, said, shown

MARKET = """La fermeture des halles inquiète les commerçants

La mairie a présenté jeudi le calendrier des travaux.

« Les halles seront prêtes au printemps », a assuré la maire de Tarval, Hélène Marchand. Elle a promis de venir chaque
semaine sur le chantier.

Selon les commerçants, la fermeture leur a coûté un tiers de leurs clients.
"""


def test_direct_indirect_and_according_to() -> None:
    found = said(MARKET)
    assert ("la maire de Tarval, Hélène Marchand", "a assuré", "Les halles seront prêtes au printemps") in found
    assert ("Elle", "a promis", "venir chaque\nsemaine sur le chantier") in found
    assert (
        "les commerçants",
        "Selon",
        "la fermeture leur a coûté un tiers de leurs clients",
    ) in found
    assert len(found) == 3


def test_kinds() -> None:
    kinds = [quotation.kind for quotation in attributed(MARKET)[0]]
    assert kinds == [Kind.DIRECT, Kind.INDIRECT, Kind.INDIRECT]


def test_an_interrupted_speech_is_one_quotation_with_two_segments() -> None:
    text = "« Les halles seront prêtes au printemps », a assuré la maire, « et chaque étal retrouvera sa place »."
    assert said(text) == [
        ("la maire", "a assuré", "Les halles seront prêtes au printemps … et chaque étal retrouvera sa place")
    ]


def test_an_incise_within_the_marks_parts_the_speech_too() -> None:
    text = "« Les halles seront prêtes au printemps, dit la maire, et chaque étal retrouvera sa place. »"
    assert said(text) == [
        ("la maire", "dit", "Les halles seront prêtes au printemps … et chaque étal retrouvera sa place")
    ]


def test_a_long_incise_within_the_marks() -> None:
    text = "« Tout sera prêt, a assuré jeudi la maire de Tarval, Hélène Marchand, et chaque étal rouvrira. »"
    assert [content for _, _, content in said(text)] == ["Tout sera prêt … et chaque étal rouvrira"]


def test_a_quotation_inside_another_has_it_for_parent() -> None:
    text = "« Le préfet m'a répondu : “Nous n'avons pas le choix” », a raconté Paul Vasseur, éleveur à Brenne."
    outer, inner = attributed(text)[0]
    assert shown(text, outer.source) == "Paul Vasseur, éleveur à Brenne"
    assert (shown(text, inner.source), shown(text, inner.content)) == ("Le préfet", "Nous n'avons pas le choix")
    assert inner.parent == outer.id
    assert outer.parent is None


def test_marks_that_are_never_closed_end_with_their_paragraph() -> None:
    text = "« La grange est vide depuis le mois de mars, dit Anne.\n\nLa direction est restée absente hier.\n"
    assert said(text) == [("Anne", "dit", "La grange est vide depuis le mois de mars")]


def test_the_straight_order_of_machine_translation() -> None:
    assert said("« Nous allons gagner ce match demain », il a dit aux journalistes.") == [
        ("il", "a dit", "Nous allons gagner ce match demain")
    ]


def test_a_name_and_a_colon_in_a_title() -> None:
    text = "Hélène Marchand : « Les halles rouvriront au printemps »\n\nLa maire a présenté jeudi les travaux.\n"
    assert said(text) == [("Hélène Marchand", "", "Les halles rouvriront au printemps")]


def test_scare_quotes_are_refused_with_a_reason() -> None:
    text = "Les « gilets rouges » ont défilé dans les rues de Tarval. Le bar « Chez Lulu » est resté fermé."
    quotations, rejected = attributed(text)
    assert quotations == ()
    assert [(refusal.span.of(text), refusal.reason) for refusal in rejected] == [
        ("gilets rouges", UNSPOKEN),
        ("Chez Lulu", UNSPOKEN),
    ]


def test_what_depends_on_something_is_refused_with_a_reason() -> None:
    text = "Dans ce village on plante les arbres selon le temps qu'il fait."
    quotations, rejected = attributed(text)
    assert quotations == ()
    assert [refusal.reason for refusal in rejected] == [DEPENDING]


def test_speech_that_runs_over_two_paragraphs_is_one_quotation() -> None:
    text = "« Nous avons vécu une année difficile.\n\nVous avez tenu bon », a écrit le directeur."
    assert said(text) == [("le directeur", "a écrit", "Nous avons vécu une année difficile … Vous avez tenu bon")]


@pytest.mark.xfail(reason="a paragraph that opens the marks anew is not joined to the one before", strict=True)
def test_speech_whose_marks_open_anew_with_every_paragraph_is_one_quotation() -> None:
    text = "« Nous avons vécu une année difficile.\n\n« Vous avez tenu bon », a écrit le directeur."
    assert said(text) == [("le directeur", "a écrit", "Nous avons vécu une année difficile … Vous avez tenu bon")]


def test_a_sentence_that_the_next_one_takes_up() -> None:
    text = "Le conseil a siégé mardi.\n\nLes digues tiendront cet hiver. C'est ce qu'a déclaré la ministre.\n"
    assert said(text) == [("la ministre", "a déclaré", "Les digues tiendront cet hiver")]


@pytest.mark.xfail(reason="« C'est ce » is read as speech before its incise")
def test_words_that_take_up_a_sentence_are_no_speech_themselves() -> None:
    text = "Le conseil a siégé mardi.\n\nC'est ce qu'a déclaré la ministre.\n"
    assert said(text) == []


def test_english() -> None:
    text = (
        "The harbour board met on Monday.\n\n“We could not carry the losses any longer,” said its chair, Ruth Alder. "
        "The board denied that it had been warned.\n\nAccording to the crews, forty jobs are at risk."
    )
    assert said(text, "en") == [
        ("its chair, Ruth Alder", "said", "We could not carry the losses any longer"),
        ("The board", "denied", "it had been warned"),
        ("the crews", "According to", "forty jobs are at risk"),
    ]


def test_english_scare_quotes() -> None:
    quotations, rejected = attributed("The so-called “ghost train” ran again on Sunday.", "en")
    assert quotations == ()
    assert [refusal.reason for refusal in rejected] == [UNSPOKEN]


def test_english_speech_behind_a_colon_with_a_clause_before_the_speaker() -> None:
    text = "The council met on Monday.\n\nAsked whether the date was final, Morgan replied: “Nothing is final.”"
    assert said(text, "en") == [("Morgan", "replied", "Nothing is final")]
