from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
        ("Jeudi 6,", "2022-10-06"),
        ("Vendredi 30,", "2022-09-30"),
        ("Dans la soirée de lundi,", "2022-10-10"),
        ("Il y a deux semaines,", "2022-09-26/2022-10-02"),
        ("Il y a trois mois,", "2022-07"),
        ("Il y a dix ans,", "2012"),
        ("La nuit dernière,", "2022-10-12/2022-10-13"),
        ("L'été dernier,", "2022-06-01/2022-08-31"),
        ("L'hiver dernier,", "2021-12-01/2022-02-28"),
        ("Cet automne,", "2022-09-01/2022-10-13"),
        ("En 2019,", "2019"),
        ("En 2022,", "2022-01-01/2022-10-13"),
        ("En octobre,", "2022-10-01/2022-10-13"),
        ("Cette année,", "2022-01-01/2022-10-13"),
        ("Ce matin-là,", "unknown"),
        ("Dès lundi,", "2022-10-10"),
        ("Un soir de 2015,", "2015"),
        ("En 2012, alors que la crise durait depuis des années,", "unknown"),
        ("PARIS, 3 octobre (AFP) —", "unknown"),
        ("Construite en 1911, la mairie tient bon et", "unknown"),
        ("Arrivé mardi,", "unknown"),
        ("Interrogé mardi,", "2022-10-11"),
        ("Dans un entretien publié mardi,", "2022-10-11"),
        ("Lors de la conférence de presse de mardi,", "2022-10-11"),
        ("Tout était connu le 3 octobre, et", "unknown"),
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
        ("Two weeks ago", "2022-09-26/2022-10-02"),
        ("Last spring", "2022-03-01/2022-05-31"),
        ("Earlier this year,", "2022-01-01/2022-10-13"),
        ("Last night", "2022-10-12/2022-10-13"),
        ("Built in 1911, the hall stands and", "unknown"),
        ("PARIS, Oct. 3 —", "unknown"),
        ("Speaking on Tuesday,", "2022-10-11"),
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


@pytest.mark.parametrize(
    ("marked", "days"),
    [
        # the document's own date, not that of what it is about
        ("<s>Un rapport de 2019</s> <c>conclut</c> que <q>tout va bien</q>.", ["2019"]),
        ("<s>Un rapport de mars</s> <c>conclut</c> que <q>tout va bien</q>.", ["2022-03"]),
        ("<s>Un rapport rendu public mercredi</s> <c>conclut</c> que <q>tout va bien</q>.", ["2022-10-12"]),
        ("<s>Le maire élu en 2019</s> <c>conclut</c> que <q>tout va bien</q>.", ["unknown"]),
        # somebody's words within another's have a day of their own
        (
            "<s>La maire</s> <c>dit</c> que <q>le préfet lui <c1>avait promis</c1>, en mai, <q1>de venir</q1></q>.",
            ["unknown", "2022-05"],
        ),
        (
            "Mardi, <s>la maire</s> <c>a dit</c> que <q><s1>le préfet</s1> <c1>promet</c1> de <q1>venir</q1></q>.",
            ["2022-10-11", "unknown"],
        ),
        # the occasion
        ("<s>Anne Roy</s> a répondu mardi sur France 2, <c>affirmant</c> que <q>tout va bien</q>.", ["2022-10-11"]),
        ("« <q>Tout va bien</q> », <c>a dit</c> <s>Jean Dupont</s> lors d'un point de presse lundi.", ["2022-10-10"]),
        ("<s>Jean Dupont</s> <c>a écrit</c> aux députés mardi que <q>tout va bien</q>.", ["2022-10-11"]),
    ],
)
def test_whose_date_it_is(marked: str, days: list[str]) -> None:
    assert [str(told.said_on) for told in statements(marked, published=THURSDAY)] == days


@pytest.mark.parametrize(
    ("second", "day"),
    [
        ("« <q1>Rien ne presse</q1> », <c1>a ajouté</c1> <s1>Jean Dupont</s1>.", "2022-10-11"),
        ("<s1>Il</s1> <c1>a ajouté</c1> que <q1>rien ne presse</q1>.", "2022-10-11"),
        ("<s1>Jean Dupont</s1> <c1>doute</c1> que <q1>rien ne presse</q1>.", "unknown"),
        ("Dans un communiqué, <s1>il</s1> <c1>a ajouté</c1> que <q1>rien ne presse</q1>.", "unknown"),
        ("« <q1>Rien ne presse</q1> », <c1>a dit</c1> <s1>Claire Fontaine</s1>.", "unknown"),
    ],
)
def test_a_turn_goes_on_in_the_next_paragraph(second: str, day: str) -> None:
    told = statements(f"<s>Jean Dupont</s> <c>a dit</c> mardi que <q>tout va bien</q>.\n{second}", published=THURSDAY)
    assert str(told[1].said_on) == day


TELLING = (
    "mardi le 3 octobre 2022 2031 en hier cette année la semaine dernière ce été il y a deux mois de du à Paris 31"
)
WORDS = st.sampled_from([*TELLING.split(), "décembre", "veille", "on", "Tuesday", "last", "ago", "in", "il y a"])


@given(st.lists(WORDS, max_size=8), st.lists(WORDS, max_size=8), st.sampled_from(["fr", "en"]))
def test_nothing_is_said_after_it_was_published(before: list[str], behind: list[str], language: str) -> None:
    (told,) = statements(
        f"{' '.join(before)} <s>Jean Dupont</s> <c>a dit</c> {' '.join(behind)} que <q>tout va bien</q>.",
        language,
        THURSDAY,
    )
    said = told.said_on
    if said.first is not None and said.last is not None:
        assert said.first <= said.last <= date(2022, 10, 13)
        assert said.evidence
    else:
        assert said == When()


@pytest.mark.parametrize("language", ["fr", "en"])
@given(st.data())
def test_every_rule_of_a_pack_holds_a_key(language: str, data: st.DataObject) -> None:
    rules = grammar(load_pack(language))
    pattern, *_ = data.draw(st.sampled_from(rules.rules))
    words = data.draw(st.from_regex(pattern, fullmatch=True, alphabet=st.characters(max_codepoint=0xFF)))
    assert any(key in " ".join(words.lower().split()) for key in rules.keys), pattern.pattern
