from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from selon.matching.copies.anchors import anchors
from selon.matching.copies.names import enough_names, name_keys, named_pairs, pairs_across

DAY = date(2024, 5, 1)


def test_names_and_numbers_are_keys_and_common_words_are_not():
    keys = name_keys("À Kervalan, Solenn Kerdreux a promis 4 000 tonnes de béton à 12 dockers.")
    assert {"kervalan", "solenn", "kerdreux", "#4000", "#12"} <= keys
    assert not {"tonne", "beton", "docke"} & keys


@given(st.text(st.sampled_from("aàéAÉZŒœ 0123.,'’-\n"), max_size=40))
def test_keys_are_the_anchors_that_tell(text):
    assert name_keys(text) == {key for key, weight in anchors(text).items() if weight >= 2.5}


def test_only_different_languages_within_a_month_meet():
    members = [(0, "en", DAY), (1, "fr", DAY), (2, "fr", DAY + timedelta(days=40)), (3, "fr", None), (4, "en", DAY)]
    assert sorted(named_pairs(members)) == [(0, 1), (0, 3), (1, 4), (3, 4)]


def test_a_name_of_everybodys_tells_nothing():
    assert not list(named_pairs([(number, "en" if number % 2 else "fr", DAY) for number in range(501)]))


def test_three_names_and_a_quarter_of_them_must_be_shared():
    pairs = [(0, 1)] * 3 + [(0, 2)] * 2 + [(3, 4)] * 3
    assert enough_names(pairs, [9, 9, 9, 40, 13]) == [(0, 1)]


def test_the_ten_that_share_most_are_looked_at():
    keys = frozenset("abcdefghijklmno")
    articles = {0: ("en", DAY, keys)}
    articles |= {number: ("fr", DAY, frozenset(sorted(keys)[:number])) for number in range(1, 15)}
    assert pairs_across(articles) == [(0, number) for number in range(3, 15)]
    # Each French article has but one partner; the English one has chosen ten of them, and they have all chosen it.
    crowd = {number: ("en" if number < 20 else "fr", DAY, keys) for number in range(40)}
    assert len(pairs_across(crowd)) < 20 * 20
