from hypothesis import given
from hypothesis import strategies as st

from selon.matching.copies.grams import WINDOW, sampled_grams
from selon.matching.copies.words import SIZE
from selon.offsets import Span

WORDS = st.lists(st.integers(0, 60).map(lambda number: f"w{number}"), max_size=80)
PASSAGE = st.lists(st.integers(100, 400).map(lambda number: f"w{number}"), min_size=16, max_size=16)


def kept(text, holes=()):
    return set(sampled_grams([text], [holes]).grams.tolist())


@given(WORDS, WORDS, WORDS, WORDS, PASSAGE)
def test_sixteen_words_taken_over_word_for_word_are_seen(before, behind, other_before, other_behind, passage):
    one = " ".join([*before, *passage, *behind])
    other = " ".join([*other_before, *passage, *other_behind])
    assert kept(one) & kept(other)


@given(st.lists(WORDS, max_size=6))
def test_the_same_grams_are_kept_whatever_else_is_in_the_batch(articles):
    texts = [" ".join(words) for words in articles]
    together = sampled_grams(texts, [()] * len(texts), first=3)
    rows = zip(together.articles.tolist(), together.starts.tolist(), together.grams.tolist(), strict=True)
    alone = []
    for number, text in enumerate(texts, start=3):
        own = sampled_grams([text], [()], first=number)
        alone += zip(own.articles.tolist(), own.starts.tolist(), own.grams.tolist(), strict=True)
    assert list(rows) == alone


@given(WORDS, WORDS)
def test_nothing_is_kept_from_a_hole_or_across_it(before, behind):
    furniture = "Abonnez-vous pour lire la suite de cet article et soutenez votre journal"
    head = " ".join(before)
    text = f"{head} {furniture} {' '.join(behind)}"
    hole = Span(len(head) + 1, len(head) + 1 + len(furniture))
    assert kept(text, [hole]) <= kept(head) | kept(" ".join(behind)) | _least(before, behind)
    assert not kept(text, [hole]) & kept(furniture)


def _least(*stretches):
    """Every gram of the stretches: a short one keeps its least, which a longer one need not."""
    found = set()
    for words in stretches:
        for at in range(len(words) - SIZE + 1):
            found |= kept(" ".join(words[at : at + SIZE]))
    return found


def test_a_sixth_or_so_of_the_grams_is_kept():
    text = " ".join(f"mot{number}" for number in range(2000))
    assert 0.9 < len(kept(text)) / (2 / (WINDOW + 1) * (2000 - SIZE + 1)) < 1.1


def test_places_lead_to_the_words():
    text = "Un. Deux, trois : quatre cinq six sept"
    postings = sampled_grams(["x " * 3, text], [(), ()])
    assert postings.articles.tolist() == [1]
    assert text[postings.starts[0] :].split()[0] in ("Un.", "Deux,", "trois")
