from selon.discourse.positions import suggest_propositions
from tests.discourse.positions.made import page_of

SAID = [
    ("Maud Lassalle", "affirme", "l'usine de Brévance pollue la rivière depuis dix ans"),
    ("Karl Vogt", "assure", "l'usine de Brévance ne pollue pas la rivière"),
    ("Inès Morvan", "répète", "l'usine de Brévance pollue toute la rivière"),
    ("Théo Blin", "raconte", "le marché de dimanche a attiré beaucoup de promeneurs"),
]


def test_what_several_say_is_suggested_in_its_own_words(encoder):
    page, sayings = page_of("p", SAID)
    (one,) = suggest_propositions([page], sayings, encoder)
    assert one.text in {each.content for each in sayings[:3]}
    assert one.key


def test_one_speaker_alone_makes_no_proposition(encoder):
    page, sayings = page_of("p", [(SAID[0][0], "dit", content) for _, _, content in SAID[:3]])
    assert suggest_propositions([page], sayings, encoder) == ()


def test_nothing_said(encoder):
    assert suggest_propositions([], [], encoder) == ()
