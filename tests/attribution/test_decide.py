"""Alternatives, their features, and the choice between them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from selon.attribution import attribute
from selon.attribution.alternatives import alternatives
from selon.attribution.decide import MODEL, THRESHOLD, Decider, decider_model
from selon.attribution.features import View, source_kind
from selon.attribution.propose import propose
from selon.errors import PackError
from selon.languages import LanguagePack, load_pack
from selon.models.linear import LinearModel
from selon.reading.passages import passages
from tests.attribution.made import article, drafted, no_readings, words

TEXT = "Le maire dit que la loi passe, que Paul vient, et qu'on part. « Non », a dit Anne. Selon lui, tout va bien."


def drafts(text: str = TEXT, language: str = "fr"):
    read = words(text, language)
    return read, [draft for proposal in propose(read, no_readings(read))[0] for draft in proposal.drafts]


def model(**weights: float) -> LinearModel:
    return LinearModel(0.0, weights, (), (), "f" * 64)


@pytest.fixture
def pack(tmp_path: Path) -> LanguagePack:
    """A copy of the French pack, to be changed."""
    folder = tmp_path / "fr"
    shutil.copytree(str(load_pack("fr").folder), folder)
    return LanguagePack("fr", folder)


def attributed(pack: LanguagePack, text: str = TEXT):
    one = article(text)
    return attribute(one, passages(one, pack), pack)


def test_other_ends_stand_before_breaks_and_at_the_end_of_the_sentence() -> None:
    read, found = drafts("Le maire dit que la loi passe, que Paul vient, et qu'on part demain.")
    contents = [drafted(read, draft)[2] for draft in found if draft.rule == "que"]
    whole = "la loi passe, que Paul vient, et qu'on part demain"
    assert len(set(contents)) == len(contents)
    assert {"la loi passe", "la loi passe, que Paul vient", whole} <= set(contents)


def test_alternatives_keep_cue_source_and_rule() -> None:
    read, found = drafts()
    for draft in found:
        for other in alternatives(read, draft):
            assert (other.cue, other.source, other.rule) == (draft.cue, draft.source, draft.rule)


def test_alternatives_do_not_cut_a_quoted_stretch_in_two() -> None:
    read, found = drafts("Le maire dit que la loi « passe, et vite, et bien » demain, et part.")
    for draft in found:
        if draft.rule == "que":
            content = drafted(read, draft)[2]
            assert content.count("«") == content.count("»")


def test_features_are_the_same_for_a_draft_whatever_was_seen_before() -> None:
    read, found = drafts()
    view = View(read, no_readings(read))
    together = [view.features(draft) for draft in found]
    assert together == [View(read, no_readings(read)).features(draft) for draft in found]
    assert together == [view.features(draft) for draft in found]


def test_features_have_no_blank_names_and_say_the_rule() -> None:
    read, found = drafts()
    for draft in found:
        names = View(read, no_readings(read)).features(draft)
        assert f"rule={draft.rule}" in names
        assert all(names)
        assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Il dit que oui.", "pronoun"),
        ("On dit que oui.", "on"),
        ("« Oui », dit-il.", "inverted"),
        ("Jean Dupont dit que oui.", "name"),
        ("Le ministre dit que oui.", "titled"),
        ("Sa ferme dit que oui.", "possessive"),
        ("La ferme de Lyon dit que oui.", "phrase with name"),
        ("La ferme dit que oui.", "phrase"),
    ],
)
def test_kinds_of_source(text: str, kind: str) -> None:
    read, found = drafts(text)
    assert source_kind(read, found[0]) == kind


def test_the_likeliest_candidate_is_chosen_with_its_probability_as_confidence() -> None:
    read, found = drafts("Le maire dit que la loi passe, et que Paul vient.")
    rules = [draft for draft in found if draft.rule == "que"]
    chosen = Decider(read, no_readings(read), model(**{"rule=que": 3.0, "commas=0|rule=que": 1.0})).best(rules)
    assert chosen is not None
    assert drafted(read, chosen)[2] == "la loi passe"
    assert THRESHOLD <= chosen.confidence <= 1


def test_nothing_is_chosen_when_none_is_likely_enough() -> None:
    read, found = drafts()
    assert (
        Decider(read, no_readings(read), model(**{"rule=que": -9.0})).best(
            [draft for draft in found if draft.rule == "que"]
        )
        is None
    )
    assert Decider(read, no_readings(read), model()).best([]) is None
    assert Decider(read, no_readings(read), None).best([]) is None


def test_without_a_model_the_rules_own_confidence_decides(pack: LanguagePack) -> None:
    (Path(str(pack.folder)) / MODEL).unlink()
    assert decider_model(pack) is None
    quotations, _ = attributed(pack)
    assert [quotation.confidence for quotation in quotations] == [0.85, 0.95, 0.85]
    assert all(len(quotation.evidence) == 1 for quotation in quotations)


def test_with_a_model_its_score_and_name_are_evidence() -> None:
    quotations, _ = attributed(load_pack("fr"))
    rule, by_model = quotations[0].evidence
    assert rule.by == "rule: que"
    assert rule.saw == "dire"
    assert by_model.by.startswith(f"model: {MODEL} ")
    assert by_model.score is not None
    assert by_model.score >= THRESHOLD


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"bias": "x"}', json.dumps({"bias": 0, "weights": {"a": None}})])
def test_a_damaged_model_says_where_it_is(pack: LanguagePack, damage: str) -> None:
    (Path(str(pack.folder)) / MODEL).write_text(damage, encoding="utf-8")
    with pytest.raises(PackError, match=MODEL):
        attributed(pack)
