from hypothesis import given
from hypothesis import strategies as st

from selon.matching.copies.passages import shared_runs
from selon.matching.copies.words import words_of

WORDS = st.lists(st.integers(0, 12).map(lambda number: f"w{number}"), max_size=40)


def runs(one, other):
    return shared_runs(words_of(one), words_of(other))


@given(WORDS, WORDS)
def test_what_is_said_to_be_the_same_is(one, other):
    left, right = words_of(" ".join(one)), words_of(" ".join(other))
    for run in shared_runs(left, right):
        ends = (run.left, run.right)
        for start, begin, length in run.same:
            assert length > 0 and start >= ends[0] and begin >= ends[1]
            assert left.hashes[start : start + length].tolist() == right.hashes[begin : begin + length].tolist()
            ends = (start + length, begin + length)
        assert ends == (run.left_end, run.right_end)


@given(WORDS)
def test_an_article_is_all_of_itself(words):
    text = " ".join(f"{word}x{at}" for at, word in enumerate(words))
    found = runs(text, text)
    assert sum(run.matched for run in found) == (len(words) if len(words) >= 5 else 0)


def test_a_passage_goes_on_over_changed_words():
    one = "le port sera fermé aux cargos dès samedi matin a dit la capitainerie qui craint un effondrement du môle"
    other = "le port sera fermé aux cargos dès dimanche soir a dit la capitainerie qui craint une rupture du môle nord"
    (run,) = runs(f"avant {one} fin", f"tout autre chose {other}")
    assert (run.left, run.right) == (1, 3)
    assert run.matched == 13


def test_a_moved_paragraph_is_a_passage_of_its_own():
    first = " ".join(f"a{number}" for number in range(30))
    second = " ".join(f"b{number}" for number in range(30))
    found = runs(f"{first} {second}", f"{second} {first}")
    assert [(run.left, run.right, run.matched) for run in found] == [(0, 30, 30), (30, 0, 30)]


def test_four_words_are_chance():
    assert runs("le président de la", "le président de la") == []
