"""Surnames, descriptions and bodies across articles: joined where the pile leaves no choice, else kept apart."""

from datetime import date

import pytest
from actor_piles import apart, body, kind, person, pile, together
from hypothesis import given
from hypothesis import strategies as st

from selon.matching.actors import Entry, Said, match_actors, with_entries
from selon.records import ActorKind

JENS = person("Jens Stoltenberg", "secrétaire général de l’OTAN")
PESKOV = person("Dmitri Peskov", "secrétaire de presse du président russe")
LEA = person("Léa Roussel")
HUGO = person("Hugo Lambert")


def test_a_surname_nobody_else_has_is_that_persons():
    said = pile((None, JENS), (None, person("Stoltenberg")), (5, person("M. Stoltenberg")))
    assert together(said, "s0.0", "s1.0", "s2.0")


def test_a_surname_of_two_persons_is_nobodys():
    family = pile(
        (0, person("Marine Le Pen"), person("Jean-Marie Le Pen")), (1, person("Le Pen")), (1, person("Mme Le Pen"))
    )
    assert apart(family, "s0.0", "s1.0")
    assert apart(family, "s0.1", "s1.0")
    assert apart(family, "s0.0", "s0.1")


def test_an_honorific_keeps_the_other_one_out():
    said = pile((0, person("Brigitte Macron"), LEA), (0, person("M. Macron"), LEA))
    assert apart(said, "s0.0", "s1.0")


def test_the_event_tells_which_of_two():
    said = pile(
        (0, person("Marine Le Pen"), LEA),
        (1, person("Le Pen"), LEA),
        (400, person("Jean-Marie Le Pen"), HUGO),
        (401, person("Le Pen"), HUGO),
    )
    assert together(said, "s0.0", "s1.0")
    assert together(said, "s2.0", "s3.0")
    assert apart(said, "s0.0", "s2.0")


def test_a_surname_years_away_is_somebody_elses():
    assert apart(pile((date(2010, 1, 4), person("Paul Martin")), (date(2024, 6, 3), person("Martin"))), "s0.0", "s1.0")


def test_a_given_name_counts_only_in_its_event():
    said = pile((0, person("Neema Zawadi"), LEA), (1, person("Neema"), LEA), (1, person("Neema"), HUGO))
    assert together(said, "s0.0", "s1.0")
    assert apart(said, "s0.0", "s2.0")


@pytest.mark.parametrize(
    ("language", "wording"),
    [
        ("fr", "le chef de l’OTAN"),
        ("fr", "Le patron de l’Otan"),
        ("en", "NATO Secretary General"),
        ("en", "NATO chief"),
    ],
)
def test_an_office_is_its_holders(language, wording):
    said = pile((0, JENS), (20, (language, person(wording))))
    assert together(said, "s0.0", "s1.0")


def test_a_spokesman_by_another_word_is_he():
    said = pile(
        (None, PESKOV, person("Le porte-parole du président russe")), (None, ("en", person("Kremlin spokesman")))
    )
    assert together(said, "s0.0", "s0.1", "s1.0")


def test_who_held_the_office_before_is_not_meant():
    said = pile(
        (date(2012, 3, 1), person("Dmitri Medvedev", "président russe")),
        (date(2022, 10, 3), person("Vladimir Poutine", "président russe")),
        (date(2022, 10, 4), person("le président russe")),
        (date(2022, 10, 4), person("l’ancien président russe")),
        (date(2012, 3, 2), person("le président russe")),
    )
    assert together(said, "s1.0", "s2.0")
    assert together(said, "s0.0", "s4.0")
    assert all(apart(said, "s3.0", other) for other in ("s0.0", "s1.0", "s2.0"))


def test_an_office_two_persons_hold_at_a_time_is_nobodys():
    said = pile(
        (0, person("Anna Petrova", "porte-parole du président russe")),
        (2, PESKOV),
        (3, person("Le porte-parole du président russe")),
    )
    assert apart(said, "s0.0", "s2.0")
    assert apart(said, "s1.0", "s2.0")


def test_a_bare_title_counts_only_beside_its_one_holder():
    one = pile(
        (0, person("Ida Noll", "ministre de la Santé"), LEA), (1, person("Ida Noll"), person("la ministre"), LEA)
    )
    assert together(one, "s0.0", "s1.0", "s1.1")
    two = pile(
        (0, person("Ida Noll", "ministre de la Santé"), person("Eva Roth", "ministre du Travail"), LEA),
        (1, person("Ida Noll"), person("Eva Roth"), person("la ministre"), LEA),
    )
    assert apart(two, "s0.0", "s1.2")
    assert apart(two, "s0.1", "s1.2")
    assert apart(pile((0, person("Ida Noll", "ministre de la Santé")), (1, person("la ministre"))), "s0.0", "s1.0")


def test_the_head_of_a_description_is_who_is_meant():
    """A lawyer of a driver is no driver, a spokesman of a president no president."""
    said = pile(
        (0, person("Kateryna Bondarenko", "avocate du conducteur"), PESKOV),
        (1, person("Kateryna Bondarenko"), PESKOV, person("le conducteur"), person("le président")),
    )
    assert apart(said, "s0.0", "s1.2")
    assert apart(said, "s0.1", "s1.3")


def test_a_word_for_any_head_is_nobodys():
    said = pile((0, person("Ida Noll", "présidente du conseil"), LEA), (1, person("Ida Noll"), LEA, person("le chef")))
    assert apart(said, "s0.0", "s1.2")
    rank = pile((0, person("Rémi Vauclin", "colonel"), LEA), (1, person("Rémi Vauclin"), LEA, person("l’officier")))
    assert together(rank, "s0.0", "s1.2")


def test_his_spokesman_is_asked_for_in_his_article_only():
    said = pile(
        (0, PESKOV, LEA),
        (1, PESKOV, LEA, person("son porte-parole")),
        (1, LEA, HUGO, person("son porte-parole")),
    )
    assert together(said, "s0.0", "s1.2")
    assert apart(said, "s0.0", "s2.2")


NOBODY = [
    kind("unknown", "une source proche du dossier"),
    kind("unknown", "un diplomate"),
    person("un douanier"),
    person("son avocat"),
    kind("group", "les deux ministres"),
    kind("group", "Les responsables russes"),
    kind("group", "Washington et ses partenaires"),
    kind("document", "Cette déclaration"),
    kind("document", "un rapport de l’ONU"),
    kind("unknown", "on lui"),
    kind("unknown", "Lorsqu’on"),
    kind("unknown", "Une telle politique"),
    body("une ONG"),
    body("son ministère"),
]


@pytest.mark.parametrize("who", NOBODY, ids=lambda who: who.name)
def test_who_has_no_name_never_meets_himself_again(who):
    assert apart(pile((0, who, LEA), (1, who, LEA)), "s0.0", "s1.0")


def test_common_names_of_bodies_hold_only_in_their_event():
    said = pile((0, body("le parquet"), LEA), (1, body("le parquet"), LEA), (1, body("le parquet"), HUGO))
    assert together(said, "s0.0", "s1.0")
    assert apart(said, "s0.0", "s2.0")
    same = pile((0, ("fr", body("le ministère nigérien du Commerce"))), (300, ("en", body("Niger's trade ministry"))))
    assert together(same, "s0.0", "s1.0")
    other = pile((0, body("le ministère nigérien du Commerce")), (0, body("le ministère béninois du Commerce")))
    assert apart(other, "s0.0", "s1.0")


def test_acronyms_told_in_brackets():
    said = pile((0, body("l’Agence indépendante des contrôles (AIC)")), (90, body("AIC")))
    assert together(said, "s0.0", "s1.0")


def test_two_persons_of_one_full_name():
    sport = person("Pierre Martin", "gardien de but de Lens")
    mayor = person("Pierre Martin", "maire de Trévoux")
    said = pile((0, sport, LEA), (1, mayor, HUGO), (2, person("Pierre Martin"), HUGO), (90, person("Pierre Martin")))
    assert apart(said, "s0.0", "s1.0")
    assert together(said, "s1.0", "s2.0")
    assert apart(said, "s3.0", "s0.0")
    assert apart(said, "s3.0", "s1.0")


def test_two_mayors_of_one_name_and_two_genders():
    towns = pile((0, person("Anne Morel", "maire de Lens")), (3, person("Anne Morel", "maire de Trévoux")))
    assert apart(towns, "s0.0", "s1.0")
    genders = pile(
        (0, person("Dominique Roy", "", "M. Roy")),
        (3, person("Dominique Roy", "", "Mme Roy")),
        (4, person("Dominique Roy")),
    )
    assert apart(genders, "s0.0", "s1.0")
    assert apart(genders, "s0.0", "s2.0")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("procureur de la République", "procureur d’Ajaccio"),
        ("maire de la commune", "maire de Lens"),
        ("maire divers gauche", "maire de Lens"),
        ("ancien gardien de but", "maire de Lens"),
        ("acteur ukrainien", "président ukrainien"),
        ("", "gardien de but"),
    ],
)
def test_one_person_told_in_two_ways(one, other):
    assert together(pile((0, person("Anne Morel", one)), (300, person("Anne Morel", other))), "s0.0", "s1.0")


def test_one_person_whose_roles_change():
    roles = ("ministre de l’Économie", "candidat", "président de la République", "ancien président de la République")
    said = pile(*((300 * n, person("Émile Vasseur", role)) for n, role in enumerate(roles)))
    assert together(said, "s0.0", "s1.0", "s2.0", "s3.0")
    actor = match_actors(said).actors[0]
    assert [role.name for role in actor.roles] == list(roles)
    assert [role.first for role in actor.roles] == sorted(role.first for role in actor.roles)


def test_nothing_chains():
    """A surname between two namesakes joins neither, and does not join them."""
    said = pile(
        (0, person("Jean Morel"), LEA),
        (5, person("Morel"), LEA, HUGO),
        (10, person("Paul Morel"), HUGO),
    )
    assert apart(said, "s0.0", "s2.0")
    assert apart(said, "s0.0", "s1.0")


def test_evidence_is_given_for_every_statement():
    cast = match_actors(pile((None, JENS), (None, person("Stoltenberg")), (None, kind("unknown", "une source"))))
    rules = {each.statement: each.evidence for each in cast.belongings}
    assert rules["s1.0"].by == "surname, nobody else in the pile has it"
    assert rules["s1.0"].saw == "Stoltenberg = Jens Stoltenberg"
    assert rules["s2.0"].by == "stands alone"
    assert cast.actors[0].evidence == (rules["s1.0"],)
    assert cast.actors[0].organisation == "OTAN"


def test_a_register_names_and_joins():
    register = with_entries(
        [Entry("Q1", ("Jens Stoltenberg", "l’honnête Norvégien"), ActorKind.PERSON, "Q1", given=True)]
    )
    said = pile((0, JENS), (400, person("L’honnête Norvégien")))
    assert together(said, "s0.0", "s1.0", register=register)
    assert match_actors(said, register).actors[0].wikidata == "Q1"
    assert apart(said, "s0.0", "s1.0")


NAMES = st.sampled_from(
    ["Jean Morel", "Paul Morel", "Morel", "M. Morel", "Mme Morel", "le maire de Lens", "une source", "OTAN"]
)
ROLES = st.sampled_from(["", "maire de Lens", "maire de Trévoux", "gardien de but"])
ARTICLES = st.lists(
    st.tuples(st.one_of(st.none(), st.integers(0, 400)), st.lists(st.tuples(NAMES, ROLES), min_size=1, max_size=3)),
    min_size=1,
    max_size=6,
)


@given(ARTICLES, st.randoms())
def test_laws(articles, chance):
    """Every statement belongs to one actor; the order in which they come changes nothing; genders do not mix."""
    said = pile(*((day, *(person(name, role) for name, role in speakers)) for day, speakers in articles))
    cast = match_actors(said)
    shuffled = list(said)
    chance.shuffle(shuffled)
    assert match_actors(shuffled) == cast
    assert [each.statement for each in cast.belongings] == sorted(each.statement for each in said)
    assert {each.actor for each in cast.belongings} == {each.id for each in cast.actors}
    assert len({each.id for each in cast.actors}) == len(cast.actors)
    assert sum(each.statements for each in cast.actors) == len(said)
    names = {each.statement: each.who.name for each in said}
    for actor in cast.actors:
        mine = {names[each.statement] for each in cast.belongings if each.actor == actor.id}
        assert not {"Jean Morel", "Paul Morel"} <= mine
        assert not {"M. Morel", "Mme Morel"} <= mine


def test_ids_stay_when_the_pile_grows():
    few = [Said("a", JENS, "one", "fr", date(2024, 6, 3), date(2024, 6, 3))]
    more = [
        *few,
        Said("b", person("Stoltenberg"), "two", "fr", date(2024, 6, 4), date(2024, 6, 4)),
        Said("c", LEA, "two", "fr"),
    ]
    assert match_actors(few).actors[0].id == match_actors(more).actors[0].id
