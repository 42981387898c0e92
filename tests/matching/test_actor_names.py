"""One person under many spellings, and two persons whose names look alike."""

import pytest
from actor_piles import body, person, pile, together

from selon.matching.actors.folding import skeleton
from selon.matching.actors.names import body_name, person_name


@pytest.mark.parametrize(
    "spellings",
    [
        ("Dmitri Peskov", "Dmitry Peskov", "Dmitrij Peskow"),
        ("Volodymyr Zelensky", "Volodymyr Zelenskyy", "Volodymyr Zelenskiy", "Volodymyr Zelenskyj"),
        ("Vladimir Poutine", "Vladimir Putin", "Vladimir POUTINE", "VLADIMIR POUTINE"),
        ("Dmitri Medvedev", "Dmitri Medwedew"),
        ("Recep Tayyip Erdogan", "Recep Tayyip Erdoğan", "Recep Erdogan"),
        ("Sergueï Lavrov", "Sergei Lavrov", "Sergey Lavrov"),
        ("Marek Sedláček", "Marek Sedlacek", "SEDLÁČEK Marek"),
        ("Benyamin Nétanyahou", "Benyamin Netanyahu"),
    ],
)
def test_spellings_of_one_name_are_one_person(spellings):
    said = pile(*((n, person(name)) for n, name in enumerate(spellings)))
    assert together(said, *(f"s{n}.0" for n in range(len(spellings))))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Marine Le Pen", "Jean-Marie Le Pen"),
        ("Emmanuel Macron", "Brigitte Macron"),
        ("Marin Dupont", "Marine Dupont"),
        ("George H. Bush", "George W. Bush"),
        ("Jean Martin", "Jeanne Martin"),
        ("Michel Barnier", "Michel Bernier"),
        ("Paul Durand", "Paul Durant"),
    ],
)
def test_other_persons_stay_apart(one, other):
    assert not together(pile((0, person(one)), (1, person(other))), "s0.0", "s1.0")


def test_titles_before_a_name_are_no_part_of_it():
    said = pile(
        (0, person("Marek Sedláček"), person("Crispin Amani")),
        (1, ("en", person("Lt Col Marek Sedláček")), person("Le docteur Crispin Amani, qui a opéré toute la nuit")),
        (1, ("en", person("Cybersecurity Minister Marek Sedláček"))),
    )
    assert together(said, "s0.0", "s1.0", "s2.0")
    assert together(said, "s0.1", "s1.1")


@pytest.mark.parametrize(
    ("wording", "language", "words"),
    [
        ("Le secrétaire général de l’OTAN, Jens Stoltenberg", "fr", ("jens", "stoltenberg")),
        ("Ursula von der Leyen", "fr", ("ursula", "von", "der", "leyen")),
        ("la Belge Vinciane Baert", "fr", ("vinciane", "baert")),
        ("Opposition MP Mahery Fanomezantsoa", "en", ("mahery", "fanomezantsoa")),
        ("Mme Le Pen", "fr", ("le", "pen")),
        ("Bachar al-Assad", "fr", ("bachar", "al-assad")),
    ],
)
def test_the_name_in_a_wording(wording, language, words):
    assert person_name(wording, language).words == words


@pytest.mark.parametrize(
    ("wording", "language"),
    [
        ("le chef coutumier des Bashali-Est", "fr"),
        ("L’élue de Bellerive", "fr"),
        ("Dolmania’s defence minister", "en"),
        ("Un Casque bleu", "fr"),
        ("le Colonel", "fr"),
        ("il", "fr"),
        ("The Polish-born engineer", "en"),
        ("un porte-parole de l'équipe Trump", "fr"),
        ("le bureau de Mme Kermarrec", "fr"),
        ("l’administration Biden", "fr"),
    ],
)
def test_a_description_has_no_name(wording, language):
    assert person_name(wording, language) is None


def test_bodies_have_names_only_where_they_are_written_large():
    assert body_name("Le groupe Carcajou noir", "fr").key == "carcajou noir"
    assert body_name("le Programme alimentaire mondial (PAM)", "fr").letters == "pam"
    for wording in ("le ministère nigérien du Commerce", "Washington et ses partenaires", "une ONG", "Lorsqu’on"):
        assert body_name(wording, "fr") is None


@pytest.mark.parametrize(
    "names",
    [
        ("Bruxelles", "Brussels"),
        ("OTAN", "NATO", "l’Alliance atlantique"),
        ("l’ONU", "les Nations unies", "United Nations", "the UN"),
        ("la Croix-Rouge", "Croix Rouge", "Red Cross"),
        ("Moscou", "la Russie", "Russia"),
        ("Le Kremlin", "Kremlin"),
        ("HRW", "Human Rights Watch"),
    ],
)
def test_bodies_of_the_register_are_one_in_both_languages(names):
    said = pile(*((90 * n, body(name)) for n, name in enumerate(names)))
    assert together(said, *(f"s{n}.0" for n in range(len(names))))


def test_a_seat_is_not_its_country():
    said = pile((0, body("Le Kremlin"), body("la Russie"), body("Bruxelles"), body("la Belgique")))
    assert not together(said, "s0.0", "s0.1")
    assert not together(said, "s0.2", "s0.3")


def test_skeletons_of_ordinary_names_differ():
    names = ("Macron", "Marcon", "Barnier", "Bernier", "Durand", "Durant", "Dupont", "Dupond", "Leroy", "Leroux")
    assert len({skeleton(name) for name in names}) == len(names)
