import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.resolution.marked import statements

SAID = "<s>Jean Dupont</s> <c>a déclaré</c>{} que <q>tout va bien à Rome</q>."
TOLD = "<s>John Smith</s> <c>said</c>{} that <q>all is well in Rome</q>."


@pytest.mark.parametrize(
    ("marked", "venue"),
    [
        (SAID.format(" mardi sur BFM TV"), "BFM TV"),
        (SAID.format(" dans un communiqué"), "un communiqué"),
        (SAID.format(" à Bruxelles"), "Bruxelles"),
        (SAID.format(" en conférence de presse"), "conférence de presse"),
        (SAID.format(" lors d'une visite à Lyon"), "une visite à Lyon"),
        (SAID.format(" au siège du parti"), "siège du parti"),
        (SAID.format(" devant les grilles de l'usine"), "devant les grilles de l'usine"),
        (SAID.format(" en marge du sommet"), "en marge du sommet"),
        ("À Berne, " + SAID.format(""), "Berne"),
        ("Dans une lettre ouverte, " + SAID.format(""), "une lettre ouverte"),
        ("Lors d'un discours prononcé mardi, " + SAID.format(""), "un discours"),
        ("S’exprimant à Bucarest avant un sommet, " + SAID.format(""), "Bucarest"),
        (
            "« <q>Tout va bien</q> », <c>a dit</c> mardi <s>Jean Dupont</s> lors d'un point de presse.",
            "un point de presse",
        ),
        # the content's places, outlets that are spoken to, other people's clauses, and what only sounds like a place
        (SAID.format(""), ""),
        (SAID.format(" à Reuters"), ""),
        (SAID.format(" au Monde"), ""),
        (SAID.format(" à la Commission"), ""),
        (SAID.format(" au contraire"), ""),
        ("En France, " + SAID.format(""), ""),
        ("La réunion à laquelle <s>Jean Dupont</s> <c>a dit</c> que <q>tout ira bien</q>.", ""),
        (
            "Un camion a brûlé à Rouen, et la maire, <s>Anne Roy</s>, <c>a dit</c> que <q>tout va bien</q>.",
            "",
        ),
    ],
)
def test_french(marked: str, venue: str) -> None:
    assert statements(marked)[0].venue == venue


@pytest.mark.parametrize(
    ("marked", "venue"),
    [
        (TOLD.format(" in a statement"), "a statement"),
        (TOLD.format(" on Tuesday in Brussels"), "Brussels"),
        (TOLD.format(" on CNN"), "CNN"),
        (TOLD.format(" on Tuesday"), ""),
        (TOLD.format(" in May"), ""),
        ("In Strasbourg, " + TOLD.format(""), "Strasbourg"),
        ("In a letter read out by the clerk, " + TOLD.format(""), "a letter read out by the clerk"),
        (
            "“<q>All is well</q>,” <s>John Smith</s> <c>told</c> reporters outside the courthouse.",
            "outside the courthouse",
        ),
        (TOLD.format(""), ""),
    ],
)
def test_english(marked: str, venue: str) -> None:
    assert statements(marked, "en")[0].venue == venue


@pytest.mark.parametrize(
    ("marked", "language", "addressee"),
    [
        ("<s>Le maire</s> <c>appelle</c> la population à <q>rester chez elle</q>.", "fr", "la population"),
        ("<s>Le maire</s> <c>a exhorté</c> les deux parties à <q>se parler</q>.", "fr", "les deux parties"),
        ("<s>Le maire</s> <c>confie</c> au Figaro que <q>tout va bien</q>.", "fr", "Figaro"),
        ("<s>Le maire</s> <c>affirme</c> au contraire que <q>tout va bien</q>.", "fr", ""),
        ("<s>Le maire</s> <c>a dit</c> dans un tweet que <q>tout va bien</q>.", "fr", ""),
        (
            "Lors d'un discours devant le Parlement, <s>le maire</s> <c>a dit</c> que <q>tout va bien</q>.",
            "fr",
            "le Parlement",
        ),
        ("Dans un entretien accordé au Monde, <s>le maire</s> <c>a dit</c> que <q>tout va bien</q>.", "fr", "Monde"),
        ("Lors d'un rassemblement à Lyon, <s>le maire</s> <c>a dit</c> que <q>tout va bien</q>.", "fr", ""),
        ("« <q>Oui</q> », <c>a dit</c> <s>le maire</s> devant les députés.", "fr", "les députés"),
        ("« <q>Oui</q> », <c>a dit</c> <s>Anne Roy</s> à Reuters.", "fr", "Reuters"),
        ("« <q>Oui</q> », <c>a-t-il écrit</c> dans une lettre aux paroissiens.", "fr", "paroissiens"),
        ("<s>Le maire</s> <c>accuse</c> le préfet de <q>mentir</q>.", "fr", ""),
        ("<s>Le maire</s> <c>somme</c> le préfet de <q>venir</q>.", "fr", "le préfet"),
        ("<s>The mayor</s> <c>told</c> the BBC that <q>all is well</q>.", "en", "the BBC"),
        ("“<q>All is well</q>,” <s>the mayor</s> <c>told</c> reporters in Rennes.", "en", "reporters"),
        ("<s>The mayor</s> <c>urged</c> both sides to <q>talk</q>.", "en", "both sides"),
        ("<s>The mayor</s> <c>told</c> her to <q>sit down</q>.", "en", ""),
        ("<s>The mayor</s> <c>denied</c> that <q>he knew</q>.", "en", ""),
    ],
)
def test_addressee(marked: str, language: str, addressee: str) -> None:
    assert statements(marked, language)[0].addressee == addressee


@given(st.text(alphabet="aàdelors '’,.MTVRm\n1x", max_size=60), st.sampled_from(["fr", "en"]))
def test_a_venue_stands_in_the_article_outside_of_what_is_said(between: str, language: str) -> None:
    (told,) = statements(f"<s>Jean Dupont</s> <c>a dit</c>{between} <q>tout va bien</q>.", language)
    text = f"Jean Dupont a dit{between} tout va bien."
    assert told.venue in text
    assert "tout va bien" not in told.venue
