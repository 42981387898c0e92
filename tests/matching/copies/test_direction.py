import pytest

from selon.matching.copies.direction import agency_of, direction, is_agency, names_outlet
from selon.matching.copies.reuse import reuse
from tests.matching.copies.made import PARAGRAPHS, WIRE, printed


def told(left, right):
    found = direction(reuse(left, right))
    return found.weight, [each.by for each in found.evidence]


def test_the_earlier_day_is_first():
    weight, signs = told(printed("a", WIRE, day="2024-05-02"), printed("b", WIRE, day="2024-05-01"))
    assert weight > 2
    assert signs == ["dated earlier"]


def test_a_month_tells_less_and_an_overlap_nothing():
    assert told(printed("a", WIRE, day="2024-05-02"), printed("b", WIRE)) == (0, [])


def test_who_credits_the_other_has_it_from_there():
    text = f"{WIRE}\n\n(Avec Le Phare de Lannevez)"
    weight, signs = told(
        printed("a", text, "Breiz Infos", "2024-05-01"), printed("b", WIRE, "Le Phare de Lannevez", "2024-05-01")
    )
    assert weight > 2
    assert "names the outlet" in signs


def test_an_agency_is_first_on_the_same_day():
    left, right = printed("a", WIRE, "Agence Ponant", "2024-05-01"), printed("b", WIRE, "Le Phare", "2024-05-01")
    assert told(left, right)[0] < 0 < told(right, left)[0]


def test_an_extract_comes_after_the_whole():
    weight, signs = told(printed("a", "\n\n".join(PARAGRAPHS[1:4])), printed("b", WIRE))
    assert weight > 0
    assert signs == ["contained"]


@pytest.mark.parametrize("outlet", ["AFP", "Agence Ponant", "Corse-Dépêches", "Mediterranean Wire", "Reuters"])
def test_agencies(outlet):
    assert is_agency(outlet)


@pytest.mark.parametrize("outlet", ["", "Le Phare", "Presse boréale", "agences", "The Zurich Chronicle", "Agencement"])
def test_what_is_no_agency(outlet):
    assert not is_agency(outlet)


def test_only_a_named_agency_is_one():
    assert agency_of(printed("a", f"{WIRE} (avec AFP)", origin="AFP")) == "AFP"
    assert agency_of(printed("a", f"{WIRE} (avec agences)", origin="agences")) == ""
    assert agency_of(printed("a", WIRE)) == ""


def test_outlets_are_named_whole():
    assert names_outlet("Lu dans Le Phare de Lannevez ce matin", "Le phare de lannevez (site)")
    assert not names_outlet("Le phare éclaire le port", "Le Phare de Lannevez")
    assert not names_outlet("un", "Un")
