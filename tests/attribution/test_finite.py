"""Finite verbs: by the pack's model where it has one, else by the forms of its lexicon."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from selon.attribution.finite import MODEL, FiniteVerbs, finite_features, finite_verbs
from selon.errors import PackError
from selon.languages import LanguagePack, load_pack
from selon.models.linear import LinearModel
from tests.attribution.made import judged


def finite(text: str, language: str) -> list[str]:
    read = judged(text, language)
    return [form for i, form in enumerate(read.forms) if read.finite(i)]


@pytest.mark.parametrize(
    ("text", "verbs"),
    [
        ("The mayor claims that the road is closed.", ["claims", "is"]),
        ("The claims of the mayor were false.", ["were"]),
        ("She did not want to leave.", ["did"]),
        ("The minister, elected in May, promises aid.", ["promises"]),
        ("Leaving would be a mistake.", ["would"]),
        ("The union fears the plan.", ["fears"]),
        ("He said he knew nothing.", ["said", "knew"]),
        ("Protesters blocked the road and burned tyres.", ["blocked", "burned"]),
        pytest.param("Anne spoke of a crisis.", ["spoke"], marks=pytest.mark.xfail(reason="rare in the treebanks")),
    ],
)
def test_english_verbs_are_judged_by_a_model(text: str, verbs: list[str]) -> None:
    assert finite_verbs(load_pack("en")) is not None
    assert finite(text, "en") == verbs


@pytest.mark.parametrize(
    ("text", "verbs"),
    [
        ("Les élus doutent que la route ouvre.", ["doutent"]),
        ("Il n'est pas venu et ne viendra pas.", ["est", "viendra"]),
        ("La ministre, élue en mai, promet des aides.", ["promet"]),
        ("Vient-il demain ?", ["vient"]),
        ("Partir serait une faute.", ["serait"]),
    ],
)
def test_french_verbs_are_those_of_the_lexicon(text: str, verbs: list[str]) -> None:
    found = finite(text, "fr")
    assert [verb for verb in found if verb in verbs] == verbs
    assert not {"venu", "élue", "partir", "aides", "faute"} & set(found)


def test_a_noun_behind_its_determiner_is_no_verb_though_its_form_can_be() -> None:
    read = judged("La demande du maire a été rejetée, et il demande une note.", "fr")
    assert [form for i, form in enumerate(read.forms) if read.is_verb(i)] == ["a", "demande"]


def test_what_was_said_before_is_remembered_and_not_changed() -> None:
    read = judged("He said he knew nothing. He said he knew nothing, and left.", "en")
    model = finite_verbs(load_pack("en"))
    assert model is not None
    first, second = ([*model(read.tokens[a : b + 1])] for a, b in read.sentences)
    fresh = finite_verbs.__wrapped__(load_pack("en"))
    assert [*fresh(read.tokens[read.sentences[1][0] :])] == second
    assert first[:5] == second[:5]


@pytest.mark.parametrize("kind", ["w=", "s4=", "s3=", "s2=", "p=", "n=", "p2=", "n2=", "ps=", "ns=", "c|", "C|"])
def test_the_score_is_that_of_the_features_that_training_counts(kind: str) -> None:
    """The parts that are remembered apart add up to the model's score; else training and attribution would differ."""
    read = judged("He said he knew nothing. Then she left.", "en")
    forms = ["<>", "<>", *read.forms, "<>", "<>"]
    features = [finite_features(forms, i, token.text) for i, token in enumerate(read.tokens, 2)]
    mine = sorted({name for names in features for name in names if name.startswith(kind)})
    assert mine
    model = LinearModel(0.0, {name: 1.0 if n % 2 else -1.0 for n, name in enumerate(mine)}, (), (), "")
    expected = [
        token.text[0].isalpha() and model.score(names) > 0 for token, names in zip(read.tokens, features, strict=True)
    ]
    assert FiniteVerbs(model)(read.tokens) == expected
    assert any(expected)


@pytest.fixture
def pack(tmp_path: Path) -> LanguagePack:
    """A copy of the English pack, to be changed."""
    folder = tmp_path / "en"
    shutil.copytree(str(load_pack("en").folder), folder)
    return LanguagePack("en", folder)


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"bias": 1}', '{"bias": 1, "weights": {"a": "x"}}'])
def test_a_damaged_model_says_where_it_is(pack: LanguagePack, damage: str) -> None:
    (Path(str(pack.folder)) / MODEL).write_text(damage, encoding="utf-8")
    with pytest.raises(PackError, match=MODEL):
        finite_verbs(pack)


def test_a_pack_need_not_have_a_model(pack: LanguagePack) -> None:
    (Path(str(pack.folder)) / MODEL).unlink()
    assert finite_verbs(pack) is None
