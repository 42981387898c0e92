from selon.matching.copies.reuse import reuse
from selon.records import CopyKind
from tests.matching.copies.made import PARAGRAPHS, WIRE, printed

OWN = (
    "Sur le quai, les pêcheurs haussaient les épaules en recousant leurs filets, et personne ne croyait vraiment que "
    "la grue bougerait avant le printemps. Le bistrot avait fermé ses volets, faute de clients."
)


def test_shared_words_outside_quotations_make_a_copy_and_say_where_they_stand():
    text = f"Titre\n\n{PARAGRAPHS[3]}\n\n{OWN}"
    found = reuse(printed("b", text), printed("a", WIRE))
    assert found.kind is CopyKind.PARTIAL
    (passage,) = found.passages
    assert passage.derived.of(text) == passage.origin.of(WIRE) == PARAGRAPHS[3]
    assert passage.likeness == 1.0
    assert 0 < found.covered[1] < found.covered[0] < 1


def test_quoting_the_same_words_is_no_copy():
    quotation = "« " + " ".join(f"mot{number}" for number in range(60)) + " »"
    found = reuse(printed("b", f"{OWN} {quotation}"), printed("a", f"{PARAGRAPHS[3]} {quotation}"))
    assert found.kind is CopyKind.INCIDENTAL


def test_what_an_outlet_prints_under_every_article_is_no_copy():
    closing = " ".join(f"mention{number}" for number in range(40))
    one, other = f"{OWN} {' '.join(f'propre{number}' for number in range(40))}\n\n{closing}", f"{WIRE}\n\n{closing}"
    assert reuse(printed("b", one, "Le Phare"), printed("a", other, "Le Phare")).kind is CopyKind.INCIDENTAL
    assert reuse(printed("b", one, "Le Phare"), printed("a", other, "Le Cap")).kind is CopyKind.PARTIAL


def test_an_outlet_that_prints_its_text_again_copies_it():
    assert reuse(printed("b", WIRE, "Le Phare"), printed("a", WIRE, "Le Phare")).kind is CopyKind.PARTIAL


def test_nothing_in_common_is_nothing():
    assert reuse(printed("b", OWN), printed("a", WIRE)) is None
    assert reuse(printed("b", ""), printed("a", WIRE)) is None
