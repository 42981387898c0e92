"""The cue tables of every pack: each row parses, names what the legend knows, and conjugates."""

from __future__ import annotations

import re

import pytest

from selon.languages import LanguagePack, languages, load_pack
from selon.languages.inflection import cues, forms, inflect, nouns

CLASSES = {
    *("say", "ask", "order", "promise", "deny", "judge", "think", "feel", "admit", "announce"),
    *("accuse", "praise", "write", "reply", "add", "show", "source"),
}
VERB_FRAMES = {
    *("que", "que_y", "inf", "inf_cond", "inf_risky", "de_inf", "a_inf", "si", "si_y", "a_ce_que", "pour_que", "ger"),
    *("np", "np_risky", "de_np", "a_np", "a_np_bare", "a_np_quoted", "sur_np", "pour_np", "contre_np", "direct"),
    *("colon", "about_quote", "y_de", "y_de_quoted", "y_de_inf", "y_a_inf", "y_a", "y_comme", "y_pour", "y_adj"),
    *("y_quoted", "adj", "dans_y", "lire_dans", "aupres", "neg", "neg_too", "for_np", "of_np", "at_np", "on_np"),
    *("about_np", "against_np", "to_np", "to_ger", "y_for", "y_with", "y_with_inf", "y_on", "y_at"),
}
SOURCE_FRAMES = {"source", "source_risky", "source_inside", "source_absent", "source_with_verb"}
NOUN_FRAMES = {
    *("noun_que", "noun_de", "noun_a", "noun_colon", "noun_est", "noun_contre", "selon_lequel"),
    *("noun_inf", "noun_of", "noun_for"),
}
PACKS = [load_pack(code) for code in languages()]
every_pack = pytest.mark.parametrize("pack", PACKS, ids=[pack.code for pack in PACKS])


@every_pack
def test_every_verb_row_names_known_classes_frames_and_polarity(pack: LanguagePack) -> None:
    for row in pack.rows("cues"):
        known = SOURCE_FRAMES if row["class"] == "source" else VERB_FRAMES
        assert row["class"] in CLASSES, row
        assert row["frames"].split() and not set(row["frames"].split()) - known, row
        assert row["polarity"] in {"+", "-", "0"}, row
        assert (row["paradigm"] == "-") == (row["class"] == "source"), row


@every_pack
def test_every_noun_row_names_known_classes_frames_and_polarity(pack: LanguagePack) -> None:
    for row in pack.rows("nouns"):
        assert row["class"] in CLASSES - {"source"}, row
        assert row["frames"].split() and not set(row["frames"].split()) - NOUN_FRAMES, row
        assert row["polarity"] in {"+", "-", "0"}, row


@every_pack
@pytest.mark.parametrize("table", ["cues", "nouns"])
def test_no_lemma_stands_twice_in_a_class_and_each_has_its_own_case(pack: LanguagePack, table: str) -> None:
    rows = pack.rows(table)
    keys = [(row["lemma"], row["class"]) for row in rows]
    assert len(keys) == len(set(keys))
    cases = [row["case"] for row in rows]
    assert len(cases) == len(set(cases))


@every_pack
@pytest.mark.parametrize("table", ["cues", "nouns"])
def test_every_case_marks_content_and_a_cue_of_its_own_row(pack: LanguagePack, table: str) -> None:
    for row, cue in zip(_with_cues(pack, table), _first_cues(pack, table), strict=True):
        assert "<content>" in row["case"], row
        marked = re.findall(r"<cue[^>]*>(.*?)</cue>", row["case"])
        words = {t.form for text in marked for t in pack.tokenizer(re.sub(r"</?source>", "", text))}
        if table == "nouns":
            own = {cue.head, *cue.paradigm.split()}
        elif cue.paradigm == "-":
            own = {cue.head}
        else:
            own = {form for form, _ in inflect(cue.head, cue.paradigm, pack)}
        assert words & own, row


@every_pack
def test_every_verb_conjugates_and_is_found_by_its_forms(pack: LanguagePack) -> None:
    table = forms(pack)
    for cue in cues(pack):
        if cue.paradigm == "-":
            continue
        made = list(inflect(cue.head, cue.paradigm, pack))
        assert {features.tense for _, features in made} >= {"inf", "pres", "past", "ppres", "ppart"}, cue
        assert all(form == form.lower() and "’" not in form for form, _ in made), cue
        assert all(any(analysis.cue == cue for analysis in table[form]) for form, _ in made), cue


def test_the_lexicons_are_as_wide_as_promised() -> None:
    french, english = load_pack("fr"), load_pack("en")
    for pack, verbs, prepositions, named in ((french, 300, 25, 60), (english, 150, 15, 30)):
        rows = pack.rows("cues")
        assert sum(row["class"] != "source" for row in rows) >= verbs
        assert sum(row["class"] == "source" for row in rows) >= prepositions
        assert len(nouns(pack)) >= named


def _with_cues(pack: LanguagePack, table: str):
    return pack.rows(table)


def _first_cues(pack: LanguagePack, table: str):
    """The first cue of each row: a row whose tail agrees gives several."""
    found = {}
    for cue in cues(pack) if table == "cues" else nouns(pack):
        found.setdefault((cue.lemma, cue.kind), cue)
    return found.values()
