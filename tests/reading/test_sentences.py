"""Sentences end where they end: "|" marks the ends in each case."""

from __future__ import annotations

from itertools import pairwise
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selon.languages.pack import languages, load_pack
from selon.reading.sentences import split

FRENCH = [
    "Hier, M. Dupont a parlé. | Il a promis une aide.",
    "Des obus de 155 mm. | Les stocks sont bas.",
    "Rome tombe en 52 av. J.-C. | Les Gaulois aussi.",
    "Il vit aux U.S. depuis peu. | Elle non.",
    "L'art. 5 du traité le dit. | Il est clair.",
    "Une ville, p. ex. Lyon, suffit.",
    "Pour J. Stoltenberg, non. | J. Le Pen le sait.",
    "Voilà le plan B. | Il est prêt.",
    "Cela coûte 1,5 ou 2.5 millions. | Rien de plus.",
    "Il hésite… puis parle. | Elle se tait… | Puis elle rit.",
    "Il hésite... puis parle. | Elle se tait... | Puis elle rit.",
    "« Nous partons. » a-t-il dit. | Puis il part.",
    "« Que faire ? », demande-t-elle. | Rien.",
    "« Partez ! » crie-t-il. | Tous partent.",
    "« Partez ! » Le maire a insisté. | Tous partent.",
    "« Partez ! » | Le maire a insisté sur la nécessité de quitter la ville. | Tous partent.",
    "Il a dit : « Nous partons. » | Elle reste.",
    "Il a dit : « Nous partons. | Vous restez. » | Elle reste.",
    "“Nous partons. ” | Elle reste.",
    'Il a dit : "Nous partons." | Elle reste.',
    'Il a dit : "Nous partons. " | Elle reste.',
    'Il part. | "Nous restons", dit-elle.',
    "Il a dit (« Non. ») et sort. | Elle reste.",
    "C'est le conflit.| Il dure .| Puis il cesse . | Elle reste.",
    "Voir www.Exemple.Fr ou exemple.com/Une.Page pour lire. | Elle reste.",
    "Il part.[2] | Elle reste.[3]",
    "Il part. | […] Elle reste. | (…) Puis rien.",
    "1. Le budget est voté. | 2. La taxe monte.",
    "Quoi ?! | Non… | Si !!!",
    "« Il a ouvert la porte. | Elle a crié, dit-il. | Le marché est clos.",
    "Il a dit «oui». | Elle a dit “non”. | Rien de plus.",
    "— Vous partez ? | — Oui.",
    "— Vous partez ? – demande-t-il. | Rien.",
    "En 2022. | 300 morts.",
    "Le 5 janv. 2022, il part. | Il revient.",
    "L'histoire de l'art. | « J'adorais cela », dit-il. | Collis P. Huntington aussi.",
    "Lui ? | Elle ? | Nous !",
    "Ils étaient 12. | Le maire attend.",
]
ENGLISH = [
    "Mr. Adams left. | He was tired.",
    "The U.S. Navy said so. | It was right.",
    "He moved to the U.S. | The others stayed.",
    "“Who will pay?” one of them asked. | Nobody knew.",
    "“A shark!” Hammel added. | He ran.",
    '"We need help," he said. | "We need it now."',
    "‘We were lied to.’ | He left.",
    "It rained at 5 a.m. Eastern time. | It stopped at 7 p.m. | The sun rose.",
    "St. Martin's is old. | The Rev. John Hill built it.",
    "See Sec. 5 of the act. | It is clear.",
    "He studied at the School of Art. | “I loved it,” he said.",
    "No. | I never saw it. | It cost much. | $5,000 a head.",
    "George W. Bush spoke. | So did Murphy J. Paul.",
]
CASES = [("fr", case) for case in FRENCH] + [("en", case) for case in ENGLISH]
CASES += [(code, row["case"]) for code in languages() for row in load_pack(code).rows("abbreviations")]


def plain(case: str) -> tuple[str, list[str]]:
    """The text without its marks; a mark glued to the full stop stands for a missing blank."""
    text = case.replace(" | ", " ").replace("|", "").replace("  ", " ")
    return text, [part.strip() for part in case.split("|")]


@pytest.mark.parametrize(("code", "case"), CASES, ids=[case for _, case in CASES])
def test_sentences_end_where_the_case_says(code: str, case: str) -> None:
    text, wanted = plain(case.replace(".| ", ".|"))
    assert [span.of(text) for span in split(text, 0, len(text), load_pack(code))] == wanted


@given(st.text(alphabet="aÀbM.?!…,»«“”\"'’()[]— \n\u00a01", max_size=200), st.sampled_from(languages()))
def test_every_character_that_is_not_blank_is_in_one_sentence(text: str, code: str) -> None:
    spans = split(text, 0, len(text), load_pack(code))
    assert "".join("".join(span.of(text).split()) for span in spans) == "".join(text.split())
    assert all(span.of(text) == span.of(text).strip() != "" for span in spans)
    assert all(before.end <= after.start for before, after in pairwise(spans))


@given(st.text(alphabet="aB. «»", max_size=60))
def test_a_stretch_is_split_without_what_stands_around_it(text: str) -> None:
    pack = load_pack("fr")
    alone = split(text, 0, len(text), pack)
    inside = split(f"Un.{text}Deux.", 3, 3 + len(text), pack)
    assert [(span.start - 3, span.end - 3) for span in inside] == [tuple(span) for span in alone]


@pytest.mark.parametrize("piece", ["« Non. ", "…", ". ", "«", '" . "', "M. ", "a.", "[1]", "Ab.Cd"])
def test_time_grows_with_the_length_and_not_faster(piece: str) -> None:
    text = piece * 40_000
    before = process_time()
    split(text, 0, len(text), load_pack("fr"))
    assert process_time() - before < 5
