import pytest

from selon.discourse.positions.wordings import Wording, wording_contradictions


def told(one, other, languages=("fr", "fr")):
    return wording_contradictions([[Wording("a", languages[0], one), Wording("b", languages[1], other)]])


@pytest.mark.parametrize(
    ("one", "other", "why", "saw"),
    [
        ("l'attaque a fait 23 morts", "l'attaque a fait 32 morts", "number", "23 / 32 mort"),
        ("le pont fermera le 3 mai", "le pont fermera le 5 mai", "number", "3 / 5 mai"),
        ("la mairie a prévenu tous les habitants", "la mairie n'a pas prévenu tous les habitants", "negation", "0 / 1"),
        (
            "Moscou menace Kiev chaque jour par missile",
            "Kiev menace Moscou chaque jour par missile",
            "names",
            "moscou / kiev",
        ),
    ],
)
def test_what_differs(one, other, why, saw):
    (each,) = told(one, other)
    assert why in each.evidence[0].by
    assert each.evidence[0].saw == saw


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("l'attaque a fait 23 morts", "23 morts dans l'attaque, selon les secours"),
        ("l'attaque a fait 23 morts", "l'attaque a fait 32 blessés"),
        ("il y a 1 200 exportateurs", "le syndicat regroupe 1200 exportateurs"),
        ("le feu a parcouru 1 900 hectares", "le feu a parcouru 1.900 hectares"),
        ("les 412 élèves du collège", "plus de 400 élèves du collège"),
        ("la mairie a prévenu les habitants", "les commerçants n'ont rien vendu"),
    ],
)
def test_what_does_not(one, other):
    assert told(one, other) == ()


def test_a_number_is_compared_across_languages():
    assert told("le drone a blessé 40 civils", "the drone hurt 14 civils", ("fr", "en"))
