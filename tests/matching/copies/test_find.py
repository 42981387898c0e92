import random

import pytest

from benchmarks.generated import made_articles
from selon.matching.copies import find_copies
from selon.records import CopyKind
from tests.matching.copies.made import PARAGRAPHS, WIRE, printed

OWN = (
    "Sur le quai, les pêcheurs haussaient les épaules en recousant leurs filets, et personne ne croyait vraiment que "
    "la grue bougerait avant le printemps. Le bistrot du port avait fermé ses volets depuis novembre, faute de clients."
)
SHORT = "\n\n".join(["Kervalan : le port se vide", *PARAGRAPHS[1:4], OWN])


def kinds(copies):
    return {(copy.derived, copy.origin): copy.kind for copy in copies}


def test_a_whole_copy_is_full_and_one_of_parts_partial():
    found = find_copies(
        [
            printed("a", WIRE, "Agence Ponant", "2024-05-01"),
            printed("b", WIRE.replace("ferme ses quais", "se ferme"), "Le Phare", "2024-05-02"),
            printed("c", SHORT, "Breiz Infos", "2024-05-01"),
        ]
    )
    assert kinds(found)["b", "a"] is CopyKind.FULL
    assert kinds(found)["c", "a"] is CopyKind.PARTIAL
    assert kinds(found)["b", "c"] is CopyKind.COMMON_SOURCE
    assert {copy.wire for copy in found if copy.origin == "a"} == {"Agence Ponant"}


def test_an_article_has_its_passages_from_where_most_of_them_are():
    second = f"{SHORT}\n\nLe maire n'a pas souhaité répondre à nos questions avant le conseil municipal de jeudi."
    found = {
        (copy.derived, copy.origin): copy
        for copy in find_copies(
            [
                printed("a", WIRE, "Le Phare", "2024-05-01"),
                printed("b", SHORT, "Breiz Infos", "2024-05-02"),
                printed("c", second, "Le Cap", "2024-05-03"),
            ]
        )
    }
    assert found["b", "a"].kind is CopyKind.PARTIAL
    assert found["c", "b"].kind is CopyKind.FULL
    assert (found["c", "a"].kind, found["c", "a"].through) == (CopyKind.COMMON_SOURCE, "b")


def test_two_origins_of_one_article_are_both_told():
    other = " ".join(f"autre{number}" for number in range(120))
    found = kinds(
        find_copies(
            [
                printed("a", WIRE, "Le Phare", "2024-05-01"),
                printed("b", other, "Le Cap", "2024-05-01"),
                printed("c", f"{PARAGRAPHS[3]}\n\n{other}", "Breiz Infos", "2024-05-02"),
            ]
        )
    )
    assert found == {("c", "a"): CopyKind.PARTIAL, ("c", "b"): CopyKind.FULL}


def test_two_who_credit_one_agency_have_it_from_the_wire():
    (copy,) = find_copies(
        [
            printed("a", WIRE, "Le Phare", "2024-05-01"),
            printed("b", f"{WIRE}\n\n(avec AFP)", "Le Cap", "2024-05-02", origin="AFP"),
        ]
    )
    assert (copy.kind, copy.wire) == (CopyKind.COMMON_SOURCE, "AFP")


def test_the_order_of_the_pile_is_no_matter():
    pile = [
        printed(f"{n}", made.text, made.outlet, made.day.isoformat()) for n, made in enumerate(made_articles(60, 3))
    ]
    found = find_copies(pile)
    random.Random(5).shuffle(pile)
    assert found == find_copies(pile)


def test_passages_lead_to_words_that_are_alike():
    texts = {"a": WIRE, "b": SHORT}
    for copy in find_copies([printed(key, text) for key, text in texts.items()]):
        for passage in copy.passages:
            assert passage.derived.of(texts[copy.derived]) == passage.origin.of(texts[copy.origin])


def test_an_empty_pile_has_no_copies():
    assert find_copies([]) == []
    assert find_copies([printed("a", ""), printed("b", "")]) == []


@pytest.fixture(scope="module")
def generated():
    made = list(made_articles(1200, seed=11))
    pile = [printed(f"g{each.number:06}", each.text, each.outlet, each.day.isoformat()) for each in made]
    return made, find_copies(pile)


@pytest.mark.parametrize("sort", ["full", "part", "short"])
def test_generated_copies_are_found(generated, sort):
    made, copies = generated
    told = {frozenset((copy.derived, copy.origin)) for copy in copies if copy.kind is not CopyKind.INCIDENTAL}
    true = [each for each in made if each.sort == sort]
    found = [each for each in true if frozenset((f"g{each.number:06}", f"g{each.origin:06}")) in told]
    assert len(true) > 30
    assert len(found) >= 0.99 * len(true)


def test_no_two_generated_articles_are_taken_for_copies_that_have_nothing_from_each_other(generated):
    made, copies = generated
    family = {}
    for each in made:
        family[each.number] = each.number if each.origin is None else family[each.origin]
    false = [
        copy
        for copy in copies
        if copy.kind is not CopyKind.INCIDENTAL and family[int(copy.derived[1:])] != family[int(copy.origin[1:])]
    ]
    assert false == []
