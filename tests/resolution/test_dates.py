from datetime import date

import pytest

from selon.languages.pack import load_pack
from selon.records import Precision, When
from selon.resolution.temporal import expressions, grammar
from tests.resolution.marked import statements

THURSDAY = When(date(2022, 10, 13), date(2022, 10, 13), Precision.DAY)
OCTOBER = When(date(2022, 10, 1), date(2022, 10, 31), Precision.MONTH)


def said(opening: str, published: When = THURSDAY, language: str = "fr") -> str:
    (told,) = statements(
        f"{opening} <s>Jean Dupont</s> <c>a dit</c> que <q>tout va bien lundi</q>.", language, published
    )
    return str(told.said_on)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("Mardi,", "2022-10-11"),
        ("Jeudi matin,", "2022-10-13"),
        ("Ce jeudi,", "2022-10-13"),
        ("Jeudi dernier,", "2022-10-06"),
        ("Hier,", "2022-10-12"),
        ("Avant-hier soir,", "2022-10-11"),
        ("Aujourd’hui,", "2022-10-13"),
        ("Il y a trois jours,", "2022-10-10"),
        ("Le 3 octobre,", "2022-10-03"),
        ("Le 1er novembre,", "2021-11-01"),
        ("Le lundi 3 octobre 2022,", "2022-10-03"),
        ("Dans la nuit de lundi à mardi,", "2022-10-10/2022-10-11"),
        ("La semaine dernière,", "2022-10-03/2022-10-09"),
        ("Cette semaine,", "2022-10-10/2022-10-13"),
        ("En septembre,", "2022-09"),
        ("Début décembre,", "2021-12"),
        ("L'an dernier,", "2021"),
        ("Sans attendre,", "unknown"),
        ("Le 31 février,", "unknown"),
        ("À la veille d'un sommet,", "unknown"),
        ("Avant mardi,", "unknown"),
        ("La semaine prochaine,", "unknown"),
    ],
)
def test_french(words: str, day: str) -> None:
    assert said(words) == day


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("On Tuesday", "2022-10-11"),
        ("Last Thursday", "2022-10-06"),
        ("Yesterday", "2022-10-12"),
        ("On October 3", "2022-10-03"),
        ("On 3 October 2021", "2021-10-03"),
        ("Two days ago", "2022-10-11"),
        ("In September", "2022-09"),
        ("Last week", "2022-10-03/2022-10-09"),
    ],
)
def test_english(words: str, day: str) -> None:
    assert said(words, language="en") == day


def test_precision_is_never_invented() -> None:
    assert said("Mardi,", OCTOBER) == "2022-09-27/2022-10-25"
    assert said("En septembre,", OCTOBER) == "2022-09"
    assert said("Mardi,", When()) == "unknown"
    assert said("Le 3 octobre,", When()) == "unknown"
    assert said("Le 3 octobre 2022,", When()) == "2022-10-03"


def test_the_date_goes_with_its_cue() -> None:
    marked = "L'accord, qui sera signé vendredi, plaît. <s>Jean Dupont</s> <c>a salué</c> mercredi <q>un succès</q>."
    (told,) = statements(marked, published=THURSDAY)
    assert str(told.said_on) == "2022-10-12"
    assert told.said_on.evidence == "mercredi"


def test_words_inside_the_content_date_nothing() -> None:
    (told,) = statements("<s>Jean Dupont</s> <c>a dit</c> : « <q>Mardi, je pars</q> ».", published=THURSDAY)
    assert str(told.said_on) == "unknown"


def test_the_same_turn_goes_on_with_its_date_and_another_speaker_does_not() -> None:
    told = statements(
        "<s>Jean Dupont</s> <c>a dit</c> mardi que <q>tout va bien</q>. "
        "<s1>Il</s1> <c1>a ajouté</c1> que <q1>rien ne presse</q1>. "
        "<s2>Claire Fontaine</s2> <c2>doute</c2> <q2>de tout</q2>.",
        published=THURSDAY,
    )
    assert [str(statement.said_on) for statement in told] == ["2022-10-11", "2022-10-11", "unknown"]


def test_the_day_before_counts_from_the_day_told() -> None:
    told = statements(
        "Le vote a eu lieu mardi. La veille, <s>Jean Dupont</s> <c>avait dit</c> que <q>tout irait bien</q>.",
        published=THURSDAY,
    )
    assert str(told[0].said_on) == "2022-10-10"


@pytest.mark.parametrize(
    ("behind", "addressee"),
    [
        (" mardi aux journalistes", "journalistes"),
        (" à l'AFP", "AFP"),
        (" devant le Parlement", "le Parlement"),
        (" à Paris", ""),
        ("", ""),
    ],
)
def test_addressee(behind: str, addressee: str) -> None:
    (told,) = statements(f"<s>Jean Dupont</s> <c>a déclaré</c>{behind} que <q>tout va bien</q>.")
    assert told.addressee == addressee


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_weekday_and_month_of_a_pack_is_read(language: str) -> None:
    pack = load_pack(language)
    rules, words = grammar(pack), pack.table("dates")["words"]
    for at, day in enumerate(words["weekdays"]):
        (found,) = expressions(f"x {day} y", rules)
        assert (found.means, found.part("weekday")) == ("weekday", at)
    for at, month in enumerate(words["months"], start=1):
        found = next(iter(expressions(f"x 5 {month} 2020 y", rules)))
        assert (found.part("day"), found.part("month"), found.part("year")) == (5, at, 2020)
