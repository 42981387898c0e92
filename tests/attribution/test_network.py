"""What attribution makes of the readings of a neural reader: candidates, quotations of their own, features."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selon.attribution import attribute
from selon.attribution.decide import Decider
from selon.attribution.draft import Draft
from selon.attribution.network import FOLDER, RULE, Readings, network
from selon.attribution.propose import propose
from selon.attribution.words import Words
from selon.errors import PackError
from selon.languages import LanguagePack, languages, load_pack
from selon.models.linear import LinearModel
from selon.models.reader import Reading, Run
from selon.models.reader.reader import QuotationReader
from selon.reading.passages import passages
from tests.attribution.made import article, drafted, no_readings, part, words

TEXT = "Le maire dit que la loi passe. Anne rouspète que tout ferme. Les halles ouvriront en mai."
LAW, CLOSING, HALLS = "la loi passe", "tout ferme", "Les halles ouvriront en mai"


def run(read: Words, phrase: str) -> tuple[Run, ...]:
    """Where a phrase stands, as the reader says it; nowhere when it is empty."""
    if not phrase:
        return ()
    start = read.text.index(phrase)
    inside = [i for i, token in enumerate(read.tokens) if start <= token.start < start + len(phrase)]
    return (Run(inside[0], inside[-1] + 1),)


def reading(read: Words, content: str, cue: str = "", source: str = "", confidence: float = 0.9) -> Reading:
    return Reading(run(read, content), run(read, cue), run(read, source), "indirect", "clause", confidence)


def given_readings(read: Words, *readings: Reading) -> Readings:
    return Readings.given(read, readings)


def ruled(read: Words, rule: str = "que") -> list[Draft]:
    return [
        draft for proposal in propose(read, no_readings(read))[0] for draft in proposal.drafts if draft.rule == rule
    ]


def shown(read: Words, drafts: list[Draft]) -> list[tuple[str | None, str, str]]:
    return [drafted(read, draft) for draft in drafts]


def test_a_new_content_for_a_known_cue_is_a_candidate() -> None:
    read = words(TEXT)
    readings = given_readings(read, reading(read, "que la loi", "dit", "Le maire", 0.4))
    (draft,) = readings.candidates(ruled(read)[0].cue[0], ruled(read))
    assert drafted(read, draft) == ("Le maire", "dit", "que la loi")
    assert (draft.rule, draft.confidence) == (RULE, 0.4)


def test_a_content_that_the_rules_have_is_no_second_candidate() -> None:
    read = words(TEXT)
    readings = given_readings(read, reading(read, LAW, "dit", "Le maire"))
    assert readings.candidates(ruled(read)[0].cue[0], ruled(read)) == []


def test_a_candidate_of_another_cue_is_none_of_this_one() -> None:
    read = words(TEXT)
    readings = given_readings(read, reading(read, CLOSING, "rouspète", "Anne"))
    assert readings.candidates(ruled(read)[0].cue[0], ruled(read)) == []


def test_a_candidate_without_source_keeps_that_of_the_rules() -> None:
    read = words(TEXT)
    (draft,) = given_readings(read, reading(read, "que la loi", "dit")).candidates(ruled(read)[0].cue[0], ruled(read))
    assert part(read, draft.source) == "Le maire"


def test_an_inverted_pronoun_stays_the_source() -> None:
    read = words("La loi passe demain, dit-il.")
    drafts = ruled(read, "incise after a clause")
    (draft,) = given_readings(read, reading(read, "La loi", "dit")).candidates(drafts[0].cue[0], drafts)
    assert part(read, (draft.pronoun, draft.pronoun)) == "-il"  # type: ignore[arg-type]


def test_a_reading_is_snapped_to_the_marks_that_hold_it() -> None:
    read = words("« La loi passe demain », dit la maire.")
    (alone,) = given_readings(read, reading(read, "La loi", "dit")).alone([])
    assert [read.span(*part).of(read.text) for part in alone.content] == ["La loi passe demain"]


def test_the_reader_sees_marks_of_two_kinds_as_of_one() -> None:
    seen: list[list[list[str]]] = []

    class Reader:
        def read(self, passages: list[list[str]]) -> list[Reading]:
            seen.append(passages)
            return []

    text = 'Il dit : “Non", puis "oui”.'
    Readings(words(text), cast(QuotationReader, Reader()))
    assert " ".join(seen[0][0]) == "Il dit : « Non » , puis « oui » ."


def test_an_inverted_pronoun_that_the_reader_gives_for_source_is_the_source() -> None:
    read = words("« La loi passe demain », grince-t-il.")
    (draft,) = given_readings(read, reading(read, "La loi passe demain", "grince", "-t-il")).alone([])
    assert draft.source is None
    assert part(read, (draft.pronoun, draft.pronoun)) == "-t-il"  # type: ignore[arg-type]


def test_edges_are_those_of_the_rules() -> None:
    """No marks at the ends, nor the preposition of an infinitive; and what holds no word is no content."""
    read = words("Anne menace de partir. Paul crie « … » et part.")
    assert shown(read, given_readings(read, reading(read, "de partir.", "menace", "Anne")).alone([])) == [
        ("Anne", "menace", "partir")
    ]
    assert given_readings(read, reading(read, "« … »", "crie", "Paul")).alone([]) == []


def test_a_cue_that_the_rules_do_not_know_makes_a_proposal_of_its_own() -> None:
    read = words(TEXT)
    readings = given_readings(read, reading(read, CLOSING, "rouspète", "Anne"), reading(read, LAW, "dit", "Le maire"))
    proposals, _ = propose(read, readings)
    assert [shown(read, list(each.drafts)) for each in proposals if each.drafts[0].rule == RULE] == [
        [("Anne", "rouspète", CLOSING)]
    ]


def test_a_reading_without_cue_counts_when_nothing_else_has_its_words() -> None:
    read = words(TEXT)
    readings = given_readings(read, reading(read, HALLS), reading(read, LAW))
    assert shown(read, readings.without_cue(ruled(read)[:1], [])) == [(None, "", HALLS)]
    cueless = [Draft((run_range(read, HALLS),), (), None, "speech without cue", 0.5)]
    assert readings.without_cue(ruled(read)[:1], cueless) == []


def test_an_unsure_reading_without_cue_is_let_be() -> None:
    read = words(TEXT)
    assert given_readings(read, reading(read, HALLS, confidence=0.1)).without_cue([], []) == []


def run_range(read: Words, phrase: str) -> tuple[int, int]:
    ((start, end),) = run(read, phrase)
    return start, end - 1


def test_features_say_how_sure_the_reader_is_and_how_far_it_agrees() -> None:
    read = words(TEXT)
    readings = given_readings(read, reading(read, LAW, "dit", "Le maire", 0.95))
    draft = ruled(read)[0]
    names = set(readings.features(draft))
    assert {"net=7", "net=7|rule=que", "net=7|dice=1", "first=True|7", "last=True|7"} <= names
    half = next(each for each in shorter(read, draft))
    assert "net=7|dice=1" not in set(readings.features(half))
    assert "last=False|7" in set(readings.features(half))


def test_of_two_readings_of_a_cue_the_surer_speaks() -> None:
    read = words(TEXT)
    sure, unsure = reading(read, LAW, "dit", "Le maire", 0.95), reading(read, "passe", "dit", "Le maire", 0.3)
    for readings in (given_readings(read, sure, unsure), given_readings(read, unsure, sure)):
        assert "net=7|dice=1" in set(readings.features(ruled(read)[0]))


def shorter(read: Words, draft: Draft) -> Iterator[Draft]:
    """The draft without its last word."""
    first, last = draft.content[0]
    yield Draft(((first, last - 1),), draft.cue, draft.source, draft.rule, draft.confidence)


def test_a_cue_that_the_reader_passed_over_is_told_from_one_it_gave_to_others() -> None:
    read = words(TEXT)
    draft = ruled(read)[0]
    assert set(given_readings(read, reading(read, HALLS)).features(draft)) == {
        "net=none",
        "net=none|rule=que",
        "other=0",
    }
    assert "other=1" in set(given_readings(read, reading(read, LAW, "passe", confidence=0.8)).features(draft))


def test_without_a_reader_nothing_is_said() -> None:
    read = words(TEXT)
    silent = no_readings(read)
    draft = ruled(read)[0]
    assert list(silent.features(draft)) == []
    assert silent.candidates(draft.cue[0], [draft]) == silent.alone([]) == silent.without_cue([], []) == []
    # a reader that found nothing has spoken, all the same
    assert list(given_readings(read).features(draft))


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_ranges_stay_inside_the_article_whatever_was_read(data: st.DataObject) -> None:
    read = words(TEXT)
    places = st.integers(0, len(read) - 1)

    def runs(most: int) -> st.SearchStrategy[tuple[Run, ...]]:
        pair = st.tuples(places, places).map(lambda ends: Run(min(ends), max(ends) + 1))
        return st.lists(pair, max_size=most).map(lambda found: tuple(sorted(found)))

    made = st.builds(
        Reading, runs(3).filter(bool), runs(1), runs(1), st.just("direct"), st.just("clause"), st.floats(0, 1)
    )
    readings = Readings.given(read, data.draw(st.lists(made, max_size=6)))
    proposals, _ = propose(read, readings)
    drafts = [draft for proposal in proposals for draft in proposal.drafts] + readings.without_cue([], [])
    for draft in drafts:
        ranges = [*draft.content, *draft.cue, *([draft.source] if draft.source else [])]
        assert all(0 <= first <= last < len(read) for first, last in ranges)
        assert any(read.is_word(i) for first, last in draft.content for i in range(first, last + 1))
        assert len(set(readings.features(draft))) == len(list(readings.features(draft)))
    best = Decider(read, readings, LinearModel(9.0, {}, (), (), "")).best(drafts)
    assert (best is None) == (not drafts)


READERS = [code for code in languages() if network(load_pack(code)) is not None]


def test_french_has_a_reader() -> None:
    assert "fr" in READERS


@pytest.mark.parametrize("code", READERS)
@pytest.mark.parametrize("text", ["", "« ", "…", "a", "« Oui », dit-il.\n\n\n", "\ud800 dit que oui.", "x " * 9000])
def test_a_reader_reads_any_text_and_points_into_it(code: str, text: str) -> None:
    pack = load_pack(code)
    one = article(text, code)
    for quotation in attribute(one, passages(one, pack), pack)[0]:
        for span in (*quotation.content, *quotation.cue, *quotation.source):
            assert 0 <= span.start < span.end <= len(text)


@pytest.fixture
def pack(tmp_path: Path) -> LanguagePack:
    """A copy of the French pack, to be changed."""
    folder = tmp_path / "fr"
    shutil.copytree(str(load_pack("fr").folder), folder)
    return LanguagePack("fr", folder)


def test_a_pack_without_reader_attributes_by_its_rules(pack: LanguagePack) -> None:
    shutil.rmtree(str(pack.folder / FOLDER))
    assert network(pack) is None
    one = article("« Nous partons demain », a dit le maire.")
    quotations, _ = attribute(one, passages(one, pack), pack)
    assert [quotation.source[0].of(one.text) for quotation in quotations] == ["le maire"]


@pytest.mark.parametrize("name", ["encoder.onnx", "linker.onnx", "settings.json"])
def test_a_damaged_reader_says_where_it_is(pack: LanguagePack, name: str) -> None:
    file = Path(str(pack.folder)) / FOLDER / name
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    with pytest.raises(PackError, match=FOLDER):
        network(pack)
    file.unlink()
    with pytest.raises(PackError, match=FOLDER):
        network(pack)
