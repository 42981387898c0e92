"""Quoted words that no cue claims."""

from __future__ import annotations

import pytest

from selon.attribution.leftover import UNSPOKEN, leftover
from selon.attribution.propose import propose
from tests.attribution.made import drafted, no_readings, part, words

BODY = "\n\nLe conseil s'est réuni mardi soir dans la grande salle de la mairie pour en débattre longuement."


def test_a_name_and_a_colon_say_who_speaks() -> None:
    read = words("Didier Deschamps : « Nous sommes prêts »" + BODY)
    (draft,), refused = leftover(read, [])
    assert drafted(read, draft)[::2] == ("Didier Deschamps", "Nous sommes prêts")
    assert draft.cue == ()
    assert refused == []


def test_a_sentence_before_the_colon_is_no_name() -> None:
    (draft,), _ = leftover(words("Il a plu toute la nuit hier : « Nous sommes prêts »." + BODY), [])
    assert draft.rule == "colon without cue"
    assert draft.source is None


def test_speech_goes_on_behind_another_quotation() -> None:
    read = words("« Nous sommes prêts », dit Anne. « Nous partons demain. »")
    proposals, _ = propose(read, no_readings(read))
    (draft,), _ = leftover(read, [proposals[0].drafts[0]])
    assert draft.rule == "speech goes on"
    assert drafted(read, draft)[2] == "Nous partons demain"


@pytest.mark.parametrize(
    "text",
    ["Le bar « Chez Max » a fermé ses portes.", "Les « experts » sont venus.", "Il a lu le « petit livre » hier."],
)
def test_scare_quotes_and_names_are_refused_with_a_reason(text: str) -> None:
    read = words(text)
    made, refused = leftover(read, [])
    assert made == []
    assert [why for _, _, why in refused] == [UNSPOKEN]
    assert part(read, refused[0][:2]) in text


def test_marks_around_punctuation_hold_nothing() -> None:
    made, refused = leftover(words("Il vit « … » et partit."), [])
    assert made == []
    assert [why for _, _, why in refused] == ["nothing between the marks"]


def test_turns_of_speech() -> None:
    made, _ = leftover(words("— Nous partons demain matin.\n\n— Moi aussi je pars demain."), [])
    assert [draft.rule for draft in made] == ["turn of speech", "turn of speech"]


def test_answers_of_an_interview() -> None:
    asked = ["Qui êtes-vous donc ?", "Que faites-vous ici ?", "Partirez-vous ?"]
    answered = ["Je suis le maire.", "Je dirige la ville.", "Non, je reste."]
    turns = [turn for pair in zip(asked, answered, strict=True) for turn in pair]
    read = words("\n\n".join(turns))
    made, _ = leftover(read, [])
    assert [drafted(read, draft)[2] for draft in made] == ["Je suis le maire", "Je dirige la ville", "Non, je reste"]


def test_two_questions_make_no_interview() -> None:
    read = words("Qui êtes-vous donc ?\n\nJe suis le maire.\n\nQue faites-vous ici ?\n\nJe dirige la ville.")
    assert leftover(read, []) == ([], [])


def test_what_a_draft_covers_is_not_looked_at() -> None:
    read = words("Le maire dénonce « une mascarade ».")
    proposals, _ = propose(read, no_readings(read))
    assert leftover(read, [proposals[0].drafts[0]]) == ([], [])
