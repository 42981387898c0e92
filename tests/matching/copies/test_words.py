import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from selon.matching.copies.words import words_of

TEXTS = st.text(st.sampled_from("aéÀçœ l'’«»-.\n\u00ad\u0301🙂7中"), max_size=60)


def shown(text):
    words = words_of(text)
    return [text[start:end] for start, end in zip(words.starts, words.ends, strict=True)]


def test_words_are_letters_and_digits_and_apostrophes_divide():
    assert shown("L’Été 1998, c'est «\u202ffini\u202f» !") == ["L", "Été", "1998", "c", "est", "fini"]


def test_case_accents_and_what_is_not_seen_make_no_difference():
    plain, other = words_of("ete cooperation"), words_of("É\u00adTÉ coope\u0301ration")
    assert plain.hashes.tolist() == other.hashes.tolist()


def test_a_word_has_the_same_hash_wherever_it_stands():
    assert words_of("le maire").hashes[1] == words_of("Or, en somme, il est MAIRE.").hashes[5]


def test_hashes_do_not_change_between_machines():
    assert words_of("selon").hashes.tolist() == [HASH_OF_SELON]


@given(TEXTS)
def test_places_are_those_of_the_words(text):
    words = words_of(text)
    assert len(words.starts) == len(words.ends) == len(words.hashes)
    assert all(start < end for start, end in zip(words.starts, words.ends, strict=True))
    assert (words.starts[1:] > words.ends[:-1]).all()
    assert all(word[0].isalnum() or word[0] in "🙂中" for word in shown(text))


@given(TEXTS)
def test_words_that_differ_by_more_than_accents_have_different_hashes(text):
    by_hash = {}
    for word, number in zip(shown(text), words_of(text).hashes.tolist(), strict=True):
        bare = "".join(mark for mark in unicodedata.normalize("NFD", word.lower()) if mark.isalnum() or mark == "🙂")
        assert by_hash.setdefault(number, bare) == bare


HASH_OF_SELON = 15274351209102973785
