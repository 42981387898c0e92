import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selon.matching.copies import find_copies
from selon.matching.copies.anchors import anchors
from selon.matching.copies.beads import Side, aligned, likeness
from selon.matching.copies.translations import translation
from selon.records import CopyKind
from tests.matching.copies.made import printed

SHARED = Path(__file__).parents[4] / "shared"

ENGLISH = """Kervalan closes its quays to cargo ships

The quays of the port of Kervalan will be closed to cargo ships from Saturday, the harbour office said on Tuesday.

“You don't gamble with 4,000 tonnes of concrete,” director Solenn Kerdreux told some thirty dockers.

A survey by divers found that the foundations had lost 1.2 metres of sand in two winters, engineer Paul Kerbrat said.

The union led by Yann Le Goff disputes the figures and demands an independent inquiry before any decision.

The prefecture in Lannevez promised 300,000 euros for firms that must divert their vessels."""

CLUMSY = """Kervalan ferme ses quais à les navires de cargo

Les quais de le port de Kervalan seront fermés aux navires de cargo depuis Samedi, l'office du havre a dit le Mardi.

"Vous ne pariez pas avec 4 000 tonnes de concret », directrice Solenn Kerdreux Raconté à quelques trente dockers.

Une enquête par des plongeurs a trouvé que les fondations avaient perdu 1,2 mètres de sable, a dit l'ingénieur [Paul] Kerbrat.

L'union menée par Yann Le Goff dispute les figures et demande pour une enquête indépendante avant toute décision.

La préfecture dans Lannevez a promis 300 000 euros pour les firmes qui doivent divertir leurs vaisseaux."""  # noqa: E501

RETOLD = """Le port de Kervalan se vide de ses cargos

Yann Le Goff ne décolère pas. Le syndicaliste réclame une enquête, et accuse la préfecture d'avoir tardé.

La directrice, Solenn Kerdreux, répond que 4 000 tonnes de béton menacent de tomber, et que personne n'a le choix.

À Lannevez, on attend les navires. « Il y aura du travail », se réjouit un grutier.

Les 300 000 euros promis n'y changeront rien, jure Paul Kerbrat, qui a vu le sable partir."""


def both(text, english_day="2024-05-01", french_day="2024-05-02"):
    return [printed("en", ENGLISH, "The Tide", english_day, lang="en"), printed("fr", text, "mer-info", french_day)]


def test_a_translation_is_found_with_its_sentences_side_by_side():
    (copy,) = find_copies(both(CLUMSY))
    assert (copy.derived, copy.origin, copy.kind) == ("fr", "en", CopyKind.TRANSLATED)
    pairs = {passage.derived.of(CLUMSY)[:12]: passage.origin.of(ENGLISH)[:12] for passage in copy.passages}
    assert pairs["La préfectur"] == "The prefectu"
    assert len(pairs) == 6
    assert {each.by for each in copy.evidence} >= {"sentences in step", "translation marks"}


def test_on_one_day_the_marks_tell_which_is_the_translation():
    (copy,) = find_copies(both(CLUMSY, "2024-05-01", "2024-05-01"))
    assert (copy.derived, copy.origin) == ("fr", "en")
    assert [each.by for each in copy.earliest] == ["translation marks"]
    assert 0.5 < copy.direction < 0.95


def test_an_original_dated_later_is_doubted_not_hidden():
    (copy,) = find_copies(both(CLUMSY, "2024-05-03", "2024-05-01"))
    assert copy.derived == "en"
    assert copy.direction < 0.9


def test_the_same_event_told_otherwise_is_no_translation():
    assert [copy.kind for copy in find_copies(both(RETOLD))] in ([], [CopyKind.COMMON_SOURCE])


def test_marks_alone_are_no_verdict():
    text = CLUMSY.replace("Kervalan", "Roscouré").replace("Kerdreux", "Prigent").replace("4 000", "812")
    assert find_copies([printed("fr", text, "mer-info", "2024-05-02"), printed("en", RETOLD, "The Tide")]) == []


def test_a_text_of_two_sentences_is_too_short_to_keep_step():
    english, french = both("Kervalan. Le port ferme.")
    assert translation(english, french) is None
    assert translation(replace(english, sentences=()), french) is None


def test_anchors_meet_across_languages():
    french, english = (
        anchors("La fédération dénie 1 200,5 tonnes à Kerdreux"),
        anchors("Kerdreux's federation: 1,200.5"),
    )
    assert {"feder", "kerdreux", "#12005"} <= french.keys() & english.keys()


SIDES = st.lists(
    st.tuples(st.dictionaries(st.sampled_from("abcdef"), st.floats(0.5, 3), max_size=4), st.integers(1, 300)),
    max_size=9,
).map(lambda rows: Side([anchors for anchors, _ in rows], [length for _, length in rows]))


@given(SIDES, SIDES)
def test_beads_go_through_both_texts_once_and_in_order(left, right):
    alike = likeness(left, right)
    beads, _ = aligned(left, right, alike)
    assert [number for bead in beads for number in range(bead.left, bead.left_end)] == list(range(len(left.lengths)))
    assert [number for bead in beads for number in range(bead.right, bead.right_end)] == list(range(len(right.lengths)))
    assert ((alike >= 0) & (alike <= 1 + 1e-9)).all()


@given(SIDES)
def test_a_text_stands_beside_itself(side):
    alike = likeness(side, side)
    assert all(alike[at, at] > 0.999 for at, each in enumerate(side.anchors) if each)


@pytest.mark.shared
@pytest.mark.skipif(not (SHARED / "data/quotations/S0.jsonl").exists(), reason="needs ../shared/data/quotations")
@pytest.mark.parametrize("name", ["S0", "S1", "S2", "S3", "S4", "S5"])
def test_the_copies_of_the_written_sets(name):
    path = SHARED / "data/quotations" / f"{name}.jsonl"
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]
    pile = [printed(each["id"], each["text"], each["outlet"], each["date"], lang=each["lang"]) for each in records]
    told = {
        (copy.derived, copy.origin, copy.kind.value)
        for copy in find_copies(pile)
        if copy.kind in (CopyKind.FULL, CopyKind.PARTIAL, CopyKind.TRANSLATED)
    }
    true = {(each["id"], each["copy_of"], each["copy"]) for each in records if each.get("copy_of")}
    assert len(told & true) >= 0.95 * len(told | true)
