import numpy as np

from selon.matching.copies.pairs import EACH, FIRST, candidates, pair_counts


def counts(groups):
    """Groups of article numbers, one a gram."""
    rows = [(gram, article) for gram, members in enumerate(groups) for article in sorted(members)]
    grams = np.array([gram for gram, _ in rows], dtype=np.uint64)
    return pair_counts(grams, np.array([article for _, article in rows], dtype=np.int32))


def test_articles_that_share_two_grams_are_compared():
    assert candidates([counts([[1, 2], [1, 2], [2, 3]])]) == [(1, 2)]


def test_parts_are_counted_together():
    assert candidates([counts([[1, 2]]), counts([[1, 2], [4, 9]])]) == [(1, 2)]


def test_a_gram_twice_in_an_article_counts_once():
    assert candidates([counts([[1, 1, 2]])]) == []


def test_nothing_gives_nothing():
    assert candidates([]) == candidates([counts([])]) == candidates([counts([[5], [6]])]) == []


def test_a_wire_of_a_thousand_is_paired_with_its_first_printers():
    printers = list(range(1000))
    pairs = candidates([counts([printers] * 8)])
    assert len(pairs) == EACH * (EACH - 1) // 2 + (1000 - EACH) * FIRST
    assert {later for _, later in pairs} == set(printers[1:])


def test_a_phrase_of_everybodys_alone_pairs_nobody():
    assert candidates([counts([list(range(1000))] * 7)]) == []
