from selon.languages import load_pack
from selon.matching.copies import find_copies
from selon.matching.copies.passages import shared_runs
from selon.matching.copies.quoted import quoted_spans
from selon.matching.copies.words import words_of
from tests.matching.copies.made import WIRE, printed


def test_a_page_of_one_word_ends():
    same = "non " * 100_000
    assert len(shared_runs(words_of(same), words_of(f"{same} oui {same}"))) < 10


def test_a_page_of_opening_marks_ends():
    assert quoted_spans("ici " + "«" * 200_000, load_pack("fr")) == []


def test_a_page_of_a_thousand_sentences_is_laid_beside_another_up_to_a_point():
    long = "\n\n".join(f"Le maire de Kervalan numéro {number} a vendu 1 200 tonnes de sable." for number in range(1000))
    page = printed("a", long)
    assert len(page.sentences) >= 1000
    assert len(page.side.lengths) == len(page.vectors) == 400


def test_broken_characters_harm_nobody():
    broken = f"{WIRE} \ud800 fin \U0001f642\u0000"
    copies = find_copies([printed("a", broken), printed("b", WIRE), printed("c", "\ud800" * 40, lang="en")])
    assert [copy.kind.value for copy in copies] == ["full"]
