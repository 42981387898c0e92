"""Where two wordings differ: words, marks, attribution, numbers, denial."""

from __future__ import annotations

from selon.matching.utterances import Reported
from selon.pipeline import wording_difference


def reported(content: str, *, cue: str = "a dit", kind: str = "direct", language: str = "fr") -> Reported:
    return Reported("s", "a", 0, language, content, cue, kind)


def words(text: str, places) -> list[str]:
    return [text[a:b] for a, b in places]


def test_a_wording_does_not_differ_from_itself() -> None:
    one = reported("Nous fermons le pont de Brisecaille pour six mois")
    told = wording_difference(one, one)
    assert (told.dropped, told.added, told.changed, told.marks, told.attribution) == ((), (), (), "", "")
    assert not told.numbers
    assert not told.denial


def test_words_dropped_and_added() -> None:
    one, other = "Nous fermons le pont pour six mois", "Nous fermons le pont malgré l'opposition"
    told = wording_difference(reported(one), reported(other))
    assert "six" in words(one, told.dropped)
    assert "opposition" in words(other, told.added)


def test_a_word_changed_for_its_like() -> None:
    one, other = "Le ministre refuse cette réforme", "Le ministre rejette cette réforme"
    told = wording_difference(reported(one), reported(other))
    assert [(one[a:b], other[c:d]) for (a, b), (c, d) in told.changed] == [("refuse", "rejette")]


def test_marks_lost_and_attribution_made_stronger() -> None:
    said, admitted = reported("le pont est fermé"), reported("le pont est fermé", cue="a admis", kind="indirect")
    told = wording_difference(said, admitted)
    assert (told.marks, told.attribution) == ("lost", "stronger")
    back = wording_difference(admitted, said)
    assert (back.marks, back.attribution) == ("added", "weaker")


def test_numbers_and_denials() -> None:
    told = wording_difference(reported("12 morts"), reported("14 morts"))
    assert told.numbers
    assert not told.denial
    assert wording_difference(reported("il partira"), reported("il ne partira pas")).denial
    assert not wording_difference(reported("trois morts"), reported("three dead", language="en")).numbers


def test_across_languages_only_what_has_no_counterpart_is_told() -> None:
    one, other = "Le ministre refuse de négocier", "The minister refuses to negotiate in Brussels"
    told = wording_difference(reported(one), reported(other, language="en", cue="said"))
    assert words(other, told.added) == ["Brussels"]
    assert told.dropped == ()
    assert told.changed == ()


def test_no_words_at_all() -> None:
    told = wording_difference(reported("…"), reported("le pont"))
    assert told.dropped == ()
