"""Which statements are one utterance, which are not, and laws that hold for every pile."""

from __future__ import annotations

from datetime import date
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from selon.matching.utterances import Reported
from selon.matching.utterances.candidates import REACH
from selon.pipeline import utterances

MAY, JULY = date(2024, 5, 6), date(2024, 7, 9)
WORDS = ["grève", "hôpital", "jamais", "budget", "guerre", "Paris", "450", "ministre", "refuse", "écoles", "fermer"]


def said(number: int, content: str, *, article: str = "", speaker: str = "Anne Le Goff", **more: object) -> Reported:
    days = more.pop("day", MAY)
    values = {"language": "fr", "cue": "a déclaré", "kind": "direct", "names": (speaker,), **more}
    return Reported(
        id=f"s{number}",
        article=article or f"a{number}",
        position=number,
        content=content,
        speaker=speaker,
        speaker_kind="person",
        published=(days, days) if days else None,
        **values,  # type: ignore[arg-type]
    )


def together(*statements: Reported) -> list[set[str]]:
    return [{w.statement for w in each.witnesses} for each in utterances(statements) if len(each.witnesses) > 1]


def test_the_same_words_of_the_same_speaker_the_next_day_are_one() -> None:
    one = "Nous fermerons 450 lits dans les hôpitaux publics avant la fin de l'année"
    assert together(said(1, one), said(2, one, day=date(2024, 5, 7))) == [{"s1", "s2"}]


def test_direct_indirect_and_translated_are_one() -> None:
    found = together(
        said(1, "Nous ne fermerons aucune école dans les villages de la vallée"),
        said(2, "aucune école ne serait fermée dans les villages de la vallée", kind="indirect", cue="a assuré"),
        said(3, "We will not close a single school in the villages of the valley", language="en", cue="said"),
        said(4, "Le budget de la défense doit doubler en trois ans"),
    )
    assert found == [{"s1", "s2", "s3"}]


def test_other_things_said_by_the_same_speaker_are_others() -> None:
    assert not together(
        said(1, "Le budget de la défense doit doubler en trois ans"),
        said(2, "Les agriculteurs attendent une réponse sur le prix du lait"),
    )


def test_the_same_formula_weeks_later_is_another_occasion() -> None:
    formula = "Nous soutiendrons nos alliés aussi longtemps qu'il le faudra"
    assert not together(said(1, formula), said(2, formula, day=date(2024, 7, 9)))


def repeated(*statements: Reported) -> list[set[str]]:
    families: dict[str, set[str]] = {}
    for each in utterances(statements):
        families.setdefault(each.repeated, set()).update(w.statement for w in each.witnesses)
    return [members for key, members in families.items() if key]


def test_what_one_article_says_twice_in_turned_words_is_shown_as_repeated() -> None:
    turned = [
        said(1, "la commune ne devrait employer les fonds européens que pour ses écoles", article="a", kind="indirect"),
        said(2, "les fonds européens ne devraient être employés par la commune que pour ses écoles", article="a"),
        said(3, "le budget de la défense doit doubler en trois ans", article="a"),
    ]
    assert repeated(*turned) == [{"s1", "s2"}]


def test_like_words_of_another_speaker_are_not_repeated() -> None:
    one, other = "l'OTAN n'est pas une partie au conflit", "l'OTAN n'est pas partie au conflit"
    assert not repeated(said(1, one), said(2, other, speaker="Paul Mercier", day=date(2024, 7, 9)))


def test_two_parts_are_one_with_what_another_article_prints_in_one_piece() -> None:
    bridge = "Le pont de la Sarrance restera fermé jusqu'au printemps"
    money = "la région paiera la moitié des travaux et pas un centime de plus"
    parts = [said(n, content, article="b") for n, content in ((2, bridge), (3, money))]
    assert together(said(1, f"{bridge}, et {money}"), *parts) == [{"s1", "s2", "s3"}]
    assert not together(*parts)


PAGE = [
    "Nous soutiendrons nos alliés aussi longtemps qu'il le faudra",
    "Le pont de la Sarrance restera fermé jusqu'au printemps",
    "Trois entreprises ont répondu à l'appel d'offres",
    "La région paiera la moitié des travaux, pas davantage",
]


def page(article: str, day: date, contents: list[str]) -> list[Reported]:
    return [
        said(number, content, article=article, day=day) for number, content in enumerate(contents, 10 * day.toordinal())
    ]


def test_a_page_printed_again_ten_days_later_reports_the_same_occasion() -> None:
    found = together(*page("a", MAY, PAGE), *page("b", date(2024, 5, 16), PAGE))
    assert [len(each) for each in found] == [2] * len(PAGE)


def test_a_formula_in_another_page_ten_days_later_is_another_occasion() -> None:
    other = [PAGE[0], "Les vendanges commenceront le 2 septembre", "Le préfet a reçu les syndicats de la raffinerie"]
    assert not together(*page("a", MAY, PAGE), *page("b", date(2024, 5, 16), other))


def test_days_that_the_articles_tell_part_what_their_publication_does_not() -> None:
    formula = "Nous soutiendrons nos alliés aussi longtemps qu'il le faudra"
    early, late = (date(2024, 5, 2),) * 2, (date(2024, 5, 5),) * 2
    assert not together(said(1, formula, said=early), said(2, formula, said=late))


def test_a_long_quotation_word_for_word_needs_no_date() -> None:
    words = "La mairie a choisi de fermer le pont sans prévenir les commerçants, et c'est la troisième fois cette année"
    assert together(said(1, words, day=None), said(2, words, day=None)) == [{"s1", "s2"}]


def test_a_short_formula_without_a_date_is_not_taken_for_one_occasion() -> None:
    assert not together(said(1, "nous ne cèderons pas", day=None), said(2, "nous ne cèderons pas", day=None))


def test_nothing_gives_nothing_and_no_words_stay_alone() -> None:
    assert utterances([]) == ()
    assert [len(each.witnesses) for each in utterances([said(1, "…"), said(2, "")])] == [1, 1]


@st.composite
def piles(draw: st.DrawFn) -> list[Reported]:
    contents = draw(st.lists(st.lists(st.sampled_from(WORDS), max_size=6), max_size=8))
    return [
        said(
            number,
            " ".join(words),
            article=f"a{draw(st.integers(0, 3))}",
            speaker=draw(st.sampled_from(["", "Anne Le Goff", "Le Goff", "le parquet"])),
            day=draw(st.sampled_from([None, MAY, date(2024, 5, 9), date(2024, 8, 1)])),
        )
        for number, words in enumerate(contents)
    ]


@settings(max_examples=40, deadline=None)
@given(piles())
def test_every_statement_is_in_exactly_one_utterance_whatever_the_order(pile: list[Reported]) -> None:
    found = utterances(pile)
    assert sorted(w.statement for each in found for w in each.witnesses) == sorted(each.id for each in pile)
    assert all(0 <= w.confidence <= 1 for each in found for w in each.witnesses)
    assert [len(each.witnesses) for each in found] == sorted((len(each.witnesses) for each in found), reverse=True)
    assert utterances(pile[::-1]) == found


@settings(max_examples=40, deadline=None)
@given(piles())
def test_witnesses_stand_by_day_and_no_two_are_further_apart_than_a_fortnight(pile: list[Reported]) -> None:
    of = {each.id: each for each in pile}
    for each in utterances(pile):
        days = [of[w.statement].published[0] for w in each.witnesses if of[w.statement].published]
        assert days == sorted(days)
        assert all(abs((a - b).days) <= REACH for a, b in combinations(days, 2))
